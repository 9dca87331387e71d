"""What one dialect asks is asked in the others' words, and the same contacts answer."""

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
from django.test import RequestFactory

from api.base import discovery, in_house
from api.base.intentions import Intention, Told, UnsayableError, signed_by, told_by
from api.civicrm.exploring.drafts import draft_of
from api.civicrm.exploring.intending import intention_of
from api.civicrm.exploring.version4 import in_version4
from api.civicrm.kernel import civi_api
from api.civicrm.v4.calling import civi_api4
from contacts.access import Actor
from contacts.models import Contact, Project, User
from contacts.query import Query
from tests.builders import actor_for, make_contact, make_custom_field

IDS: dict[str, Callable[[Any], list[int]]] = {
    "civicrm": lambda answer: [int(each["id"]) for each in answer["values"]],
    "concord": lambda answer: [each["id"] for each in answer["data"]],
    "redmineup": lambda answer: [each["id"] for each in answer["contacts"]],
    "vtiger": lambda answer: [int(each["id"].partition("x")[2]) for each in answer["result"]],
    "wildapricot": lambda answer: [each["Id"] for each in answer["Contacts"]],
}
# Of these both sides list the same contacts, in one answer or in two.
HARMLESS = ("are two lists", "cannot order", "turns round", "at most")
# These may leave some out.
NARROWER = ("only one", "only what", "less exactly")
# These search for any text.
SEARCHING = ("concord", "redmineup", "wildapricot")

PEOPLE: list[dict[str, Any]] = [
    {"first_name": "Alice", "last_name": "Roberts", "job_title": "Nurse", "tags": ["vip"]},
    {"first_name": "Alice", "last_name": "Stone", "birthday": "1985-03-01"},
    {"first_name": "Bob", "last_name": "Roberts", "birthday": "1990-01-01", "gender": "male"},
    {"first_name": "Álvaro", "last_name": "O'Neil", "job_title": "100%", "is_opt_out": True},
    {"first_name": "Eve", "emails": [{"address": "eve@example.org"}], "tags": ["vip", "new, hot"]},
    {"first_name": "Eve", "last_name": "", "company": "Alice Ltd", "background": "a_b"},
    {
        "first_name": "Dan",
        "last_name": "Alice",
        "emails": [{"address": "dan@example.org"}, {"address": "alice@example.org"}],
        "phones": [{"number": "+1 555 0100"}],
        "addresses": [{"city": "Rome"}, {"city": "Paris"}],
    },
    {"first_name": "Zoe", "last_name": "Mann", "addresses": [{"city": "Paris", "country": "FR"}]},
    {"organization_name": "Alice Ltd", "kind": "organization", "tags": ["vip"]},
    {"organization_name": "Roberts", "kind": "organization", "addresses": [{"city": "Rome"}]},
    {"household_name": "Roberts", "kind": "household"},
]

CALLS = [
    "first_name=Alice&last_name=Roberts",
    "first_name=alvaro",
    "last_name=O'Neil",
    "job_title=100\\%25",
    "first_name[LIKE]=Al%25",
    "last_name[LIKE]=%25er%25",
    "last_name[LIKE]=%25ts",
    "last_name[LIKE]=R_berts",
    "first_name[IN]=Alice,Bob",
    "first_name[!%3D]=Alice",
    "first_name[NOT IN]=Alice,Bob",
    "first_name[NOT LIKE]=A%25",
    "last_name[IS NULL]=1",
    "job_title[IS NOT NULL]=1",
    "last_name[BETWEEN]=A,P",
    "last_name[>]=O",
    "birth_date=1985-03-01",
    "birth_date[>]=1985-03-01",
    "birth_date[>%3D]=1985-03-01&birth_date[<]=1990-01-01",
    "birth_date[BETWEEN]=1980-01-01,1990-01-01",
    "created_date[>]=2020-01-01",
    "modified_date[<]=2020-01-01",
    "contact_type=Individual",
    "contact_type=Organization&city=Rome",
    "contact_type=Household",
    "contact_type[!%3D]=Individual",
    "organization_name=Alice Ltd",
    "household_name=Roberts",
    "current_employer=Alice Ltd",
    "email=eve@example.org",
    "email=alice@example.org",
    "email[LIKE]=%25@example.org",
    "city=Paris",
    "city[IN]=Paris,Rome",
    "country=FR",
    "phone=%2B1 555 0100",
    "tag=vip",
    "tag[IN]=vip",
    "tag[NOT IN]=vip",
    "is_opt_out=1",
    "is_opt_out=0",
    "gender_id=Male",
    'first_name=Alice&city=Paris&options={"or":[["first_name","city"]]}',
    'first_name=Alice&last_name=Roberts&tag=vip&options={"or":[["first_name","last_name"]]}',
    "is_deleted=1",
    "first_name=Eve&return=first_name,email&options[sort]=first_name DESC",
]


