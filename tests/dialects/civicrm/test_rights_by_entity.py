"""Who may do what: every action of every entity, for everybody of the cast.

The rows are those of the specification's table of permissions; an entity without one fails.
"""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from api.civicrm.auth import API_KEY
from api.civicrm.operations import operations_of
from api.civicrm.registry import all_entities
from contacts.access import system_actor
from contacts.models import Project, User
from tests.builders import join, make_key, make_user
from tests.dialects.civicrm.calling import Caller, caller, site_key

pytestmark = pytest.mark.django_db


class Row(NamedTuple):
    """The permissions that reading, writing, and deleting need, in the original's words."""

    get: str = ""
    other: str = ""
    delete: str = ""


ACCESS, ADMINISTER = "access CiviCRM", "administer CiviCRM"
FOLLOWS_ITS_CONTACT = Row()
SETUP = Row(ACCESS, ADMINISTER, ADMINISTER)
CLOSED = Row(ADMINISTER, ADMINISTER, ADMINISTER)
CUSTOM = Row("( access CiviCRM or access all custom data )", ADMINISTER, ADMINISTER)
GROUPS = Row(ACCESS, f"{ACCESS} and edit groups", f"{ACCESS} and edit groups")
TIES = f"{ACCESS} and edit all contacts"

ROWS = {
    "Activity": Row(ACCESS, f"{ACCESS} and view all activities", f"{ACCESS} and delete activities"),
    "ActivityContact": Row(ACCESS, *2 * (f"{ACCESS} and view all activities",)),
    "ActivityType": Row(ACCESS),
    "Address": FOLLOWS_ITS_CONTACT,
    "Constant": Row(ACCESS),
    "Contact": Row("", f"{ACCESS} and add contacts", f"{ACCESS} and delete contacts"),
    "ContactType": SETUP,
    "Country": SETUP,
    "CustomField": CUSTOM,
    "CustomGroup": CUSTOM,
    "CustomValue": FOLLOWS_ITS_CONTACT,
    "Domain": SETUP,
    "Email": FOLLOWS_ITS_CONTACT,
    "Entity": Row(),
    "EntityTag": FOLLOWS_ITS_CONTACT,
    "Group": GROUPS,
    "GroupContact": GROUPS,
    "Im": FOLLOWS_ITS_CONTACT,
    "LocationType": SETUP,
    "Note": FOLLOWS_ITS_CONTACT,
    "OptionGroup": SETUP,
    "OptionValue": SETUP,
    "Phone": FOLLOWS_ITS_CONTACT,
    "Relationship": Row("", TIES, TIES),
    "RelationshipType": SETUP,
    "Setting": CLOSED,
    "StateProvince": SETUP,
    "System": CLOSED,
    "Tag": Row(ACCESS, ACCESS, ADMINISTER),
    "UFMatch": CLOSED,
    "User": CLOSED,
    "Website": FOLLOWS_ITS_CONTACT,
}
ENTITIES = [each.name for each in all_entities().values()]
# Actions with a permission of their own.
OWN = {
    ("Contact", "update"): "",
    ("Contact", "setvalue"): "",
    ("Contact", "replace"): ACCESS,
    ("Contact", "merge"): "merge duplicate contacts",
    ("Contact", "duplicatecheck"): ACCESS,
}
_READER = {ACCESS, "access all custom data", "view all activities"}
_MEMBER = {*_READER, "add contacts", "edit all contacts", "edit groups"}
_MANAGER = {*_MEMBER, "delete contacts", "delete activities", "merge duplicate contacts"}
HELD = {
    "guest": set[str](),
    "reader": _READER,
    "member": _MEMBER,
    "manager": _MANAGER,
    "administrator": {*_MANAGER, ADMINISTER},
}


def needed(entity: str, action: str) -> str:
    if (entity, action) in OWN:
        return OWN[entity, action]
    row, operation = ROWS[entity], operations_of(all_entities()[entity.lower()])[action]
    if operation.is_meta:
        return "" if entity == "Entity" else ACCESS
    if operation.is_reading:
        return row.get
    return row.delete if action == "delete" else row.other


