"""The fields of a web form, and how what a visitor gave becomes the values of a contact.

A form stores its fields as dicts; a field that has since left the catalogue is passed over. The
parts of an address are fields of their own here, since a visitor fills in one address at most.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from contacts.access import form_actor
from contacts.errors import Fault
from contacts.fields import Field, catalogue
from contacts.models import WebForm
from contacts.services.form_askable import CONTACT, FILES, TEXT, find_askable, record_of
from contacts.services.form_texts import main_texts, plain, texts_of

# A part of an address, with the names by which an address may give it.
ADDRESS_PARTS: dict[str, tuple[str, ...]] = {
    "street1": ("street1",),
    "street2": ("street2",),
    "city": ("city",),
    "region": ("region",),
    "postcode": ("postcode",),
    "country": ("country", "country_id", "country_text"),
}
# A contact has at least one of these, so every form asks for one.
NAMING = (
    "first_name",
    "last_name",
    "middle_name",
    "nickname",
    "organization_name",
    "household_name",
    "company",
    "emails",
    "phones",
)
CHANNELS = {
    "emails": ("address", "location", "location_id"),
    "phones": ("number", "extension", "type", "type_id", "location", "location_id"),
    "websites": ("url", "type", "type_id"),
    "messengers": ("handle", "service", "service_id"),
}
E_MAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+")

Values = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of a form: the catalogue's field and what this form says about it.

    `record` is what the field is about, `name` what senders call it where it is not its key.
    """

    field: Field
    record: str = CONTACT
    name: str = ""
    label: str = ""
    help: str = ""
    is_required: bool = False
    default: str = ""
    is_hidden: bool = False
    width: str = "full"

    @property
    def key(self) -> str:
        """Return the key by which the form knows the field."""
        return self.field.key if self.record == CONTACT else f"{self.record}.{self.field.key}"

    @property
    def is_text(self) -> bool:
        """Tell whether it is a paragraph, which nobody answers."""
        return self.record == CONTACT and self.field.key == TEXT

    @property
    def takes_files(self) -> bool:
        """Tell whether it takes files, any number of them."""
        return self.field.key == FILES


def form_fields(form: WebForm) -> list[FormField]:
    """Return the fields of a form in order, without those that the catalogue no longer has."""
    actor = form_actor(form)
    return [
        FormField(
            field,
            record=record_of(str(said["key"]))[0],
            name=str(said.get("name") or ""),
            label=str(said.get("label") or ""),
            help=str(said.get("help") or ""),
            is_required=bool(said.get("is_required")) or _needs(said, field),
            default=str(said.get("default") or ""),
            is_hidden=bool(said.get("is_hidden")),
            width=str(said.get("width") or "full"),
        )
        for said in form.fields
        if (said.get("key") != "avatar" or form.allows_files)
        and (field := find_askable(actor, str(said.get("key", "")))) is not None
    ]


def _needs(said: Values, field: Field) -> bool:
    """Tell whether the catalogue asks for a field; companies and deals are named if need be."""
    return field.is_required and record_of(str(said["key"]))[0] == CONTACT


def prepare(
    form: WebForm, values: Values, *, is_stored: bool = False
) -> tuple[dict[str, object], list[Fault]]:
    """Return the values by key of the form, and what this form finds wrong with them.

    Values of fields that the form does not have are dropped; hidden fields have the form's value
    whatever was sent; fields that were left out have their defaults. The number of a stored file
    is not a stranger's to name: it counts only in values that `is_stored`.
    """
    fields = form_fields(form)
    given = flattened(values)
    prepared: dict[str, object] = {}
    faults: list[Fault] = []
    for each in fields:
        if each.is_text:
            continue
        if each.takes_files:
            files = _files_in(given.get(each.key), UploadedFile if not is_stored else int)
            faults += [Fault(each.key, "blank")] if each.is_required and not files else []
            prepared |= {each.key: files} if files else {}
            continue
        value = plain(given.get(each.key, each.default))
        value = each.default if each.is_hidden else _bounded(each, value)
        faults += _faults(form, each, value)
        if value != "" or each.key in given:
            prepared[each.key] = value
    join_address(prepared)
    return prepared, faults


