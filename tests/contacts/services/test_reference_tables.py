"""What there is to choose from: lists of options, types of ties, tags as a tree, the atlas."""

import pytest

from contacts.access import Actor
from contacts.errors import ConflictError, ForbiddenError, InvalidError
from contacts.fields import reference
from contacts.fields.atlas import atlas
from contacts.history import changes_of
from contacts.query import Query, get_contact, get_record, search, where
from contacts.services.option_lists import (
    create_option_list,
    delete_option_list,
    update_option_list,
)
from contacts.services.options import create_option
from contacts.services.relationship_types import (
    create_relationship_type,
    delete_relationship_type,
    update_relationship_type,
)
from contacts.services.relationships import tie_contacts, update_relationship
from contacts.services.tag_setup import create_tag, delete_tag, update_tag
from tests.builders import make_contact


def number(document: dict[str, object]) -> int:
    """Return the id of a document."""
    return int(str(document["id"]))


def test_countries_and_states_have_the_numbers_of_address_books(db: None) -> None:
    book = atlas()
    assert (book.by_atlas_id[1020].code, book.by_atlas_id[1228].code) == ("BE", "US")
    assert None not in book.by_atlas_id
    states = book.states
    assert (states[1004].name, states[1031].code) == ("California", "NY")
    country = book.by_atlas_id[1228].id
    assert (
        book.state_named("ca", country) == book.state_named("CALIFORNIA", country) == states[1004]
    )
    assert book.state_named("ca", book.by_atlas_id[1020].id) is None
    assert book.state_named("ca", None) is None


def test_new_list_takes_options_and_goes_with_them(administrator: Actor) -> None:
    made = create_option_list(administrator, {"title": "Favourite Colours"})
    assert made["name"] == "favourite_colours"
    red = create_option(administrator, {"list_name": "favourite_colours", "label": "Red"})
    delete_option_list(administrator, number(made))

    assert (
        search(
            administrator,
            Query("option", where(administrator, "id", "eq", number(red), kind="option")),
        ).total
        == 0
    )
    assert reference.option_lists().id_of("favourite_colours") is None
    assert changes_of("option_list", number(made))[0].action == "deleted"


def test_built_in_list_is_renamed_for_people_but_stays(administrator: Actor, member: Actor) -> None:
    gender = reference.option_lists().id_of("gender") or 0
    assert update_option_list(administrator, gender, {"title": "Sex"})["title"] == "Sex"
    with pytest.raises(InvalidError):
        update_option_list(administrator, gender, {"name": "sex"})
    with pytest.raises(ConflictError):
        delete_option_list(administrator, gender)
    with pytest.raises(ForbiddenError):
        create_option_list(member, {"title": "Mine"})


def test_type_of_tie_limits_the_kinds_that_it_ties(administrator: Actor, owner: Actor) -> None:
    board = create_relationship_type(
        administrator,
        {"name_a_b": "Board of", "name_b_a": "Board is", "kind_b": "organization"},
    )
    assert (board["label_a_b"], board["kind_a"]) == ("Board of", "")
    one, other = make_contact(owner), make_contact(owner)
    with pytest.raises(InvalidError):
        tie_contacts(owner, {"type": board["id"], "contact_a": one.pk, "contact_b": other.pk})
    with pytest.raises(InvalidError):
        create_relationship_type(administrator, {"name_a_b": "board OF", "name_b_a": "x"})

    update_relationship_type(administrator, number(board), {"kind_b": "", "label_a_b": "Boards"})
    tie_contacts(owner, {"type": board["id"], "contact_a": one.pk, "contact_b": other.pk})

    with pytest.raises(ConflictError):
        delete_relationship_type(administrator, number(board))
    assert get_record(owner, "relationship_type", number(board))["label_a_b"] == "Boards"


def test_type_by_which_people_belong_to_companies_stays(administrator: Actor) -> None:
    (employee,) = search(
        administrator,
        Query(
            kind="relationship_type",
            condition=where(
                administrator, "name_a_b", "eq", "Employee of", kind="relationship_type"
            ),
        ),
    ).ids
    with pytest.raises(ConflictError):
        delete_relationship_type(administrator, employee)
    with pytest.raises(InvalidError):
        update_relationship_type(administrator, employee, {"name_a_b": "Works at"})
    changed = update_relationship_type(administrator, employee, {"label_a_b": "Works at"})
    assert changed["label_a_b"] == "Works at"


def test_employment_that_is_switched_off_and_on_changes_the_employer(owner: Actor) -> None:
    acme = make_contact(owner, kind="organization", organization_name="Acme")
    person = make_contact(owner)
    tie = tie_contacts(owner, {"type": 5, "contact_a": person.pk, "contact_b": acme.pk})

    update_relationship(owner, number(tie), {"is_active": False})
    assert "employer_id" not in get_contact(owner, person.pk)
    assert search(owner, Query(condition=where(owner, "companies", "has_any", [acme.pk]))).ids == []

    update_relationship(owner, number(tie), {"is_active": True, "permission_a_b": 2})
    assert get_contact(owner, person.pk)["companies"] == [acme.pk]
    assert get_record(owner, "relationship", number(tie))["permission_a_b"] == 2


def test_other_ties_are_no_companies(owner: Actor) -> None:
    acme = make_contact(owner, kind="organization", organization_name="Acme")
    person = make_contact(owner)
    tie_contacts(owner, {"type": 6, "contact_a": person.pk, "contact_b": acme.pk})
    assert search(owner, Query(condition=where(owner, "companies", "has_any", [acme.pk]))).ids == []


def test_repeated_tie_names_the_one_that_is_there(owner: Actor) -> None:
    one, other = make_contact(owner), make_contact(owner)
    tie = tie_contacts(owner, {"type": 2, "contact_a": one.pk, "contact_b": other.pk})
    with pytest.raises(InvalidError) as refused:
        tie_contacts(owner, {"type": 2, "contact_a": other.pk, "contact_b": one.pk})
    assert refused.value.faults[0].params["record"] == tie["id"]


def test_members_make_tags_and_change_their_own(
    member: Actor, owner: Actor, reporter: Actor, administrator: Actor
) -> None:
    tree = create_tag(member, {"name": "Sports", "description": "All", "used_for": ["contact"]})
    tennis = create_tag(member, {"name": "Tennis", "parent": tree["id"]})
    assert tennis["parent_id"] == tree["id"]
    assert tennis["author_id"] == member.user_id
    assert update_tag(member, number(tennis), {"color": "#123456"})["color"] == "#123456"
    with pytest.raises(InvalidError):
        update_tag(member, number(tree), {"parent": tennis["id"]})
    make_contact(owner, tags=["Tennis"])
    with pytest.raises(ForbiddenError):
        update_tag(owner, number(tennis), {"name": "Golf"})
    with pytest.raises(ForbiddenError):
        delete_tag(member, number(tennis))
    with pytest.raises(ForbiddenError):
        create_tag(reporter, {"name": "Mine"})
    delete_tag(administrator, number(tree))
    assert get_record(owner, "tag", number(tennis))["parent_id"] is None
