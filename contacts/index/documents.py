"""The canonical document of a contact: a JSON object that every read is answered from.

Keys are field keys; references are ids (`owner_id`), moments are UTC text with microseconds,
decimals are text. Empty values are left out: a missing key means empty.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter, itemgetter
from typing import Any

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
ZERO_COUNTS = frozenset({"employee_count", "annual_revenue"})

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
    "employee_count",
    "annual_revenue",
)

_held_of, _asked_of = itemgetter(*PLAIN), attrgetter(*PLAIN)
_PLAIN = frozenset(PLAIN)
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
    document: Document = {
        name: value if type(value) in _AS_JSON else plain(value)
        for name, value in zip(PLAIN, _plain_of(contact), strict=True)
        if value or (value == 0 and name in ZERO_COUNTS)
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
    held = contact.__dict__
    return _held_of(held) if held.keys() >= _PLAIN else _asked_of(contact)


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


def email_document(row: EmailAddress) -> Document:
    """Return one as it stands in the document of its contact."""
    return _filled(
        {
            "id": row.id,
            "address": row.address,
            "location_id": row.location_id,
            "is_primary": row.is_primary,
            "is_on_hold": row.is_on_hold,
            "is_billing": row.is_billing,
            "is_bulk": row.is_bulk,
            **row.traits,
        }
    )


def phone_document(row: Phone) -> Document:
    """Return one as it stands in the document of its contact."""
    return _filled(
        {
            "id": row.id,
            "number": row.number,
            "extension": row.extension,
            "type_id": row.type_id,
            "location_id": row.location_id,
            "is_primary": row.is_primary,
            "is_billing": row.is_billing,
            **row.traits,
        }
    )


def address_document(row: PostalAddress) -> Document:
    """Return one as it stands in the document of its contact."""
    return _filled(
        {
            "id": row.id,
            "street1": row.street1,
            "street2": row.street2,
            "street3": row.street3,
            "city": row.city,
            "region": row.region,
            "postcode": row.postcode,
            "po_box": row.po_box,
            "country_id": row.country_id,
            "country_text": row.country_text,
            "location_id": row.location_id,
            "is_primary": row.is_primary,
            "is_billing": row.is_billing,
            "latitude": row.latitude,
            "longitude": row.longitude,
            **row.traits,
        }
    )


def website_document(row: Website) -> Document:
    """Return one as it stands in the document of its contact."""
    return _filled({"id": row.id, "url": row.url, "type_id": row.type_id})


def messenger_document(row: Messenger) -> Document:
    """Return one as it stands in the document of its contact."""
    return _filled(
        {
            "id": row.id,
            "handle": row.handle,
            "service_id": row.service_id,
            "location_id": row.location_id,
            "is_primary": row.is_primary,
        }
    )


# Rows that stand in the document, with what is told of each.
LISTS: tuple[tuple[str, Callable[[Any], Document]], ...] = (
    ("emails", email_document),
    ("phones", phone_document),
    ("addresses", address_document),
    ("websites", website_document),
    ("messengers", messenger_document),
)
