"""Portable records as files, written piece by piece."""

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import orjson

from contacts.fields import Field
from contacts.transfer.cells import rows_under
from contacts.transfer.portable import Record
from contacts.transfer.vcards import card_of

Fields = Sequence[Field]


# Writes one record of a file.
Write = Callable[[Record], bytes]


@dataclass(frozen=True, slots=True)
class TextFormat:
    """How a file begins, what writes a record, what stands between two, and how it ends."""

    head: Callable[[Fields], str]
    writer: Callable[[Fields], Write]
    between: bytes = b""
    tail: str = ""


def _table_head(fields: Fields) -> str:
    # Spreadsheets take a file without this mark for another encoding.
    line = line_writer()(["id", *(field.key for field in fields)])
    return f"\ufeff{line}"


def _rows(fields: Fields) -> Write:
    row_of, line_of = rows_under(fields), line_writer()
    return lambda record: line_of([str(record["id"]), *row_of(record)]).encode()


class _Line:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def line_writer() -> Callable[[Sequence[str]], str]:
    """Return what makes a line of a table of its cells."""
    return csv.writer(_Line()).writerow


def _cards(fields: Fields) -> Write:
    return lambda record: card_of(record).encode()


TEXT_FORMATS = {
    "csv": TextFormat(_table_head, _rows),
    "json": TextFormat(lambda fields: "[\n", lambda fields: orjson.dumps, b",\n", "\n]\n"),
    "vcf": TextFormat(lambda fields: "", _cards),
}
