"""A contact as any installation can read it: names in place of ids, values under field keys.

A portable record is what files hold, whatever their format. What is about this installation alone
(owners, pictures, ties to other contacts) is not in it.
"""

from collections.abc import Mapping
from typing import Any

from contacts.access import Actor, readable_fields
from contacts.errors import Fault, InvalidError
from contacts.fields import Field, reference
from contacts.services.merged_values import value_in

# Any: what JSON may hold.
Record = dict[str, Any]
Document = Mapping[str, Any]

CHANNELS = "channels"
# Types whose values are ids of this installation.
FOREIGN = frozenset(
    {"attachment", "company", "contact", "disclosures", "ids", "record", "user", "user_group"}
)
# Ids of channels and their places follow from the list itself.
OWN_PARTS = frozenset({"id", "position", "country_id", "is_primary"})


def portable_fields(actor: Actor) -> list[Field]:
    """Return the fields that files hold, in the order of the catalogue."""
    return [
        field
        for field in readable_fields(actor)
        if field.is_writable and (field.type.name not in FOREIGN or field.key == "projects")
    ]


def told(document: Document, fields: list[Field]) -> Record:
    """Return a document as a portable record; what is empty is left out."""
    record = {field.key: _told(field, value_in(document, field)) for field in fields}
    return {key: value for key, value in record.items() if value not in (None, "", [], False)}


def _told(field: Field, value: Any) -> Any:  # noqa: ANN401  # any value of a document
    if field.key == "tags":
        return [reference.tags().name_of(pk) for pk in value or ()]
    if field.key == "projects":
        projects = reference.projects().by_id
        return [projects[pk].key for pk in value or () if pk in projects]
    if field.type.name == CHANNELS:
        return [_channel(item) for item in value or ()]
    if isinstance(value, list):
        return [_told(field, each) for each in value]
    choice = field.choice_of(value)
    if choice is None or isinstance(choice.value, str):
        return value
    return str(choice.label)


def _channel(item: Document) -> Record:
    """Return an e-mail, phone or the like with names for its kinds, what is empty left out."""
    told: Record = {}
    options = reference.options().by_id
    for key, value in item.items():
        if key in OWN_PARTS or value in (None, "", False):
            continue
        if key.endswith("_id") and value in options:
            told[key.removesuffix("_id")] = options[value].name or options[value].label
        else:
            told[key] = value
    country = reference.countries().name_of(item.get("country_id"))
    return {**told, "country": country} if country else told


def values_of(record: Mapping[str, Any], known: Mapping[str, Field]) -> dict[str, object]:
    """Return what a service takes from a portable record; raises InvalidError."""
    values: dict[str, object] = {}
    for key, value in record.items():
        if key in known and value not in (None, "", []):
            values[key] = _project_ids(value) if key == "projects" else value
    return values


def _project_ids(names: Any) -> list[int]:  # noqa: ANN401  # whatever the file holds
    found = []
    for name in names if isinstance(names, list) else [names]:
        project_id = reference.projects().id_of(str(name).strip())
        if project_id is None:
            raise InvalidError([Fault("projects", "unknown", {"value": name})])
        found.append(project_id)
    return found
