"""The page of each dialect says what its addresses, settings and code say."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from api.base import discovery
from api.base.dialect import Dialect
from api.base.documentation import documented
from api.base.openapi import description_of
from crm import settings as crm_settings
from tests.documents import ROOT, headings_of, rows_of, section_of, text_of

DIALECTS = {dialect.name: dialect for dialect in discovery.dialects()}
REFERENCE = re.compile(r"docs/dialects/(\w+)\.md, \"([^\"]+)\"")
# Names with underscores alone, so that words such as HTTP do not look like settings.
SETTING = re.compile(r"`([A-Z]+(?:_[A-Z]+)+)`")

Operations = set[tuple[str, str]]


def spelled(pattern: str) -> Iterator[str]:
    """Yield the address of a URL pattern as people write it, one for each choice of words."""
    path = re.sub(r"^\^|\(\?:\\\.\[A-Za-z0-9\]\+\)\?|/\?\$$|\$$", "", pattern)
    path = re.sub(r"\(\?:(/[^?]*\(\?P<\w+>[^)]*\))\)\?", r"\1", path)
    choice = re.search(r"\(\?P<\w+>(\w+(?:\|\w+)+)\)", path)
    if choice:
        for word in choice[1].split("|"):
            yield from spelled(path.replace(choice[0], word))
        return
    named = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"{\1}", path)
    yield "/" + re.sub(r"{\w+_id}", "{id}", named)


def mounted(dialect: Dialect) -> Operations:
    """Return method and address of everything that a dialect answers."""
    found: Operations = set()
    for pattern in dialect.part("urls").urlpatterns:
        callback: Any = pattern.callback
        for path in spelled(str(pattern.pattern)):
            found |= {(method.upper(), path) for method in callback.actions}
    return found


def written(dialect: Dialect) -> Operations:
    """Return method and address of every row in the dialect's table of addresses."""
    found: Operations = set()
    for methods, path, *_about in rows_of(section_of(dialect.docs, "Addresses")):
        found |= {(method, path.strip("`")) for method in methods.split()}
    return found


def described(dialect: Dialect) -> Operations:
    """Return method and address of every operation in the OpenAPI document."""
    return {
        (operation.method, re.sub(r"\.[a-z]+$", "", operation.path))
        for operation in description_of(dialect).operations
    }


def nameless(operations: Iterable[tuple[str, str]]) -> Operations:
    """Return operations without the names of the parts of their addresses."""
    return {(method, re.sub(r"{\w+}", "{}", path)) for method, path in operations}


@pytest.fixture(params=DIALECTS)
def dialect(request: pytest.FixtureRequest) -> Dialect:
    return DIALECTS[request.param]


def test_the_table_of_addresses_is_what_is_mounted(dialect: Dialect) -> None:
    assert sorted(written(dialect) - mounted(dialect)) == [], "written, but not mounted"
    assert sorted(mounted(dialect) - written(dialect)) == [], "mounted, but not written"


@pytest.mark.parametrize("name", [dialect.name for dialect in documented()])
def test_the_description_for_programs_is_what_is_mounted(name: str) -> None:
    dialect = DIALECTS[name]
    # PATCH is a second word for PUT, and described with it.
    answered = nameless(pair for pair in mounted(dialect) if pair[0] != "PATCH")

    assert sorted(nameless(described(dialect)) - answered) == [], "described, but not mounted"
    assert sorted(answered - nameless(described(dialect))) == [], "mounted, but not described"


def test_every_setting_that_the_page_names_exists(dialect: Dialect) -> None:
    named = set(SETTING.findall(text_of(dialect.docs)))
    own = {name for name in crm_settings.environment.asked if name.startswith(dialect.name.upper())}

    assert named - crm_settings.environment.asked == set()
    assert own - named == set(), "a setting of this dialect is not explained on its page"


def test_sections_that_the_code_refers_to_exist() -> None:
    referred = {
        found
        for folder in ("api", "contacts", "crm")
        for path in (ROOT / folder).rglob("*.py")
        for found in REFERENCE.findall(path.read_text())
    }

    assert referred
    for name, heading in sorted(referred):
        assert heading in headings_of(f"docs/dialects/{name}.md"), (name, heading)
