"""Contacts are named by number, as oneself and by a user's name, wherever an id is taken.

The cases are read from the tables of fields, so that a new field is tested with the others.
"""

from collections.abc import Iterator
from typing import Any

import pytest

from api.civicrm.registry import all_entities
from contacts.access import system_actor
from contacts.models import User
from tests.dialects.civicrm.calling import Caller

pytestmark = pytest.mark.django_db

# Entities whose `get` wants more than a filter, or that are no records.
WITHOUT_FILTERS = {"CustomValue"}


def fields_that_hold_contacts() -> Iterator[tuple[str, str]]:
    for entity in all_entities().values():
        fields = entity.built_in or entity.fields(system_actor())
        names = [name for each in fields if each.target == "Contact" for name in each.names]
        if entity.name == "Contact":
            names += ["id", "contact_id"]
        if entity.name not in WITHOUT_FILTERS:
            yield from ((entity.name, name) for name in names)


@pytest.fixture
def own(as_ada: Caller, ada: User) -> int:
    contact_id = as_ada.person("Ada", "Own", email="own@x.org")
    User.objects.filter(pk=ada.pk).update(contact_id=contact_id)
    return contact_id


@pytest.mark.parametrize(("entity", "name"), [*fields_that_hold_contacts()])
def test_a_filter_takes_a_contact_by_any_name(
    entity: str, name: str, as_ada: Caller, own: int
) -> None:
    as_ada.ok("Note", "create", entity_id=own, note="About me")
    as_ada.ok("Activity", "create", activity_type_id="Meeting", target_contact_id=own)

    def found(value: Any) -> Any:
        return as_ada.ok(entity, "get", {name: value})

    by_number = found(own)
    for named in ("user_contact_id", "@user:ada"):
        assert found(named) == by_number
        assert found({"IN": [named]}) == found([named]) == found({"IN": [own]})
    failed = as_ada.call(entity, "get", {name: "@user:nobody"})
    assert failed["error_message"] == f'"{name}" "@user:nobody" cannot be resolved to a contact ID'
    assert (failed["error_code"], failed["error_field"]) == (2002, name)


# What a new record needs besides the contact.
NEW: dict[tuple[str, str], dict[str, Any]] = {
    ("Email", "contact_id"): {"email": "a@x.org"},
    ("Phone", "contact_id"): {"phone": "123"},
    ("Address", "contact_id"): {"street_address": "1 Main St"},
    ("Website", "contact_id"): {"url": "https://x.org"},
    ("Im", "contact_id"): {"name": "me", "provider_id": 1},
    ("Note", "entity_id"): {"note": "Said"},
    ("Note", "contact_id"): {"note": "Said", "entity_id": "user_contact_id"},
    ("Activity", "source_contact_id"): {"activity_type_id": 1},
    ("Activity", "target_contact_id"): {"activity_type_id": 1},
    ("Activity", "assignee_contact_id"): {"activity_type_id": 1},
    ("Contact", "id"): {"first_name": "Changed"},
    ("Contact", "contact_id"): {"first_name": "Changed"},
}


@pytest.mark.parametrize(("entity", "name"), [*NEW])
def test_a_new_record_takes_a_contact_by_any_name(
    entity: str, name: str, as_ada: Caller, own: int
) -> None:
    for named in ("user_contact_id", "@user:ada"):
        made = as_ada.ok(entity, "create", {**NEW[entity, name], name: named})
        asked = {"id": made["id"], "return": name}
        held = as_ada.ok(entity, "getsingle", asked)[name]
        assert held in (str(own), [str(own)])
    failed = as_ada.call(entity, "create", {**NEW[entity, name], name: "@user:nobody"})
    assert failed["error_code"] == 2002


