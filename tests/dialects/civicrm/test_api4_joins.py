"""Version 4 beyond lists: joins, groups, functions, regular expressions."""

from typing import Any

import pytest

from contacts.models import Contact, Project
from tests.builders import make_contact
from tests.dialects.civicrm.calling import Caller
from tests.dialects.civicrm.test_api4 import call, values


@pytest.fixture
def people(project: Project) -> dict[str, Contact]:
    """Ann has two addresses, Bert one, Carl none."""

    def person(first: str, *addresses: str, **more: Any) -> Contact:
        return make_contact(
            first_name=first,
            last_name="Joined",
            projects=[project.pk],
            emails=[{"address": each} for each in addresses],
            **more,
        )

    return {
        "ann": person("Ann", "ann@x.org", "ann@y.org", birthday="1980-02-03"),
        "bert": person("Bert", "bert@x.org", birthday="1980-05-06"),
        "carl": person("Carl"),
    }


JOINED = ["last_name", "=", "Joined"]


def rows(caller: Caller, **params: Any) -> list[dict[str, Any]]:
    """Return the rows of a call for the joined people, without ids."""
    where = [JOINED, *params.pop("where", [])]
    found = values(caller, "Contact/get", {**params, "where": where})
    return [{k: v for k, v in row.items() if k != "id"} for row in found]


@pytest.mark.usefixtures("people")
def test_a_left_join_keeps_records_that_nothing_is_beside(as_alice: Caller) -> None:
    found = rows(
        as_alice,
        select=["first_name", "email.email"],
        join=[["Email AS email", "LEFT", ["id", "=", "email.contact_id"]]],
        orderBy={"first_name": "ASC", "email.email": "DESC"},
    )

    assert found == [
        {"first_name": "Ann", "email.email": "ann@y.org"},
        {"first_name": "Ann", "email.email": "ann@x.org"},
        {"first_name": "Bert", "email.email": "bert@x.org"},
        {"first_name": "Carl", "email.email": None},
    ]


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("join", "first_names"),
    [
        (["Email AS e", "INNER"], ["Ann", "Ann", "Bert"]),
        (["Email AS e", True, None, ["e.is_primary", "=", True]], ["Ann", "Bert"]),
        (["Email AS e", "INNER", ["e.email", "LIKE", '"%@y.org"']], ["Ann"]),
        (["Email AS e", "EXCLUDE", ["id", "=", "e.contact_id"]], ["Carl"]),
        (
            ["Email AS e", "INNER", ["OR", [["e.email", "=", "ann@y.org"], ["id", "<", 0]]]],
            ["Ann"],
        ),
    ],
)
def test_the_side_and_the_conditions_of_a_join_count(
    as_alice: Caller, join: list[Any], first_names: list[str]
) -> None:
    found = rows(as_alice, select=["first_name"], join=[join], orderBy={"first_name": "ASC"})

    assert [row["first_name"] for row in found] == first_names


@pytest.mark.usefixtures("people")
def test_where_may_ask_for_what_is_joined(as_alice: Caller) -> None:
    found = rows(
        as_alice,
        select=["first_name"],
        join=[["Email AS e", "LEFT"]],
        where=[["OR", [["e.email", "=", "ANN@y.org"], ["e.id", "IS NULL"]]]],
        orderBy={"first_name": "ASC"},
    )

    assert found == [{"first_name": "Ann"}, {"first_name": "Carl"}]


def test_a_join_may_go_through_an_entity_between(
    as_alice: Caller, people: dict[str, Contact]
) -> None:
    group = as_alice.make("Group", title="Rowers")
    as_alice.ok("GroupContact", "create", contact_id=people["bert"].pk, group_id=group)

    found = rows(
        as_alice,
        select=["first_name", "group.title"],
        join=[["Group AS group", "INNER", "GroupContact", ["group.status", "=", '"Added"']]],
    )

    assert found == [{"first_name": "Bert", "group.title": "Rowers"}]


@pytest.mark.usefixtures("people")
def test_groups_have_totals_and_conditions_of_their_own(as_alice: Caller) -> None:
    found = rows(
        as_alice,
        select=["first_name", "COUNT(e.id) AS number", "GROUP_CONCAT(e.email) AS addresses"],
        join=[["Email AS e", "LEFT"]],
        groupBy=["id"],
        having=[["number", ">", 0]],
        orderBy={"number": "DESC"},
    )

    assert found == [
        {"first_name": "Ann", "number": 2, "addresses": ["ann@x.org", "ann@y.org"]},
        {"first_name": "Bert", "number": 1, "addresses": ["bert@x.org"]},
    ]


@pytest.mark.usefixtures("people")
def test_rows_are_grouped_by_functions_too(as_alice: Caller) -> None:
    found = rows(
        as_alice,
        select=["YEAR(birth_date) AS born", "COUNT(*) AS number"],
        groupBy=["YEAR(birth_date)"],
        where=[["birth_date", "IS NOT NULL"]],
    )

    assert found == [{"born": 1980, "number": 2}]


@pytest.mark.usefixtures("people")
def test_a_total_without_groups_is_one_row(as_alice: Caller) -> None:
    found = rows(
        as_alice, select=["COUNT(DISTINCT last_name) AS n", "MAX(first_name)", "row_count"]
    )

    assert found == [{"n": 1, "MAX:first_name": "Carl"}]


@pytest.mark.usefixtures("people")
def test_functions_of_one_row(as_alice: Caller) -> None:
    found = rows(
        as_alice,
        select=["CONCAT(UPPER(first_name), '-', last_name) AS name", "birth_date"],
        where=[["first_name", "=", "ann"]],
    )

    assert found == [{"name": "ANN-Joined", "birth_date": "1980-02-03"}]


@pytest.mark.usefixtures("people")
def test_regular_expressions(as_alice: Caller) -> None:
    def named(operator: str, pattern: str) -> list[str]:
        where = [["first_name", operator, pattern]]
        return [row["first_name"] for row in rows(as_alice, select=["first_name"], where=where)]

    assert named("REGEXP", "^[ab]") == ["Ann", "Bert"]
    assert named("NOT REGEXP", "^[ab]") == ["Carl"]
    counted = {"select": ["row_count"], "where": [["first_name", "REGEXP", "^[ab]"]]}
    answer = call(as_alice, "Contact/get", counted)
    assert (answer["values"], answer["countMatched"]) == ([], 2)
    refused = call(as_alice, "Contact/get", {"where": [["first_name", "REGEXP", "("]]}, status=400)
    assert refused["error_message"].startswith("Illegal value for REGEXP")


@pytest.mark.parametrize(
    "params",
    [
        {"join": "Email"},
        {"join": [["Foo AS f", "LEFT"]]},
        {"join": [["Email AS e", "OUTER"]]},
        {"join": [["Email AS e", "LEFT", ["e.bogus", "=", 1]]]},
        {"join": [["Country AS c", "LEFT", "Nothing"]]},
        {"join": [["Email AS e"], ["Email AS e"]]},
        {"select": ["SLEEP(10)"]},
        {"select": ["COUNT(id"]},
        {"select": ["MAX()"]},
        {"groupBy": ["UPPER(bogus)"]},
        {"groupBy": "first_name"},
        {"groupBy": ["bogus"]},
        {"having": "x"},
        {"join": [["Email AS e"]], "orderBy": {"e.bogus": "ASC"}},
    ],
)
def test_what_cannot_be_joined_or_counted_is_refused(
    as_alice: Caller, params: dict[str, Any]
) -> None:
    assert call(as_alice, "Contact/get", params, status=400)["error_message"]
