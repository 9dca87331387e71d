"""Write the contacts that an actor sees to a file.

They are read by ascending id, so a file goes on where it was cut off: beside it stands a note of
the last id and of the length that belongs to it.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import openpyxl

from contacts import query
from contacts.access import Actor
from contacts.access.visibility import visible_contacts
from contacts.transfer.cells import rows_under
from contacts.transfer.portable import Record, portable_fields, teller_of
from contacts.transfer.writing import TEXT_FORMATS

BATCH = 1_000


@dataclass(slots=True)
class Place:
    """How far an export is."""

    last_id: int = 0
    length: int = 0
    count: int = 0


def export_contacts(actor: Actor, path: Path, file_format: str) -> Iterator[int]:
    """Write a file, yielding how many contacts are in it after each batch.

    What was cut off before is gone on with, except in a spreadsheet, which is one whole.
    """
    write = _write_workbook if file_format == "xlsx" else _write_text
    part = path.with_name(f"{path.name}.part")
    yield from write(actor, part, file_format)
    part.replace(path)
    _note_beside(part).unlink(missing_ok=True)


def _write_text(actor: Actor, part: Path, name: str) -> Iterator[int]:
    fields, text_format = portable_fields(actor), TEXT_FORMATS[name]
    written, between = text_format.writer(fields), text_format.between
    place = _place_of(part)
    with part.open("r+b" if place.length else "wb") as file:
        file.seek(place.length)
        file.truncate()
        if not place.length:
            file.write(text_format.head(fields).encode())
        for last_id, records in _batches(actor, place.last_id):
            pieces = [written(record) for record in records]
            file.write((between if place.count and pieces else b"") + between.join(pieces))
            file.flush()
            place = Place(last_id, file.tell(), place.count + len(pieces))
            _note_beside(part).write_text(json.dumps(asdict(place)))
            yield place.count
        file.write(text_format.tail.encode())
    yield place.count


def _write_workbook(actor: Actor, part: Path, name: str) -> Iterator[int]:
    fields, count = portable_fields(actor), 0
    row_of = rows_under(fields)
    # It goes to temporary files row by row; nothing is kept in memory.
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("contacts")
    sheet.append(["id", *(field.key for field in fields)])
    for _last_id, records in _batches(actor, 0):
        for record in records:
            sheet.append([str(record["id"]), *row_of(record)])
            count += 1
        yield count
    book.save(part)
    yield count


def _batches(actor: Actor, after: int) -> Iterator[tuple[int, Iterator[Record]]]:
    """Yield the living contacts by id, with the last id of each batch."""
    tell = teller_of(portable_fields(actor))
    while True:
        seen = visible_contacts(actor).filter(pk__gt=after).order_by("pk")
        ids = list(seen.values_list("pk", flat=True)[:BATCH])
        if not ids:
            return
        after = ids[-1]
        # Each is made when it is written: a thousand at once are long out of the processor's reach.
        documents = query.iter_documents(actor, ids)
        yield after, ({"id": document["id"], **tell(document)} for document in documents)


def _place_of(part: Path) -> Place:
    """Return where to go on; at the beginning without a note, or without its file."""
    try:
        place = Place(**json.loads(_note_beside(part).read_text()))
        return place if part.stat().st_size >= place.length else Place()
    except (OSError, ValueError, TypeError):
        return Place()


def _note_beside(part: Path) -> Path:
    return part.with_name(f"{part.name}.place")