@pytest.fixture
def actor(ada: User, project: Project, monkeypatch: pytest.MonkeyPatch) -> Actor:
    """Return the administrator among contacts of all kinds; answers are read to their end."""
    monkeypatch.setattr(in_house, "MOST_CHARACTERS", 10_000_000)
    for values in PEOPLE:
        make_contact(actor_for(ada), projects=[project.pk], **values)
    return actor_for(ada, "civicrm")


def asked_of(told: Told, name: str, user: User, project: Project) -> set[int]:
    """Return the ids that the requests really bring, sent with a key as a program would."""
    dialect = next(each for each in discovery.dialects() if each.name == name)
    secrets = dialect.credentials(user, project)
    found: set[int] = set()
    for step in told.steps:
        steps = signed_by(dialect.part("showing"), secrets, step)
        tried = in_house.tried(steps, RequestFactory().get("/"))
        assert tried.is_good, tried.body
        found |= {*IDS[name](json.loads(tried.body))}
    return found


def told(actor: Actor, query: str) -> Iterator[tuple[str, Told | None]]:
    """Yield how every dialect says a call, its own one too, None where it cannot."""
    draft = draft_of(query)
    intention = intention_of(actor, draft.entity, draft.action, draft.params)
    for dialect in discovery.dialects():
        said = None
        try:
            said = told_by(dialect.part("showing"), actor, intention)
        except UnsayableError as error:
            assert error.sentence.endswith(".")  # noqa: PT017 -- not every one is refused
        yield dialect.name, said


@pytest.mark.parametrize("query", CALLS)
def test_every_dialect_finds_what_the_call_finds(
    query: str, actor: Actor, ada: User, project: Project
) -> None:
    query += "&limit=0" if "limit" not in query else ""
    draft = draft_of(query)
    answer = civi_api("Contact", "get", {**draft.params, "options": _all(draft.params)}, actor)
    assert answer["is_error"] == 0, answer
    users = {"uf_user": 1, "options": {"limit": 0}}
    own = {int(key) for key in civi_api("Contact", "get", users, actor)["values"]}
    wanted = {int(each["id"]) for each in answer["values"]} - own
    sayable = 0
    for name, said in told(actor, query):
        if said is None:
            continue
        sayable += name != "civicrm"
        found = asked_of(said, name, ada, project) - own
        remarks = [each for each in said.remarks if not any(word in each for word in HARMLESS)]
        if not remarks:
            assert found == wanted, (name, said)
        elif not any(word in each for word in NARROWER for each in remarks):
            assert found >= wanted, (name, said)
        assert name != "civicrm" or not remarks
    assert sayable or query.startswith(("gender_id", "last_name[BETWEEN]"))


def _all(params: dict[str, Any]) -> dict[str, Any]:
    return {**params.get("options", {}), "limit": 0}


@pytest.mark.django_db
def test_custom_fields_are_asked_for_under_each_dialects_own_name(
    actor: Actor, ada: User, project: Project
) -> None:
    color = make_custom_field("Color", options=("Red", "Green"))
    size = make_custom_field("Size", type="integer")
    values = {f"custom_{color.pk}": "Red", f"custom_{size.pk}": 7}
    red = make_contact(actor, first_name="Rob", projects=[project.pk], **values).pk

    for query in (f"custom_{color.pk}=Red", f"custom_{size.pk}=7"):
        names = {}
        for name, said in told(actor, query):
            assert said is not None, (name, query)
            assert asked_of(said, name, ada, project) == {red}
            names[name] = said
        assert len(names) == 5


