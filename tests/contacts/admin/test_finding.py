"""The advanced filter: any field, groups of all, any or none, kept in the address of the list."""

import json
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from contacts.access import Actor
from contacts.models import User
from tests.builders import make_contact, make_custom_field
from tests.contacts.admin.reading import Form, Page, read

LIST = "/admin/contacts/contact/"
EDITOR = f"{LIST}filter/"


@pytest.fixture(autouse=True)
def people(owner: Actor, alice: User) -> None:
    make_contact(
        owner,
        first_name="Anna",
        last_name="Petrova",
        tags=["vip"],
        owner=alice.pk,
        addresses=[{"city": "Berlin", "country": "Germany"}],
        birthday="1990-05-01",
    )
    make_contact(owner, first_name="Bruno", addresses=[{"city": "Bern"}], tags=["press"])
    make_contact(owner, first_name="Clara", do_not_email=True)


def names(client: Client, **where: Any) -> set[str]:
    return shown(read(client, f"{LIST}?where={quote(json.dumps(where))}"))


def shown(page: Page) -> set[str]:
    known = {"Anna Petrova": "Anna", "Bruno": "Bruno", "Clara": "Clara"}
    return {known[name] for name in page.links if name in known}


def editor_of(page: Page) -> Form:
    return next(form for form in page.forms if "groups" in form.fields)


def used(client: Client, **sent: Any) -> Page:
    """Fill in the form of the filter and press "Show"; returns the page to which that leads."""
    data = {"groups": "1", "g0-match": "all", "do": "use"}
    data |= {name.replace("__", "-"): value for name, value in sent.items()}
    return Page(client.get(EDITOR, data, follow=True))


def test_condition_in_the_address_narrows_the_list(at_bob: Client) -> None:
    city = {"field": "city", "operator": "contains", "value": "ber"}
    vip = {"field": "tags", "operator": "has_any", "value": ["vip"]}

    assert names(at_bob, **city) == {"Anna", "Bruno"}
    assert names(at_bob, **{"and": [city, vip]}) == {"Anna"}
    assert names(at_bob, **{"or": [vip, {"not": city}]}) == {"Anna", "Clara"}


def test_each_part_can_be_taken_away(at_bob: Client) -> None:
    city = {"field": "city", "operator": "contains", "value": "ber"}
    vip = {"field": "tags", "operator": "has_any", "value": ["vip"]}

    page = read(at_bob, f"{LIST}?where={quote(json.dumps({'and': [city, vip]}))}&page=2")

    chip = next(url for text, url in page.links.items() if text.startswith("Tags has any of vip"))
    assert parse_qs(urlsplit(chip).query) == {"where": [json.dumps(city, separators=(",", ":"))]}


@pytest.mark.parametrize(
    ("field", "ask", "values", "found"),
    [
        ("city", "contains", ["BERL"], {"Anna"}),
        ("city", "not_contains", ["berl"], {"Bruno", "Clara"}),
        ("city", "empty", [], {"Clara"}),
        ("do_not_email", "yes", [], {"Clara"}),
        ("tags", "has_any", ["vip, press"], {"Anna", "Bruno"}),
        ("tags", "has_none", ["vip"], {"Bruno", "Clara"}),
        ("birthday", "between", ["1990-01-01", "1990-12-31"], {"Anna"}),
        ("created_at", "le", ["2000-01-01"], set()),
        ("created_at", "ge", ["2000-01-01"], {"Anna", "Bruno", "Clara"}),
        ("kind", "none_of", ["organization"], {"Anna", "Bruno", "Clara"}),
    ],
)
def test_form_asks_what_it_says(
    at_bob: Client, field: str, ask: str, values: list[str], found: set[str]
) -> None:
    page = used(at_bob, g0__rows="1", g0__r0__field=field, g0__r0__ask=ask, g0__r0__value=values)

    assert page.status == 200
    assert shown(page) == found


def test_moment_counts_until_the_end_of_its_day(at_bob: Client, owner: Actor) -> None:
    today = timezone.localdate().isoformat()

    page = used(
        at_bob, g0__rows="1", g0__r0__field="created_at", g0__r0__ask="le", g0__r0__value=today
    )

    assert shown(page) == {"Anna", "Bruno", "Clara"}


