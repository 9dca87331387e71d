"""Users: made by administrators, each with a contact of its own."""

import pytest

from contacts import index
from contacts.access import Actor, actor_of_password
from contacts.access.guessing import FAILURES_PER_PAIR, counted_guesses
from contacts.errors import (
    AuthenticationError,
    ConflictError,
    ForbiddenError,
    InvalidError,
    NotFoundError,
    ThrottledError,
)
from contacts.fields import reference
from contacts.history import changes_of
from contacts.models import Contact, Project, SavedFilter, User
from contacts.query import get_contact
from contacts.services.passwords import change_password
from contacts.services.users import create_user, delete_user, lock_user, unlock_user, update_user
from tests.builders import PASSWORD, actor_for, make_contact, make_user


def number(document: dict[str, object]) -> int:
    """Return the id of a document."""
    return int(str(document["id"]))


@pytest.fixture
def dora(administrator: Actor, project: Project) -> User:
    values = {"username": "dora", "first_name": "Dora", "last_name": "Dee", "email": "d@x.org"}
    return User.objects.get(pk=number(create_user(administrator, values, password=PASSWORD)))


def test_user_signs_in_and_has_a_private_contact(dora: User, administrator: Actor) -> None:
    assert actor_of_password("dora", PASSWORD, dialect="test").user_id == dora.pk
    assert dora.contact_id is not None
    contact = get_contact(administrator, dora.contact_id)
    assert (contact["display_name"], contact["visibility"]) == ("Dora Dee", 2)
    assert (contact["owner_id"], contact["kind"]) == (dora.pk, "person")
    assert reference.users().name_of(dora.pk) == "Dora Dee"
    entry = changes_of("user", dora.pk).get()
    assert entry.action == "created"
    assert PASSWORD not in str(entry.after)
    assert dora.password not in str(entry.after)


def test_all_faults_of_a_user_are_reported_together(administrator: Actor, ada: User) -> None:
    with pytest.raises(InvalidError) as refused:
        create_user(
            administrator,
            {
                "username": "ADA",
                "email": "nowhere",
                "language": "tlh",
                "time_zone": "Mars/Olympus",
                "is_superuser": True,
            },
            password="12345",
        )

    assert {(fault.key, fault.code) for fault in refused.value.faults} == {
        ("username", "taken"),
        ("email", "pattern"),
        ("language", "not_in_list"),
        ("time_zone", "unknown"),
        ("is_superuser", "unknown"),
        ("password", "too_short"),
        ("password", "invalid"),
    }
    assert User.objects.count() == 1


def test_user_without_a_password_cannot_sign_in(administrator: Actor) -> None:
    create_user(administrator, {"username": "eve"})

    for password in ("", "None", "!"):
        with pytest.raises(AuthenticationError):
            actor_of_password("eve", password, dialect="test")


def test_people_change_themselves_and_nobody_else(
    owner: Actor, alice: User, bob: User, charlie: User
) -> None:
    assert update_user(owner, alice.pk, {"language": "ru"})["language"] == "ru"
    for values in ({"is_administrator": True}, {"username": "root"}, {"user_groups": []}):
        with pytest.raises(ForbiddenError):
            update_user(owner, alice.pk, values)
    with pytest.raises(ForbiddenError):
        update_user(owner, bob.pk, {"first_name": "Rob"})
    with pytest.raises(NotFoundError):
        update_user(owner, charlie.pk, {"first_name": "Chuck"})
    with pytest.raises(ForbiddenError):
        create_user(owner, {"username": "eve"})
    assert not User.objects.get(pk=alice.pk).is_superuser


def test_own_contact_follows_name_and_address_of_its_user(dora: User, administrator: Actor) -> None:
    update_user(actor_for(dora), dora.pk, {"last_name": "Doe", "email": "doe@x.org"})

    assert dora.contact_id is not None
    contact = get_contact(administrator, dora.contact_id)
    assert contact["display_name"] == "Dora Doe"
    assert [each["address"] for each in contact["emails"]] == ["doe@x.org"]  # type: ignore[attr-defined]  # a list of dicts
    assert changes_of("contact", dora.contact_id)[0].user_id == dora.pk


