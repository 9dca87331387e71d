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
    """Yield the addresses of a URL pattern as people write them: with every choice made."""
    path = re.sub(r"^\^|\(\?:\\\.\[A-Za-z0-9\]\+\)\?|/\?\$$|\$$", "", pattern)
    path = path.replace(r"\.", ".")
    optional = re.search(r"\(\?:(/\(\?P<\w+>[^)]*\))\)\?", path)
    if optional:
        for chosen in (optional[1], ""):
            yield from spelled(path.replace(optional[0], chosen))
        return
    named = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"{\1}", path)
    yield "/" + re.sub(r"{\w+_id}", "{id}", named)


def mounted(dialect: Dialect) -> Operations:
    """Return method and address of everything that a dialect answers."""
    found: Operations = set()
    for pattern in dialect.part("urls").urlpatterns:
        callback: Any = pattern.callback
        for path in spelled(str(pattern.pattern)):
            # The first request to a view set adds HEAD to its actions.
            found |= {(each.upper(), path) for each in callback.actions if each != "head"}
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
        (operation.method, re.sub(r"\.(?!(?:php|js)$)[a-z]+$", "", operation.path))
        for operation in description_of(dialect).operations
    }


def nameless(operations: Iterable[tuple[str, str]]) -> Operations:
    """Return operations without the names of the parts of their addresses."""
    return {(method, re.sub(r"{\w+}", "{}", path)) for method, path in operations}


def first_words(method: str, path: str) -> Operations:
    """Return the operations for which this one may be a second word.

    PATCH and POST stand for PUT, what is below a project is there without it as well, and the last
    part of an address may be one that can be left out.
    """
    methods = {method, "PUT"} if method in {"PATCH", "POST"} else {method}
    paths = {path, re.sub(r"^/projects/{}(?=/)", "", path), f"{path}/{{}}"}
    return {(each, place) for each in methods for place in paths}


@pytest.fixture(params=DIALECTS)
def dialect(request: pytest.FixtureRequest) -> Dialect:
    return DIALECTS[request.param]


def test_the_table_of_addresses_is_what_is_mounted(dialect: Dialect) -> None:
    assert sorted(written(dialect) - mounted(dialect)) == [], "written, but not mounted"
    assert sorted(mounted(dialect) - written(dialect)) == [], "mounted, but not written"


@pytest.mark.parametrize("name", [dialect.name for dialect in documented()])
def test_the_description_for_programs_is_what_is_mounted(name: str) -> None:
    dialect = DIALECTS[name]
    answered, told = nameless(mounted(dialect)), nameless(described(dialect))

    assert sorted(told - answered) == [], "described, but not mounted"
    untold = {pair for pair in answered if not told & {pair, *first_words(*pair)}}
    assert sorted(untold) == [], "mounted, but not described"


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
