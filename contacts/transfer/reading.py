"""Files of contacts as portable records, one after the other, whatever their length."""

import csv
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

import openpyxl

from contacts.fields import Field
from contacts.transfer.cells import keys_of, record_of
from contacts.transfer.portable import Record
from contacts.transfer.vcards import record_of_card, texts_of_cards

Known = Mapping[str, Field]

CHUNK = 256 * 1024
# One record of a JSON file; a file that never ends one is no such file.
LONGEST_RECORD = 16 * 1024 * 1024
DELIMITERS = ",;\t|"
# What reading raises where a file is no workbook, or a broken one.
NO_BOOK = (BadZipFile, KeyError, OSError, ParseError, ValueError)
# What stands between the records of an array, or of lines.
BETWEEN = re.compile(r"[\s,\[\]]*")


@dataclass(frozen=True, slots=True)
class Read:
    """One record of a file: its number, its fields, what was written there, what is wrong."""

    number: int
    record: Record = field(default_factory=dict)
    written: str = ""
    fault: str = ""


class FormatError(ValueError):
    """The file is not of the format that it is said to be."""


def _csv(path: Path, known: Known) -> Iterator[Read]:
    with _opened(path) as file:
        sample = file.read(CHUNK)
        file.seek(0)
        first = sample.splitlines()[0] if sample else ""
        delimiter = max(DELIMITERS, key=first.count)
        yield from _rows(csv.reader(file, delimiter=delimiter), known)


def _xlsx(path: Path, known: Known) -> Iterator[Read]:
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except NO_BOOK as error:
        raise FormatError(str(error)) from error
    try:
        rows = book.worksheets[0].iter_rows(values_only=True)
        yield from _rows(([_cell_text(cell) for cell in row] for row in rows), known)
    finally:
        book.close()


def _cell_text(cell: Any) -> str:  # noqa: ANN401  # whatever a spreadsheet holds
    if cell is None:
        return ""
    moment = cell.isoformat() if hasattr(cell, "isoformat") else str(cell)
    # A day in a spreadsheet is the midnight at its beginning.
    return str(moment).removesuffix("T00:00:00")


def _rows(rows: Iterator[list[str]], known: Known) -> Iterator[Read]:
    keys = keys_of(next(rows, []), known)
    if not any(keys):
        raise FormatError("no heading names a field")
    for number, row in enumerate(rows, start=2):
        if any(row):
            cells = {key: text for key, text in zip(keys, row, strict=False) if key}
            yield Read(number, record_of(cells, known), json.dumps(row, ensure_ascii=False))


def _vcf(path: Path, known: Known) -> Iterator[Read]:
    with _opened(path) as file:
        for number, text in enumerate(texts_of_cards(file), start=1):
            try:
                yield Read(number, record_of_card(text), text)
            except ValueError as error:
                yield Read(number, written=text, fault=f"no vCard: {error}")


def _json(path: Path, known: Known) -> Iterator[Read]:
    with _opened(path) as file:
        for number, value in enumerate(_values(file), start=1):
            text = json.dumps(value, ensure_ascii=False)
            if isinstance(value, dict):
                yield Read(number, value, text)
            else:
                yield Read(number, written=text, fault="no object")


def _values(file: IO[str]) -> Iterator[Any]:
    """Yield the objects of an array, or of lines with one each, holding one at a time."""
    decoder, text = json.JSONDecoder(), ""
    for chunk in iter(lambda: file.read(CHUNK), ""):
        text += chunk
        place = _next(text, 0)
        while place < len(text):
            try:
                value, end = decoder.raw_decode(text, place)
            except ValueError:
                break
            yield value
            place = _next(text, end)
        text = text[place:]
        if len(text) > LONGEST_RECORD:
            raise FormatError("no JSON, or a record that is too long")
    if text:
        raise FormatError("the JSON ends in the middle of a record")


def _next(text: str, place: int) -> int:
    """Return where the next record begins."""
    found = BETWEEN.match(text, place)
    return found.end() if found else place


def _opened(path: Path) -> IO[str]:
    """Open a text by its mark of encoding; without one it is UTF-8."""
    with path.open("rb") as file:
        mark = file.read(2)
    encoding = "utf-16" if mark in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    return path.open(encoding=encoding, newline="")


READERS: dict[str, Callable[[Path, Known], Iterator[Read]]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "vcf": _vcf,
    "json": _json,
}


def read(path: Path, file_format: str, known: Known) -> Iterator[Read]:
    """Yield the records of a file; raises FormatError."""
    try:
        yield from READERS[file_format](path, known)
    except UnicodeDecodeError as error:
        raise FormatError(f"the text is neither UTF-8 nor UTF-16: {error.reason}") from error


def format_of(path: Path, asked: str = "") -> str:
    """Return the format of a file, by its ending where nobody says; raises FormatError."""
    ending = asked or path.suffix.lower().lstrip(".")
    known = {"vcard": "vcf", "jsonl": "json"}.get(ending, ending)
    if known not in READERS:
        raise FormatError(f"the format {ending!r} is none of {', '.join(READERS)}")
    return known
