"""Call what a form asks for as this protocol does: a resource and an attribute of it."""

from collections.abc import Mapping

from contacts.fields import catalogue

RECORDS: Mapping[str, str] = {"contacts": "contact", "companies": "company", "deals": "deal"}
RESOURCES = {record: resource for resource, record in RECORDS.items()}

_PLACE = {
    "street": "street1",
    "city": "city",
    "state": "region",
    "postal_code": "postcode",
    "country_id": "country",
}
_SHARED = {"email": "emails", "phones": "phones", **_PLACE}
ATTRIBUTES: Mapping[str, Mapping[str, str]] = {
    "contacts": {
        "first_name": "first_name",
        "last_name": "last_name",
        "job_title": "job_title",
        "source_id": "lead_source",
        "tags": "tags",
        **_SHARED,
    },
    "companies": {
        "name": "organization_name",
        "domain": "domain",
        "industry_id": "industry",
        **_SHARED,
    },
    "deals": {"name": "name", "amount": "amount", "expected_close_date": "due_on"},
}


def key_of(resource: str, attribute: str) -> str | None:
    """Return the key by which a form knows an attribute, or None for what it never asks."""
    record = RECORDS.get(resource)
    if record is None:
        return None
    key = ATTRIBUTES[resource].get(attribute) or _custom_key(resource, attribute)
    return None if key is None else in_form(record, key)


def in_form(record: str, key: str) -> str:
    """Return the key of a form for a field of a record."""
    return key if record == "contact" else f"{record}.{key}"


def attribute_of(key: str) -> tuple[str, str]:
    """Return the resource and the attribute of a key of a form."""
    record, dot, name = key.rpartition(".")
    resource = RESOURCES.get(record if dot else "contact", "contacts")
    known = {each: attribute for attribute, each in ATTRIBUTES[resource].items()}
    if name in known:
        return resource, known[name]
    field = catalogue(_kind(resource)).find(name)
    return resource, f"cf_{field.slug}" if field is not None and field.is_custom else name


def sent_as(key: str) -> str:
    """Return the name by which visitors send a field of which the form does not say it."""
    resource, attribute = attribute_of(key)
    return attribute if resource == "contacts" else f"{resource}_{attribute}"


def _custom_key(resource: str, attribute: str) -> str | None:
    slug = attribute.removeprefix("cf_")
    if slug == attribute:
        # What other doors ask for has no name of this protocol's own.
        found = catalogue(_kind(resource)).find(attribute)
        return found.key if found is not None and not found.is_custom else None
    fields = catalogue(_kind(resource)).custom()
    return next((field.key for field in fields if field.slug == slug), None)


def _kind(resource: str) -> str:
    return "deal" if resource == "deals" else "contact"
