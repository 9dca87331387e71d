"""Notes: about one record, in the timeline of its contact."""

import pytest

from contacts.access import Actor
from contacts.errors import ForbiddenError, InvalidError, NotFoundError
from contacts.history import changes_of
from contacts.models import Contact, Note
from contacts.query import get_contact
from contacts.services.notes import create_note, delete_note, update_note
from tests.builders import make_contact


@pytest.fixture
def contact(owner: Actor) -> Contact:
    return make_contact(owner)


def number(document: dict[str, object]) -> int:
    """Return the id of a document."""
    return int(str(document["id"]))


def test_note_is_written_about_a_contact_and_touches_it(owner: Actor, contact: Contact) -> None:
    note = create_note(
        owner, {"contact": contact.pk, "subject": " Call ", "content": "Said yes", "type": 1}
    )

    assert (note["subject"], note["content"], note["type"]) == ("Call", "Said yes", 1)
    assert note["about"] == {
        "kind": "contact",
        "id": contact.pk,
        "name": "Tom Smith",
        "contact_kind": "person",
        "stage": "contact",
    }
    assert note["author_id"] == owner.user_id
    after = get_contact(owner, contact.pk)
    assert str(after["updated_at"]) >= str(note["created_at"])
    entry = changes_of("note", number(note)).get()
    assert (entry.action, entry.contact_id) == ("created", contact.pk)
    assert "name" not in str(entry.after)


def test_all_faults_of_a_note_are_reported_together(owner: Actor, outsider: Actor) -> None:
    hidden = make_contact(outsider)

    with pytest.raises(InvalidError) as refused:
        create_note(owner, {"contact": hidden.pk, "content": " ", "type": 9, "colour": "red"})

    assert {(fault.key, fault.code) for fault in refused.value.faults} == {
        ("contact", "unknown"),
        ("content", "blank"),
        ("type", "not_in_list"),
        ("colour", "unknown"),
    }
    with pytest.raises(InvalidError) as refused:
        create_note(owner, {})
    assert {(fault.key, fault.code) for fault in refused.value.faults} == {
        ("contact", "blank"),
        ("content", "blank"),
    }
    assert not Note.objects.exists()


def test_note_needs_the_right_where_its_record_is(
    owner: Actor, contact: Contact, reporter: Actor, outsider: Actor
) -> None:
    public = make_contact(owner, first_name="Pia", visibility=1)

    assert create_note(reporter, {"contact": contact.pk, "content": "seen"})["id"]
    with pytest.raises(ForbiddenError):
        create_note(outsider, {"contact": public.pk, "content": "seen"})


def test_own_note_can_be_changed_with_the_lesser_right(
    owner: Actor, member: Actor, reporter: Actor, contact: Contact
) -> None:
    own = number(create_note(member, {"contact": contact.pk, "content": "mine"}))
    others = number(create_note(owner, {"contact": contact.pk, "content": "theirs"}))

    assert update_note(member, own, {"content": "still mine"})["content"] == "still mine"
    assert changes_of("note", own)[0].before == {"content": "mine"}
    for forbidden in (
        lambda: update_note(member, others, {"content": "x"}),
        lambda: delete_note(member, others),
        lambda: update_note(reporter, own, {"content": "x"}),
    ):
        with pytest.raises(ForbiddenError):
            forbidden()
    delete_note(member, own)
    delete_note(owner, others)
    assert not Note.objects.exists()
    entry = changes_of("note", own)[0]
    assert (entry.action, entry.before["content"]) == ("deleted", "still mine")
    assert entry.contact_id == contact.pk


def test_hidden_note_looks_like_a_missing_one(
    owner: Actor, member: Actor, outsider: Actor, contact: Contact
) -> None:
    private = number(
        create_note(owner, {"contact": contact.pk, "content": "secret", "is_private": True})
    )

    for actor in (member, outsider):
        with pytest.raises(NotFoundError):
            update_note(actor, private, {"content": "x"})
        with pytest.raises(NotFoundError):
            delete_note(actor, private)
    assert Note.objects.get(pk=private).content == "secret"


def test_note_stays_with_its_record(owner: Actor, contact: Contact) -> None:
    note = number(create_note(owner, {"contact": contact.pk, "content": "x"}))
    other = make_contact(owner)

    with pytest.raises(InvalidError) as refused:
        update_note(owner, note, {"contact": other.pk})

    assert [(fault.key, fault.code) for fault in refused.value.faults] == [("contact", "read_only")]
    assert update_note(owner, note, {"contact": contact.pk, "subject": "same"})["subject"] == "same"