def _files_in(value: object, kind: type) -> list[object]:
    items = value if isinstance(value, list | tuple) else [value]
    return [item for item in items if isinstance(item, kind) and not isinstance(item, bool)]


def placed(form: WebForm, fault: Fault) -> Fault | None:
    """Return a fault at a field that the form shows, or None where the visitor cannot mend it."""
    shown = [each.key for each in form_fields(form) if not each.is_hidden]
    if fault.key in shown:
        return fault
    if fault.key == "addresses":
        part = next((key for key in shown if key in ADDRESS_PARTS), None)
        return Fault(part, fault.code, fault.params) if part else None
    naming = next((key for key in NAMING if key in shown), None)
    if fault.code == "blank" and fault.key in NAMING and naming:
        return Fault(naming, "blank")
    return None


def flattened(values: Values) -> dict[str, object]:
    """Return the values with the parts of addresses as values of their own: lists, one per part."""
    given = {key: value for key, value in values.items() if key != "addresses"}
    items = values.get("addresses")
    items = [items] if isinstance(items, Mapping) else items
    if not isinstance(items, Sequence) or isinstance(items, str):
        return given
    for part, names in ADDRESS_PARTS.items():
        found = [
            {name: item[name] for name in names if item.get(name) not in (None, "")}
            for item in items
            if isinstance(item, Mapping)
        ]
        if any(found):
            given[part] = found
    return given


def join_address(prepared: dict[str, object]) -> None:
    """Put the parts of addresses back together: a text is a part of the first address."""
    addresses: list[dict[str, object]] = []
    for part in ADDRESS_PARTS:
        value = prepared.pop(part, None)
        pieces = value if isinstance(value, list) else [{part: value}] if value else []
        while len(addresses) < len(pieces):
            addresses.append({})
        for address, piece in zip(addresses, pieces, strict=False):
            address.update(piece)
    addresses = [address for address in addresses if address]
    if addresses:
        prepared["addresses"] = addresses


def _bounded(each: FormField, value: object) -> object:
    """Return a value without what strangers may not say about a channel (its id, its marks)."""
    names = CHANNELS.get(each.field.key)
    if names is None or isinstance(value, str) or value is None:
        return value or ""
    items = [value] if isinstance(value, Mapping) else value
    if not isinstance(items, Sequence):
        return value
    return [
        {name: item[name] for name in names if name in item} if isinstance(item, Mapping) else item
        for item in items
    ]


def _faults(form: WebForm, each: FormField, value: object) -> Iterator[Fault]:
    texts = [text for text in texts_of(value) if text.strip()]
    is_blank = value in (None, "", False) or (isinstance(value, list | tuple | dict) and not value)
    if isinstance(value, list | tuple) and not texts:
        is_blank = not any(isinstance(item, int) for item in value)
    if each.is_required and (is_blank or (isinstance(value, str) and not texts)):
        yield Fault(each.key, "blank")
        return
    limit = _limit(form, each)
    if limit and any(len(text) > limit for text in texts):
        yield Fault(each.key, "too_long", {"limit": limit})
    check = CHECKS.get(each.field.key)
    if check is not None and not all(check(text) for text in main_texts(each.field.key, value)):
        yield Fault(each.key, "invalid", {"value": texts[0]})


def _limit(form: WebForm, each: FormField) -> int:
    limits = (form.max_length, length_of(each.field))
    return min((limit for limit in limits if limit), default=0)


def length_of(field: Field) -> int:
    """Return how long the text of a field may be, or 0 where the type does not say."""
    if field.key in ADDRESS_PARTS:
        texts: Any = catalogue("contact").by_key["addresses"].traits["texts"]  # as declared
        return int(texts[field.key])
    main = field.traits.get("main")
    if main:
        texts = field.traits["texts"]
        return int(texts[main])
    return field.max_length or int(getattr(field.type, "default_max_length", 0))


def _is_e_mail(text: str) -> bool:
    return E_MAIL.fullmatch(text) is not None


CHECKS: dict[str, Callable[[str], bool]] = {"emails": _is_e_mail}
