"""The fields of e-mails, phones, addresses, websites and messengers as records of their own.

A contact has them as lists (`emails`); here each is one record that belongs to a contact.
"""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from contacts.fields import types
from contacts.fields.contact_channel_fields import (
    ADDRESS_TRAITS,
    EMAIL_TRAITS,
    PHONE_TRAITS,
)
from contacts.fields.declaring import declare
from contacts.fields.field import Field, Traits
from contacts.fields.storage import Column, FoldedColumn, FoldedTrait

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

TEXT = types.TextType()
INTEGER = types.IntegerType()
DECIMAL = types.DecimalType()
YES_NO = types.BooleanType()
OPTION = types.ChoiceType()
CONTACT = types.ContactType()

# The list of a contact, by the kind of its items.
LISTS = {
    "email": "emails",
    "phone": "phones",
    "address": "addresses",
    "website": "websites",
    "messenger": "messengers",
}


def _common(kind: str) -> tuple[Field, ...]:
    return (
        declare(kind, "id", INTEGER, _("Id"), storage=Column("pk"), is_writable=False),
        declare(kind, "contact", CONTACT, _("Contact"), column="contact_id", is_required=True),
        declare(
            kind, "position", INTEGER, _("Position"), storage=Column("position"), is_writable=False
        ),
    )


def _flag(kind: str, key: str, label: "StrOrPromise") -> Field:
    return declare(kind, key, YES_NO, label, column=key)


def _choice(kind: str, key: str, label: "StrOrPromise", list_name: str) -> Field:
    return declare(kind, key, OPTION, label, column=f"{key}_id", list_name=list_name)


def _text(kind: str, key: str, label: "StrOrPromise", max_length: int) -> Field:
    return declare(
        kind, key, TEXT, label, column=key, storage=FoldedColumn(key), max_length=max_length
    )


def _extras(kind: str, traits: Traits) -> tuple[Field, ...]:
    """Return the fields of what is kept among the traits of a row."""
    return tuple(
        declare(
            kind,
            key,
            TEXT,
            key.replace("_", " ").capitalize(),
            storage=FoldedTrait(key),
            max_length=limit,
        )
        for key, limit in traits["extras"].items()
    )


EMAIL_FIELDS = (
    *_common("email"),
    declare(
        "email",
        "address",
        TEXT,
        _("E-mail address"),
        column="address",
        storage=Column("address", key="address_key", is_text=True),
        is_required=True,
        max_length=254,
    ),
    _choice("email", "location", _("Location"), "location_type"),
    _flag("email", "is_primary", _("Primary")),
    _flag("email", "is_on_hold", _("On hold")),
    _flag("email", "is_billing", _("For billing")),
    _flag("email", "is_bulk", _("For bulk mail")),
    *_extras("email", EMAIL_TRAITS),
)

PHONE_FIELDS = (
    *_common("phone"),
    declare(
        "phone",
        "number",
        TEXT,
        _("Phone number"),
        column="number",
        storage=FoldedColumn("number"),
        is_required=True,
        max_length=100,
    ),
    _text("phone", "extension", _("Extension"), 16),
    declare(
        "phone",
        "digits",
        TEXT,
        _("Digits"),
        storage=Column("digits", is_text=True),
        is_writable=False,
    ),
    _choice("phone", "type", _("Type"), "phone_type"),
    _choice("phone", "location", _("Location"), "location_type"),
    _flag("phone", "is_primary", _("Primary")),
    _flag("phone", "is_billing", _("For billing")),
    *_extras("phone", PHONE_TRAITS),
)

ADDRESS_FIELDS = (
    *_common("address"),
    _choice("address", "location", _("Location"), "location_type"),
    _flag("address", "is_primary", _("Primary")),
    _flag("address", "is_billing", _("For billing")),
    _text("address", "street1", _("Street"), 255),
    _text("address", "street2", _("Street, second line"), 255),
    _text("address", "street3", _("Street, third line"), 255),
    _text("address", "city", _("City"), 255),
    _text("address", "region", _("Region"), 255),
    _text("address", "postcode", _("Postcode"), 64),
    _text("address", "po_box", _("PO box"), 64),
    _choice("address", "country", _("Country"), "country"),
    declare("address", "latitude", DECIMAL, _("Latitude"), column="latitude"),
    declare("address", "longitude", DECIMAL, _("Longitude"), column="longitude"),
    *_extras("address", ADDRESS_TRAITS),
)

WEBSITE_FIELDS = (
    *_common("website"),
    declare(
        "website",
        "url",
        TEXT,
        _("Address"),
        column="url",
        storage=FoldedColumn("url"),
        is_required=True,
        max_length=500,
    ),
    _choice("website", "type", _("Type"), "website_type"),
)

MESSENGER_FIELDS = (
    *_common("messenger"),
    declare(
        "messenger",
        "handle",
        TEXT,
        _("Name there"),
        column="handle",
        storage=FoldedColumn("handle"),
        is_required=True,
        max_length=255,
    ),
    _choice("messenger", "service", _("Service"), "messenger_service"),
    _choice("messenger", "location", _("Location"), "location_type"),
    _flag("messenger", "is_primary", _("Primary")),
)

CHANNEL_RECORD_FIELDS: dict[str, tuple[Field, ...]] = {
    "email": EMAIL_FIELDS,
    "phone": PHONE_FIELDS,
    "address": ADDRESS_FIELDS,
    "website": WEBSITE_FIELDS,
    "messenger": MESSENGER_FIELDS,
}
