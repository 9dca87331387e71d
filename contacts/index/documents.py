"""The canonical document of a contact: a JSON object that every read is answered from.

Keys are field keys; references are ids (`owner_id`), moments are UTC text with microseconds,
decimals are text. Empty values are left out: a missing key means empty.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from itertools import compress
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple

from contacts.fields.types import written_moment
from contacts.index.facts import facts_document
from contacts.index.parts import ContactParts
from contacts.models import (
    Contact,
    CustomValue,
    EmailAddress,
    Membership,
    Messenger,
    Phone,
    PostalAddress,
    Website,
)
from contacts.models.custom_fields import TypedValue

Document = dict[str, object]

# Where nothing and zero are two things; a balance of zero is no balance.
COUNTS = ("employee_count", "annual_revenue")

# Attributes of the row that stand in the document under their own names.
PLAIN = (
    "id",
    "kind",
    "stage",
    "prefix",
    "first_name",
    "middle_name",
    "last_name",
    "suffix",
    "formal_title",
    "nickname",
    "organization_name",
    "legal_name",
    "household_name",
    "display_name",
    "sort_name",
    "job_title",
    "department",
    "company",
    "employer_id",
    "reports_to_id",
    "birthday",
    "is_deceased",
    "deceased_on",
    "gender_id",
    "background",
    "avatar_id",
    "preferred_language",
    "preferred_channels",
    "owner_id",
    "owner_group_id",
    "owner_assigned_at",
    "author_id",
    "editor_id",
    "created_at",
    "updated_at",
    "archived_at",
    "lead_source_id",
    "source",
    "entry_channel",
    "external_identifier",
    "do_not_phone",
    "do_not_email",
    "do_not_mail",
    "do_not_sms",
    "do_not_trade",
    "is_opt_out",
    "no_event_news",
    "no_newsletters",
    "balance",
    "total_donated",
    "domain",
    "industry_id",
    "parent_id",
)

_held_of, _asked_of = itemgetter(*PLAIN), attrgetter(*PLAIN)
_AS_JSON = frozenset({str, int, bool})

# Ids that stand in the document as they are, with the parts that hold them.
LINKS = (
    ("tags", "tag_ids"),
    ("groups", "group_ids"),
    ("projects", "project_ids"),
    ("companies", "company_ids"),
    ("followers", "follower_ids"),
)

# Of a membership: the key in the contact's document, and the attribute of the row.
MEMBERSHIP = {
    "membership_level_id": "level_id",
    "membership_status": "status",
    "member_since": "since",
    "renewal_due": "renewal_due",
    "is_membership_enabled": "is_enabled",
    "hides_profile": "hides_profile",
    "bundle_id": "bundle_id",
    "member_role": "role",
    "level_changed_at": "level_changed_at",
    "renewal_changed_at": "renewal_changed_at",
}


def document_of(parts: ContactParts) -> Document:
    """Return the document of one contact."""
    contact = parts.contact
    held = _plain_of(contact)
    document: Document = {
        name: value if type(value) in _AS_JSON else plain(value)
        for name, value in compress(zip(PLAIN, held, strict=True), held)
    }
    document |= {
        name: plain(count) for name in COUNTS if (count := getattr(contact, name)) is not None
    }
    document["visibility"] = contact.visibility
    for key, told in LISTS:
        if rows := getattr(parts, key):
            document[key] = [told(row) for row in rows]
    for key, name in LINKS:
        if ids := getattr(parts, name):
            document[key] = list(ids)
    if parts.custom:
        document["custom"] = custom_values(parts.custom)
    if parts.membership is not None:
        document.update(_membership(parts.membership))
    if parts.facts:
        document.update(facts_document("contact", ((row.code, row.given) for row in parts.facts)))
    return document


def _plain_of(contact: Contact) -> tuple[object, ...]:
    """Return the plain columns of a row, asked for only where it was read without some."""
    try:
        return _held_of(contact.__dict__)
    except KeyError:
        return _asked_of(contact)


def plain(value: object) -> object:
    """Return a column's value as JSON holds it."""
    if isinstance(value, datetime):
        return _written(value, value.fold)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    return value


@lru_cache(maxsize=64)
def _written(moment: datetime, _fold: int) -> str:
    """Return a moment as text: rows that are made together share theirs.

    Of the two hours that a clock shows twice one equals the other but for its `fold`.
    """
    return written_moment(moment)


def custom_values(rows: list[CustomValue]) -> dict[str, object]:
    """Return the custom values by field id (as text); a list where the field has several."""
    values: dict[str, object] = {}
    for row in rows:
        key = str(row.field_id)
        value = custom_value(row)
        known = values.get(key)
        if known is None:
            values[key] = value
        elif isinstance(known, list):
            known.append(value)
        else:
            values[key] = [known, value]
    return values


def custom_value(row: TypedValue) -> object:
    """Return one value: the id of a choice, a number, a yes/no, or text as given."""
    if row.option_id is not None:
        return row.option_id
    if row.given in ("true", "false") and row.number is not None:
        return bool(row.number)
    if row.given == "" and row.number is not None:
        return int(row.number)
    return row.given


def _filled(values: Mapping[str, object]) -> Document:
    return {key: value for key, value in values.items() if value not in ("", None, False)}


def _membership(row: Membership) -> Document:
    return _filled({key: plain(getattr(row, name)) for key, name in MEMBERSHIP.items()})


class _Told(NamedTuple):
    """The attributes of a row that stand in the document of its contact, all read at once."""

    names: tuple[str, ...]
    values_of: Callable[[object], tuple[object, ...]]


def _told(*names: str) -> _Told:
    return _Told(names, attrgetter(*names))


_EMAIL = _told("id", "address", "location_id", "is_primary", "is_on_hold", "is_billing", "is_bulk")
_PHONE = _told("id", "number", "extension", "type_id", "location_id", "is_primary", "is_billing")
_ADDRESS = _told(
    "id",
    "street1",
    "street2",
    "street3",
    "city",
    "region",
    "postcode",
    "po_box",
    "country_id",
    "country_text",
    "location_id",
    "is_primary",
    "is_billing",
    "latitude",
    "longitude",
)
_WEBSITE = _told("id", "url", "type_id")
_MESSENGER = _told("id", "handle", "service_id", "location_id", "is_primary")


def _row_document(row: object, told: _Told) -> Document:
    """Return what is told of a row, without what is blank, no or zero."""
    values = told.values_of(row)
    return dict(compress(zip(told.names, values, strict=True), values))


def _with_traits(row: EmailAddress | Phone | PostalAddress, told: _Told) -> Document:
    document = _row_document(row, told)
    return {**document, **_filled(row.traits)} if row.traits else document


def email_document(row: EmailAddress) -> Document:
    """Return one as it stands in the document of its contact."""
    return _with_traits(row, _EMAIL)


def phone_document(row: Phone) -> Document:
    """Return one as it stands in the document of its contact."""
    return _with_traits(row, _PHONE)


def address_document(row: PostalAddress) -> Document:
    """Return one as it stands in the document of its contact."""
    return _with_traits(row, _ADDRESS)


def website_document(row: Website) -> Document:
    """Return one as it stands in the document of its contact."""
    return _row_document(row, _WEBSITE)


def messenger_document(row: Messenger) -> Document:
    """Return one as it stands in the document of its contact."""
    return _row_document(row, _MESSENGER)


# Rows that stand in the document, with what is told of each.
LISTS: tuple[tuple[str, Callable[[Any], Document]], ...] = (
    ("emails", email_document),
    ("phones", phone_document),
    ("addresses", address_document),
    ("websites", website_document),
    ("messengers", messenger_document),
)
