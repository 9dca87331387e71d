"""Tell the version of a record that is asked for by its id, so that a change can demand it."""

from collections.abc import Mapping
from typing import Any

from api.base.requests import DialectRequest
from api.base.versions import version_of
from api.civicrm.registry import entity_named
from api.civicrm.sources.records import RecordSource
from contacts.query import find_contacts
from contacts.query.records import find_record

Params = Mapping[str, Any]  # JSON

_READING = frozenset({"get", "getsingle"})


def note_version(request: DialectRequest, entity: str, action: str, params: Params) -> None:
    """Keep the version of the one record that a call of version 3 reads."""
    found = entity_named(entity)
    if found is None or action.lower() not in _READING or not hasattr(request, "actor"):
        return
    asked = params.get("id", params.get(found.id_alias))
    if isinstance(found.source, RecordSource):
        _note(request, found.source.kind, asked)


def note_version4(request: DialectRequest, entity: str, action: str, params: Params) -> None:
    """Keep the version of the one record that a call of version 4 reads."""
    match params.get("where"):
        case [["id", "=", asked]]:
            note_version(request, entity, action, {"id": asked})


def _note(request: DialectRequest, kind: str, asked: object) -> None:
    text = str(asked) if isinstance(asked, str | int) else ""
    if not text.isdecimal() or len(text) > len(str(2**63)):
        return
    record_id, actor = int(text), request.actor
    if kind == "contact":
        document = find_contacts(actor, [record_id], archived=None).get(record_id)
    else:
        document = find_record(actor, kind, record_id)
    if document is not None:
        request.shown_version = version_of(kind, document)
