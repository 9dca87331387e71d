"""Portable records as files, written piece by piece."""

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import StringIO

import orjson

from contacts.fields import Field
from contacts.transfer.cells import row_of
from contacts.transfer.portable import Record
from contacts.transfer.vcards import card_of

Fields = Sequence[Field]


@dataclass(frozen=True, slots=True)
class TextFormat:
    """How a file begins, goes on and ends; `some` is told whether records came before."""

    head: Callable[[Fields], str]
    some: Callable[[Sequence[Record], Fields, bool], str]
    tail: str = ""


def _table_head(fields: Fields) -> str:
    # Spreadsheets take a file without this mark for another encoding.
    return "\ufeff" + _lines([["id", *(field.key for field in fields)]])


def _table(records: Sequence[Record], fields: Fields, is_later: bool) -> str:
    return _lines([[str(record["id"]), *row_of(record, fields)] for record in records])


def _lines(rows: Sequence[Sequence[str]]) -> str:
    text = StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


def _documents(records: Sequence[Record], fields: Fields, is_later: bool) -> str:
    lines = ",\n".join(orjson.dumps(record).decode() for record in records)
    return f",\n{lines}" if is_later else lines


def _cards(records: Sequence[Record], fields: Fields, is_later: bool) -> str:
    return "".join(map(card_of, records))


TEXT_FORMATS = {
    "csv": TextFormat(_table_head, _table),
    "json": TextFormat(lambda fields: "[\n", _documents, "\n]\n"),
    "vcf": TextFormat(lambda fields: "", _cards),
}
