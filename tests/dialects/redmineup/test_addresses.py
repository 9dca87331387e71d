"""Every address is described, guarded, and closed to the keys of forms."""

import re
from collections.abc import Iterator

import pytest
from django.urls import resolve

from api.base.addresses import routes
from api.base.openapi import description_of
from api.base.operations import Operation
from api.redmineup import DIALECT
from contacts.models import Project, User
from tests.dialects.redmineup.calling import Caller, caller

OPERATIONS = list(description_of(DIALECT).operations)
SAMPLES = {"project": "demo", "project_id": "demo", "filename": "a.txt"}

# What does the same as a described operation: below a project, by another method, without a name.
SAME = re.compile(
    r"PATCH|POST projects/1/\w+$|projects/1/(contacts|deals|issues)|attachments/download/1$"
)


def path_of(operation: Operation) -> str:
    """Return the address of an operation with an id that nothing has."""
    return re.sub(r"\{(\w+)\}", lambda part: SAMPLES.get(part[1], "999999"), operation.path)


def ids(operation: Operation) -> str:
    return f"{operation.method} {operation.path}"


def described() -> Iterator[str]:
    """Yield every described method and address, with 1 where ids stand."""
    for operation in OPERATIONS:
        path = re.sub(r"\{\w+\}", "1", operation.path)
        yield f"{operation.method} {re.sub(r'[.][a-z]+$', '', path).lstrip('/')}"


@pytest.mark.parametrize("operation", OPERATIONS, ids=ids)
def test_every_described_operation_is_there(operation: Operation) -> None:
    match = resolve(path_of(operation))

    actions = match.func.actions  # type: ignore[attr-defined]  # view sets leave them there
    assert operation.method.lower() in actions


def test_every_address_is_described() -> None:
    known = set(described())
    missing = set()
    for route in routes(DIALECT):
        path = re.sub(r"\(\?P<\w+>[^)]*\)", "1", route.pattern)
        path = re.sub(r"\(\?:.*$", "", path)
        missing |= {f"{method} {path}" for method in route.methods} - known

    assert sorted(each for each in missing if not SAME.search(each)) == []


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
