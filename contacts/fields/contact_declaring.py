"""Declare a built-in field of a contact in a line: types, numbers of keys, shapes of fields."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Choices

from contacts.fields import types
from contacts.fields.field import Choice, Field
from contacts.fields.storage import (
    Column,
    Flags,
    Keys,
    LongText,
    PhoneKeys,
    TypedPhones,
    WholeNames,
)
from contacts.models.contacts import NAME_LENGTH

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

PERSON = frozenset({"person"})
ORGANIZATION = frozenset({"organization"})
HOUSEHOLD = frozenset({"household"})

TEXT = types.TextType()
LONG = types.LongTextType()
DATE = types.DateType()
MOMENT = types.DateTimeType()
YES_NO = types.BooleanType()
INTEGER = types.IntegerType()
DECIMAL = types.DecimalType()
FIXED = types.FixedChoiceType()
OPTION = types.ChoiceType()
USER = types.UserType()
GROUP = types.UserGroupType()
CONTACT = types.ContactType()
COMPANY = types.CompanyType()
CHANNELS = types.ChannelsType()
IDS = types.IdsType()

# Numbers of the comparison keys (`Field.code`). Stored in every row: never reuse one.
CODES = {
    "first_name": 1,
    "middle_name": 2,
    "last_name": 3,
    "nickname": 4,
    "organization_name": 5,
    "household_name": 6,
    "legal_name": 7,
    "job_title": 8,
    "department": 9,
    "company": 10,
    "emails": 11,
    "phones": 12,
    "phone_digits": 13,
    "street1": 14,
    "street2": 15,
    "city": 16,
    "region": 17,
    "postcode": 18,
    "websites": 19,
    "messengers": 20,
    "source": 21,
    "full_address": 22,
    "prefix": 23,
    "suffix": 24,
    "domain": 25,
    "country_text": 26,
    "full_name": 27,
    "listed_name": 28,
    "formal_title": 29,
    "preferred_language": 30,
    "is_deceased": 31,
    "do_not_phone": 32,
    "do_not_email": 33,
    "do_not_mail": 34,
    "do_not_sms": 35,
    "do_not_trade": 36,
    "is_opt_out": 37,
    "no_event_news": 38,
    "no_newsletters": 39,
    # Who has none though nearly all of these kinds have one (`LACKING`): first in its order.
    "no_last_name": 40,
    "po_box": 41,
    # The first letters of it.
    "background": 42,
    # Who is no person and has what persons have: the field (`contacts.fields.personal`).
    "impersonal": 43,
    "no_organization_name": 44,
}
# Texts that whoever is of some kinds has, but for a few.
LACKING = {
    "last_name": ("no_last_name", frozenset({"person", "household"})),
    "organization_name": ("no_organization_name", frozenset({"organization"})),
}


def plain(
    key: str, field_type: types.FieldType, label: "StrOrPromise", **more: Any
) -> Field:  # Field's own keywords
    """Return a field kept in a column, or in the storage that is given."""
    storage = more.pop("storage", None) or Column(more.get("column") or key)
    return Field(key, "contact", field_type, label, storage, **more)


def text(key: str, label: "StrOrPromise", **more: Any) -> Field:  # Field's own keywords
    """Return a field of text that is found whatever its case."""
    more.setdefault("max_length", NAME_LENGTH)
    code = CODES[key]
    keys, (lacking, of_kinds) = more.pop("keys", Keys), LACKING.get(key, ("", frozenset()))
    storage = keys(
        code,
        given=key,
        sort_column=more.pop("sort_column", ""),
        lacking=CODES.get(lacking, 0),
        of_kinds=of_kinds,
    )
    return plain(key, TEXT, label, column=key, storage=storage, code=code, **more)


def long_text(key: str, label: "StrOrPromise", **more: Any) -> Field:  # Field's own keywords
    """Return a field of long text, of whose first letters there is a key."""
    code = CODES[key]
    return plain(
        key,
        LONG,
        label,
        column=key,
        storage=LongText(key, is_beside=True, code=code),
        code=code,
        **more,
    )


def flag(key: str, label: "StrOrPromise", **more: Any) -> Field:  # Field's own keywords
    """Return a field that is yes or no, and yes for few: these have a key."""
    code = CODES[key]
    return plain(key, YES_NO, label, column=key, storage=Flags(code, key), code=code, **more)


def option(
    key: str, label: "StrOrPromise", list_name: str, **more: Any
) -> Field:  # Field's own keywords
    """Return a field that holds one choice of a list."""
    column = f"{key}_id"
    return plain(key, OPTION, label, column=column, list_name=list_name, **more)


def address_part(key: str, label: "StrOrPromise") -> Field:
    """Return a field that only finds: it is written as part of `addresses`."""
    code = CODES[key]
    storage = Keys(code, given=f"addresses__{key}" if key != "full_address" else "")
    return plain(key, TEXT, label, storage=storage, code=code, is_writable=False)


def typed_phone(key: str, label: "StrOrPromise", type_name: str) -> Field:
    """Return a field that only finds: it is written as part of `phones`."""
    any_phone = PhoneKeys(CODES["phones"], digits_code=CODES["phone_digits"])
    return plain(key, TEXT, label, storage=TypedPhones(type_name, any_phone), is_writable=False)


def name_of_parts(key: str, label: "StrOrPromise") -> Field:
    """Return a field that only finds: a name put together from its parts."""
    storage = WholeNames(CODES[key])
    return plain(
        key, TEXT, label, storage=storage, code=CODES[key], is_writable=False, is_sortable=False
    )


def choices_of(enumeration: Iterable[Choices]) -> tuple[Choice, ...]:
    """Return the choices of an enumeration."""
    return tuple(Choice(each.value, each.name.lower(), each.label) for each in enumeration)
