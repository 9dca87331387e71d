"""Text as it is stored, and the keys by which it is found."""

import unicodedata

import phonenumbers
import pytest
from django.db import connection
from django.db.models import Value
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from contacts.fields.storage.lookups import Folded, escaped, glob_of
from contacts.fields.text import (
    KEY_LENGTH,
    digits_of,
    e164_of,
    fold,
    folding_tables,
    key_of,
    normalise,
    words_of,
)
from contacts.index import EMPLOYEE_OF
from contacts.models import RelationshipType

ANYTHING = st.text(st.characters(), max_size=40)


@given(ANYTHING)
def test_what_is_stored_can_be_encoded_and_is_composed(text: str) -> None:
    stored = normalise(text + "\x00\ud800e\u0301")
    assert stored.encode()
    assert "\x00" not in stored
    assert unicodedata.is_normalized("NFC", stored)
    assert stored.endswith("é")


@given(ANYTHING)
def test_a_key_is_its_own_key_and_ignores_case(text: str) -> None:
    key = fold(text)
    assert fold(key) == key
    assert fold(text.swapcase().swapcase()) == fold(text.swapcase().swapcase().casefold())
    assert key == key.strip()
    assert len(key_of(text * 20)) <= KEY_LENGTH


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Straße", "STRASSE"),
        ("ﬁnance", "Finance"),
        ("İstanbul", "istanbul"),
        ("Ёлка", "елка"),
        ("Γιώργος", "ΓΙΩΡΓΟΣ"),
        ("José", "Jose\u0301"),
        ("Ａｃｍｅ", "acme"),
        ("Tom \t\u00a0 Smith", "tom smith"),
        ("a\x00b\ud800", "AB"),
    ],
)
def test_spellings_of_one_word_have_one_key(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_a_letter_that_is_another_letter_stays_another() -> None:
    """The dotless i of Turkish is no accent on an i: folding it would join different words."""
    assert fold("ı") != fold("i")
    assert fold("ø") != fold("o")


@pytest.mark.parametrize(
    ("number", "digits"),
    [("+7 (495) 111-22", "749511122"), ("٠١٢", "012"), ("１２", "12"), ("x²", "2"), ("no", "")],
)
def test_digits_of_any_script_are_found_as_digits(number: str, digits: str) -> None:
    assert digits_of(number) == digits


@pytest.mark.parametrize(
    ("number", "written"),
    [("+1 212 555-0101", "+12125550101"), ("212 555", ""), ("1" * 400, ""), ("", "")],
)
def test_a_number_that_does_not_parse_has_no_international_form(number: str, written: str) -> None:
    assert e164_of(number) == written


@given(
    st.sampled_from(["", "1", "7", "39", "44", "49", "52", "54", "55", "878", "999"]),
    st.sampled_from(["", "0", "00", "1", "01", "8", "15"]),
    st.lists(st.sampled_from("0123456789"), max_size=18),
    st.sampled_from(["", " ", "-", ".", " (", ") ", "/", "x", " ext 1", ";"]),
)
@example("1", "", list("5550000001"), " ")
@example("44", "0", list("2079460018"), " (")
@example("39", "00", [], "")
def test_a_number_written_out_has_the_form_that_parsing_gives(
    code: str, first: str, digits: list[str], between: str
) -> None:
    number = f"+{code} {first}{between.join(digits)}"
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        expected = ""
    else:
        expected = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    assert e164_of(number) == (expected if len(expected) <= 20 else "")


def test_words_of_a_search_are_folded() -> None:
    assert words_of("  Ünï\x00 CODE\n") == ["uni", "code"]


@pytest.mark.django_db
@settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@example(
    ["".join(map(chr, range(1, 128))), " A\tB \x1c c\n", "", "Ёлка ŁÓDŹ Straße\u2003Ωώ", "李 Ёß"]
)
@example(["".join(map(chr, range(0x80, 0x530))), "".join(map(chr, range(0x2000, 0x2070)))])
@given(st.lists(ANYTHING, min_size=1, max_size=30))
def test_a_database_that_folds_by_itself_folds_alike(texts: list[str]) -> None:
    asked = {f"t{number}": Folded(Value(normalise(text))) for number, text in enumerate(texts)}
    one = RelationshipType.objects.filter(name_a_b=EMPLOYEE_OF)
    assert list(one.annotate(**asked).values_list(*asked)) == [tuple(fold(each) for each in texts)]


def test_no_step_of_folding_changes_what_another_one_has_made() -> None:
    """PostgreSQL folds the letters of Europe, all others and those that become two in turn."""
    listed, changed, longer = folding_tables()
    made = {*changed, *(char for _from, to in longer for char in to)}
    assert made.isdisjoint({*listed, *dict(longer)})


def test_the_tables_for_databases_pair_every_changed_letter() -> None:
    listed, changed, longer = folding_tables()
    assert len(set(listed)) == len(listed) > len(changed)
    assert dict(zip(listed, changed, strict=False))["Ж"] == "ж"
    assert dict(longer)["ß"] == "ss"


@pytest.mark.parametrize(
    ("pattern", "glob"),
    [("a%b_", "a*b?"), (r"50\%", "50%"), ("a*?[", "a[*][?][[]"), (r"\\", "\\"), ("x\\", "x\\")],
)
def test_a_pattern_means_the_same_to_sqlite(pattern: str, glob: str) -> None:
    assert glob_of(pattern) == glob


@pytest.mark.django_db
@settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.text(st.sampled_from("aA%_\\*?[]^ é"), max_size=8))
def test_an_escaped_text_finds_exactly_itself(text: str) -> None:
    found, other = _like(text, escaped(text)), _like(f"{text}x", escaped(text))
    assert (found, other) == (True, False)


def _like(text: str, pattern: str) -> bool:
    sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        operator, ready = ("GLOB", glob_of(pattern)) if sqlite else ("LIKE", pattern)
        cursor.execute(f"SELECT %s {operator} %s", [text, ready])
        return bool(cursor.fetchone()[0])
