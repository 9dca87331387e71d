"""JSON: bounds and faults."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.wire.errors import LimitError, MalformedError
from api.wire.json_text import read_json, write_json

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    lambda inner: st.lists(inner) | st.dictionaries(st.text("abc\\u"), inner),
    max_leaves=20,
)


@given(VALUES, st.booleans())
def test_any_value_survives_printing_and_reading(value: object, indent: bool) -> None:
    assert read_json(write_json(value, indent=indent)) == value


def test_answers_are_compact_utf8() -> None:
    assert write_json({"a": ["Ж/", None]}) == '{"a":["Ж/",null]}'.encode()


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"{'a':1}",
        b'{"a":1,}',
        b"NaN",
        b"[Infinity]",
        b'"\xff"',
        b'"\\ud800"',
        b"\0",
        b'"\0"',
    ],
)
def test_what_is_not_json_is_refused(raw: bytes) -> None:
    with pytest.raises(MalformedError):
        read_json(raw)


def test_the_place_of_the_fault_is_told() -> None:
    with pytest.raises(MalformedError) as caught:
        read_json(b'{"a":?}')
    assert caught.value.position == 5


def test_the_last_of_two_equal_keys_counts() -> None:
    assert read_json(b'{"a":1,"a":2}') == {"a": 2}


def test_a_byte_order_mark_and_other_encodings_are_read() -> None:
    assert read_json(b'\xef\xbb\xbf{"a":1}') == {"a": 1}
    assert read_json('["Ж"]'.encode("utf-16"), charset="utf-16") == ["Ж"]


def test_depth_is_bounded() -> None:
    assert read_json(b"[" * 100 + b"]" * 100)
    with pytest.raises(LimitError):
        read_json(b"[" * 101 + b"]" * 101)
    with pytest.raises((LimitError, MalformedError)):
        read_json(b'{"a":' * 100_000)


def test_many_shallow_lists_are_not_deep() -> None:
    assert len(read_json(b"[" + b"[],{}," * 500 + b"1]")) == 1001


@pytest.mark.parametrize("raw", [b'{"a":["x\\u0000y"]}', b'{"a\\u0000":["xy"]}'])
def test_nul_is_refused_or_taken_out(raw: bytes) -> None:
    with pytest.raises(MalformedError, match="NUL"):
        read_json(raw)
    assert read_json(raw, drop_nul=True) == {"a": ["xy"]}


def test_an_escaped_backslash_before_u0000_is_no_nul() -> None:
    assert read_json(b'["\\\\u0000"]') == ["\\u0000"]
