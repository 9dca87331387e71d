"""Forms that are filled in only where a document has something."""

from typing import Any

import pytest

from api.base.blank_forms import BlankForm

DOCUMENTS: list[dict[str, Any]] = [
    {"id": 1},
    {"id": 2, "name": "Ada", "emails": [{"address": "ada@example.com"}]},
    {"id": 3, "custom": {"7": "seven"}},
    {"id": 4, "custom": {"8": "eight"}, "emails": []},
]


def first_email(document: dict[str, Any]) -> str:
    return next((each["address"] for each in document.get("emails", ())), "")


def all_custom(document: dict[str, Any]) -> str:
    return ",".join(sorted(document.get("custom") or {}))


def seventh(document: dict[str, Any]) -> object:
    return (document.get("custom") or {}).get("7")


WRITERS = [
    lambda document: document["id"],
    lambda document: document.get("name", "nobody"),
    lambda document: "name" in document,
    lambda document: "constant",
    lambda document: sorted(document),
    lambda document: len(document),
    first_email,
    all_custom,
    seventh,
]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: str(document["id"]))
def test_a_filled_form_is_what_the_writers_write(document: dict[str, Any]) -> None:
    assert BlankForm(WRITERS).filled(document) == [write(document) for write in WRITERS]


def test_only_what_a_document_has_is_written_again() -> None:
    asked: list[str] = []

    def name(document: dict[str, Any]) -> str:
        asked.append("name")
        return str(document.get("name", ""))

    form = BlankForm([name])
    asked.clear()
    assert form.filled({"id": 1, "emails": [{}]}) == [""]
    assert asked == []
    assert form.filled({"id": 2, "name": "Ada"}) == ["Ada"]
    assert asked == ["name"]
