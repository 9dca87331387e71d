"""OpenAPI documents are valid and say what can be refused."""

import pytest
from drf_spectacular.validation import validate_schema

from api.base.dialect import Dialect
from api.base.discovery import dialects
from api.base.documentation import documented
from api.base.openapi import document_of
from api.base.operations import Description, Operation, Reply

PACKAGES = ["api", "tests.toy_dialects"]


@pytest.mark.parametrize("package", PACKAGES)
def test_every_document_is_valid_openapi(package: str) -> None:
    for dialect in documented(package):
        validate_schema(document_of(dialect, "http://testserver"))


@pytest.mark.parametrize("package", PACKAGES)
def test_operations_have_names_of_their_own(package: str) -> None:
    for dialect in documented(package):
        document = document_of(dialect, "http://testserver")
        names = [
            operation["operationId"]
            for methods in document["paths"].values()
            for operation in methods.values()
        ]
        assert len(names) == len(set(names)), dialect.name


def test_an_operation_answers_its_replies_its_refusals_and_the_common_ones() -> None:
    (toy,) = dialects("tests.toy_dialects")
    document = document_of(toy, "http://x")
    create = document["paths"]["/toy/contacts"]["post"]
    assert set(create["responses"]) == {"201", "400", "401", "403", "409", "422", "429", "503"}
    assert create["requestBody"]["content"]["application/json"]["example"] == {"surname": "Smith"}
    read = document["paths"]["/toy/contacts/{number}"]["get"]
    assert "404" in read["responses"]
    assert read["parameters"][0]["required"] is True
    assert document["paths"]["/toy"]["get"]["security"] == []
    assert document["servers"] == [{"url": "http://x"}]


@pytest.mark.parametrize("dialect", dialects(), ids=lambda dialect: dialect.name)
def test_whatever_changes_a_record_of_an_address_may_find_it_changed(dialect: Dialect) -> None:
    document = document_of(dialect, "http://x")
    changing = [
        operation["responses"]
        for methods in document["paths"].values()
        for method, operation in methods.items()
        if method in ("put", "patch", "delete")
    ]
    # Protocols of one address change by POST alone.
    posts = [
        methods["post"]["responses"] for methods in document["paths"].values() if "post" in methods
    ]
    assert [each for each in changing if "412" not in each] == []
    assert any("412" in each for each in changing or posts)


def test_describing_an_operation_twice_is_a_mistake(monkeypatch: pytest.MonkeyPatch) -> None:
    (toy,) = dialects("tests.toy_dialects")
    twice = Operation(
        method="GET", path="/a", name="a", about="a", tag="a", replies={200: Reply(about="ok")}
    )
    description = Description(about="", operations=[twice, twice], refusals={}, common_refusals=())
    monkeypatch.setattr(toy.part("openapi"), "DESCRIPTION", description)
    with pytest.raises(ValueError, match="GET /a"):
        document_of(toy, "http://x")