def test_locked_user_is_kept_out_until_unlocked(dora: User, administrator: Actor) -> None:
    lock_user(administrator, dora.pk)
    with pytest.raises(AuthenticationError):
        actor_of_password("dora", PASSWORD, dialect="test")

    unlock_user(administrator, dora.pk)
    assert actor_of_password("dora", PASSWORD, dialect="test").user_id == dora.pk


def test_last_administrator_stays(administrator: Actor, ada: User) -> None:
    for refused in (
        lambda: lock_user(administrator, ada.pk),
        lambda: update_user(administrator, ada.pk, {"is_administrator": False}),
        lambda: delete_user(administrator, ada.pk),
    ):
        with pytest.raises(ConflictError):
            refused()
    make_user("grace", is_superuser=True)
    assert update_user(administrator, ada.pk, {"is_administrator": False})["id"] == ada.pk
    assert not User.objects.get(pk=ada.pk).is_staff


def test_user_who_left_traces_is_deleted_only_for_another(
    administrator: Actor, owner: Actor, alice: User, bob: User
) -> None:
    contact = make_contact(owner, owner=alice.pk, visibility=2)
    SavedFilter.objects.create(name="Ours", owner=alice, is_public=True)

    with pytest.raises(ForbiddenError):
        delete_user(owner, alice.pk)
    with pytest.raises(ConflictError):
        delete_user(administrator, alice.pk)
    delete_user(administrator, alice.pk, move_to=bob.pk)

    document = get_contact(actor_for(bob), contact.pk)
    assert (document["owner_id"], document.get("author_id")) == (bob.pk, None)
    assert index.drifts_of([contact.pk]) == []
    assert SavedFilter.objects.get().owner_id == bob.pk
    assert changes_of("contact", contact.pk)[0].before == {"owner_id": alice.pk}


def test_contact_of_a_deleted_user_goes_to_the_trash(dora: User, administrator: Actor) -> None:
    delete_user(administrator, dora.pk)

    assert Contact.objects.get(pk=dora.contact_id).archived_at is not None
    assert not User.objects.filter(pk=dora.pk).exists()
    assert changes_of("user", dora.pk)[0].before["username"] == "dora"


def test_own_password_needs_the_current_one(
    owner: Actor, administrator: Actor, alice: User, bob: User
) -> None:
    with pytest.raises(InvalidError) as refused:
        change_password(owner, alice.pk, "short", current="wrong")
    assert {(fault.key, fault.code) for fault in refused.value.faults} == {
        ("current", "invalid"),
        ("password", "too_short"),
    }
    with pytest.raises(ForbiddenError):
        change_password(owner, bob.pk, "quite another one")
    change_password(owner, alice.pk, "quite another one", current=PASSWORD)
    assert actor_of_password("alice", "quite another one", dialect="test").user_id == alice.pk

    change_password(administrator, alice.pk, "yet another one")
    with pytest.raises(AuthenticationError):
        actor_of_password("alice", "quite another one", dialect="test")
    entry = changes_of("user", alice.pk)[0]
    assert (entry.action, entry.before, entry.after) == ("password changed", {}, {})


def test_who_guesses_the_current_password_is_slowed_down(
    owner: Actor, administrator: Actor, alice: User
) -> None:
    for number in range(FAILURES_PER_PAIR):
        # What a refused request has written is taken back, and the guess counts all the same.
        with counted_guesses(), pytest.raises(InvalidError):
            change_password(owner, alice.pk, "quite another one", current=f"guess {number}")
    with pytest.raises(ThrottledError):
        change_password(owner, alice.pk, "quite another one", current=PASSWORD)
    # Nobody is locked out by it.
    assert actor_of_password("alice", PASSWORD, dialect="test").user_id == alice.pk
    change_password(administrator, alice.pk, "quite another one")
