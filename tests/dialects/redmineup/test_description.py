"""Answers are what the OpenAPI document says they are."""

import json
import re
from typing import Any

import pytest
from django.http import HttpResponse
from jsonschema import Draft202012Validator

from api.base.openapi import document_of
from api.redmineup import DIALECT
from contacts.models import Contact, Project, User
from tests.dialects.redmineup.calling import Caller

DOCUMENT = document_of(DIALECT, "http://testserver")
OPERATIONS = {
    operation["operationId"]: (method.upper(), path, operation)
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
}
READING = [name for name, (method, _path, _operation) in OPERATIONS.items() if method == "GET"]
CREATING = [name for name, (method, _path, _operation) in OPERATIONS.items() if method == "POST"]
# Parameters without which a list has nothing to show.
NEEDED = {
    "listNotes": "source_type=contact&source_id={contact}",
    "listQueries": "object_type=contact",
    "searchAll": "q=tom",
}

pytestmark = pytest.mark.django_db


def plain(schema: Any) -> Any:
    """Return a schema of OpenAPI 3.0 as JSON Schema, which has no word `nullable`."""
    if isinstance(schema, list):
        return [plain(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {key: plain(value) for key, value in schema.items() if key != "nullable"}
    return {"anyOf": [kept, {"type": "null"}]} if schema.get("nullable") is True else kept


COMPONENTS = plain(DOCUMENT["components"])


def check(name: str, answer: HttpResponse) -> None:
    """Fail for a status or a body that the document does not know."""
    method, path, operation = OPERATIONS[name]
    declared = operation["responses"].get(str(answer.status_code))
    assert declared, f"{method} {path} answered {answer.status_code}: {answer.content[:500]!r}"
    content = declared.get("content", {}).get("application/json")
    if content is None:
        return
    schema = {**plain(content["schema"]), "components": COMPONENTS}
    faults = Draft202012Validator(schema).iter_errors(json.loads(answer.content))
    told = [f"{'/'.join(map(str, fault.absolute_path))}: {fault.message}" for fault in faults]
    assert told == [], f"{method} {path}"


@pytest.fixture
def ids(as_ada: Caller, tom: Contact, project: Project, alice: User) -> dict[str, Any]:
    """Return ids by the names that stand in addresses, with a record of each kind behind them."""
    shown = {
        "note": ("/notes.json", {"content": "Hi", "source_type": "contact", "source_id": tom.pk}),
        "deal": ("/deals.json", {"name": "Big", "project_id": "demo", "contact_id": tom.pk}),
        "issue": ("/issues.json", {"subject": "Help tom", "project_id": "demo"}),
        "category": ("/projects/demo/deal_categories.json", {"name": "Trade"}),
        "group": ("/groups.json", {"name": "Sales"}),
        "custom_field": ("/custom_fields.json", {"name": "Size", "field_format": "int"}),
    }
    made = {
        root: as_ada.make(path, {root: body})[root]["id"] for root, (path, body) in shown.items()
    }
    members = as_ada.read("/projects/demo/memberships.json")["memberships"]
    upload = as_ada.post("/uploads.json?filename=a.txt", "Hello", "application/octet-stream")
    return {
        **made,
        "contact": tom.pk,
        "project": project.pk,
        "user": alice.pk,
        "role": members[0]["roles"][0]["id"],
        "membership": members[0]["id"],
        "attachment": json.loads(upload.content)["upload"]["id"],
    }


def address_of(name: str, ids: dict[str, Any]) -> str:
    """Return the address of an operation with ids of records that exist."""
    path: str = OPERATIONS[name][1]
    last = path.split("/{id}")[0].rpartition("/")[2]
    kind = {"deal_categories": "category", "download": "attachment"}.get(last) or last.rstrip("s")
    filled = path.replace("{id}", str(ids.get(kind, 1))).replace("{project}", "demo")
    query = NEEDED.get(name, "").format(**ids)
    return filled.replace("{filename}", "a.txt") + (f"?{query}" if query else "")


@pytest.mark.parametrize("name", READING)
def test_what_is_read_is_what_is_described(name: str, as_ada: Caller, ids: dict[str, Any]) -> None:
    answer = as_ada.get(address_of(name, ids))

    assert answer.status_code == 200
    check(name, answer)
    # A file stays open until the last byte is sent.
    answer.close()


@pytest.mark.parametrize("name", READING)
def test_strangers_are_refused_as_described(name: str, as_nobody: Caller) -> None:
    answer = as_nobody.get(re.sub(r"{\w+}", "1", OPERATIONS[name][1]))

    assert answer.status_code == 401
    check(name, answer)


@pytest.mark.parametrize("name", CREATING)
def test_printed_examples_are_taken_and_answered_as_described(
    name: str, as_ada: Caller, ids: dict[str, Any]
) -> None:
    content = OPERATIONS[name][2].get("requestBody", {}).get("content", {})
    example = content.get("application/json", {}).get("example")
    if example is None:
        pytest.skip("The document prints no example")
    text = json.dumps(example).replace('"source_id": 1', f'"source_id": {ids["contact"]}')
    answer = as_ada.post(address_of(name, ids), text)

    # The example may name what is there already.
    assert answer.status_code in {201, 422}, answer.content[:500]
    check(name, answer)


@pytest.mark.parametrize("name", CREATING)
def test_refused_values_are_answered_as_described(
    name: str, as_ada: Caller, ids: dict[str, Any]
) -> None:
    method, _path, operation = OPERATIONS[name]
    if "application/json" not in operation.get("requestBody", {}).get("content", {}):
        pytest.skip("It takes no JSON")
    answer = as_ada.send(method, address_of(name, ids), '{"unknown": "value"}')

    assert answer.status_code in {204, 404, 422}, answer.content[:500]
    check(name, answer)
