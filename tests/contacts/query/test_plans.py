"""Which index of SQLite leads to a page: none that looks at all of a large table."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from contacts.access import Actor
from contacts.access.visibility import visible_contacts
from contacts.models import Contact, User
from contacts.query import Query, search, sorted_by, where
from contacts.query.checking import Checked
from contacts.query.compiler import as_few, compile_condition, row_by_row
from contacts.query.surroundings import Asked, surroundings
from contacts.query.tree import And, Or
from contacts.services.undoing import changes_by_request
from tests.builders import actor_for, make_contact, make_custom_field

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL plans by its statistics"),
]


@pytest.fixture
def member(bob: User) -> Actor:
    return actor_for(bob)


def plans_of(actor: Actor, query: Query) -> list[list[str]]:
    """Return the steps by which each statement of a page finds its rows."""
    return plans_for(lambda: search(actor, query))


def plans_for(ask: Callable[[], object]) -> list[list[str]]:
    with CaptureQueriesContext(connection) as asked:
        ask()
    plans = []
    with connection.cursor() as cursor:
        for statement in asked.captured_queries:
            cursor.execute(f"EXPLAIN QUERY PLAN {statement['sql']}")
            plans.append([step[3] for step in cursor.fetchall()])
    return plans


def test_people_by_first_name_are_not_looked_for_behind_all_organizations(member: Actor) -> None:
    people = where(member, "kind", "in", ["person"])
    order = (sorted_by(member, "first_name"),)
    plans = plans_of(member, Query(condition=people, sort=order, total=False))

    assert any("contact_by_kind_first_name (kind=?" in step for step in plans[0])
    # The list itself would be put in order last of all.
    assert plans[0][-1] != "USE TEMP B-TREE FOR ORDER BY"


def test_a_word_that_few_have_leads_and_what_many_share_is_checked(member: Actor) -> None:
    few = Or((where(member, "last_name", "eq", "Ui"), where(member, "first_name", "eq", "Ui")))
    both = And((where(member, "kind", "in", ["person", "household"]), few))
    plans = plans_of(member, Query(condition=both))

    assert any("contact_key_by_text (code=? AND text=?)" in step for step in plans[0])
    assert not [step for step in plans[0] if "contact_by_kind" in step]


@pytest.mark.parametrize(
    ("key", "operator", "value"),
    [
        ("avatar", "eq", 9),
        ("gender", "is_empty", False),
        ("reports_to", "is_empty", False),
        ("external_identifier", "is_empty", False),
        ("deceased_on", "is_empty", False),
        ("balance", "eq", 9),
        ("total_donated", "gt", 9),
        ("is_opt_out", "eq", True),
        ("no_newsletters", "ne", False),
        ("full_name", "is_empty", True),
        ("display_name", "is_empty", True),
        ("author", "is_empty", True),
        ("stage", "eq", "converted"),
        ("is_user", "in", [True]),
        ("created_at", "like", "2020-02-2%"),
    ],
)
def test_what_hardly_anybody_has_is_led_to_whatever_statistics_say(
    member: Actor, key: str, operator: str, value: object
) -> None:
    """Of a column that nobody has anything in, each value was taken for that of everybody."""
    for name in ("Ada", "Bob"):
        make_contact(member, first_name=name)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        for index in ("contact_by_balance", "contact_by_donated", "contacts\\_contact\\_%"):
            cursor.execute(
                "UPDATE sqlite_stat1 SET stat = '1000000 1000000' WHERE idx LIKE %s ESCAPE '\\'",
                [index],
            )
        cursor.execute("ANALYZE sqlite_schema")
    condition = where(member, key, operator, value)
    asked = Contact.objects.filter(compile_condition(member, condition, as_few))
    (plan,) = plans_for(lambda: list(asked.values_list("pk")[:10_001]))
    assert not [step for step in plan if step == "SCAN contacts_contact"]


def test_whose_email_is_on_hold_is_found_without_reading_all_emails(member: Actor) -> None:
    pk = make_contact(emails=[{"address": "a@x.org", "is_on_hold": True}]).pk
    make_contact(emails=["b@x.org"])
    held = Query(condition=where(member, "email_on_hold", "eq", True))
    steps = [step for plan in plans_of(member, held) for step in plan]

    assert search(member, held).ids == [pk]
    assert any("INDEX email_on_hold" in step for step in steps)


def test_of_a_language_each_word_is_looked_at_and_not_each_contact(member: Actor) -> None:
    make_contact(member, preferred_language="en_US")
    for operator, value in (("contains", "us"), ("ends_with", "us"), ("like", "%_us")):
        query = Query(condition=where(member, "preferred_language", operator, value))
        *_before, plan = plans_of(member, query)[:1]
        assert "SEARCH k USING COVERING INDEX contact_key_by_text (code=? AND text>?)" in plan
        assert any("contact_key_by_text (code=? AND text=?)" in step for step in plan)
        assert search(member, query).total == 1


def test_who_sees_a_contact_is_read_from_the_rows_of_that_contact(member: Actor) -> None:
    make_contact(member, first_name="Ada")
    plans = plans_of(member, Query(sort=(sorted_by(member, "created_at"),), total=False))

    seen = [step for step in plans[0] if " U0 " in step]
    assert seen
    assert all("(contact_id=?)" in step for step in seen)


@pytest.mark.parametrize("key", ["created_at", "company", "first_name", "emails", "job_title"])
def test_contacts_that_are_not_seen_are_passed_without_being_read(member: Actor, key: str) -> None:
    make_contact(member, first_name="Ada", emails=["ada@example.org"], job_title="Countess")
    order = (sorted_by(member, key, descending=True),)
    plans = plans_of(member, Query(sort=order, limit=1, total=False))

    is_column = key in ("created_at", "company", "first_name")
    index = "contact_by" if is_column else "contact_key_by_text"
    assert any(f"USING COVERING INDEX {index}" in step for step in plans[0])
    # The document of whoever is seen is found by its number, and nothing else is.
    read = [step for step in plans[0] if "USING INTEGER PRIMARY KEY" in step]
    assert len(read) == 1
    assert "contacts_contactdocument" in read[0] or " U0 " in read[0]
    assert not [step for step in plans[0] if "contactdocument USING INDEX" in step]


@pytest.mark.parametrize("operator", ["has_any", "has_all"])
def test_a_tag_is_read_along_its_links(member: Actor, operator: str) -> None:
    tagged = [make_contact(member, first_name=name, tags=["vip"]).pk for name in "AB"]
    query = Query(condition=where(member, "tags", operator, ["vip"]), limit=2, total=False)
    *_stamps_and_tags, plan = plans_of(member, query)

    assert search(member, query).ids == tagged
    assert "contacts_contacttag USING COVERING INDEX contact_tag_by_name" in plan[0]
    assert not [step for step in plan if " contacts_contact " in step]


def test_all_of_two_tags_are_asked_of_whoever_has_the_one_that_is_known(member: Actor) -> None:
    make_contact(member, first_name="A", tags=["vip"])
    asked = where(member, "tags", "has_all", ["vip", "unheard of"])
    assert search(member, Query(condition=asked, limit=1)).ids == []


def test_a_walk_follows_the_order_and_does_not_read_everybody_of_a_stage(member: Actor) -> None:
    make_contact(member, first_name="Ada", tags=["vip"])
    tagged = compile_condition(member, where(member, "tags", "has_any", ["vip"]), row_by_row)
    walked = visible_contacts(member, stage="contact").filter(Q(Checked(tagged)))
    page = walked.order_by("sort_name", "pk").values_list("pk", "document__body")[:1]
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        # As if there were very many, of whom some dozens have one name.
        cursor.execute("UPDATE sqlite_stat1 SET stat = '100000 1 1'")
        cursor.execute(
            "UPDATE sqlite_stat1 SET stat = '100000 45 1' WHERE tbl = 'contacts_contact'"
        )
        cursor.execute("ANALYZE sqlite_schema")
    plan = page.explain()

    assert "USING INDEX contact_by_sort_name" in plan
    assert "USE TEMP B-TREE" not in plan


@pytest.mark.parametrize("operator", ["ge", "lt", "between"])
def test_a_range_is_checked_of_a_contact_by_its_own_values(member: Actor, operator: str) -> None:
    """Without statistics all that lay in the range was read for each contact."""
    fields = {
        f"custom_{make_custom_field('Day', type='date').pk}": "2020-01-01",
        f"custom_{make_custom_field('Number', type='integer').pk}": 7,
        "last_name": "m",
        "support_starts_on": "2020-01-01",
    }
    for key, value in fields.items():
        asked = where(member, key, operator, [value, value] if operator == "between" else value)
        contacts = Contact.objects.filter(compile_condition(member, asked, row_by_row))
        ((*_walk, step),) = plans_for(lambda contacts=contacts: list(contacts))
        assert "(contact_id=?" in step, key


def test_people_of_companies_are_found_without_a_list_of_all_people(member: Actor) -> None:
    """It took seconds of each page of companies: everybody who is seen was put into a set."""
    firm = make_contact(member, kind="organization", organization_name="Acme")
    (plan,) = plans_for(lambda: surroundings(member, Asked(people_of=[firm.pk])))
    assert any("contacts_relationship" in step for step in plan)
    assert not any("contact_by_kind" in step for step in plan)


def test_what_one_request_did_is_found_without_reading_the_history(member: Actor) -> None:
    plan = changes_by_request(member, "a-request").explain()

    assert "change_by_request (request_id=?" in plan
    assert "TEMP B-TREE" not in plan
