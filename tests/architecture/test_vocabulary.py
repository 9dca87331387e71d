"""Words and reaches that imports cannot show."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent

SYSTEMS = re.compile(r"redmine|civi|apricot|concord|vtiger", re.IGNORECASE)
# The way to tables, by whichever name.
TABLES = re.compile(r"\.objects\b|\._meta\b|\._default_manager\b|\.raw\(|\.extra\(|django\.db\b")
CONTACTS = re.compile(r"(?<!\w)Contact\.(objects|_default_manager|_base_manager)\b")
# Who asks is known in these rooms, so visibility is applied there. `index` derives from all
# contacts what the rule of visibility is asked of; nothing leaves it but documents of given ids.
# Bulk loading and commands work on what these rooms hand them.
MAY_ASK_FOR_CONTACTS = (
    "contacts/access/",
    "contacts/services/",
    "contacts/query/",
    "contacts/index/",
    "contacts/migrations/",
)
NAMELESS = {"utils", "helpers", "common", "misc", "util", "helper"}


def lines_of(folder: str, *suffixes: str) -> list[tuple[str, str]]:
    """Return every line below a folder with its place."""
    return [
        (f"{path.relative_to(ROOT)}:{number}", line)
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in suffixes
        for number, line in enumerate(path.read_text().splitlines(), start=1)
    ]


def test_the_domain_names_no_other_system() -> None:
    lines = lines_of("contacts", ".py", ".html", ".sql", ".lark")
    assert lines

    assert [place for place, line in lines if SYSTEMS.search(line)] == []


def test_dialects_have_no_way_to_tables() -> None:
    lines = lines_of("api", ".py")
    assert lines

    assert [place for place, line in lines if TABLES.search(line)] == []


def test_contacts_are_asked_for_only_where_visibility_is_applied() -> None:
    places = [place for place, line in lines_of("contacts", ".py") if CONTACTS.search(line)]
    assert places

    assert [place for place in places if not place.startswith(MAY_ASK_FOR_CONTACTS)] == []


@pytest.mark.parametrize("folder", ["crm", "contacts", "api", "tests", "tools"])
def test_no_module_is_a_drawer_for_everything(folder: str) -> None:
    paths = list((ROOT / folder).rglob("*.py"))
    assert paths

    assert [str(path) for path in paths if path.stem in NAMELESS] == []


@pytest.mark.parametrize("folder", ["crm", "contacts", "api", "tests", "tools"])
def test_every_exception_to_a_rule_names_the_rule_and_the_reason(folder: str) -> None:
    lines = lines_of(folder, ".py")
    # A rule in the brackets or after the colon, then a reason.
    exception = re.compile(r"# (noqa|type: ignore|pragma: no cover)")
    explained = re.compile(r"# (noqa: [A-Z0-9, ]+|type: ignore\[[\w, -]+\])\s*(#|-+)\s.*\w{3,}")
    here = f"tests/architecture/{Path(__file__).name}:"

    bare = [
        place
        for place, line in lines
        if exception.search(line) and not explained.search(line) and not place.startswith(here)
    ]

    assert bare == []
