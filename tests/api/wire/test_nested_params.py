"""Bracketed names in the two grammars."""

import time
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.wire.errors import LimitError
from api.wire.nested_params import (
    ConflictingParamsError,
    Params,
    flat_fields,
    php_params,
    rails_params,
    split_name,
)
from api.wire.urlencoded import read_fields

KEYS = st.text("abcxyz_", min_size=1, max_size=4)


def rails(text: str) -> Params[str]:
    return rails_params(read_fields(text.encode()))


def php(text: str) -> Params[str]:
    return php_params(read_fields(text.encode()))


@pytest.mark.parametrize(
    ("text", "params"),
    [
        ("a=1&b=2", {"a": "1", "b": "2"}),
        ("a=1&a=2", {"a": "2"}),
        ("a[b]=1&a[c][d]=2", {"a": {"b": "1", "c": {"d": "2"}}}),
        ("a[]=1&a[]=2", {"a": ["1", "2"]}),
        ("a[][k]=1&a[][l]=2&a[][k]=3", {"a": [{"k": "1", "l": "2"}, {"k": "3"}]}),
        (
            "a[][k][x]=1&a[][k][y]=2&a[][k][x]=3",
            {"a": [{"k": {"x": "1", "y": "2"}}, {"k": {"x": "3"}}]},
        ),
        ("a[][v][]=1&a[][v][]=2", {"a": [{"v": ["1", "2"]}]}),
        ("a[][]=1&a[][]=2", {"a": [["1"], ["2"]]}),
        ("v[first_name][]=tom&v[first_name][]=ann", {"v": {"first_name": ["tom", "ann"]}}),
        ("c[values][6][]=a&c[values][6][]=b", {"c": {"values": {"6": ["a", "b"]}}}),
        ("a[0][k]=1", {"a": {"0": {"k": "1"}}}),
        ("a[b=1", {"a[b": "1"}),
        ("[a]=1", {"[a]": "1"}),
        ("=1&x=2", {"x": "2"}),
    ],
)
def test_rails_grammar(text: str, params: dict[str, object]) -> None:
    assert rails(text) == params


def test_the_form_of_the_seed_gives_pairs_of_id_and_value() -> None:
    assert rails(
        "contact[custom_fields][][id]=1&contact[custom_fields][][value]=GPL"
        "&contact[custom_fields][][id]=4&contact[custom_fields][][value]=7"
    ) == {"contact": {"custom_fields": [{"id": "1", "value": "GPL"}, {"id": "4", "value": "7"}]}}


@pytest.mark.parametrize(
    "text", ["a=1&a[b]=2", "a[b]=2&a=1", "a[]=1&a[b]=2", "a[b]=1&a[]=2", "a=1&a[]=2"]
)
def test_rails_refuses_a_name_used_as_two_kinds_of_value(text: str) -> None:
    with pytest.raises(ConflictingParamsError) as caught:
        rails(text)
    assert caught.value.name == "a"


@pytest.mark.parametrize(
    ("text", "params"),
    [
        ("a[b]=1&a[c][d]=2", {"a": {"b": "1", "c": {"d": "2"}}}),
        ("a[]=1&a[]=2", {"a": ["1", "2"]}),
        (
            "p[0][number]=1&p[0][type]=work&p[1][number]=2",
            {"p": [{"number": "1", "type": "work"}, {"number": "2"}]},
        ),
        ("a[5]=x&a[]=y", {"a": {"5": "x", "6": "y"}}),
        ("a[1]=x&a[0]=y", {"a": {"1": "x", "0": "y"}}),
        ("a[7]=x&a[1]=y&a[]=z", {"a": {"7": "x", "1": "y", "8": "z"}}),
        ("a[01]=x&a[]=y", {"a": {"01": "x", "0": "y"}}),
        (
            "first_name[LIKE]=Al%25&return[]=a&return[]=b",
            {"first_name": {"LIKE": "Al%"}, "return": ["a", "b"]},
        ),
        ("api.Email.get[return]=email", {"api.Email.get": {"return": "email"}}),
        ("a=1&a[b]=2", {"a": {"b": "2"}}),
        ("a[b]=2&a=1", {"a": "1"}),
        ("a[][k]=1&a[][l]=2", {"a": [{"k": "1"}, {"l": "2"}]}),
        (" a=1", {"a": "1"}),
        ("0=x", {"0": "x"}),
    ],
)
def test_php_grammar(text: str, params: dict[str, object]) -> None:
    assert php(text) == params


@pytest.mark.parametrize("read", [rails_params, php_params])
def test_depth_is_bounded(read: Callable[..., object]) -> None:
    name = "a" + "[b]" * 99
    assert read([(name, "1")])
    with pytest.raises(LimitError):
        read([(name + "[b]", "1")])
    with pytest.raises(LimitError):
        read([("a" + "[]" * 100, "1")])


@pytest.mark.parametrize("first", ["a[5]", "a[0]", "a[x]"])
def test_ten_thousand_items_take_no_quadratic_time(first: str) -> None:
    fields = [(first, "x")] + [("a[]", "x")] * 10_000
    started = time.process_time()
    php_params(fields)
    assert time.process_time() - started < 1


def test_values_of_any_kind_pass_through() -> None:
    file = object()
    assert rails_params([("a[file]", file)])["a"] == {"file": file}


PHP_TREES = st.dictionaries(
    KEYS,
    st.recursive(
        st.text(),
        lambda inner: (
            st.lists(inner, min_size=1, max_size=4)
            | st.dictionaries(KEYS, inner, min_size=1, max_size=4)
        ),
        max_leaves=12,
    ),
)


@given(PHP_TREES)
def test_any_tree_survives_printing_and_reading_as_php(tree: Params[str]) -> None:
    assert php_params(flat_fields(tree, numbered=True)) == tree


RAILS_TREES = st.dictionaries(
    KEYS,
    st.recursive(
        st.text(),
        lambda inner: st.dictionaries(KEYS, inner, min_size=1, max_size=4),
        max_leaves=12,
    )
    | st.lists(st.text(), min_size=1)
    | st.lists(st.fixed_dictionaries({"id": st.text(), "value": st.text()}), min_size=1),
)


@given(RAILS_TREES)
def test_hashes_and_lists_of_pairs_survive_printing_and_reading_as_rails(tree: Params[str]) -> None:
    assert rails_params(flat_fields(tree)) == tree


@given(st.lists(st.tuples(st.text("ab[]", max_size=12), st.text(max_size=2)), max_size=12))
def test_no_spelling_of_brackets_breaks_the_readers(fields: list[tuple[str, str]]) -> None:
    php_params(fields)
    with suppress(ConflictingParamsError):
        rails_params(fields)


def test_split_name_shows_appending_as_none() -> None:
    assert split_name("a[b][][c]") == ["a", "b", None, "c"]
