"""Records on the wire: read from an element, written as flat text."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from api.vtiger import keeping
from api.vtiger.errors import FieldError, denied, missing_value, wrong_id
from api.vtiger.mapping.choices import SEVERAL
from api.vtiger.mapping.field import Document, Draft, Look, Wire, WireField
from api.vtiger.mapping.ids import read_id
from api.vtiger.mapping.looking import PageLook
from api.vtiger.mapping.pages import write_all
from api.vtiger.modules import BY_NUMBER, Module
from contacts.access import Actor
from contacts.errors import InvalidError
from contacts.query import StoredDocuments
from contacts.services.following import follow

Element = Mapping[str, str]


class Found(NamedTuple):
    """A record that the actor sees."""

    module: Module
    record_id: int
    document: Document


def find_by_id(actor: Actor, text: str) -> Found:
    """Return the record of an id; raises VtigerError.

    A hidden record is refused as a missing one; one of another module is a wrong id.
    """
    asked = read_id(text)
    module = BY_NUMBER.get(asked.module) if asked else None
    if asked is None or module is None or not module.is_open_to(actor):
        raise denied(" for id")
    document = module.find(actor, asked.record) if asked.record is not None else None
    if asked.record is None or document is None:
        raise denied()
    if not module.holds(document):
        raise wrong_id()
    return Found(module, asked.record, document)


def element_of(sent: object) -> Element:
    """Return the values of an element as text; what is no object is an empty one.

    Null means not sent. Of values that are no text, numbers and truths are written as such.
    """
    if not isinstance(sent, Mapping):
        return {}
    written = {str(name): _text(value) for name, value in sent.items()}
    return {name: text for name, text in written.items() if text is not None}


def _text(value: object) -> str | None:
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, list) and all(isinstance(each, str | int | float) for each in value):
        return SEVERAL.join(str(each) for each in value)
    return str(value) if isinstance(value, str | int | float) else None


def require_mandatory(fields: Iterable[WireField], element: Element, *, partly: bool) -> None:
    """Raise VtigerError for the first mandatory field without a value.

    ``partly`` lets those pass that are not sent at all.
    """
    for field in fields:
        is_sent = field.name in element
        if not field.is_mandatory or (not is_sent and (partly or field.is_worked_out)):
            continue
        if not element.get(field.name, "").strip():
            raise missing_value(field.name)


def fill(draft: Draft, fields: Iterable[WireField], element: Element) -> dict[str, object]:
    """Return the values of the domain that an element asks for; what is read-only is ignored.

    What is sent as the record shows it stays: not all of it can be said on this wire.
    """
    fields = tuple(fields)
    look = PageLook(draft.actor, (), fields)
    for field in fields:
        text = element.get(field.name)
        if field.is_editable and text is not None and not _stays(field, text, draft, look):
            field.put(text, draft)
        field.take(draft)
    return draft.values


def _stays(field: WireField, text: str, draft: Draft, look: Look) -> bool:
    """Say whether a text of a present record is what its field shows, and no file comes along."""
    if not field.is_itself or "id" not in draft.document or draft.file is not None:
        return False
    return text == field.shown(draft.document, look)


def followed(actor: Actor, module: Module, document: Document, draft: Draft) -> Document:
    """Set the caller's star where one was sent; returns the document as it is then."""
    if draft.is_followed is None:
        return document
    follow(actor, module.kind, document["id"], follows=draft.is_followed)
    return module.find(actor, document["id"]) or document


def _keys_of(field: WireField) -> Iterator[str]:
    """Yield what the domain calls a field; some stand for one of several of its fields."""
    yield getattr(field, "key", "")
    yield from getattr(field, "keys", ())


@contextmanager
def wire_faults(fields: Sequence[WireField]) -> Iterator[None]:
    """Report what the domain refuses under the name that the client knows."""
    try:
        yield
    except InvalidError as error:
        names = {key: field.name for field in reversed(fields) for key in _keys_of(field)}
        fault = error.faults[0]
        raise FieldError(names.get(fault.key, fault.key), fault) from None


def write_records(
    actor: Actor, fields: Sequence[WireField], documents: Sequence[Document]
) -> list[Wire]:
    """Return documents as records of these fields."""
    if isinstance(documents, StoredDocuments):
        return keeping.written(actor, fields, documents)
    return write_all(PageLook(actor, documents, fields), fields, documents)


def write_whole(actor: Actor, module: Module, document: Document) -> Wire:
    """Return one record with its display name and what belongs to a single one."""
    (record,) = write_records(actor, module.fields_for(actor), [document])
    whole = {**record, **module.single(document)}
    if not module.is_entity:
        # Groups and the like: rows of a table, which the original does not label.
        return whole
    names = (str(record.get(name, "")) for name in module.label_fields)
    return {**whole, "label": " ".join(name for name in names if name)}
