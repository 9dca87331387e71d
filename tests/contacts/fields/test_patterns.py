"""Patterns of custom fields: found as `re` finds them, but always soon."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contacts.fields.patterns import MOST_TEXT, PatternError, compiled, is_found

ATOMS = st.sampled_from(
    ["a", "b", ".", r"\d", "[ab]", "[^a]", r"\w", "^", "$", r"\b", "[]a]", r"[\[a]", ""]
)
COUNTS = st.sampled_from(["*", "+", "?", "{2}", "{1,3}", "{,2}", "{1,}", "*?", ""])
PATTERNS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map("".join),
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]}|{pair[1]})"),
        st.tuples(inner, COUNTS).map(lambda pair: f"(?:{pair[0]}){pair[1]}"),
    ),
    max_leaves=8,
)


@settings(max_examples=500, deadline=None)
@given(pattern=PATTERNS, text=st.text(st.sampled_from("ab1_ \n"), max_size=8))
def test_a_pattern_is_found_where_re_finds_it(pattern: str, text: str) -> None:
    assert is_found(pattern, text) == (re.search(pattern, text) is not None)


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|a)*b", "(.*)*x", "(a?){30}a{30}b", ".*.*.*.*x$"])
def test_no_pattern_takes_long(pattern: str) -> None:
    started = time.process_time()
    assert not is_found(pattern, "a" * 1_500 + "!")
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    "pattern",
    [
        "(",
        ")",
        "[",
        "[z-a]",
        "*a",
        "a**",
        "a{3,2}",
        "(?=a)",
        "(?i)a",
        r"\1",
        r"(a)\1",
        "\\",
        "(" * 21 + ")" * 21,
        "((a{100}){100}){100}",
        "a{9999}",
    ],
)
def test_a_pattern_that_is_wrong_or_not_understood_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError):
        compiled(pattern)


def test_a_text_that_is_too_long_is_not_found() -> None:
    assert is_found("a", "a" * MOST_TEXT)
    assert not is_found("a", "a" * (MOST_TEXT + 1))
