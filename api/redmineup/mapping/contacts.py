"""Write a contact as this dialect shows it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from api.redmineup.mapping import custom, names
from api.redmineup.mapping.shapes import Items, Marked, Wire, moment, reference
from contacts.access import Actor
from contacts.fields import Field
from contacts.fields import reference as tables

# A document's values are JSON: anything, nested.
Document = Mapping[str, Any]

ADDRESS_LINES = ("street1", "street2", "city", "postcode", "region")


@dataclass(frozen=True)
class Writing:
    """For whom and how contacts are written.

    ``is_nested`` writes phones and e-mails in XML as the plugin does, with an element inside. What
    every contact of a page refers to is looked up once, in the properties.
    """

    actor: Actor
    is_xml: bool
    is_nested: bool
    custom_fields: list[Field]

    @cached_property
    def users(self) -> Mapping[int, Marked]:
        """Return the references to users by id."""
        known = tables.users().by_id
        return {pk: reference(pk, user.name) for pk, user in known.items()}

    @cached_property
    def tags(self) -> Mapping[int, str]:
        """Return the names of tags by id."""
        return {pk: tag.name for pk, tag in tables.tags().by_id.items()}

    @cached_property
    def countries(self) -> Mapping[int, tables.Named]:
        """Return the countries by id."""
        return tables.countries().by_id

    @cached_property
    def skype_id(self) -> int | None:
        """Return the id of the one messenger that this dialect knows."""
        skype = tables.options().named("messenger_service", "skype")
        return skype.pk if skype else None

    @cached_property
    def columns(self) -> list[custom.Column]:
        """Return how each custom field is written."""
        return [custom.Column(field) for field in self.custom_fields]


def to_wire(document: Document, writing: Writing) -> Wire:
    """Return a contact as it stands in a list; absent parts have no key."""
    shown: Wire = {}
    # A plain loop: this runs for every part of every contact of a page.
    for name, part in XML_PARTS if writing.is_xml else JSON_PARTS:
        value = document.get(part) if isinstance(part, str) else part(document, writing)
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
    for address in addresses:
        if address.get("is_primary"):
            return address
    return addresses[0] if addresses else {}


def skype_index(messengers: list[Mapping[str, Any]], skype_id: int | None = None) -> int | None:
    """Return the place of the first Skype name, or None."""
    if skype_id is None:
        skype = tables.options().named("messenger_service", "skype")
        skype_id = skype.pk if skype else 0
    places = (place for place, row in enumerate(messengers) if row.get("service_id") == skype_id)
    return next(places, None)


def full_address(address: Mapping[str, Any], country: str | None) -> str | None:
    """Return the address in one line."""
    lines = [*map(address.get, ADDRESS_LINES), country]
    return ", ".join([str(line) for line in lines if line]) or None


def _address(document: Document, writing: Writing) -> Wire:
    address = main_address(document)
    country = writing.countries.get(address.get("country_id", 0))
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


def _skype(document: Document, writing: Writing) -> object:
    messengers = document.get("messengers")
    if not messengers:
        return None
    place = skype_index(messengers, writing.skype_id)
    return messengers[place].get("handle") if place is not None else None


def _user(key: str) -> Callable[[Document, Writing], object]:
    def write(document: Document, writing: Writing) -> object:
        return writing.users.get(document.get(key, 0), ABSENT)

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
    known = writing.tags
    tags = [known[pk] for pk in document.get("tags", ()) if pk in known]
    return ", ".join(tags) if writing.is_xml else tags


def _custom_fields(document: Document, writing: Writing) -> object:
    if not writing.custom_fields:
        return ABSENT
    return custom.written(writing.columns, document.get("custom", {}))


def _moment(key: str) -> Callable[[Document, Writing], object]:
    return lambda document, _writing: moment(document.get(key))


# How each part is written; a text stands for the document's own value of that key.
PARTS: dict[str, str | Callable[[Document, Writing], object]] = {
    "id": "id",
    "avatar": _avatar,
    "is_company": lambda document, _writing: document.get("kind") == "organization",
    "first_name": lambda document, _writing: shown_name(document),
    "last_name": "last_name",
    "middle_name": "middle_name",
    "company": "company",
    "website": _website,
    "skype_name": _skype,
    "birthday": "birthday",
    "job_title": "job_title",
    "background": "background",
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
