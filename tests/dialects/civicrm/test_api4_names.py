"""Version 4: patterns of names, sides of choices, conditions and answers at their edges."""

from typing import Any

import pytest

from contacts.models import Contact
from tests.dialects.civicrm.calling import Caller
from tests.dialects.civicrm.test_api4 import ann, call, values

__all__ = ["ann"]


def test_stars_stand_for_names_and_unknown_names_are_left_out(
    as_alice: Caller, ann: Contact
) -> None:
    asked = {"select": ["email_primary.*", "*_name", "bogus"], "where": [["id", "=", ann.pk]]}
    (row,) = values(as_alice, "Contact/get", asked)

    assert row["email_primary.email"] == "ann@x.org"
    assert row["first_name"] == "Ann"
    assert "bogus" not in row
    assert "gender_id" not in row


@pytest.mark.parametrize(
    ("where", "count"),
    [
        ([["NOT", ["first_name", "=", "Ann"]]], 0),
        ([["first_name", "<>", "Bob"]], 1),
        ([["OR", []]], 1),
        ([["first_name", "IN", []]], 0),
        ([["first_name", "NOT IN", []]], 1),
        ([["middle_name", "NOT CONTAINS", "x"]], 1),
        ([["LOWER(first_name)", "=", "ann"]], 1),
        ([["YEAR(birth_date)", "=", 1980]], 1),
    ],
)
def test_conditions_at_their_edges(
    where: list[Any], count: int, as_alice: Caller, ann: Contact
) -> None:
    asked = {"select": ["id"], "where": [["id", "=", ann.pk], *where]}
    assert len(values(as_alice, "Contact/get", asked)) == count


def test_a_side_of_a_choice_is_read_and_written(as_ada: Caller, ann: Contact) -> None:
    values(as_ada, "Tag/create", {"values": {"name": "VIP"}})
    tie = {"entity_id": ann.pk, "tag_id:name": "VIP"}
    values(as_ada, "EntityTag/create", {"values": tie})

    asked = {"select": ["tag_id:label"], "where": [["tag_id:name", "=", "VIP"]]}
    assert [row["tag_id:label"] for row in values(as_ada, "EntityTag/get", asked)] == ["VIP"]
    asked = {"select": ["gender_id:label"], "where": [["id", "=", ann.pk]]}
    assert values(as_ada, "Contact/get", asked)[0]["gender_id:label"] is None


def test_contacts_of_an_activity_are_numbers(as_ada: Caller, ann: Contact) -> None:
    made = {"activity_type_id:name": "Meeting", "target_contact_id": [ann.pk]}
    (row,) = values(as_ada, "Activity/create", {"values": made})

    assert row["target_contact_id"] == [ann.pk]
    asked = {"select": ["id"], "where": [["target_contact_id", "CONTAINS", ann.pk]]}
    assert values(as_ada, "Activity/get", asked) == [{"id": row["id"]}]


def test_options_of_a_field_are_loaded_as_asked(as_alice: Caller) -> None:
    where = [["name", "=", "gender_id"]]
    for wanted, first in (
        (False, True),
        (["id", "name"], [{"id": 1, "name": "Female"}]),
    ):
        params = {"loadOptions": wanted, "where": where}
        (field,) = values(as_alice, "Contact/getFields", params)
        found = field["options"]
        assert (found[:1] if isinstance(found, list) else found) == first


@pytest.mark.parametrize(
    ("path", "params", "message"),
    [
        ("Contact/create", {"values": {"id": 1}}, "Cannot pass id to Create action."),
        ("Email/create", {"values": {}}, "Mandatory values missing from Api4 Email::create: "),
        ("Contact/get", {"debug": "x"}, 'Parameter "debug" is not of the correct type.'),
        ("Contact/get", {"orderBy": {"id": "UP"}}, "Invalid sort direction."),
        ("Contact/get", {"select": ["IF(id) AS x"]}, "Missing param 2 for SQL function IF"),
    ],
)
def test_refusals_say_what_the_original_says(
    path: str, params: Any, message: str, as_ada: Caller
) -> None:
    assert call(as_ada, path, params, 400)["error_message"].startswith(message)


def test_counts_tell_of_all_that_match(as_alice: Caller, ann: Contact) -> None:
    asked = {"select": ["id"], "where": [["id", "=", ann.pk]], "offset": 1}
    answer = call(as_alice, "Contact/get", asked)
    assert (answer["count"], answer["countFetched"]) == (1, 0)

    answer = call(as_alice, "Contact/get", {"where": [["id", "=", ann.pk]]}, index="0")
    assert (answer["count"], answer["values"]["id"]) == (1, ann.pk)


def test_replace_tells_what_went(as_alice: Caller, ann: Contact) -> None:
    where = [["contact_id", "=", ann.pk]]
    (gone,) = values(as_alice, "Email/get", {"where": where, "select": ["id"]})
    answer = call(as_alice, "Email/replace", {"where": where, "records": [{"email": "b@x.org"}]})
    assert answer["deleted"] == [gone]


def test_custom_fields_keep_the_names_that_they_are_given(as_ada: Caller, ann: Contact) -> None:
    group = as_ada.make("CustomGroup", title="More of it", name="MyGroup", extends="Individual")
    named = {"custom_group_id": group, "label": "Favourite colour", "name": "FavColor"}
    as_ada.make("CustomField", data_type="String", html_type="Text", **named)
    change = {"where": [["id", "=", ann.pk]], "values": {"MyGroup.FavColor": "red"}}
    values(as_ada, "Contact/update", change)

    asked = {"select": ["MyGroup.FavColor"], "where": [["id", "=", ann.pk]]}
    assert values(as_ada, "Contact/get", asked)[0]["MyGroup.FavColor"] == "red"


DEEP = ".".join(["employer_id"] * 1500)


@pytest.mark.parametrize(
    "params",
    [
        {"where": [[DEEP, "=", 1]]},
        {"where": [["first_name", "=", DEEP, True]]},
        {"orderBy": {DEEP: "ASC"}},
    ],
    ids=["where", "expression", "order"],
)
def test_a_name_through_too_many_records_is_refused(
    params: dict[str, Any], as_alice: Caller, ann: Contact
) -> None:
    refused = call(as_alice, "Contact/get", params, 400)
    assert refused["error_code"] == 0
    assert "employer_id" in refused["error_message"]


@pytest.mark.parametrize("name", [DEEP, f"{DEEP}.*"])
def test_a_name_through_too_many_records_is_left_out_where_it_is_only_shown(
    name: str, as_alice: Caller, ann: Contact
) -> None:
    (row,) = values(as_alice, "Contact/get", {"select": ["first_name", name]})
    assert row == {"id": ann.pk, "first_name": "Ann"}
