"""Every address of the dialect is guarded."""

import re

import pytest
from django.test import Client

from api.base.openapi import description_of
from api.base.operations import Operation
from api.redmineup import DIALECT
from contacts.models import Project, User
from tests.dialects.redmineup.calling import Caller, caller

OPERATIONS = list(description_of(DIALECT).operations)
SAMPLES = {"project": "demo", "filename": "a.txt"}


def path_of(operation: Operation) -> str:
    """Return the address of an operation with an id that nothing has."""
    return re.sub(r"\{(\w+)\}", lambda part: SAMPLES.get(part[1], "999999"), operation.path)


def ids(operation: Operation) -> str:
    return f"{operation.method} {operation.path}"


@pytest.mark.parametrize("operation", OPERATIONS, ids=ids)
def test_nobody_gets_in_without_a_key(operation: Operation, project: Project) -> None:
    for stranger in (Caller(), Caller("0" * 40)):
        answer = stranger.send(operation.method, path_of(operation), {})

        assert (answer.status_code, answer.content) == (401, b"")


@pytest.mark.parametrize("operation", [op for op in OPERATIONS if "{project" in op.path], ids=ids)
def test_an_outsider_gets_nothing_of_a_project(
    operation: Operation, charlie: User, project: Project
) -> None:
    answer = caller(charlie).send(operation.method, path_of(operation), {})

    assert (answer.status_code, answer.content) == (404, b"")


@pytest.mark.parametrize("suffix", ["json", "xml"])
def test_an_unknown_address_of_data_is_no_page(suffix: str, db: None) -> None:
    answer = Caller().send("GET", f"/nothing.{suffix}", {})

    assert (answer.status_code, answer.content) == (404, b"")


@pytest.mark.parametrize("path", ["//contacts.json", "/projects//demo///contacts.json"])
def test_slashes_that_follow_each_other_are_one(
    path: str, as_alice: Caller, project: Project
) -> None:
    made = as_alice.make("/contacts.json", {"contact": {"project_id": "demo", "first_name": "Ann"}})
    body = {"contact[project_id]": "demo", "contact[first_name]": "Bea", "key": as_alice.key}
    visitor = Client(enforce_csrf_checks=True)

    listed = visitor.get("/", {"key": as_alice.key}, PATH_INFO=path)
    posted = visitor.post("/", body, PATH_INFO=path)

    assert [each["id"] for each in listed.json()["contacts"]] == [made["contact"]["id"]]
    assert posted.status_code == 201
