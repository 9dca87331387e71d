"""A contact as any installation can read it: names in place of ids, values under field keys.

A portable record is what files hold, whatever their format. What is about this installation alone
(owners, pictures, ties to other contacts) is not in it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from contacts.access import Actor, readable_fields
from contacts.errors import Fault, InvalidError
from contacts.fields import Field, reference

# Any: what JSON may hold.
Record = dict[str, Any]
Document = Mapping[str, Any]

CHANNELS = "channels"
CUSTOM = "custom "

# The place of a field among the fields, its key, and what makes of a value what a file says.
_Teller = tuple[int, str, Callable[[Any], Any]]
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


def told(document: Document, fields: Sequence[Field]) -> Record:
    """Return a document as a portable record; what is empty is left out."""
    return teller_of(fields)(document)


def teller_of(fields: Sequence[Field]) -> Callable[[Document], Record]:
    """Return what makes portable records of documents, with the names as they are now."""
    tellers: dict[str, _Teller] = {}
    for rank, field in enumerate(fields):
        name = f"{CUSTOM}{field.custom_id}" if field.is_custom else field.key
        tellers[name] = (rank, field.key, _value_teller(field))
    for field in fields:
        # A reference stands in a document as an id.
        if not field.is_custom:
            tellers.setdefault(f"{field.key}_id", tellers[field.key])

    def tell(document: Document) -> Record:
        found = []
        for name, value in _items_of(document):
            # A document has few of all fields, so it is gone by what it has.
            teller = tellers.get(name)
            if teller is not None and value is not None:
                rank, key, told_value = teller
                found.append((rank, key, told_value(value)))
        found.sort(key=_rank_of)
        return {key: value for _rank, key, value in found if value not in (None, "", [], False)}

    return tell


def _items_of(document: Document) -> Iterator[tuple[str, Any]]:
    """Yield what a document has, custom values among the rest."""
    for name, value in document.items():
        if name == "custom":
            yield from ((f"{CUSTOM}{number}", each) for number, each in value.items())
        else:
            yield name, value


def _rank_of(found: tuple[int, str, Any]) -> int:
    return found[0]


def _value_teller(field: Field) -> Callable[[Any], Any]:
    """Return what a file says of the values of one field."""
    if field.key == "tags":
        tags = reference.tags()
        return lambda ids: [tags.name_of(pk) for pk in ids]
    if field.key == "projects":
        projects = reference.projects().by_id
        return lambda ids: [projects[pk].key for pk in ids if pk in projects]
    if field.type.name == CHANNELS:
        tell = _channel_teller()
        return lambda items: [tell(item) for item in items]
    labels: dict[object, str] = {}
    for choice in field.choices:
        if not isinstance(choice.value, str):
            labels.setdefault(choice.value, str(choice.label))

    def told_value(value: Any) -> Any:  # noqa: ANN401  # any value of a document
        if isinstance(value, list):
            return [told_value(each) for each in value]
        return labels.get(value, value) if labels and not isinstance(value, dict) else value

    return told_value


def _channel_teller() -> Callable[[Document], Record]:
    """Return what a file says of an e-mail, phone or the like: names for its kinds."""
    options, countries = reference.options().by_id, reference.countries()

    def tell(item: Document) -> Record:
        told: Record = {}
        for key, value in item.items():
            # What is empty is left out.
            if key in OWN_PARTS or value in (None, "", False):
                continue
            if key.endswith("_id") and value in options:
                told[key.removesuffix("_id")] = options[value].name or options[value].label
            else:
                told[key] = value
        country = countries.name_of(item.get("country_id"))
        return {**told, "country": country} if country else told

    return tell


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
