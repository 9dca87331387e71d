"""The rows of CiviCRM: every route, and every action of every entity in both versions."""

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from api.civicrm.operations import operations_of
from api.civicrm.registry import all_entities
from api.civicrm.v4.calling import ACTIONS
from tests.trust.rows.probe import FORM, Probe, each_method, filled

REST = "/civicrm/ajax/rest"
# The noun behind the id of each entity, where its records belong to people.
NOUNS: Mapping[str, str] = {
    "Activity": "activity",
    "Address": "address",
    "Contact": "contact",
    "CustomField": "field",
    "CustomValue": "contact",
    "Email": "email",
    "EntityTag": "contact",
    "GroupContact": "contact",
    "Note": "note",
    "Phone": "phone",
    "Relationship": "relationship",
    "UFMatch": "user",
    "User": "user",
    "Website": "website",
}
# Entities that the short run asks by each action of their own.
TELLING = frozenset({"Contact", "Note"})
# By which parameters an entity may tell of a contact that it belongs to.
OWNERS: Mapping[str, list[dict[str, Any]]] = {
    "Activity": [
        {"source_contact_id": "{contact}"},
        {"target_contact_id": "{contact}"},
        {"assignee_contact_id": "{contact}"},
        {"subject": "{mark}"},
    ],
    "Address": [{"contact_id": "{contact}"}, {"city": "{mark}"}],
    "Contact": [
        {"first_name": "{mark}"},
        {"display_name": {"LIKE": "%{mark}%"}},
        {"email": {"LIKE": "{mark}%"}},
        {"is_deleted": 1},
        {"employer_id": "{company}"},
        {"return": "first_name", "options": {"sort": "sort_name desc", "limit": 0}},
        {"id": "{contact}", "api.Note.get": {}, "api.Email.get": {}},
    ],
    "CustomValue": [{"entity_id": "{contact}"}, {"entity_id": "{contact}", "custom_1": "x"}],
    "Email": [{"contact_id": "{contact}"}, {"email": {"LIKE": "%{mark}%"}}],
    "EntityTag": [{"entity_id": "{contact}", "entity_table": "civicrm_contact", "tag_id": 1}],
    "GroupContact": [{"contact_id": "{contact}", "group_id": 1}],
    "Im": [{"contact_id": "{contact}", "name": "x"}],
    "Note": [
        {"entity_id": "{contact}", "entity_table": "civicrm_contact", "note": "x"},
        {"note": {"LIKE": "%{mark}%"}},
    ],
    "Phone": [{"contact_id": "{contact}", "phone": "1"}],
    "Relationship": [
        {"contact_id_a": "{contact}", "relationship_type_id": 5},
        {"contact_id_b": "{company}", "relationship_type_id": 5},
    ],
    "UFMatch": [{"contact_id": "{contact}"}],
    "Website": [{"contact_id": "{contact}", "url": "https://x.yz"}],
}


def names() -> set[str]:
    """Return every route, and every action of every entity."""
    third = {
        f"{entity.name}.{action}"
        for entity in all_entities().values()
        for action in operations_of(entity)
    }
    fourth = {
        f"{entity.name}.{action} of version 4"
        for entity in all_entities().values()
        for action in ACTIONS
    }
    return third | fourth | {name for _, _, name in each_method("civicrm")}


def probes() -> Iterator[Probe]:
    """Yield the calls."""
    for route, method, name in each_method("civicrm"):
        path = "/" + filled(route.pattern, {"prefix": "x", "entity": "Contact", "action": "get"})
        path = path.replace("\\.", ".").replace("/?", "")
        fields = {"entity": "Contact", "action": "get", "json": json.dumps({"id": "{contact}"})}
        body = _form(fields) if method == "POST" else ""
        yield Probe(name, method, path, body, FORM, is_about_session="authx" in path)
    for entity in all_entities().values():
        for action in operations_of(entity):
            for params in _params(entity.name):
                yield _third(entity.name, action, params)
        for action in ACTIONS:
            for params in _params(entity.name):
                yield _fourth(entity.name, action, params)


def _params(entity: str) -> list[dict[str, Any]]:
    noun = NOUNS.get(entity)
    # What is nobody's secret is asked for under an id that it never has.
    return [{"id": f"{{{noun or 'nothing'}}}"}, *OWNERS.get(entity, [])]


def _third(entity: str, action: str, params: dict[str, Any]) -> Probe:
    sent = (
        {**params, "first_name": "x", "contact_type": "Individual"}
        if (entity == "Contact" and action in ("create", "replace", "setvalue", "update"))
        else params
    )
    if action in ("setvalue",):
        sent = {**sent, "field": "subject" if entity == "Activity" else "first_name", "value": "x"}
    if action in ("getvalue",):
        sent = {**sent, "return": "id"}
    if action in ("getoptions",):
        sent = {**sent, "field": "contact_id"}
    if action == "getlist":
        sent = {"input": "{mark}", "params": params}
    fields = {"entity": entity, "action": action, "json": json.dumps({"sequential": 1, **sent})}
    return Probe(f"{entity}.{action}", "POST", REST, _form(fields), FORM, kind_of(entity, action))


def _fourth(entity: str, action: str, params: dict[str, Any]) -> Probe:
    where = [
        [name, *next(iter(value.items()))] if isinstance(value, dict) else [name, "=", value]
        for name, value in params.items()
        if name not in ("return", "options") and not name.startswith("api.")
    ]
    values = {name: value for name, _, value in where}
    asked: dict[str, Any] = {
        "get": {"where": where, "select": ["*", "row_count"]},
        "create": {"values": values},
        "update": {"where": where, "values": values},
        "save": {"records": [values]},
        "delete": {"where": where},
        "replace": {"where": where, "records": [values]},
    }.get(action, {})
    body = _form({"params": json.dumps(asked)})
    name = f"{entity}.{action} of version 4"
    kind = f"{kind_of(entity, action)} of version 4"
    return Probe(name, "POST", f"/civicrm/ajax/api4/{entity}/{action}", body, FORM, kind)


def kind_of(entity: str, action: str) -> str:
    """Return what requests have in common: the code of an action is the same for most entities."""
    return f"{entity} {action}" if entity in TELLING else action


def _form(fields: Mapping[str, str]) -> str:
    return "&".join(f"{name}={quote(value, safe='{}')}" for name, value in fields.items())