def has_all(held: set[str], words: str) -> bool:
    return all(
        any(one.strip("( )") in held for one in re.split(" or ", part))
        for part in words.split(" and ")
        if part
    )


@pytest.fixture
def cast(ada: User, project: Project, bob: User, alice: User) -> dict[str, Caller]:
    reader = make_user("reader")
    join(reader, project, "Reporter")
    people = {"guest": make_user("guest"), "reader": reader, "member": bob, "manager": alice}
    return {role: caller(user) for role, user in {**people, "administrator": ada}.items()}


def test_every_entity_has_a_row() -> None:
    assert set(ROWS) == set(ENTITIES)


@pytest.mark.parametrize("entity", ENTITIES)
def test_the_permission_that_an_action_needs_is_asked_for_by_its_name(
    entity: str, cast: dict[str, Caller]
) -> None:
    for role, somebody in cast.items():
        for action in operations_of(all_entities()[entity.lower()]):
            words = needed(entity, action)
            answer = somebody.call(entity, action, {"check_permissions": 0})
            refusal = (
                f"API permission check failed for {entity}/{action} call; "
                f"insufficient permission: require {words}"
            )
            is_refused = answer.get("error_message") == refusal
            assert is_refused is not has_all(HELD[role], words), (role, action, answer)
            if is_refused:
                assert (answer["error_code"], answer["entity"]) == ("unauthorized", entity)


# A new record of each entity that can be made; "@" is a contact, "#" a group, "!" a tag.
NEW: dict[str, dict[str, Any]] = {
    "Activity": {"activity_type_id": "Meeting", "target_contact_id": "@"},
    "Address": {"contact_id": "@", "street_address": "1 Main St"},
    "Contact": {"contact_type": "Individual", "first_name": "New"},
    "CustomField": {"custom_group_id": 1, "label": "New"},
    "CustomGroup": {"title": "New", "extends": "Individual"},
    "Email": {"contact_id": "@", "email": "new@x.org"},
    "EntityTag": {"contact_id": "@", "tag_id": "!"},
    "Group": {"title": "New"},
    "GroupContact": {"contact_id": "@", "group_id": "#"},
    "Im": {"contact_id": "@", "name": "new"},
    "LocationType": {"name": "New"},
    "Note": {"entity_id": "@", "note": "New"},
    "OptionGroup": {"name": "new", "title": "New"},
    "OptionValue": {"option_group_id": "gender", "label": "New"},
    "Phone": {"contact_id": "@", "phone": "123"},
    "RelationshipType": {"name_a_b": "New of", "name_b_a": "New by"},
    "Tag": {"name": "New"},
    "Website": {"contact_id": "@", "url": "https://new.x.org"},
}


@pytest.fixture
def ready(as_ada: Caller) -> Callable[[str], dict[str, Any]]:
    known = {
        "@": as_ada.person(),
        "#": as_ada.make("Group", title="There"),
        "!": as_ada.make("Tag", name="There"),
    }
    return lambda entity: {
        name: known.get(value, value) if isinstance(value, str) else value
        for name, value in NEW[entity].items()
    }


@pytest.mark.parametrize("entity", NEW)
def test_a_key_that_only_reads_changes_nothing(
    entity: str, ready: Callable[[str], dict[str, Any]], as_ada: Caller, ada: User
) -> None:
    reader = Caller(site_key(), make_key(ada, API_KEY, scope="read"))
    params = ready(entity)
    before = as_ada.ok(entity, "getcount")["result"]
    refused = reader.call(entity, "create", params)
    assert (refused["is_error"], as_ada.ok(entity, "getcount")["result"]) == (1, before), refused
    if entity != "CustomField":
        as_ada.ok(entity, "create", params)
        assert as_ada.ok(entity, "getcount")["result"] == before + 1
    assert reader.ok(entity, "getcount")["is_error"] == 0


