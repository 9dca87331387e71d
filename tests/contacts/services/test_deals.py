"""Deals: in one project, with a status that says whether they are open."""

from decimal import Decimal

import pytest

from contacts.access import Actor
from contacts.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from contacts.history import changes_of
from contacts.models import Contact, Deal, DealCategory, DealStatus, Note, Project, Stage
from contacts.query import get_record
from contacts.services.deal_setup import (
    create_deal_category,
    create_deal_status,
    create_pipeline,
    create_stage,
    delete_deal_category,
    delete_deal_status,
    delete_pipeline,
    delete_stage,
    update_deal_category,
    update_deal_status,
    update_stage,
)
from contacts.services.deals import (
    archive_deal,
    create_deal,
    delete_deal,
    restore_deal,
    update_deal,
)
from contacts.services.notes import create_note
from tests.builders import make_contact, make_custom_field, make_project

# What documents say of a contact besides its name.
PERSON = {"kind": "person", "stage": "contact"}


def number(document: dict[str, object]) -> int:
    """Return the id of a document."""
    return int(str(document["id"]))


@pytest.fixture
def contact(owner: Actor) -> Contact:
    return make_contact(owner)


@pytest.fixture
def deal(owner: Actor, project: Project, contact: Contact) -> int:
    values = {"project": project.pk, "name": "Roof", "contact": contact.pk, "amount": "1000.5"}
    return number(create_deal(owner, values))


def test_deal_is_stored_with_everything_that_it_names(
    owner: Actor, project: Project, contact: Contact
) -> None:
    field = make_custom_field("Colour", object_kind="deal")
    friend = make_contact(owner, first_name="Ann", last_name="")
    stage = Stage.objects.get(name="Contact Made")

    document = create_deal(
        owner,
        {
            "project": project.pk,
            "name": "Roof",
            "contact": contact.pk,
            "contacts": [friend.pk],
            "amount": 1000.5,
            "currency": "eur",
            "due_on": "2026-12-24",
            "stage": stage.pk,
            f"custom_{field.pk}": "red",
        },
    )

    assert document["contact"] == {"id": contact.pk, "name": "Tom Smith", **PERSON}
    assert document["contacts"] == [{"id": friend.pk, "name": "Ann", **PERSON}]
    assert (document["amount"], document["currency"]) == ("1000.50", "EUR")
    assert (document["due_on"], document["probability"]) == ("2026-12-24", 30)
    assert document["status"] == {"id": document["status_id"], "name": "Pending", "outcome": 0}
    assert document["custom"] == {str(field.pk): "red"}
    assert Deal.objects.get(pk=number(document)).amount == Decimal("1000.50")
    entry = changes_of("deal", number(document)).get()
    assert (entry.action, entry.contact_id, entry.user_id) == (
        "created",
        contact.pk,
        owner.user_id,
    )
    assert entry.after["contact_ids"] == [friend.pk]


def test_all_faults_of_a_deal_are_reported_together(
    owner: Actor, outsider: Actor, elsewhere: Project
) -> None:
    hidden = make_contact(outsider)
    category = DealCategory.objects.create(project=elsewhere, name="Big")

    with pytest.raises(InvalidError) as refused:
        create_deal(
            owner,
            {
                "project": elsewhere.pk,
                "name": "",
                "contact": hidden.pk,
                "amount": "much",
                "currency": "euro",
                "status": 999,
                "author": 1,
            },
        )
    assert {(fault.key, fault.code) for fault in refused.value.faults} == {
        ("project", "unknown"),
        ("name", "blank"),
        ("contact", "unknown"),
        ("amount", "not_a_number"),
        ("currency", "too_long"),
        ("status", "unknown"),
        ("author", "read_only"),
    }
    with pytest.raises(InvalidError) as refused:
        create_deal(owner, {"name": "Roof", "currency": "€", "category": category.pk})
    assert {(fault.key, fault.code) for fault in refused.value.faults} == {
        ("currency", "invalid"),
        ("category", "unknown"),
    }
    assert not Deal.objects.exists()


def test_deal_needs_the_right_in_its_project(
    owner: Actor, reporter: Actor, outsider: Actor, project: Project, deal: int
) -> None:
    for refused in (
        lambda: create_deal(reporter, {"project": project.pk, "name": "Roof"}),
        lambda: update_deal(reporter, deal, {"name": "Cellar"}),
        lambda: archive_deal(reporter, deal),
    ):
        with pytest.raises(ForbiddenError):
            refused()
    for hidden in (
        lambda: update_deal(outsider, deal, {"name": "Cellar"}),
        lambda: archive_deal(outsider, deal),
    ):
        with pytest.raises(NotFoundError):
            hidden()
    assert update_deal(owner, deal, {"name": "Cellar"})["name"] == "Cellar"


def test_project_without_deals_or_closed_takes_none(administrator: Actor) -> None:
    for closed in (
        make_project("Plain", modules=["contacts"]),
        make_project("Done", status=Project.Status.CLOSED),
    ):
        with pytest.raises(ForbiddenError):
            create_deal(administrator, {"project": closed.pk, "name": "Roof"})


def test_closing_is_remembered_until_the_deal_is_opened_again(owner: Actor, deal: int) -> None:
    won, lost, pending = (DealStatus.objects.get(name=name) for name in ("Won", "Lost", "Pending"))

    closed_at = update_deal(owner, deal, {"status": won.pk})["closed_at"]
    assert closed_at is not None
    assert update_deal(owner, deal, {"status": lost.pk})["closed_at"] == closed_at
    assert update_deal(owner, deal, {"status": pending.pk})["closed_at"] is None
    before = changes_of("deal", deal)[0].before
    assert (before["status"], before["closed_at"]) == (
        {"id": lost.pk, "name": "Lost", "outcome": 2},
        closed_at,
    )


