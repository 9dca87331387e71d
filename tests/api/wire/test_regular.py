"""Regular expressions of strangers: what they find, and that none of them takes long."""

import re
import time

import pytest

from api.wire.errors import MalformedError
from api.wire.regular import matches

TEXTS = ("", "a", "ab", "abc", "aab", "Anna Arbor", "x1-22", "a.b", "tab\there", "b]c", "café")
PATTERNS = (
    *("", "a", "^a", "b$", "^$", "a.c", "a\\.b", "a|b", "^(a|b)+$", "(?:ab)?c", "[0-9]+", "[^a-z]"),
    *("a{2}", "a{1,2}b", "^.{2,}$", "\\d-\\d\\d", "\\s", "[]]", "^[[:alpha:]]+$", "a*?b", "(a|)b"),
    *("[a\\-]", "((a)(b))c", "^an+a", "fé$", "x\\d{1}-[2]{2}$"),
)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_finds_what_the_usual_engine_finds(pattern: str) -> None:
    usual = re.compile(pattern.replace("[[:alpha:]]", "[^\\W\\d_]"), re.IGNORECASE)

    assert [matches(pattern, text) for text in TEXTS] == [bool(usual.search(t)) for t in TEXTS]


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|a)*c", ".*.*.*.*x", "(.*)*y"])
def test_hostile_patterns_take_no_time(pattern: str) -> None:
    begun = time.process_time()

    assert not matches(pattern, "a" * 300 + "b")
    assert time.process_time() - begun < 5


@pytest.mark.parametrize(
    "pattern",
    [
        *("(", ")", "a)", "[", "[a", "*", "a{", "a{2", "a{x}", "a{3,2}", "a{999}", "a**"),
        *("\\", "\\1", "(?=a)", "(" * 40, "[[:what:]]", "(a{200}){200}", "(?P<n>a)"),
    ],
)
def test_what_cannot_be_read_is_refused(pattern: str) -> None:
    with pytest.raises(MalformedError):
        matches(pattern, "aaa")
