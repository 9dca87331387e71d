"""Style sheets know no left and right, and no page loads more than two small scripts."""

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[3] / "contacts" / "static"
SHEETS = sorted(STATIC.rglob("*.css"))
TEMPLATES = Path(__file__).parents[3] / "templates"
SIDES = re.compile(
    r"(?:margin|padding|border|inset)-(?:left|right|top|bottom)"
    r"|[\s;{](?:left|right|top|bottom|width|height|min-width|max-width)\s*:"
    r"|(?:text-align|float):\s*(?:left|right)"
)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_only_logical_sides_are_named(sheet: Path) -> None:
    text = re.sub(r"/\*.*?\*/|@media[^{]*", "", sheet.read_text(), flags=re.DOTALL)

    assert SIDES.findall(text) == []


def scripts_of(template: Path) -> int:
    """Return how many scripts a page of a template loads, those of its base included."""
    text = template.read_text()
    base = re.search(r'extends "([^"]+)"', text)
    return text.count("<script") + (scripts_of(TEMPLATES / base[1]) if base else 0)


@pytest.mark.parametrize(
    "template", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: str(path.relative_to(TEMPLATES))
)
def test_a_page_loads_two_scripts_at_most(template: Path) -> None:
    assert scripts_of(template) <= 2


def test_two_scripts_stay_small() -> None:
    sizes = sorted(script.stat().st_size for script in STATIC.rglob("*.js"))

    assert sum(sizes[-2:]) < 16_000
