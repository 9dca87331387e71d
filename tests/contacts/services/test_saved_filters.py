"""Saved filters: queries with a name, for oneself or for everybody."""

import pytest

from contacts.access import Actor
from contacts.errors import ForbiddenError, InvalidError, NotFoundError, UnknownFieldError
from contacts.history import changes_of
from contacts.models import Project, SavedFilter
from contacts.query import Query, get_record, search, where
from contacts.services.custom_fields import create_custom_field
from contacts.services.saved_filters import (
    KeptQuery,
    create_saved_filter,
    delete_saved_filter,
    restored_query,
    update_saved_filter,
)
from tests.builders import make_contact


def number(document: dict[str, object]) -> int:
    """Return the id of a document."""
    return int(str(document["id"]))


def test_kept_query_finds_the_same_again(owner: Actor) -> None:
    ann = make_contact(owner, first_name="Ann", last_name="B")
    anna = make_contact(owner, first_name="Anna", last_name="A")
    make_contact(owner, first_name="Tom")
    condition = where(owner, "first_name", "starts_with", "ann")

    kept = create_saved_filter(
        owner,
        {"name": "Anns"},
        KeptQuery(condition, sort=["-last_name"], columns=["first_name", "emails"]),
    )

    condition_again, sort = restored_query(owner, get_record(owner, "saved_filter", number(kept)))
    assert search(owner, Query(condition=condition_again, sort=sort)).ids == [ann.pk, anna.pk]
    assert kept["columns"] == ["first_name", "emails"]
    assert changes_of("saved_filter", number(kept)).get().action == "created"


def test_all_faults_of_a_filter_are_reported_together(
    owner: Actor, administrator: Actor, elsewhere: Project
) -> None:
    secret = create_custom_field(administrator, {"label": "Risk", "access": "administrators"})
    condition = where(administrator, f"custom_{secret['id']}", "eq", "high")

    with pytest.raises(InvalidError) as refused:
        create_saved_filter(
            owner,
            {"name": "", "project": elsewhere.pk},
            KeptQuery(condition, sort=["shoe"], columns=["hat"]),
        )

    assert {(fault.key, fault.code) for fault in refused.value.faults} == {
        ("name", "blank"),
        ("project", "unknown"),
        ("condition", "invalid"),
        ("sort", "unknown"),
        ("columns", "unknown"),
    }
    assert not SavedFilter.objects.exists()


def test_filter_on_a_field_that_one_may_not_read_is_of_no_use(
    owner: Actor, administrator: Actor
) -> None:
    secret = create_custom_field(administrator, {"label": "Risk", "access": "administrators"})
    condition = where(administrator, f"custom_{secret['id']}", "eq", "high")
    kept = create_saved_filter(
        administrator, {"name": "Risky", "is_public": True}, KeptQuery(condition)
    )

    with pytest.raises(UnknownFieldError):
        restored_query(owner, get_record(owner, "saved_filter", number(kept)))


def test_public_filters_are_made_by_who_manages_contacts_and_seen_by_all(
    owner: Actor,
    member: Actor,
    outsider: Actor,
    administrator: Actor,
    project: Project,
) -> None:
    private = number(create_saved_filter(member, {"name": "Mine"}))
    ours = number(
        create_saved_filter(owner, {"name": "Ours", "is_public": True, "project": project.pk})
    )
    everybodys = number(create_saved_filter(administrator, {"name": "All", "is_public": True}))

    for refused in (
        lambda: create_saved_filter(
            member, {"name": "x", "is_public": True, "project": project.pk}
        ),
        lambda: create_saved_filter(owner, {"name": "x", "is_public": True}),
        lambda: update_saved_filter(member, private, {"is_public": True, "project": project.pk}),
        lambda: update_saved_filter(member, ours, {"name": "Theirs"}),
        lambda: delete_saved_filter(member, everybodys),
    ):
        with pytest.raises(ForbiddenError):
            refused()
    asked = Query(kind="saved_filter")
    assert search(member, asked).ids == [everybodys, private, ours]
    assert search(outsider, asked).ids == [everybodys]
    assert search(administrator, asked).ids == [everybodys, ours]
    for actor in (owner, administrator, outsider):
        with pytest.raises(NotFoundError):
            update_saved_filter(actor, private, {"name": "Seen"})


def test_condition_is_changed_only_when_it_is_named(owner: Actor) -> None:
    condition = where(owner, "first_name", "eq", "Ann")
    kept = number(create_saved_filter(owner, {"name": "Anns"}, KeptQuery(condition)))

    renamed = update_saved_filter(owner, kept, {"name": "Annas"})
    assert renamed["condition"] != {}
    cleared = update_saved_filter(owner, kept, {}, KeptQuery(has_condition=True))
    assert cleared["condition"] == {}
    delete_saved_filter(owner, kept)
    assert changes_of("saved_filter", kept)[0].before["name"] == "Annas"
