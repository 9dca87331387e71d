"""Write a contact as this dialect shows it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from api.redmineup.mapping import custom, names
from api.redmineup.mapping.shapes import Items, Marked, Wire, moment
from contacts.access import Actor
from contacts.fields import Field
from contacts.fields import reference as tables

# A document's values are JSON: anything, nested.
Document = Mapping[str, Any]

ADDRESS_LINES = ("street1", "street2", "city", "postcode", "region")


@dataclass(frozen=True)
class Writing:
    """For whom and how contacts are written.

    ``is_nested`` writes phones and e-mails in XML as the plugin does, with an element inside.
    """

    actor: Actor
    is_xml: bool
    is_nested: bool
    custom_fields: list[Field]


def to_wire(document: Document, writing: Writing) -> Wire:
    """Return a contact as it stands in a list; absent parts have no key."""
    shown: Wire = {}
    # A plain loop: this runs for every part of every contact of a page.
    for name, write in XML_PARTS if writing.is_xml else JSON_PARTS:
        value = write(document, writing)
        if value is not ABSENT:
            shown[name] = value
    return shown


def with_projects(document: Document, writing: Writing) -> Wire:
    """Return a contact as it is shown alone."""
    shown = to_wire(document, writing)
    shown["projects"] = names.projects(writing.actor, document.get("projects", ()))
    return shown


ABSENT = object()


def shown_name(document: Document) -> str:
    """Return what stands as ``first_name``, which no contact lacks here."""
    kind = document.get("kind")
    if kind == "organization":
        return str(document.get("organization_name") or document.get("display_name", ""))
    if kind == "household":
        return str(document.get("household_name") or document.get("display_name", ""))
    return str(document.get("first_name") or document.get("display_name", ""))


def main_address(document: Document) -> Mapping[str, Any]:
    """Return the one address that this dialect knows: the primary one."""
    addresses: list[Mapping[str, Any]] = document.get("addresses", [])
    primary = (address for address in addresses if address.get("is_primary"))
    return next(primary, addresses[0] if addresses else {})


def skype_index(messengers: list[Mapping[str, Any]]) -> int | None:
    """Return the place of the first Skype name, or None."""
    skype = tables.options().named("messenger_service", "skype")
    places = (
        place
        for place, row in enumerate(messengers)
        if skype is not None and row.get("service_id") == skype.pk
    )
    return next(places, None)


def full_address(address: Mapping[str, Any], country: str | None) -> str | None:
    """Return the address in one line."""
    lines = [*(address.get(name) for name in ADDRESS_LINES), country]
    return ", ".join(str(line) for line in lines if line) or None


def _address(document: Document, _writing: Writing) -> Wire:
    address = main_address(document)
    country = tables.countries().by_id.get(address.get("country_id", 0))
    name = country.name if country else address.get("country_text")
    return {
        "full_address": full_address(address, name),
        "street": address.get("street1"),
        "street2": address.get("street2"),
        "city": address.get("city"),
        "region": address.get("region"),
        "country": name,
        "country_code": country.key if country else None,
        "postcode": address.get("postcode"),
    }


def _avatar(document: Document, _writing: Writing) -> object:
    avatar_id = document.get("avatar_id")
    return Marked({"attachment_id": avatar_id}) if avatar_id else ABSENT


def _website(document: Document, _writing: Writing) -> object:
    websites = document.get("websites", [])
    return websites[0].get("url") if websites else None


def _skype(document: Document, _writing: Writing) -> object:
    messengers = document.get("messengers", [])
    place = skype_index(messengers)
    return messengers[place].get("handle") if place is not None else None


def _user(key: str) -> Callable[[Document, Writing], object]:
    def write(document: Document, _writing: Writing) -> object:
        return names.user(document.get(key)) or ABSENT

    return write


def _channels(key: str, tag: str, main: str) -> Callable[[Document, Writing], object]:
    def write(document: Document, writing: Writing) -> object:
        texts = [row.get(main, "") for row in document.get(key, [])]
        if not texts:
            return ABSENT
        if writing.is_xml and not writing.is_nested:
            return Items(tag, texts)
        return Items(tag, [{main: text} for text in texts])

    return write


def _tags(document: Document, writing: Writing) -> object:
    tags = names.tag_names(document.get("tags", []))
    return ", ".join(tags) if writing.is_xml else tags


def _custom_fields(document: Document, writing: Writing) -> object:
    if not writing.custom_fields:
        return ABSENT
    return custom.to_wire(writing.custom_fields, document.get("custom", {}))


def _plain(key: str) -> Callable[[Document, Writing], object]:
    return lambda document, _writing: document.get(key)


def _moment(key: str) -> Callable[[Document, Writing], object]:
    return lambda document, _writing: moment(document.get(key))


PARTS: dict[str, Callable[[Document, Writing], object]] = {
    "id": _plain("id"),
    "avatar": _avatar,
    "is_company": lambda document, _writing: document.get("kind") == "organization",
    "first_name": lambda document, _writing: shown_name(document),
    "last_name": _plain("last_name"),
    "middle_name": _plain("middle_name"),
    "company": _plain("company"),
    "website": _website,
    "skype_name": _skype,
    "birthday": _plain("birthday"),
    "job_title": _plain("job_title"),
    "background": _plain("background"),
    "author": _user("author_id"),
    "assigned_to": _user("owner_id"),
    "address": _address,
    "phones": _channels("phones", "phone", "number"),
    "emails": _channels("emails", "email", "address"),
    "tags": _tags,
    "tag_list": _tags,
    "custom_fields": _custom_fields,
    "created_on": _moment("created_at"),
    "updated_on": _moment("updated_at"),
    "visibility": lambda document, _writing: document.get("visibility", 0),
}

JSON_ORDER = (
    "id",
    "avatar",
    "is_company",
    "first_name",
    "last_name",
    "middle_name",
    "company",
    "website",
    "skype_name",
    "birthday",
    "job_title",
    "background",
    "author",
    "assigned_to",
    "address",
    "phones",
    "emails",
    "tag_list",
    "tags",
    "custom_fields",
    "created_on",
    "updated_on",
    "visibility",
)

XML_ORDER = (
    "id",
    "avatar",
    "is_company",
    "first_name",
    "last_name",
    "middle_name",
    "company",
    "address",
    "website",
    "skype_name",
    "birthday",
    "job_title",
    "background",
    "author",
    "assigned_to",
    "phones",
    "emails",
    "tags",
    "tag_list",
    "custom_fields",
    "created_on",
    "updated_on",
    "visibility",
)

JSON_PARTS = tuple((name, PARTS[name]) for name in JSON_ORDER)
XML_PARTS = tuple((name, PARTS[name]) for name in XML_ORDER)
