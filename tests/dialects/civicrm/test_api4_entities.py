"""Version 4: the list of entities, what each can do, and what hangs on a contact once."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from api.civicrm.views.api4 import BY_SCRIPT_ONLY, ONLY_BY_POST
from contacts.models import Contact, User
from tests.dialects.civicrm.calling import Caller
from tests.dialects.civicrm.test_api4 import API4, ann, call, values

__all__ = ["ann"]


def test_entities_are_listed_with_their_titles(as_alice: Caller) -> None:
    rows = {row["name"]: row for row in values(as_alice, "Entity/get", {})}

    assert list(rows) == sorted(rows)
    assert {"Contact", "Individual", "Organization", "Household", "IM", "Entity"} <= rows.keys()
    address = rows["Address"]
    assert (address["title"], address["title_plural"]) == ("Address", "Addresses")
    assert rows["Activity"]["title_plural"] == "Activities"
    assert rows["EntityTag"]["title"] == "Entity Tag"
    assert rows["EntityTag"]["type"] == ["DAOEntity", "EntityBridge"]
    assert rows["Contact"]["table_name"] == rows["Individual"]["table_name"] == "civicrm_contact"
    assert (rows["Contact"]["primary_key"], rows["Contact"]["searchable"]) == (["id"], "primary")


def test_the_list_of_entities_is_asked_as_any_other(as_alice: Caller) -> None:
    asked = {
        "select": ["name", "title*"],
        "where": [["name", "LIKE", "%Tag"]],
        "orderBy": {"name": "DESC"},
        "limit": 1,
    }
    assert values(as_alice, "Entity/get", asked) == [
        {"name": "Tag", "title": "Tag", "title_plural": "Tags"}
    ]


def test_every_entity_that_is_listed_describes_itself(as_ada: Caller) -> None:
    for name in (row["name"] for row in values(as_ada, "Entity/get", {"select": ["name"]})):
        fields = values(as_ada, f"{name}/getFields", {"select": ["name", "data_type"]})
        actions = values(as_ada, f"{name}/getActions", {"select": ["name"]})
        assert all(field["data_type"] for field in fields), name
        reading = "check" if name == "System" else "get"
        assert {reading, "getFields", "getActions"} <= {row["name"] for row in actions}, name


def test_nothing_changes_what_nobody_may_change(as_ada: Caller) -> None:
    names = [row["name"] for row in values(as_ada, "Country/getActions", {})]
    assert not {"create", "save", "update", "replace", "delete"} & set(names)

    answer = call(as_ada, "Country/create", {"values": {"name": "X"}}, 404)
    assert answer["error_message"] == "Api Country create version 4 does not exist."


@pytest.mark.parametrize(
    ("name", "values_of_it"),
    [
        ("address_billing", {"city": "Ghent"}),
        ("email_billing", {"email": "bill@x.org"}),
        ("phone_billing", {"phone": "12"}),
        ("im_primary", {"name": "ann.a"}),
    ],
)
def test_what_hangs_on_a_contact_is_read_written_and_found(
    name: str, values_of_it: dict[str, str], as_alice: Caller, ann: Contact
) -> None:
    ((field, value),) = values_of_it.items()
    found = [["id", "=", ann.pk]]
    change = {"where": found, "values": {f"{name}.{field}": value}}
    values(as_alice, "Contact/update", change)

    asked = {"select": [name, f"{name}.{field}", "email_primary.email"], "where": found}
    (row,) = values(as_alice, "Contact/get", asked)
    assert row[f"{name}.{field}"] == value
    assert isinstance(row[name], int)
    assert row["email_primary.email"] == "ann@x.org"
    asked = {"select": ["id"], "where": [[f"{name}.{field}", "=", value]]}
    assert values(as_alice, "Contact/get", asked) == [{"id": ann.pk}]
    asked |= {"orderBy": {f"{name}.{field}": "DESC"}}
    assert values(as_alice, "Contact/get", asked) == [{"id": ann.pk}]


@pytest.mark.parametrize(
    ("condition", "count"),
    [
        (["sort_name", "=", "CONCAT(last_name, ', ', first_name)", True], 1),
        (["first_name", "=", "last_name", True], 0),
        (["first_name", "<>", "last_name", True], 1),
        (["first_name", "!=", "middle_name", True], 0),
        (["first_name", "=", "Ann", False], 1),
        (["UPPER(first_name)", "=", "'ANN'", True], 1),
        (["created_date", "<=", "modified_date", True], 1),
    ],
)
def test_a_condition_compares_with_an_expression(
    condition: list[Any], count: int, as_alice: Caller, ann: Contact
) -> None:
    asked = {"select": ["id"], "where": [["id", "=", ann.pk], condition]}
    assert len(values(as_alice, "Contact/get", asked)) == count


def test_an_expression_of_unknown_fields_is_refused(as_alice: Caller, ann: Contact) -> None:
    asked = {"where": [["id", "=", ann.pk], ["first_name", "=", "bogus", True]]}
    assert call(as_alice, "Contact/get", asked, 400)["error_message"] == "Invalid field 'bogus'"


@pytest.mark.parametrize(
    ("join", "message"),
    [
        (["Address AS a"], 'Illegal join alias: "a"'),
        (["Address AS add.ress"], 'Illegal join alias: "add.ress"'),
        (["Address AS address", "OUTER"], "Illegal value for join side: 'OUTER'."),
    ],
)
def test_joins_are_refused_in_the_words_of_the_original(
    join: list[str], message: str, as_alice: Caller
) -> None:
    assert call(as_alice, "Contact/get", {"join": [join]}, 400)["error_message"] == message


def test_a_change_by_get_is_refused_in_the_words_of_the_original(as_ada: Caller) -> None:
    answer = as_ada.client.get(
        f"{API4}/Tag/create",
        {"params": '{"values": {"name": "By GET"}}'},
        headers={"X-Civi-Auth": f"Bearer {as_ada.api_key}"},
    )
    refused = answer.json()
    assert (answer.status_code, refused["error_code"]) == (405, 405)
    assert refused["error_message"] == ONLY_BY_POST
    assert values(as_ada, "Tag/get", {"where": [["name", "=", "By GET"]]}) == []


def test_a_request_that_may_be_forged_is_refused_by_its_status(as_ada: Caller, ada: User) -> None:
    as_ada.client.force_login(ada)
    answer = as_ada.client.get(f"{API4}/Contact/get")
    assert answer.status_code == 400
    refused = {"error_code": 400, "error_message": BY_SCRIPT_ONLY, "status": 400}
    assert answer.json() == refused


def test_nobody_is_told_with_a_code(client: Client) -> None:
    answer = client.post(f"{API4}/Contact/get")
    assert (answer.status_code, answer.json()["error_code"]) == (401, 401)


@pytest.mark.parametrize(
    ("operator", "period", "found"),
    [
        ("=", "this.year", ["Now"]),
        ("=", "this.day", ["Now"]),
        ("=", "previous.year", ["Before"]),
        ("!=", "this.year", ["Before"]),
        (">=", "this.month", ["Now"]),
        ("<", "this.week", ["Before"]),
        (">", "previous.year", ["Now"]),
        ("<=", "previous.quarter", ["Before"]),
        ("=", "next.month", []),
    ],
)
def test_days_are_within_periods(
    operator: str, period: str, found: list[str], as_alice: Caller
) -> None:
    today = timezone.localdate()
    for name, day in (("Now", today), ("Before", today.replace(year=today.year - 1, day=1))):
        as_alice.person(name, birth_date=day.isoformat())
    where = [["birth_date", operator, period]]
    rows = values(as_alice, "Contact/get", {"select": ["first_name"], "where": where})
    assert [row["first_name"] for row in rows] == found


def test_settings_are_rows_and_the_server_says_what_is_wrong(
    as_ada: Caller, as_bob: Caller
) -> None:
    """Both were without any rows, and the server had no such action."""
    language = {"name": "lcMessages", "value": "en_US", "domain_id": 1}
    assert values(as_ada, "Setting/get", {"select": ["lcMessages"]}) == [language]
    every = values(as_ada, "Setting/get", {})
    assert language in every
    assert len(every) > 1
    failed = call(as_ada, "Setting/get", {"select": ["lcNothing"]}, 400)
    assert failed["error_message"] == "Unknown settings for domain 1: lcNothing"

    assert values(as_ada, "System/check", {}) == values(as_ada, "System/flush", {}) == []
    call(as_ada, "System/get", {}, 404)
    for asked in ("Setting/get", "System/check", "System/flush"):
        call(as_bob, asked, {}, 403)
