"""A contact as any installation can read it: names in place of ids, values under field keys.

A portable record is what files hold, whatever their format. What is about this installation alone
(owners, pictures, ties to other contacts) is not in it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import override

from contacts.access import Actor, readable_fields
from contacts.errors import Fault, InvalidError
from contacts.fields import Field, catalogue, reference
from contacts.fields.text import fold

# Any: what JSON may hold.
Record = dict[str, Any]
Document = Mapping[str, Any]

CHANNELS = "channels"

# How a value of a document is written; None where it stands in a file as it does there.
_Tell = Callable[[Any], Any] | None
# Of each name in a document: what it is called in a file, and how it is written.
_Tellers = Mapping[str, tuple[str, _Tell]]
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
    built_in = {name: each for field in fields for name, each in _told_as(field)}
    custom = {
        str(field.custom_id): (field.key, _teller_of(field)) for field in fields if field.is_custom
    }

    def tell(document: Document) -> Record:
        record: Record = {}
        _tell_all(document, built_in, record)
        # Custom fields come after all others.
        _tell_all(document.get("custom") or {}, custom, record)
        return record

    return tell


def _tell_all(document: Document, tellers: _Tellers, record: Record) -> None:
    for name, value in document.items():
        found = tellers.get(name)
        if found is not None:
            key, told_value = found
            if told_value is not None:
                value = told_value(value)
            if value:
                record[key] = value


def _told_as(field: Field) -> Iterator[tuple[str, tuple[str, _Tell]]]:
    """Yield the names that a field may have in a document; a reference stands there as an id."""
    if not field.is_custom:
        told = (field.key, _teller_of(field))
        yield from ((field.key, told), (f"{field.key}_id", told))


def _teller_of(field: Field) -> _Tell:
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
        return value if isinstance(value, dict) else labels.get(value, value)

    return told_value if labels else None


def _channel_teller() -> Callable[[Document], Record]:
    """Return what a file says of an e-mail, phone or the like: names for its kinds."""
    options, countries = reference.options().by_id, reference.countries()
    parts_of = cache(_told_parts)

    def tell(item: Document) -> Record:
        told: Record = {}
        for key, name in parts_of(tuple(item)):
            value = item[key]
            option = options.get(value) if name else None
            if option is not None:
                told[name] = option.name or option.label
            elif value:
                told[key] = value
        country = countries.name_of(item["country_id"]) if "country_id" in item else ""
        return {**told, "country": country} if country else told

    return tell


def _told_parts(keys: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return the parts of a channel that files hold; of references also what they are called."""
    told = (key for key in keys if key not in OWN_PARTS)
    return [(key, key.removesuffix("_id") if key.endswith("_id") else "") for key in told]


def values_of(record: Mapping[str, Any], known: Mapping[str, Field]) -> dict[str, object]:
    """Return what a service takes from a portable record; raises InvalidError."""
    values: dict[str, object] = {}
    for key, value in record.items():
        if key in known and value not in (None, "", []):
            values[key] = _project_ids(value) if key == "projects" else _meant(known[key], value)
    return values


def _meant(field: Field, value: Any) -> Any:  # noqa: ANN401  # any value of a record
    """Return a word that people read in any of our languages as the value that it stands for."""
    if isinstance(value, str) and field.type.name in ("boolean", "choice", "option"):
        return _words(field.key, field.type.name).get(fold(value), value)
    return value


@cache
def _words(key: str, type_name: str) -> Mapping[str, object]:
    """Return the values of a field by their folded words; these never change."""
    found: dict[str, object] = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            if type_name == "boolean":
                found |= {fold(_("yes")): True, fold(_("no")): False}
            else:
                field = catalogue("contact").by_key[key]
                # Labels that somebody has written are the same in every language.
                known = (each for each in field.choices if isinstance(each.label, Promise))
                found |= {fold(str(each.label)): each.value for each in known}
    return found


def _project_ids(names: Any) -> list[int]:  # noqa: ANN401  # whatever the file holds
    """Return the projects of these identifiers, or of these names where only one has it."""
    projects = reference.projects()
    found = []
    for name in names if isinstance(names, list) else [names]:
        text = str(name).strip()
        project_id = projects.id_of(text)
        if project_id is None:
            called = [each.id for each in projects.by_id.values() if fold(each.name) == fold(text)]
            project_id = called[0] if len(called) == 1 else None
        if project_id is None:
            raise InvalidError([Fault("projects", "unknown", {"value": name})])
        found.append(project_id)
    return found
