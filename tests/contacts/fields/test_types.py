"""Types of fields: what they take, what they refuse, how it reads in a document."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contacts.fields import Choice, Field, reference, types
from contacts.fields.contact_fields import CONTACT_FIELDS
from contacts.fields.storage import Column
from contacts.fields.types import CUSTOM_TYPES, FieldType, ValueFaultError
from contacts.index.documents import custom_value
from contacts.models import CustomValue
from contacts.services.custom_values import fill

BUILT_IN = {field.key: field for field in CONTACT_FIELDS}
OPTIONS = (Choice(7, "one", "One"), Choice(12, "12", "Twelve"), Choice(3, "7", "Seven"))

JSON = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(st.characters()),
        st.sampled_from(["1e999999999", "1e-999999999", "NaN", "²", "9" * 5_000, "\x00", "\ud800"]),
    ),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "address", "number", "is_primary", "x"]), inner)
    ),
    max_leaves=6,
)


def field_of(field_type: FieldType, **more: Any) -> Field:
    more.setdefault("choices", OPTIONS if isinstance(field_type, types.ChoiceType) else ())
    return Field("custom_1", "contact", field_type, "Label", Column("x"), custom_id=1, **more)


def refusal_of(field: Field, value: object) -> str:
    with pytest.raises(ValueFaultError) as refused:
        field.type.clean(value, field)
    return refused.value.code


@pytest.mark.django_db
@settings(
    max_examples=400,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(value=JSON, key=st.sampled_from(sorted(BUILT_IN) + sorted(CUSTOM_TYPES)))
def test_whatever_a_client_sends_is_taken_or_refused(value: object, key: str) -> None:
    field = BUILT_IN.get(key) or field_of(CUSTOM_TYPES[key])
    for read in (field.type.clean, field.type.compared):
        try:
            ready = read(value, field)
        except ValueFaultError:
            continue
        # What was taken can be written down: no lone surrogates, no NUL, no giants.
        written = orjson.dumps(ready, default=str)
        assert b"\\u0000" not in written
        assert len(written) <= 10_000


VALUES: dict[str, st.SearchStrategy[Any]] = {
    "text": st.text(max_size=255),
    "long_text": st.text(max_size=2_000),
    "link": st.text(max_size=500),
    "integer": st.integers(-(2**53), 2**53),
    "decimal": st.decimals(-(2**40), 2**40, allow_nan=False, places=4),
    "date": st.dates(),
    "datetime": st.datetimes(datetime(1, 1, 3), datetime(9999, 12, 28), timezones=st.just(UTC)),
    "boolean": st.booleans(),
    "option": st.sampled_from([option.value for option in OPTIONS]),
    "user": st.integers(1, 2**53),
    "contact": st.integers(1, 2**53),
    "company": st.integers(1, 2**53),
    "attachment": st.integers(1, 2**53),
}


def test_every_custom_type_has_values_to_try() -> None:
    assert VALUES.keys() == CUSTOM_TYPES.keys()


@settings(max_examples=300)
@given(data=st.data(), name=st.sampled_from(sorted(CUSTOM_TYPES)))
def test_a_custom_value_comes_back_from_its_row_as_it_was_cleaned(
    data: st.DataObject, name: str
) -> None:
    field = field_of(CUSTOM_TYPES[name])
    cleaned = field.type.clean(data.draw(VALUES[name]), field)
    if cleaned in (None, ""):
        return
    row = CustomValue(field_id=1)
    fill(row, field, cleaned)
    shown = custom_value(row)
    assert shown == field.type.to_document(cleaned)
    assert orjson.loads(orjson.dumps(shown)) == shown
    # Read once more, as a client that sends back what it has read.
    assert field.type.clean(shown, field) == cleaned


@pytest.mark.parametrize("name", sorted(CUSTOM_TYPES))
@pytest.mark.parametrize("blank", [None, "", "  ", "\x00", " \ud800 "])
def test_nothing_and_blanks_clear(name: str, blank: str | None) -> None:
    field = field_of(CUSTOM_TYPES[name])
    assert field.type.clean(blank, field) in (None, "")


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("text", "x" * 256, "too_long"),
        ("text", True, "invalid"),
        pytest.param("text", 10**5_000, "invalid", id="text-giant"),
        ("text", ["a"], "invalid"),
        ("integer", "1.5", "not_an_integer"),
        ("integer", "1_000", "not_a_number"),
        ("integer", 2**53 + 1, "too_large"),
        ("decimal", "NaN", "not_a_number"),
        ("decimal", "-Infinity", "not_a_number"),
        ("decimal", float("nan"), "not_a_number"),
        ("decimal", "sNaN", "not_a_number"),
        ("decimal", True, "not_a_number"),
        ("decimal", "1e999999999", "too_large"),
        ("decimal", "1e-999999999", "too_long"),
        ("decimal", "0." + "1" * 100, "too_long"),
        pytest.param("decimal", 10**5_000, "not_a_number", id="decimal-giant"),
        ("date", "2026-02-30", "not_a_date"),
        ("date", "0000-01-01", "not_a_date"),
        ("date", "10000-01-01", "not_a_date"),
        ("date", 20260101, "not_a_date"),
        ("datetime", "0001-01-01T00:00:00+14:00", "not_a_datetime"),
        ("datetime", "9999-12-31T23:59:59-14:00", "not_a_datetime"),
        ("datetime", "2026-01-01T00:00:00+99:99", "not_a_datetime"),
        ("datetime", "soon", "not_a_datetime"),
        ("boolean", "perhaps", "not_a_boolean"),
        ("boolean", 2, "not_a_boolean"),
        ("option", "Nine", "not_in_list"),
        ("option", "²", "not_in_list"),
        ("option", "9" * 5_000, "not_in_list"),
        ("option", True, "not_in_list"),
        ("contact", 2**63, "unknown"),
        ("contact", -1, "unknown"),
        ("contact", "²", "unknown"),
        ("contact", 1.0, "unknown"),
    ],
)
def test_a_value_that_makes_no_sense_is_refused(name: str, value: object, code: str) -> None:
    assert refusal_of(field_of(CUSTOM_TYPES[name]), value) == code


def test_limits_and_patterns_of_a_field_bind_its_texts() -> None:
    field = field_of(types.TextType(), min_length=2, max_length=4, pattern="^[A-Z]+$")
    assert field.type.clean("ABC", field) == "ABC"
    assert refusal_of(field, "A") == "too_short"
    assert refusal_of(field, "ABCDE") == "too_long"
    assert refusal_of(field, "abc") == "pattern"
    # A filter may ask for what could not be stored.
    assert field.type.compared("a", field) == "a"


def test_a_pattern_that_was_never_checked_binds_nobody() -> None:
    """An invalid pattern in the table once failed every write of the field."""
    field = field_of(types.TextType(), pattern="(")
    assert field.type.clean("anything", field) == "anything"


def test_a_pattern_bounds_the_text_it_is_tried_on() -> None:
    field = field_of(types.LongTextType(), pattern="(a+)+$")
    assert refusal_of(field, "a" * 3_000) == "too_long"


@pytest.mark.parametrize(
    ("value", "stored"),
    [(7, 7), ("7", 3), ("One", 7), ("ONE", 7), ("one", 7), ("12", 12), (" Twelve ", 12), ("3", 3)],
)
def test_a_choice_is_named_by_label_name_or_number(value: object, stored: int) -> None:
    field = field_of(types.ChoiceType())
    assert field.type.clean(value, field) == stored


def test_a_number_keeps_the_digits_that_were_written() -> None:
    field = field_of(types.DecimalType())
    assert field.type.to_document(field.type.clean("3.50", field)) == "3.50"
    assert field.type.to_document(field.type.clean("1e3", field)) == "1000"
    money = BUILT_IN["balance"]
    assert money.type.clean("3.505", money) == Decimal("3.50")


def test_a_moment_without_an_offset_is_in_the_current_zone_and_written_in_utc() -> None:
    field = field_of(types.DateTimeType())
    moment = field.type.clean("2026-01-02T03:04:05+02:00", field)
    assert moment == datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone(timedelta(hours=2)))
    assert field.type.to_document(moment) == "2026-01-02T01:04:05.000000Z"
    early = datetime(987, 6, 5, tzinfo=UTC)
    assert types.written_moment(early) == "0987-06-05T00:00:00.000000Z"
    assert types.read_moment(types.written_moment(early)) == early
    assert field.type.clean(date(2026, 1, 2), field)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("emails", [{"address": "a" * 255}], "too_long"),
        ("emails", [5], "invalid"),
        ("emails", b"a@x.org", "invalid"),
        ("emails", [{"id": "²", "address": "a"}], "unknown"),
        ("emails", [{"id": 1}, {"id": 1}], "invalid"),
        ("emails", ["a@x.org"] * 201, "too_large"),
        ("emails", [{"address": "a", "is_primary": "perhaps"}], "not_a_boolean"),
        ("emails", [{"address": "a", "location": "the moon"}], "not_in_list"),
        ("emails", [{"address": "a", "location": ["home"]}], "not_in_list"),
        ("addresses", [{"city": "Rome", "country_id": [1]}], "unknown"),
        ("addresses", [{"city": "Rome", "country_id": 999_999}], "unknown"),
        ("addresses", [{"city": "Rome", "latitude": "NaN"}], "not_a_number"),
        ("addresses", [{"city": "Rome", "latitude": 91}], "too_large"),
        ("tags", [2**63], "invalid"),
        ("tags", [True], "invalid"),
        ("tags", ["x" * 256], "too_long"),
        ("projects", [2**63], "unknown"),
        ("projects", ["²"], "unknown"),
        ("companies", list(range(1, 1_002)), "too_large"),
    ],
)
def test_lists_are_checked_to_the_last_detail(key: str, value: object, code: str) -> None:
    assert refusal_of(BUILT_IN[key], value) == code


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["Home", "home", "HOME"])
def test_a_channel_names_its_options_in_any_way(name: str) -> None:
    field = BUILT_IN["emails"]
    (item,) = field.type.clean([{"address": " a@x.org ", "location": name}], field)  # type: ignore[misc]  # a tuple of one
    (same,) = field.type.clean([{"id": "5", "location_id": item["location_id"]}], field)  # type: ignore[misc]  # the same
    assert item["address"] == "a@x.org"
    assert same == {"id": 5, "location_id": item["location_id"]}


@pytest.mark.django_db
def test_a_channel_of_nothing_is_no_channel_but_a_country_alone_is_an_address() -> None:
    emails, addresses = BUILT_IN["emails"], BUILT_IN["addresses"]
    assert emails.type.clean(["", {}, {"address": None}, {"is_primary": True}], emails) == ()
    country = next(iter(reference.countries().by_id))
    assert addresses.type.clean([{"country_id": country}], addresses) == ({"country_id": country},)