def test_only_what_is_named_changes(owner: Actor, deal: int, contact: Contact) -> None:
    document = update_deal(owner, deal, {"background": "on the hill"})

    assert (document["name"], document["amount"]) == ("Roof", "1000.50")
    assert document["contact"] == {"id": contact.pk, "name": "Tom Smith", **PERSON}
    entry = changes_of("deal", deal)[0]
    assert (entry.before, entry.after) == ({}, {"background": "on the hill"})
    cleared = update_deal(owner, deal, {"contact": None, "amount": None, "price_type": None})
    assert (cleared["contact"], cleared["amount"], cleared["price_type"]) == (None, None, 0)


def test_move_needs_the_right_to_add_and_leaves_the_category_behind(
    owner: Actor, administrator: Actor, deal: int, project: Project, elsewhere: Project
) -> None:
    category = number(create_deal_category(owner, {"project": project.pk, "name": "Big"}))
    update_deal(owner, deal, {"category": category})

    with pytest.raises(InvalidError):
        update_deal(owner, deal, {"project": elsewhere.pk})
    moved = update_deal(administrator, deal, {"project": elsewhere.pk})
    assert (moved["project_id"], moved["category"]) == (elsewhere.pk, None)


def test_contacts_that_the_actor_does_not_see_stay_linked(
    owner: Actor, administrator: Actor, outsider: Actor, deal: int
) -> None:
    hidden = make_contact(outsider, first_name="Hidden", last_name="")
    first, second = make_contact(owner), make_contact(owner)
    update_deal(administrator, deal, {"contacts": [hidden.pk, first.pk]})

    assert get_record(owner, "deal", deal)["contacts"] == [
        {"id": first.pk, "name": "Tom Smith", **PERSON}
    ]
    update_deal(owner, deal, {"contacts": [second.pk]})

    linked = get_record(administrator, "deal", deal)["contacts"]
    assert {each["id"] for each in linked} == {hidden.pk, second.pk}  # type: ignore[attr-defined]  # a list of dicts


def test_deal_goes_through_the_trash(owner: Actor, deal: int) -> None:
    create_note(owner, {"deal": deal, "content": "leaks"})
    with pytest.raises(NotFoundError):
        delete_deal(owner, deal)

    archive_deal(owner, deal)
    with pytest.raises(NotFoundError):
        get_record(owner, "deal", deal)
    restore_deal(owner, deal)
    assert get_record(owner, "deal", deal)["name"] == "Roof"
    archive_deal(owner, deal)
    delete_deal(owner, deal)

    assert not Deal.objects.exists()
    assert not Note.objects.exists()
    actions = [entry.action for entry in changes_of("deal", deal)]
    assert actions == ["deleted", "archived", "restored", "archived", "created"]
    assert changes_of("deal", deal)[0].before["name"] == "Roof"


def test_status_with_deals_goes_only_when_they_are_moved(
    administrator: Actor, owner: Actor, deal: int
) -> None:
    late = number(
        create_deal_status(administrator, {"name": "Late", "is_default": True, "color": "#ff0000"})
    )
    assert DealStatus.objects.filter(is_default=True).get().pk == late
    update_deal(owner, deal, {"status": late})
    pending = DealStatus.objects.get(name="Pending")

    with pytest.raises(ConflictError):
        delete_deal_status(administrator, late)
    with pytest.raises(ForbiddenError):
        delete_deal_status(owner, late, move_to=pending.pk)
    delete_deal_status(administrator, late, move_to=pending.pk)

    assert Deal.objects.get(pk=deal).status_id == pending.pk
    assert changes_of("deal_status", late)[0].before["name"] == "Late"
    with pytest.raises(InvalidError) as refused:
        update_deal_status(administrator, pending.pk, {"name": "WON"})
    assert [(fault.key, fault.code) for fault in refused.value.faults] == [("name", "taken")]


def test_category_belongs_to_one_project(
    owner: Actor, outsider: Actor, reporter: Actor, project: Project, deal: int
) -> None:
    category = number(create_deal_category(owner, {"project": project.pk, "name": "Big"}))
    update_deal(owner, deal, {"category": category})

    with pytest.raises(InvalidError) as refused:
        create_deal_category(owner, {"project": project.pk, "name": "BIG"})
    assert [(fault.key, fault.code) for fault in refused.value.faults] == [("name", "taken")]
    with pytest.raises(NotFoundError):
        update_deal_category(outsider, category, {"name": "Small"})
    with pytest.raises(ForbiddenError):
        update_deal_category(reporter, category, {"name": "Small"})
    other = number(create_deal_category(owner, {"project": project.pk, "name": "Other"}))
    delete_deal_category(owner, category, move_to=other)
    assert Deal.objects.get(pk=deal).category_id == other
    delete_deal_category(owner, other)
    assert Deal.objects.get(pk=deal).category_id is None


def test_stage_in_use_stays(administrator: Actor, owner: Actor, deal: int) -> None:
    pipeline = number(create_pipeline(administrator, {"name": "Repairs"}))
    stage = number(create_stage(administrator, {"pipeline": pipeline, "name": "Contact Made"}))
    update_stage(administrator, stage, {"probability": 5})
    update_deal(owner, deal, {"stage": stage})

    for refused in (
        lambda: delete_stage(administrator, stage),
        lambda: delete_pipeline(administrator, pipeline),
    ):
        with pytest.raises(ConflictError):
            refused()
    update_deal(owner, deal, {"stage": None})
    delete_pipeline(administrator, pipeline)
    assert not Stage.objects.filter(pk=stage).exists()
