"""The rows of Vtiger: every operation, for every module that may hide something."""

import json
from collections.abc import Iterator, Mapping
from urllib.parse import quote

from api.vtiger.modules import MODULES
from api.vtiger.modules.relations import RELATIONS
from api.vtiger.registry import iter_operations
from tests.trust.rows.probe import FORM, Probe, as_query

NOUNS: Mapping[str, str] = {
    "Contacts": "contact",
    "Accounts": "company",
    "Leads": "lead",
    "Potentials": "deal",
    "Calendar": "activity",
    "Events": "activity",
    "HelpDesk": "ticket",
    "ModComments": "note",
    "Documents": "document",
    "Users": "user",
    "Groups": "group",
    "Currency": "currency",
    "DocumentFolders": "folder",
    "Project": "project",
}
NEEDED: Mapping[str, Mapping[str, str]] = {
    "Contacts": {"lastname": "x"},
    "Accounts": {"accountname": "x"},
    "Leads": {"lastname": "x", "company": "x"},
    "Potentials": {"potentialname": "x", "closingdate": "2026-12-01", "sales_stage": "Prospecting"},
    "Calendar": {
        "subject": "x",
        "date_start": "2026-12-01",
        "due_date": "2026-12-01",
        "taskstatus": "Planned",
        "time_start": "10:00:00",
        "activitytype": "Task",
    },
    "Events": {
        "subject": "x",
        "date_start": "2026-12-01",
        "due_date": "2026-12-01",
        "time_start": "10:00:00",
        "time_end": "11:00:00",
        "eventstatus": "Planned",
        "activitytype": "Call",
        "duration_hours": "1",
    },
    "HelpDesk": {"ticket_title": "x", "ticketstatus": "Open"},
    "ModComments": {"commentcontent": "x"},
    "Documents": {"notes_title": "x"},
}
# The references of each module, with the module that they point into.
REFERENCES: Mapping[str, list[tuple[str, str]]] = {
    "Contacts": [("account_id", "Accounts"), ("contact_id", "Contacts")],
    "Accounts": [("account_id", "Accounts")],
    "Potentials": [("related_to", "Accounts"), ("contact_id", "Contacts")],
    "Calendar": [("contact_id", "Contacts"), ("parent_id", "Potentials")],
    "Events": [("contact_id", "Contacts"), ("parent_id", "Accounts")],
    "HelpDesk": [("parent_id", "Accounts"), ("contact_id", "Contacts")],
    "ModComments": [("related_to", "Contacts"), ("related_to", "Potentials")],
}
NAMES: Mapping[str, str] = {
    "Contacts": "firstname",
    "Accounts": "accountname",
    "Leads": "firstname",
    "Potentials": "potentialname",
    "Calendar": "subject",
    "Events": "subject",
    "HelpDesk": "ticket_title",
    "ModComments": "commentcontent",
    "Documents": "notes_title",
    "Users": "first_name",
}


def names() -> set[str]:
    """Return every operation, and every module with a record."""
    return {operation.name for operation in iter_operations()} | set(MODULES)


def probes() -> Iterator[Probe]:
    """Yield the calls of every operation."""
    yield from _around()
    for module in MODULES:
        record = _id(module)
        yield _get(module, "retrieve", id=record)
        yield _get("retrieve", "retrieve", id=record)
        yield _get("describe", "describe", elementType=module)
        yield _get("sync", "sync", modifiedTime="0", elementType=module, syncType="application")
        yield _get("relatedtypes", "relatedtypes", elementType=module)
        yield from _queries(module)
        yield _post("delete", id=record)
        needed = NEEDED.get(module, {})
        yield _post("create", elementType=module, element=json.dumps(needed))
        for operation in ("update", "revise"):
            yield _post(operation, element=json.dumps({"id": record, **needed}))
        for field, target in REFERENCES.get(module, []):
            element = {**needed, field: _id(target), "assigned_user_id": "19x1"}
            yield _post("create", elementType=module, element=json.dumps(element))
    for module, relations in RELATIONS.items():
        for relation in relations:
            yield from _relation(module, relation.label, relation.module)


def _around() -> Iterator[Probe]:
    yield _get("getchallenge", "getchallenge", username="nemo")
    yield _post("login", username="nemo", accessKey="x")
    yield _post("login_pwd", username="nemo", password="x")
    yield _post("logout")
    yield _post("extendsession")
    yield _get("listtypes", "listtypes")
    yield _post("gettranslation", totranslate="{}", language="en_us", module="Contacts")
    yield _get("files_retrieve", "files_retrieve", id=_id("Documents"))
    lead = {"leadId": _id("Leads"), "assignedTo": "19x1", "entities": {}}
    yield _post("convertlead", element=json.dumps(lead))
    words = {"oldPassword": "x", "newPassword": "x", "confirmPassword": "x"}
    yield _post("changePassword", id=_id("Users"), **words)


def _queries(module: str) -> Iterator[Probe]:
    conditions = ["", f" WHERE id = '{_id(module)}'"]
    if module in NAMES:
        name = NAMES[module]
        conditions += [f" WHERE {name} LIKE '%{{mark}}%'", f" ORDER BY {name} DESC"]
    for field, target in REFERENCES.get(module, []):
        conditions.append(f" WHERE {field} = '{_id(target)}'")
    for what in ("*", "count(*)"):
        for condition in conditions:
            text = f"SELECT {what} FROM {module}{condition};"  # noqa: S608 -- the protocol's own
            yield _get("query", "query", query=text)


def _relation(module: str, label: str, other: str) -> Iterator[Probe]:
    record = _id(module)
    yield _get(
        "retrieve_related", "retrieve_related", id=record, relatedType=other, relatedLabel=label
    )
    text = f"SELECT * FROM {other};"  # noqa: S608 -- the protocol's own
    yield _get("query_related", "query_related", query=text, id=record, relatedLabel=label)
    yield _post(
        "add_related", sourceRecordId=record, relatedRecordId=_id(other), relationIdLabel=label
    )
    yield _post(
        "delete_related", sourceRecordId=record, relatedRecordId=_id(other), relatedLabel=label
    )


def _id(module: str) -> str:
    noun = NOUNS.get(module, "contact")
    return f"{MODULES[module].number}x{{{noun}}}" if module in MODULES else "12x{contact}"


def _get(name: str, operation: str, **params: str) -> Probe:
    query = as_query(operation=operation, sessionName="{session}", **params)
    return Probe(name, "GET", f"/webservice.php?{query}")


def _post(operation: str, **params: str) -> Probe:
    fields = {"operation": operation, "sessionName": "{session}", **params}
    body = "&".join(f"{name}={quote(value, safe='{}')}" for name, value in fields.items())
    is_about_session = operation in ("login", "login_pwd", "logout", "extendsession")
    return Probe(
        operation, "POST", "/webservice.php", body, FORM, is_about_session=is_about_session
    )
