"""What one dialect changes is changed in the others' words, and the same is stored."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any

import pytest
from django.db import transaction
from django.test import RequestFactory

from api.base import discovery, in_house
from api.base.dialect import Credentials, Dialect
from api.base.intentions import Intention, Told, UnsayableError, signed_by, told_by
from api.civicrm.exploring.intending import intention_of
from api.civicrm.kernel import civi_api
from contacts.access import Actor
from contacts.fields import catalogue
from contacts.models import Activity, Contact, Note, Project, User
from contacts.query import find_contacts, find_record
from tests.builders import actor_for, make_contact, make_custom_field

Call = tuple[str, str, dict[str, Any]]
Document = Mapping[str, Any]
MODELS = {"contact": Contact, "note": Note, "activity": Activity}
OTHERS = ("concord", "redmineup", "vtiger", "wildapricot")

ANN = {"contact_type": "Individual", "first_name": "Ann", "last_name": "Lee"}
# What is changed, and the protocols that have words for it.
CALLS: dict[str, tuple[Call, tuple[str, ...]]] = {
    "a person": (("Contact", "create", ANN), OTHERS),
    "much of a person": (
        (
            "Contact",
            "create",
            {
                **ANN,
                "email": "ann@example.org",
                "birth_date": "1980-01-02",
                "gender_id": "Female",
                "job_title": "Nurse",
                "do_not_phone": 1,
                "is_opt_out": 1,
                "source": "Fair",
            },
        ),
        OTHERS,
    ),
    "a company": (
        ("Contact", "create", {"contact_type": "Organization", "organization_name": "Beta"}),
        OTHERS,
    ),
    "a household": (
        ("Contact", "create", {"contact_type": "Household", "household_name": "Lees"}),
        ("wildapricot",),
    ),
    "a custom field": (("Contact", "create", {"id": "$al", "custom_$color": "Red"}), OTHERS),
    "names": (
        ("Contact", "create", {"id": "$al", "first_name": "Alan", "last_name": "O'x"}),
        OTHERS,
    ),
    "a name by update": (("Contact", "update", {"id": "$al", "first_name": "Alan"}), OTHERS),
    "one value": (
        ("Contact", "setvalue", {"id": "$al", "field": "job_title", "value": "Boss"}),
        OTHERS,
    ),
    "a value cleared": (("Contact", "create", {"id": "$al", "job_title": ""}), OTHERS),
    "the main e-mail": (("Contact", "create", {"id": "$al", "email": "b@example.org"}), OTHERS),
    "a nickname": (("Contact", "create", {"id": "$al", "nick_name": "Ally"}), ()),
    "a company's name": (("Contact", "create", {"id": "$acme", "organization_name": "Ac"}), OTHERS),
    "into the trash": (("Contact", "delete", {"id": "$al"}), OTHERS),
    "trash by a flag": (("Contact", "create", {"id": "$al", "is_deleted": 1}), OTHERS),
    "away for good": (
        ("Contact", "delete", {"id": "$al", "skip_undelete": 1}),
        ("concord", "wildapricot"),
    ),
    "a second e-mail": (
        ("Email", "create", {"contact_id": "$al", "email": "second@example.org"}),
        ("redmineup", "vtiger", "wildapricot"),
    ),
    "a phone": (
        (
            "Phone",
            "create",
            {"contact_id": "$al", "phone": "+1 555 0101", "phone_type_id": 2},
        ),
        OTHERS,
    ),
    "an address": (
        (
            "Address",
            "create",
            {
                "contact_id": "$al",
                "street_address": "Main 1",
                "city": "Rome",
                "country_id": "IT",
                "location_type_id": "Work",
            },
        ),
        OTHERS,
    ),
    "a website": (
        ("Website", "create", {"contact_id": "$al", "url": "https://example.org/"}),
        ("redmineup", "wildapricot"),
    ),
    "a tag": (("EntityTag", "create", {"contact_id": "$al", "tag_id": "vip"}), OTHERS),
    "a tag less": (("EntityTag", "delete", {"contact_id": "$al", "tag_id": "old"}), OTHERS),
    "a group": (
        ("GroupContact", "create", {"contact_id": "$al", "group_id": "Board"}),
        ("wildapricot",),
    ),
    "a note": (
        (
            "Note",
            "create",
            {"entity_table": "civicrm_contact", "entity_id": "$al", "note": "Hello"},
        ),
        ("concord", "redmineup", "vtiger"),
    ),
    "a note's text": (("Note", "create", {"id": "$note", "note": "New"}), ("redmineup", "vtiger")),
    "a meeting": (
        (
            "Activity",
            "create",
            {
                "activity_type_id": "Meeting",
                "subject": "Lunch",
                "details": "At noon",
                "activity_date_time": "2026-03-01 12:00:00",
                "target_contact_id": "$al",
            },
        ),
        ("concord", "vtiger"),
    ),
    "a meeting's subject": (
        ("Activity", "create", {"id": "$meeting", "subject": "Dinner"}),
        ("concord", "vtiger"),
    ),
    "a meeting less": (("Activity", "delete", {"id": "$meeting"}), ("concord", "vtiger")),
    "a note less": (("Note", "delete", {"id": "$note"}), ("concord", "redmineup", "vtiger")),
}


@pytest.fixture
def actor(ada: User, project: Project, monkeypatch: pytest.MonkeyPatch) -> Actor:
    """Return the administrator."""
    monkeypatch.setattr(in_house, "MOST_CHARACTERS", 10_000_000)
    return actor_for(ada, "civicrm")


@pytest.fixture
def known(actor: Actor, project: Project) -> dict[str, int]:
    """Return the ids that calls name with a dollar."""
    al = make_contact(
        actor,
        first_name="Al",
        last_name="Ice",
        job_title="Nurse",
        emails=[{"address": "a@example.org"}],
        tags=["old"],
        projects=[project.pk],
    )
    for name in ("vip", "Board"):
        entity = "Tag" if name == "vip" else "Group"
        assert not civi_api(entity, "create", {"name": name, "title": name}, actor)["is_error"]
    note = civi_api("Note", "create", {"entity_id": al.pk, "note": "Old", "sequential": 1}, actor)
    meeting = {"activity_type_id": "Meeting", "subject": "Tea"}
    return {
        "al": al.pk,
        "meeting": int(civi_api("Activity", "create", meeting, actor)["id"]),
        "acme": make_contact(actor, organization_name="Acme", kind="organization").pk,
        "color": make_custom_field("Color", options=("Red", "Green")).pk,
        "note": int(note["id"]),
    }


def filled(call: Call, known: Mapping[str, int]) -> Call:
    """Return a call with ids for the names."""
    text = json.dumps(call[2])
    for name, pk in known.items():
        text = text.replace(f'"${name}"', str(pk)).replace(f"${name}", str(pk))
    return call[0], call[1], json.loads(text)


@contextmanager
def forgotten() -> Iterator[None]:
    """Undo what is done."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def said_by(actor: Actor, dialect: Dialect, intention: Intention) -> Told | str:
    """Return how a dialect says an intention, or the sentence why it cannot."""
    try:
        told = told_by(dialect.part("showing"), actor, intention)
    except UnsayableError as error:
        return error.sentence
    assert told is not None
    return told