@pytest.mark.django_db
def test_a_text_is_searched_for_where_a_protocol_searches(
    actor: Actor, ada: User, project: Project
) -> None:
    intention = Intention(verb="list", query=Query(search="dan@example.org", lenient=True))
    found = {}
    for dialect in discovery.dialects():
        with suppress(UnsayableError):
            said = told_by(dialect.part("showing"), actor, intention)
            assert said is not None
            found[dialect.name] = asked_of(said, dialect.name, ada, project)

    (dan,) = civi_api("Contact", "get", {"email": "dan@example.org"}, actor)["values"]
    assert found == {name: {int(dan)} for name in SEARCHING}


@pytest.mark.django_db
def test_a_number_is_asked_for_as_a_number(actor: Actor, ada: User, project: Project) -> None:
    said = {name: each for name, each in told(actor, "action=getcount&first_name=Alice") if each}

    (vtiger,) = said["vtiger"].steps
    assert vtiger.query["query"] == "SELECT count(*) FROM Contacts WHERE firstname = 'Alice';"
    assert said["wildapricot"].steps[0].query["$count"] == "true"
    assert "The number is total_count in the answer." in said["redmineup"].remarks


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        (
            "entity=Email",
            "The other protocols are shown for lists and numbers of contacts, and for changes of "
            "contacts, their e-mails, phones, addresses, tags and groups, of notes and "
            "of activities.",
        ),
        ("action=delete&id=987654", "There is no such record to change."),
        (
            "api.Email.get={}",
            "Chained calls are CiviCRM's own: the others ask for such records one by one.",
        ),
        (
            "first_name[FOO]=x",
            "The call is refused, so there is nothing to say in other words: "
            "Invalid operator for field first_name",
        ),
        (
            "action=create&first_name=Ada",
            "The call is refused, so there is nothing to say in other words: "
            "Mandatory key(s) missing from params array: contact_type",
        ),
    ],
)
def test_what_only_this_protocol_can_say_is_told(query: str, sentence: str, ada: User) -> None:
    draft = draft_of(query)

    with pytest.raises(UnsayableError) as refused:
        intention_of(actor_for(ada), draft.entity, draft.action, draft.params)
    assert refused.value.sentence == sentence


@pytest.mark.django_db
def test_a_dialect_that_tells_nothing_is_left_out(actor: Actor) -> None:
    class Silent:
        """A `showing.py` of its first days."""

    draft = draft_of("first_name=Alice")
    intention = intention_of(actor, draft.entity, draft.action, draft.params)

    assert told_by(Silent, actor, intention) is None  # type: ignore[arg-type]  # no module


@pytest.mark.django_db
def test_version_four_finds_what_version_three_finds(actor: Actor) -> None:
    for query in CALLS:
        draft = draft_of(query)
        options = _all(draft.params)
        answer = civi_api("Contact", "get", {**draft.params, "options": options}, actor)
        called = {**draft.params, "options": options}
        entity, action, params = in_version4(actor, draft.entity, draft.action, called)
        found = civi_api4(entity, action, params, actor).values
        wanted = {int(each["id"]) for each in answer["values"]}
        assert {each["id"] for each in found} == wanted, (query, params)


@pytest.mark.django_db
def test_version_four_changes_what_version_three_changes(actor: Actor) -> None:
    person = {"contact_type": "Individual", "first_name": "Max", "gender_id": "Male"}
    entity, action, params = in_version4(actor, "Contact", "create", person)
    (made,) = civi_api4(entity, action, params, actor).values
    assert (action, made["first_name"], made["gender_id"]) == ("create", "Max", 2)

    changed = in_version4(actor, "Contact", "create", {"id": made["id"], "source": "Fair"})
    assert changed[1:] == (
        "update",
        {"where": [["id", "=", made["id"]]], "values": {"source": "Fair"}},
    )
    removed = in_version4(actor, "Contact", "delete", {"id": made["id"], "skip_undelete": 1})
    assert removed[2] == {"where": [["id", "=", made["id"]]], "useTrash": False}
    civi_api4(*removed, actor)
    assert not Contact.objects.filter(pk=made["id"]).exists()
    with pytest.raises(UnsayableError):
        in_version4(actor, "Contact", "getlist", {"input": "Max"})