@pytest.mark.parametrize(
    "entity", ["Activity", "Address", "Email", "Im", "Note", "Phone", "Website"]
)
def test_what_hangs_on_a_hidden_contact_is_hidden_and_cannot_be_made(
    entity: str,
    ready: Callable[[str], dict[str, Any]],
    as_alice: Caller,
    as_charlie: Caller,
    alice: User,
    elsewhere: Project,
) -> None:
    params = {
        name: as_alice.person("Hidden") if name.endswith("_id") and name[0] != "a" else value
        for name, value in ready(entity).items()
    }
    made = as_alice.ok(entity, "create", params)["id"]
    join(alice, elsewhere)
    bound = Caller(site_key(), make_key(alice, API_KEY, project_id=elsewhere.pk))
    # Whoever wrote an activity sees it through every key.
    for stranger in (as_charlie,) if entity == "Activity" else (as_charlie, bound):
        assert stranger.ok(entity, "get", id=made)["count"] == 0
        assert stranger.call(entity, "getsingle", id=made)["error_message"] == (
            f"Expected one {entity} but found 0"
        )
        assert stranger.call(entity, "delete", id=made)["is_error"] == 1
        assert stranger.call(entity, "create", params)["is_error"] == 1
    assert as_alice.ok(entity, "get", id=made)["count"] == 1


def test_ties_of_a_hidden_contact_are_hidden_from_a_key_of_another_project(
    as_ada: Caller, as_alice: Caller, alice: User, elsewhere: Project
) -> None:
    hidden, other = as_alice.person("Hidden"), as_alice.person("Other")
    ties: dict[str, dict[str, Any]] = {
        "EntityTag": {"contact_id": hidden, "tag_id": as_ada.make("Tag", name="VIP")},
        "GroupContact": {"contact_id": hidden, "group_id": as_ada.make("Group", title="Rowers")},
        "Relationship": {"contact_id_a": hidden, "contact_id_b": other, "relationship_type_id": 4},
    }
    join(alice, elsewhere)
    bound = Caller(site_key(), make_key(alice, API_KEY, project_id=elsewhere.pk))
    for entity, params in ties.items():
        assert bound.call(entity, "create", params).get("added", 0) == 0, entity
        assert as_alice.call(entity, "getcount")["result"] == 0, entity
        as_alice.ok(entity, "create", params)
        assert as_alice.call(entity, "getcount")["result"] == 1, entity
        assert bound.ok(entity, "getcount")["result"] == 0, entity
        assert bound.ok(entity, "get")["values"] == [], entity


ODD: tuple[Any, ...] = (
    {"in": "1,2"},
    {"not in": [1, 2]},
    {"like": "%a%"},
    {"is null": 1},
    {"between": [1, 9]},
    {">": 0, "<": 9},
    ["1", "2"],
    {"IN": []},
    {"BETWEEN": [1]},
    {"BOGUS": 1},
    {"=": {"a": 1}},
    {"IN": [[1], {"a": 1}]},
    {"0": "1", "3": "2"},
    [],
    {},
    True,
    1.5,
    "\u0000",
    "9" * 40,
)


def representatives() -> list[tuple[str, str]]:
    """Return one field of each manner in which filters are read, over all entities."""
    found: dict[object, tuple[str, str]] = {}
    for entity in all_entities().values():
        for field in entity.built_in or entity.fields(system_actor()):
            manner = (type(entity.source), type(field.format), field.ask, bool(field.key))
            found.setdefault(manner, (entity.name, field.name))
    return list(found.values())


@pytest.mark.parametrize("odd", ODD, ids=str)
def test_what_crashes_the_original_is_answered_properly(odd: Any, as_ada: Caller) -> None:
    as_ada.person()
    for entity, name in representatives():
        answer = as_ada.call(entity, "get", {name: odd, "options": {"limit": 1}})
        told = str(answer.get("error_message", ""))
        assert "server failed" not in told, (entity, name, answer)