def effect(actor: Actor, intention: Intention, make: Callable[[], None]) -> Document:
    """Return what the intention wanted to have changed, as it is afterwards; then undo it."""
    with forgotten():
        before = set(MODELS[intention.kind].objects.values_list("pk", flat=True))
        make()
        after = set(MODELS[intention.kind].objects.values_list("pk", flat=True))
        record = intention.record or max(after - before, default=0)
        if intention.kind == "contact":
            found = find_contacts(actor, [record], archived=None).get(record)
        else:
            found = find_record(actor, intention.kind, record)
        if found is None or intention.verb in ("archive", "restore", "delete"):
            return {"gone": found is None, "archived": "archived_at" in (found or {})}
        by_key = catalogue(intention.kind).by_key
        return {str(by_key[key].label): _plain(found, key) for key in intention.values}


def _plain(document: Document, key: str) -> object:
    """Return a value of a document; channels by what they say."""
    if key.startswith("custom_"):
        return document.get("custom", {}).get(key.removeprefix("custom_"))
    value = document.get(key) or document.get(f"{key}_id")
    if isinstance(value, list) and value and isinstance(value[0], dict):
        parts = ("address", "number", "url", "street1", "city", "country_id")
        return [[row.get(part) for part in parts] for row in value]
    return value.get("id") if isinstance(value, dict) else value


def sent(told: Told, dialect: Dialect, secrets: Credentials) -> None:
    """Send the requests with a key, as a program would."""
    for step in told.steps:
        steps = signed_by(dialect.part("showing"), secrets, step)
        tried = in_house.tried(steps, RequestFactory().get("/"))
        assert tried.is_good, (step, tried.body)
        assert '"success": false' not in tried.body, tried.body


@pytest.mark.django_db
@pytest.mark.parametrize("name", OTHERS)
def test_a_dialect_changes_what_the_call_changes(
    name: str, actor: Actor, known: dict[str, int], ada: User, project: Project
) -> None:
    dialect = next(each for each in discovery.dialects() if each.name == name)
    secrets = dialect.credentials(ada, project)
    for call, sayable in CALLS.values():
        entity, action, params = filled(call, known)
        intention = intention_of(actor, entity, action, params)
        said = said_by(actor, dialect, intention)
        if isinstance(said, str):
            assert said.endswith(".")
            assert name not in sayable, (call, said)
            continue
        assert name in sayable, (call, said)
        wanted = effect(actor, intention, partial(called, entity, action, params, actor))
        found = effect(actor, intention, partial(sent, said, dialect, secrets))
        lacking = " ".join(each for each in said.remarks if each.startswith("It cannot set"))
        told_fully = {label: value for label, value in wanted.items() if label not in lacking}
        assert told_fully, said
        assert told_fully == {label: found[label] for label in told_fully}, said


@pytest.mark.django_db
def test_a_dialect_says_what_it_misses_in_a_record(actor: Actor, ada: User) -> None:
    vtiger = next(each for each in discovery.dialects() if each.name == "vtiger")
    params = {"contact_type": "Individual", "first_name": "Ada"}

    said = said_by(actor, vtiger, intention_of(actor, "Contact", "create", params))

    assert said == "It takes no such record: lastname does not have a value."


def called(entity: str, action: str, params: Mapping[str, Any], actor: Actor) -> None:
    """Make the call itself."""
    answer = civi_api(entity, action, params, actor)
    assert answer["is_error"] == 0, answer
