"""The quick drawing of random inputs yields what hypothesis would, and a difference is told."""

from random import Random

import pytest
from hypothesis import strategies as st

from tests.trust.drawing import drawn
from tests.trust.grammar import Inputs, tried

TREES = st.recursive(
    st.sampled_from("abc"), lambda inner: st.lists(inner, min_size=1, max_size=3), max_leaves=4
)
UNIQUE = st.lists(st.integers(0, 9), unique=True, max_size=9)


def leaves(tree: object) -> list[object]:
    return [leaf for part in tree for leaf in leaves(part)] if isinstance(tree, list) else [tree]


def test_values_are_within_what_the_strategy_says() -> None:
    chance = Random(1)
    trees = [drawn(TREES, chance) for _ in range(300)]
    lists = [drawn(UNIQUE, chance) for _ in range(300)]
    texts = {drawn(st.text(max_size=3), chance) for _ in range(300)}
    assert {len(leaves(tree)) for tree in trees} == {1, 2, 3, 4}
    assert all(len(set(each)) == len(each) for each in lists)
    assert {len(each) for each in lists} == set(range(10))
    assert all(len(each) <= 3 for each in texts)
    assert any(not each.isascii() for each in texts)


def test_strategy_that_is_not_known_is_refused() -> None:
    with pytest.raises(TypeError, match="no drawing from"):
        drawn(st.binary(), Random(1))


def test_difference_behind_the_request_fails_and_is_counted() -> None:
    inputs = Inputs("numbers")

    def behind(number: int) -> None:
        assert number % 10, "ends with 0"

    with pytest.raises(AssertionError, match="ends with 0"):
        tried(inputs, st.integers(0, 1_000), lambda _number: None, behind, short=3, tests=1)
    assert inputs.differences > 0
