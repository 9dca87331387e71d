"""docs/architecture.md draws the tree as it is."""

import re
import tomllib
from typing import Any

import pytest
from django.apps import apps

from api.base import discovery
from tests.documents import ROOT, examples_of, prose_of, rows_of, section_of, text_of

PAGE = "docs/architecture.md"
PICTURE = examples_of(PAGE)[0].code
# They belong to Django's way of laying out an app and answer no question of their own.
NO_ROOMS = {"__init__", "__pycache__", "apps", "management", "migrations", "static"}
ROOMS = {
    path.stem
    for path in (ROOT / "contacts").iterdir()
    if (path.is_dir() or path.suffix == ".py") and path.stem not in NO_ROOMS
}
DIALECT_FILES = {"auth", "grammar", "mapping", "views", "envelope", "errors", "urls"}


def contracts() -> list[dict[str, Any]]:
    """Return the import contracts that are enforced."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        settings: dict[str, Any] = tomllib.load(file)["tool"]["importlinter"]
    found: list[dict[str, Any]] = settings["contracts"]
    return found


def layers() -> list[set[str]]:
    """Return the rooms of the domain, upper ones first, as the import contract orders them."""
    (rooms,) = (each for each in contracts() if each.get("containers") == ["contacts"])
    return [set(re.findall(r"\w+", layer)) & ROOMS for layer in rooms["layers"]]


def test_every_room_has_a_row_with_its_question() -> None:
    rows = {
        room.strip("`"): question
        for room, question in rows_of(section_of(PAGE, "The rooms of the domain"))
    }

    assert set(rows) == ROOMS
    assert all(question.endswith("?") for question in rows.values())


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_picture_shows_the_room(room: str) -> None:
    assert re.search(rf"\b{room}\b", PICTURE)


def test_every_word_in_a_box_of_the_picture_is_a_room() -> None:
    boxes = re.findall(r"\|([^|\n]+)\|", PICTURE)
    drawn = {word for box in boxes for word in re.findall(r"\b[a-z]{4,}\b", box)}

    assert drawn
    assert drawn <= ROOMS


def test_picture_has_the_order_of_the_import_contract() -> None:
    places = [
        max(
            match.start()
            for room in layer
            for match in re.finditer(rf"^.*\b{room}\b", PICTURE, re.M)
        )
        for layer in layers()
        if layer
    ]

    assert places == sorted(places)


def test_picture_shows_every_dialect_and_the_files_of_one() -> None:
    for name in discovery.dialect_packages():
        folder = name.replace(".", "/")
        assert folder in PICTURE
        for file in DIALECT_FILES:
            assert (ROOT / folder / file).is_dir() or (ROOT / folder / f"{file}.py").is_file()
    assert {"api/base", "api/wire", "crm/"} <= set(re.findall(r"\b(?:api/\w+|crm/)", PICTURE))


def test_tables_that_are_named_exist() -> None:
    tables = {model.__name__ for model in apps.get_app_config("contacts").get_models()}
    named = {name.strip("`") for name, *_rest in rows_of(section_of(PAGE, "Reading"))}

    assert named
    assert named <= tables


def test_files_that_are_named_exist() -> None:
    named = set(re.findall(r"`(\w+/[\w/]+\.py)`", prose_of(text_of(PAGE))))

    assert named
    assert [name for name in sorted(named) if not (ROOT / "contacts" / name).is_file()] == []
