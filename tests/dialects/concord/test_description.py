"""The description for programs is sound and says what the server does."""

import re

import pytest
from django.urls import resolve

from api.base.openapi import document_of
from api.concord import DIALECT
from tests.dialects.concord.calling import Caller

DOCUMENT = document_of(DIALECT, "http://crm.example")
OPERATIONS = [(method, path) for path, methods in DOCUMENT["paths"].items() for method in methods]


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_every_described_operation_exists(method: str, path: str) -> None:
    path = path.replace("{resource}", "contacts").replace("{other}", "companies")
    path = path.replace("{status}", "won").replace("{action}", "delete")
    match = resolve(re.sub(r"\{\w+\}", "7", path))
    actions = getattr(match.func, "actions", None)
    known = actions if actions is not None else vars(match.func.cls)
    assert method in known


def test_names_of_operations_are_unique() -> None:
    names = [
        operation["operationId"]
        for methods in DOCUMENT["paths"].values()
        for operation in methods.values()
    ]
    assert len(names) == len(set(names))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "schema"), [("/api/contacts", "Contact"), ("/api/companies", "Company")]
)
def test_records_have_the_keys_that_are_described(path: str, schema: str, as_alice: Caller) -> None:
    made = as_alice.make(path, {"first_name": "Tom", "name": "Acme"})
    described = DOCUMENT["components"]["schemas"][schema]["properties"]
    assert set(described) <= set(made)