def test_other_parameters_take_a_contact_by_any_name(as_ada: Caller, own: int) -> None:
    assert as_ada.ok("Email", "getsingle", {"contact_id.id": "@user:ada"})["email"] == "own@x.org"
    chained = as_ada.ok(
        "Contact", "getsingle", {"id": own, "api.Email.get": {"contact_id": "user_contact_id"}}
    )
    assert chained["api.Email.get"]["count"] == 1
    listed = as_ada.ok("Email", "getlist", {"params": {"contact_id": "@user:ada"}})
    assert [each["label"] for each in listed["values"]] == ["own@x.org"]
    assert as_ada.ok("Contact", "getlist", id="user_contact_id")["count"] == 1
    worker = as_ada.person("Worker")
    firm = as_ada.make("Contact", contact_type="Organization", organization_name="Firm")
    tie = {"contact_id_a": "user_contact_id", "contact_id_b": firm, "relationship_type_id": 5}
    as_ada.ok("Relationship", "create", tie)
    assert as_ada.ok("Relationship", "getsingle", contact_id="@user:ada")["contact_id_b"] == str(
        firm
    )
    replaced = {"contact_id": "@user:ada", "values": [{"email": "new@x.org"}]}
    assert as_ada.ok("Email", "replace", replaced)["count"] == 1
    as_ada.ok("Contact", "merge", to_keep_id="@user:ada", to_remove_id=worker)
    assert as_ada.ok("Contact", "getmergedto", contact_id=worker)["id"] == own
    assert as_ada.ok("User", "getsingle", contact_id="user_contact_id")["name"] == "ada"


@pytest.mark.parametrize("named", ["user_contact_id", "@user:ada"])
def test_ties_and_custom_values_take_a_contact_by_any_name(
    named: str, as_ada: Caller, own: int
) -> None:
    tag, group = as_ada.make("Tag", name="VIP"), as_ada.make("Group", title="Rowers")
    as_ada.ok("EntityTag", "create", contact_id=named, tag_id=tag)
    assert as_ada.ok("EntityTag", "getsingle", tag_id=tag)["entity_id"] == str(own)
    as_ada.ok("GroupContact", "create", contact_id=[named], group_id=group)
    assert as_ada.ok("GroupContact", "getsingle", group_id=group)["contact_id"] == str(own)

    facts = as_ada.make("CustomGroup", title="Facts", extends="Contact")
    text = as_ada.make("CustomField", custom_group_id=facts, label="Motto")
    reference = {"data_type": "ContactReference", "html_type": "Autocomplete-Select"}
    friend = as_ada.make("CustomField", custom_group_id=facts, label="Friend", **reference)
    as_ada.ok("CustomValue", "create", {"entity_id": named, f"custom_{text}": "Carpe diem"})
    (stored,) = as_ada.ok("CustomValue", "get", {"entity_id": named, "sequential": 1})["values"]
    assert (stored["entity_id"], stored["latest"]) == (str(own), "Carpe diem")
    as_ada.ok("Contact", "create", {"id": own, f"custom_{friend}": named})
    asked = {f"custom_{friend}": named, "return": f"custom_{friend}"}
    shown = as_ada.ok("Contact", "getsingle", asked)
    own_name = as_ada.ok("Contact", "getvalue", {"id": own, "return": "sort_name"})["result"]
    assert shown[f"custom_{friend}_id"] == str(own)
    assert shown[f"custom_{friend}"] == own_name
    for entity, name in (("EntityTag", "contact_id"), ("CustomValue", "entity_id")):
        params = {name: "@user:nobody", "tag_id": tag, f"custom_{text}": "x"}
        assert as_ada.call(entity, "create", params)["error_code"] == 2002


@pytest.mark.parametrize("depth", [5, 1500])
def test_a_name_through_too_many_records_is_refused(as_alice: Caller, depth: int) -> None:
    name = ".".join(["employer_id"] * depth) + ".id"

    refused = as_alice.call("Contact", "get", {name: 1})

    assert refused["error_message"].startswith("Maximum number of joins exceeded in parameter")
