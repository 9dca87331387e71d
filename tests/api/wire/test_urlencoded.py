"""Form text: order, charsets, bounds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.wire.errors import LimitError, MalformedError
from api.wire.urlencoded import read_fields, write_fields

WORDS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))


@given(st.lists(st.tuples(WORDS.filter(lambda name: name != "_charset_"), WORDS)))
def test_printed_fields_are_read_back_in_the_same_order(fields: list[tuple[str, str]]) -> None:
    fields = [pair for pair in fields if pair != ("", "")]
    assert read_fields(write_fields(fields).encode()) == fields


def test_order_is_kept_across_names() -> None:
    assert read_fields(b"b=1&a=2&b=3") == [("b", "1"), ("a", "2"), ("b", "3")]


def test_semicolon_and_equals_sign_belong_to_the_value() -> None:
    assert read_fields(b"search_fields=email:like;phones.number:=") == [
        ("search_fields", "email:like;phones.number:=")
    ]


def test_a_plus_is_a_blank_and_an_escaped_plus_is_a_plus() -> None:
    assert read_fields(b"q=+4020%2B1") == [("q", " 4020+1")]


def test_a_name_without_value_is_empty_text_and_a_bad_escape_stays() -> None:
    assert read_fields(b"a&b=%zz&&") == [("a", ""), ("b", "%zz")]


def test_charset_field_names_the_character_set_of_all_fields() -> None:
    assert read_fields(b"name=%CF%E5%F2%F0&_charset_=windows-1251")[0] == ("name", "Петр")


def test_charset_of_the_header_is_used() -> None:
    assert read_fields(b"name=%E9", charset="iso-8859-1") == [("name", "é")]


@pytest.mark.parametrize("charset", ["punycode", "unicode_escape", "utf-7", "rot13", "x" * 99, "é"])
def test_codecs_that_are_no_character_sets_of_forms_are_refused(charset: str) -> None:
    with pytest.raises(MalformedError):
        read_fields(b"a=1", charset=charset)


def test_broken_utf8_is_refused_not_replaced() -> None:
    with pytest.raises(MalformedError, match="utf-8"):
        read_fields(b"a=%C3%28")


@pytest.mark.parametrize("raw", [b"a=x%00y", b"a=x\0y", b"a%00=xy"])
def test_nul_is_refused_or_taken_out(raw: bytes) -> None:
    with pytest.raises(MalformedError, match="NUL"):
        read_fields(raw)
    assert read_fields(raw, drop_nul=True) == [("a", "xy")]


def test_number_of_fields_is_bounded() -> None:
    with pytest.raises(LimitError):
        read_fields(b"a=1&" * 11, max_fields=10)
    assert len(read_fields(b"a=1&" * 9, max_fields=10)) == 9
