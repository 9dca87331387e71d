"""The style sheets know no left and right, so that they serve those who read from the right too."""

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[3] / "contacts" / "static"
SHEETS = sorted(STATIC.rglob("*.css"))
SIDES = re.compile(
    r"(?:margin|padding|border|inset)-(?:left|right|top|bottom)"
    r"|[\s;{](?:left|right|top|bottom|width|height|min-width|max-width)\s*:"
    r"|(?:text-align|float):\s*(?:left|right)"
)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_only_logical_sides_are_named(sheet: Path) -> None:
    text = re.sub(r"/\*.*?\*/|@media[^{]*", "", sheet.read_text(), flags=re.DOTALL)

    assert SIDES.findall(text) == []
