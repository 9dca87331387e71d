"""Write everything that is kept about one person to a ZIP, for that person."""

import json
from collections.abc import Iterator, Mapping
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model
from django.utils import timezone

from contacts import query
from contacts.access import Actor
from contacts.models import Attachment, Change
from contacts.services.personal_data import PersonalData, require_personal
from contacts.transfer.portable import portable_fields, told

CONTENTS = "person.json"
PIECE = 64 * 1024


def write_archive(actor: Actor, contact_id: int, file: BinaryIO) -> dict[str, int]:
    """Write the archive, and return how many rows of each kind are in it.

    `person.json` holds the contact in readable words, every row as it is stored, and the history;
    the files lie in `files/`. Raises what `require_personal` raises.
    """
    personal = require_personal(actor, contact_id)
    counts = personal.counts()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        contents = dict(_contents(actor, personal))
        text = json.dumps(contents, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
        archive.writestr(CONTENTS, text)
        for row in personal.files():
            _add_file(archive, row)
    return counts


def _contents(actor: Actor, personal: PersonalData) -> Iterator[tuple[str, object]]:
    yield "written_at", timezone.now()
    documents = query.find_contacts(actor, personal.contact_ids, archived=None)
    fields = portable_fields(actor)
    yield (
        "contacts",
        [told(documents[pk], fields) for pk in personal.contact_ids if pk in documents],
    )
    rows = personal.rows.items()
    yield "rows", {_name(model): [_row(row) for row in found] for model, found in rows if found}
    yield "deleted", [{**_row(kept.record), "rows": kept.own} for kept in personal.kept]
    yield "history", [_entry(change) for change in personal.changes().iterator()]


def _name(model: type[Model]) -> str:
    return str(model._meta.model_name)


def _row(row: Model) -> Mapping[str, object]:
    """Return a row by the names of its columns; what is empty is left out."""
    values = {field.attname: field.value_from_object(row) for field in row._meta.concrete_fields}
    values |= {name: value.name for name, value in values.items() if hasattr(value, "storage")}
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}


def _entry(change: Change) -> Mapping[str, object]:
    """Return an entry of the history without the people and keys that it came from."""
    names = ("record_kind", "record_id", "action", "at", "dialect", "before", "after")
    return {name: getattr(change, name) for name in names}


def _add_file(archive: ZipFile, row: Attachment) -> None:
    """Add a file under its number and name; one that is gone from the disk is left out."""
    name = row.file.name or ""
    if not name or not default_storage.exists(name):
        return
    with (
        default_storage.open(name, "rb") as source,
        archive.open(f"files/{row.pk} {row.filename}", "w", force_zip64=True) as target,
    ):
        while piece := source.read(PIECE):
            target.write(piece)
