"""Write a contact as this dialect shows it."""

import re
from collections.abc import Mapping
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

ABSENT = object()
# Parts without which a contact may be shown.
OPTIONAL = ("avatar", "author", "assigned_to", "phones", "emails", "custom_fields")
# The element of an item in XML, and the key of its text.
PHONE, EMAIL = ("phone", "number"), ("email", "address")
CODE = re.compile(r"[A-Za-z]{2}")
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
        return tables.kept("references to users", "people", _references_to_users)

    @cached_property
    def tags(self) -> Mapping[int, tables.Named]:
        """Return the tags by id."""
        return tables.tags().by_id

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
        return custom.columns_of(self.custom_fields)


def _references_to_users() -> dict[int, Marked]:
    return {pk: reference(pk, user.name) for pk, user in tables.users().by_id.items()}


def to_wire(document: Document, writing: Writing) -> Wire:
    """Return a contact as it stands in a list; absent parts have no key."""
    # One display with everything in it: this runs for every contact of a page.
    get = document.get
    kind = get("kind")
    users = writing.users
    tags = _tags(get("tags"), writing)
    websites, messengers, avatar_id = get("websites"), get("messengers"), get("avatar_id")
    shown: Wire = {
        "id": get("id"),
        "avatar": Marked({"attachment_id": avatar_id}) if avatar_id else ABSENT,
        "is_company": kind == "organization",
        "first_name": get("first_name") if kind == "person" else None,
        "last_name": get("last_name"),
        "middle_name": get("middle_name"),
        "company": get("company"),
        "website": websites[0].get("url") if websites else None,
        "skype_name": _skype(messengers, writing) if messengers else None,
        "birthday": get("birthday"),
        "job_title": get("job_title"),
        "background": get("background"),
        "author": users.get(get("author_id", 0), ABSENT),
        "assigned_to": users.get(get("owner_id", 0), ABSENT),
        "address": _address(get("addresses"), writing),
        "phones": _channels(get("phones"), PHONE, writing),
        "emails": _channels(get("emails"), EMAIL, writing),
        "tag_list": tags,
        "tags": tags,
        "custom_fields": _custom_fields(get("custom"), writing),
        "created_on": moment(get("created_at")),
        "updated_on": moment(get("updated_at")),
        "visibility": get("visibility", 0),
    }
    if not shown["first_name"]:
        shown["first_name"] = shown_name(document)
    for name in OPTIONAL:
        if shown[name] is ABSENT:
            del shown[name]
    return {name: shown[name] for name in XML_ORDER if name in shown} if writing.is_xml else shown


def with_projects(document: Document, writing: Writing) -> Wire:
    """Return a contact as it is shown alone."""
    shown = to_wire(document, writing)
    shown["projects"] = names.projects(writing.actor, document.get("projects", ()))
    return shown


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
    return _main_of(document.get("addresses", []))


def _main_of(addresses: list[Mapping[str, Any]]) -> Mapping[str, Any]:
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


def _address(addresses: list[Mapping[str, Any]] | None, writing: Writing) -> Wire:
    if not addresses:
        return dict(NO_ADDRESS)
    address = _main_of(addresses)
    country = writing.countries.get(address.get("country_id", 0))
    text = address.get("country_text")
    # Two letters are a code; one that no country has names none.
    code = country.key if country else text if text and CODE.fullmatch(text) else None
    name = country.name if country else None if code else text
    return {
        "full_address": full_address(address, name),
        "street": address.get("street1"),
        "street2": address.get("street2"),
        "city": address.get("city"),
        "region": address.get("region"),
        "country": name,
        "country_code": code,
        "postcode": address.get("postcode"),
    }


NO_ADDRESS: Wire = dict.fromkeys(
    (
        *("full_address", "street", "street2", "city", "region"),
        *("country", "country_code", "postcode"),
    )
)


def _skype(messengers: list[Mapping[str, Any]], writing: Writing) -> object:
    place = skype_index(messengers, writing.skype_id)
    return messengers[place].get("handle") if place is not None else None


def _channels(
    rows: list[Mapping[str, Any]] | None, names: tuple[str, str], writing: Writing
) -> object:
    if not rows:
        return ABSENT
    tag, main = names
    if not writing.is_xml:
        return [{main: row.get(main, "")} for row in rows]
    if writing.is_nested:
        return Items(tag, [{main: row.get(main, "")} for row in rows])
    return Items(tag, [row.get(main, "") for row in rows])


def _tags(tag_ids: list[int] | None, writing: Writing) -> str | list[str]:
    known = writing.tags
    tags = [known[pk].name for pk in tag_ids or () if pk in known]
    return ", ".join(map(_listed, tags)) if writing.is_xml else tags


def _listed(tag: str) -> str:
    """Return a tag as it stands between commas: in quotes where it holds one itself."""
    if "," not in tag:
        return tag
    mark = "'" if '"' in tag else '"'
    return f"{mark}{tag}{mark}"


def _custom_fields(values: Mapping[str, object] | None, writing: Writing) -> object:
    if not writing.custom_fields:
        return ABSENT
    written = custom.written(writing.columns, values or {})
    return Items("custom_field", written) if writing.is_xml else written


# The parts of a contact, in the order of JSON.
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
