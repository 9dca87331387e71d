"""Modules stay small enough to be read at one sitting."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
MOST_LINES = 400
FOLDERS = ("crm", "contacts", "api", "tests", "tools", "benchmarks")

MODULES = sorted(
    str(path.relative_to(ROOT))
    for folder in FOLDERS
    for path in (ROOT / folder).rglob("*.py")
    if path.parent.name != "migrations"
)


def test_modules_were_found() -> None:
    assert "crm/settings.py" in MODULES


@pytest.mark.parametrize("module", MODULES)
def test_module_is_short_enough(module: str) -> None:
    lines = len((ROOT / module).read_text().splitlines())

    assert lines <= MOST_LINES, f"{module} has {lines} lines; split it by its ideas"
