"""Files of contacts as portable records, one after the other, whatever their length."""

import csv
import json
import re
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import IO, Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

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
NO_BOOK = (BadZipFile, KeyError, OSError, ParseError, TypeError, ValueError, zlib.error)
# A small workbook can unpack to anything. Sheets are read row by row, the rest is held in memory.
MOST_UNPACKED = 256 * 1024 * 1024
MOST_BESIDE_SHEETS = 64 * 1024 * 1024
# As many as a spreadsheet has.
MOST_COLUMNS = 16_384
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


def _csv(path: Path) -> Iterator[list[str]]:
    with _opened(path) as file:
        sample = file.read(CHUNK)
        file.seek(0)
        first = sample.splitlines()[0] if sample else ""
        delimiter = max(DELIMITERS, key=first.count)
        yield from csv.reader(file, delimiter=delimiter)


def _xlsx(path: Path) -> Iterator[list[str]]:
    try:
        _require_modest(path)
        # Opened here: a workbook that breaks while it is opened would leave its file open.
        with path.open("rb") as file, closing(_book(file)) as book:
            for row in book.worksheets[0].iter_rows(values_only=True):
                yield [_cell_text(cell) for cell in row]
    except NO_BOOK as error:
        raise FormatError(str(error)) from error


def _book(file: IO[bytes]) -> openpyxl.Workbook:
    return openpyxl.load_workbook(file, read_only=True, data_only=True)


def _require_modest(path: Path) -> None:
    """Raise FormatError for a workbook that unpacks to more than a table of contacts would.

    No part of it unpacks to more than it says of itself: reading stops there.
    """
    with ZipFile(path) as book:
        sizes = {part.filename: part.file_size for part in book.infolist()}
    beside = sum(size for name, size in sizes.items() if "/worksheets/" not in name)
    if sum(sizes.values()) > MOST_UNPACKED or beside > MOST_BESIDE_SHEETS:
        raise FormatError("the workbook unpacks to more than is read")


def _cell_text(cell: Any) -> str:  # noqa: ANN401  # whatever a spreadsheet holds
    if cell is None:
        return ""
    moment = cell.isoformat() if hasattr(cell, "isoformat") else str(cell)
    # A day in a spreadsheet is the midnight at its beginning.
    return str(moment).removesuffix("T00:00:00")


def _records(rows: Iterator[list[str]], known: Known, keys: Sequence[str] | None) -> Iterator[Read]:
    headings = next(rows, [])
    if len(headings) > MOST_COLUMNS:
        raise FormatError("the table has too many columns")
    keys = keys_of(headings, known) if keys is None else keys
    if not any(keys):
        raise FormatError("no heading names a field")
    for number, row in enumerate(rows, start=2):
        if any(row):
            cells = {key: text for key, text in zip(keys, row, strict=False) if key}
            yield Read(number, record_of(cells, known), json.dumps(row, ensure_ascii=False))


def _vcf(path: Path) -> Iterator[Read]:
    with _opened(path) as file:
        for number, text in enumerate(texts_of_cards(file), start=1):
            try:
                yield Read(number, record_of_card(text), text)
            except ValueError as error:
                yield Read(number, written=text, fault=f"no vCard: {error}")


def _json(path: Path) -> Iterator[Read]:
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


# Tables say in their first row what stands in their columns; other files say it in each record.
TABLES: dict[str, Callable[[Path], Iterator[list[str]]]] = {"csv": _csv, "xlsx": _xlsx}
READERS: dict[str, Callable[[Path], Iterator[Read]]] = {"vcf": _vcf, "json": _json}
FORMATS = (*TABLES, *READERS)


def read(
    path: Path, file_format: str, known: Known, *, keys: Sequence[str] | None = None
) -> Iterator[Read]:
    """Yield the records of a file; raises FormatError.

    `keys` are the fields of a table's columns where somebody has said which ("": none of them).
    """
    with _faults_said():
        if file_format in TABLES:
            yield from _records(TABLES[file_format](path), known, keys)
        else:
            yield from READERS[file_format](path)


def beginning(path: Path, file_format: str, rows: int) -> list[list[str]]:
    """Return the first rows of a table as they are, the headings among them; raises FormatError."""
    with _faults_said():
        return list(islice(TABLES[file_format](path), rows))


@contextmanager
def _faults_said() -> Iterator[None]:
    """Raise FormatError for whatever a reader meets in a file that is not of its format."""
    try:
        yield
    except UnicodeDecodeError as error:
        raise FormatError(f"the text is neither UTF-8 nor UTF-16: {error.reason}") from error
    except csv.Error as error:
        raise FormatError(f"no table: {error}") from error
    except RecursionError:
        raise FormatError("a record is nested too deeply") from None


def format_of(path: Path, asked: str = "") -> str:
    """Return the format of a file, by its ending where nobody says; raises FormatError."""
    ending = asked or path.suffix.lower().lstrip(".")
    known = {"vcard": "vcf", "jsonl": "json"}.get(ending, ending)
    if known not in FORMATS:
        raise FormatError(f"the format {ending!r} is none of {', '.join(FORMATS)}")
    return known
