"""The description for programs is sound and says what the server does."""

import re

import pytest
from django.urls import resolve

from api.base.openapi import document_of
from api.wildapricot import DIALECT
from tests.dialects.wildapricot.calling import Caller

DOCUMENT = document_of(DIALECT, "http://crm.example")
OPERATIONS = [(method, path) for path, methods in DOCUMENT["paths"].items() for method in methods]


def test_every_described_operation_exists() -> None:
    for method, path in OPERATIONS:
        written = path.replace("{version}", "v2.2").replace("{resource}", "events")
        match = resolve(re.sub(r"\{\w+\}", "1", written))
        assert method in match.func.actions, (method, path)  # type: ignore[attr-defined]  # a view set's


def test_names_of_operations_are_unique() -> None:
    names = [
        operation["operationId"]
        for methods in DOCUMENT["paths"].values()
        for operation in methods.values()
    ]
    assert len(names) == len(set(names))


@pytest.mark.django_db
def test_answers_have_the_keys_that_are_described(as_alice: Caller) -> None:
    schemas = DOCUMENT["components"]["schemas"]
    made = as_alice.make({"FirstName": "Tom"})
    fields = as_alice.read("/contactfields")
    assert set(schemas["Contact"]["required"]) <= set(made) <= set(schemas["Contact"]["properties"])
    described = set(schemas["ContactField"]["properties"])
    assert all(set(schemas["ContactField"]["required"]) <= set(field) for field in fields)
    assert set().union(*fields) <= described | {"MemberAccess"}
    begun = as_alice.read("/contacts")
    assert set(begun) <= set(schemas["ContactList"]["properties"])
