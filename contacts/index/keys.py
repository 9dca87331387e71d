"""The comparison keys and the search text of a contact."""

from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import TypeVar

from contacts.fields import catalogue, reference
from contacts.fields.contact_declaring import CODES, LACKING
from contacts.fields.contact_fields import CONTACT_FIELDS
from contacts.fields.names import full_name_of, listed_name_of
from contacts.fields.personal import MEMBERSHIP, PERSONAL
from contacts.fields.storage import Flags
from contacts.fields.storage.keys import YES
from contacts.fields.text import beginning_of, digits_of, fold, key_of
from contacts.index.beside import beside_of
from contacts.index.making import new_row
from contacts.index.parts import ContactParts
from contacts.models import Contact, ContactText, EmailAddress, Phone, PostalAddress

Channel = TypeVar("Channel", EmailAddress, Phone, PostalAddress)

# Built-in texts of the row that have a key.
ROW_TEXTS = (
    "first_name",
    "middle_name",
    "last_name",
    "nickname",
    "organization_name",
    "household_name",
    "legal_name",
    "job_title",
    "department",
    "company",
    "source",
    "prefix",
    "suffix",
    "domain",
    "formal_title",
    "preferred_language",
)
# What is yes or no: a yes has a key.
FLAGS = tuple(field.key for field in CONTACT_FIELDS if isinstance(field.storage, Flags))

_row_texts_of = attrgetter(*ROW_TEXTS)
_ROW_CODES = tuple(CODES[name] for name in ROW_TEXTS)
_flags_of = attrgetter(*FLAGS)
_personal_of = attrgetter(*PERSONAL.values())

ADDRESS_TEXTS = ("street1", "street2", "city", "region", "postcode", "country_text", "po_box")

# What a plain search looks in; the specification of the native interface names these.
NARROW_TEXTS = (
    "first_name",
    "middle_name",
    "last_name",
    "nickname",
    "organization_name",
    "household_name",
    "legal_name",
    "company",
    "job_title",
)

_narrow_texts_of = attrgetter(*NARROW_TEXTS)

# The fields whose texts all stand, folded, in the search text: whole, or in parts word by word.
SEARCHED_FIELDS = frozenset(
    {
        *NARROW_TEXTS,
        *("display_name", "sort_name", "department", "external_identifier"),
        *("emails", "phones", "phone_digits", "mobile_phone", "fax", "websites", "messengers"),
        *("addresses", "full_address", "street1", "street2", "city", "region", "postcode"),
    }
)


def keys_of(parts: ContactParts) -> list[tuple[int, int, str]]:
    """Return the comparison keys that follow from a contact: (code, rank, text)."""
    keys = [
        (code, 0, key)
        for code, text in zip(_ROW_CODES, _row_texts_of(parts.contact), strict=True)
        if text and (key := key_of(text))
    ]
    flags = _flags_of(parts.contact)
    if True in flags:
        keys += [(CODES[name], 0, YES) for name, flag in zip(FLAGS, flags, strict=True) if flag]
    keys += [
        (CODES[code], 0, "")
        for name, (code, kinds) in LACKING.items()
        if parts.contact.kind in kinds and not key_of(getattr(parts.contact, name))
    ]
    if parts.contact.kind != Contact.Kind.PERSON:
        keys += [(CODES["impersonal"], rank, name) for rank, name in enumerate(_personal(parts))]
    if parts.contact.background and (beginning := beginning_of(parts.contact.background)):
        keys.append((CODES["background"], 0, beginning))
    keys += [
        (CODES[name], rank, key)
        for name, rank, text in _texts(parts)
        if text and (key := key_of(text))
    ]
    for rank, phone in enumerate(_primary_first(parts.phones)):
        if phone.digits:
            keys.append((CODES["phone_digits"], rank, phone.digits))
    return keys


def _personal(parts: ContactParts) -> Iterator[str]:
    """Yield the names of what only persons have as a rule."""
    for name, value in zip(PERSONAL, _personal_of(parts.contact), strict=True):
        if value:
            yield name
    if parts.membership:
        yield MEMBERSHIP


def _texts(parts: ContactParts) -> Iterator[tuple[str, int, str]]:
    """Yield the texts that are more than one column of the row."""
    yield from _whole_names(parts.contact)
    for rank, email in enumerate(_primary_first(parts.emails)):
        yield "emails", rank, email.address
    for rank, phone in enumerate(_primary_first(parts.phones)):
        yield "phones", rank, phone.number
    for rank, website in enumerate(parts.websites):
        yield "websites", rank, website.url
    for rank, messenger in enumerate(parts.messengers):
        yield "messengers", rank, messenger.handle
    for rank, address in enumerate(_primary_first(parts.addresses)):
        yield "full_address", rank, full_address(address)
        for name in ADDRESS_TEXTS:
            yield name, rank, getattr(address, name)


def _whole_names(contact: Contact) -> Iterator[tuple[str, int, str]]:
    """Yield the names by which a contact is found as a whole."""
    full = listed = ""
    if contact.kind == Contact.Kind.PERSON:
        full = full_name_of(contact.prefix, contact.first_name, contact.last_name, contact.suffix)
        listed = listed_name_of(contact.first_name, contact.last_name, contact.suffix)
    yield "full_name", 0, full or contact.display_name
    yield "listed_name", 0, listed or contact.display_name


def full_address(address: PostalAddress) -> str:
    """Return the address on one line: streets, city, postcode, region, country."""
    country = reference.countries().name_of(address.country_id) or address.country_text
    lines = (
        address.street1,
        address.street2,
        address.street3,
        address.city,
        address.postcode,
        address.region,
        country,
    )
    return ", ".join(line for line in lines if line)


def _primary_first(rows: list[Channel]) -> list[Channel]:
    if not rows or rows[0].is_primary:
        return rows
    return sorted(rows, key=lambda row: not row.is_primary)


def text_of(parts: ContactParts) -> ContactText:
    """Return the search text of a contact; lines, so that no word spans two facts."""
    contact = parts.contact
    texts = [*_narrow_texts_of(contact)]
    texts += [email.address for email in parts.emails]
    for phone in parts.phones:
        texts += [phone.number, phone.digits or digits_of(phone.number)]
    narrow = _folded(texts)
    tags = reference.tags() if parts.tag_ids else None
    wide = [tags.name_of(tag_id) for tag_id in parts.tag_ids] if tags else []
    wide += [full_address(address) for address in parts.addresses]
    wide += [website.url for website in parts.websites]
    wide += [messenger.handle for messenger in parts.messengers]
    wide += [contact.department, contact.external_identifier or ""]
    wide += _searchable_custom(parts)
    return new_row(
        ContactText,
        contact_id=contact.id,
        narrow="\n".join(narrow),
        wide="\n".join(narrow | _folded(wide)),
        beside=beside_of(parts),
        sort_name=contact.sort_name,
    )


def _searchable_custom(parts: ContactParts) -> Iterator[str]:
    fields = catalogue("contact").by_custom_id
    for row in parts.custom:
        field = fields.get(row.field_id)
        if field is None or not field.is_searchable:
            continue
        choice = field.choice_of(row.option_id) if row.option_id else None
        if choice is not None:
            yield str(choice.label)
        else:
            # Whole numbers are not repeated as text.
            yield row.given or (f"{row.number:.0f}" if row.number is not None else "")


def _folded(texts: Iterable[str]) -> dict[str, None]:
    """Return the keys of texts, each once and in order."""
    return dict.fromkeys(key for text in texts if text and (key := fold(text)))