def test_groups_are_joined_by_any_and_none(at_bob: Client) -> None:
    rows = {
        "groups": "2",
        "match": "any",
        "g0__rows": "2",
        "g0__match": "none",
        "g0__r0__field": "city",
        "g0__r0__ask": "filled",
        "g0__r1__field": "tags",
        "g0__r1__ask": "has_any",
        "g0__r1__value": "vip",
        "g1__rows": "1",
        "g1__r0__field": "tags",
        "g1__r0__ask": "has_all",
        "g1__r0__value": "press",
    }

    assert shown(used(at_bob, **rows)) == {"Bruno", "Clara"}


def test_form_shows_again_what_the_address_says(at_bob: Client, alice: User) -> None:
    where = {
        "or": [
            {
                "and": [
                    {"field": "owner", "operator": "in", "value": [alice.pk]},
                    {"not": {"field": "city", "operator": "contains", "value": "x"}},
                ]
            },
            {"not": {"or": [{"field": "tags", "operator": "has_any", "value": ["vip"]}]}},
        ]
    }

    page = read(at_bob, f"{EDITOR}?where={quote(json.dumps(where))}")
    form = editor_of(page)

    assert form.fields["match"] == ["any"]
    assert form.fields["g0-r0-value"] == [str(alice.pk)]
    assert form.fields["g0-r1-ask"] == ["not_contains"]
    assert form.fields["g1-match"] == ["none"]
    assert form.fields["g1-r0-value"] == ["vip"]


def test_rows_and_groups_are_added_and_removed_by_buttons(at_bob: Client) -> None:
    form = editor_of(read(at_bob, EDITOR))
    filled = form.filled(g0__r0__field="city", do="row:0")

    more = editor_of(read(at_bob, f"{EDITOR}", data=filled))
    grouped = editor_of(read(at_bob, f"{EDITOR}", data=more.filled(do="group")))
    fewer = editor_of(read(at_bob, f"{EDITOR}", data=grouped.filled(do="unrow:0:1")))
    ungrouped = editor_of(read(at_bob, f"{EDITOR}", data=fewer.filled(do="ungroup:1")))

    assert more.fields["g0-rows"] == ["2"]
    assert more.fields["g0-r0-field"] == ["city"]
    assert grouped.fields["groups"] == ["2"]
    assert fewer.fields["g0-rows"] == ["1"]
    assert ungrouped.fields["groups"] == ["1"]
    assert ungrouped.fields["g0-r0-field"] == ["city"]


def test_value_that_cannot_be_read_is_said_beside_it(at_bob: Client) -> None:
    page = used(
        at_bob, g0__rows="1", g0__r0__field="birthday", g0__r0__ask="ge", g0__r0__value="never"
    )

    assert page.status == 422
    assert "This cannot be read" in page.text
    assert editor_of(page).fields["g0-r0-value"] == ["never"]


def test_value_of_another_field_is_forgotten(at_bob: Client) -> None:
    page = read(
        at_bob,
        EDITOR,
        data={
            "groups": "1",
            "g0-rows": "1",
            "g0-r0-field": "birthday",
            "g0-r0-was": "city",
            "g0-r0-ask": "contains",
            "g0-r0-value": "ber",
            "do": "step",
        },
    )

    assert "ber" not in editor_of(page).fields.get("g0-r0-value", [])


def test_unreadable_field_cannot_be_asked_for(at_bob: Client, at_ada: Client) -> None:
    secret = make_custom_field("Credit rating", access="administrators")

    page = read(
        at_bob,
        f"{LIST}?where="
        + quote(f'{{"field":"custom_{secret.pk}","operator":"is_empty","value":true}}'),
    )

    assert "or that you may not see" in page.text
    assert "Credit rating" not in page.text
    assert "Credit rating" not in read(at_bob, EDITOR).text
    assert "Credit rating" in read(at_ada, EDITOR).text


@pytest.mark.parametrize(
    "nonsense",
    ["x", "[]", "{", "1", '{"and":1}', '{"field":"city"}', '{"not":' * 500, "null", '{"or":[1]}'],
)
def test_nonsense_in_the_address_is_left_out(at_bob: Client, nonsense: str) -> None:
    page = read(at_bob, f"{LIST}?where={quote(nonsense)}")

    assert page.status == 200
    assert shown(page) == {"Anna", "Bruno", "Clara"}
    assert read(at_bob, f"{EDITOR}?where={quote(nonsense)}").status == 200


def test_filter_of_a_program_is_used_though_it_cannot_be_edited(at_bob: Client) -> None:
    like = {"field": "first_name", "operator": "like", "value": "an%"}

    assert names(at_bob, **like) == {"Anna"}
    page = read(at_bob, f"{EDITOR}?where={quote(json.dumps(like))}")
    assert "too special" in page.text
