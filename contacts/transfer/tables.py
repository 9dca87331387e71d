"""The rows of a table in a file, as texts."""

import csv
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import IO, Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

import openpyxl
from django.utils.translation import gettext as _

from contacts.transfer.saying import DELIMITERS, Said

CHUNK = 256 * 1024
# What reading raises where a file is no workbook, or a broken one.
NO_BOOK = (BadZipFile, KeyError, OSError, ParseError, TypeError, ValueError, zlib.error)
# A small workbook can unpack to anything. Sheets are read row by row, the rest is held in memory.
MOST_UNPACKED = 256 * 1024 * 1024
MOST_BESIDE_SHEETS = 64 * 1024 * 1024
# As many as a spreadsheet has.
MOST_COLUMNS = 16_384


class FormatError(ValueError):
    """The file is not of the format that it is said to be."""


def _csv(path: Path, said: Said) -> Iterator[list[str]]:
    with opened(path, said.encoding) as file:
        sample = file.read(CHUNK)
        file.seek(0)
        first = sample.splitlines()[0] if sample else ""
        delimiter = said.delimiter or max(DELIMITERS, key=first.count)
        yield from csv.reader(file, delimiter=delimiter)


def _xlsx(path: Path, said: Said) -> Iterator[list[str]]:
    try:
        _require_modest(path)
        # Opened here: a workbook that breaks while it is opened would leave its file open.
        with path.open("rb") as file, closing(_book(file)) as book:
            for row in book.worksheets[0].iter_rows(values_only=True):
                yield [_cell_text(cell) for cell in row]
    except FormatError:
        raise
    except NO_BOOK as error:
        raise FormatError(_("this is no workbook that can be read")) from error


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
        raise FormatError(_("the workbook unpacks to more than is read"))


def _cell_text(cell: Any) -> str:  # noqa: ANN401  # whatever a spreadsheet holds
    if cell is None:
        return ""
    moment = cell.isoformat() if hasattr(cell, "isoformat") else str(cell)
    # A day in a spreadsheet is the midnight at its beginning.
    return str(moment).removesuffix("T00:00:00")


def opened(path: Path, encoding: str = "") -> IO[str]:
    """Open a text; where nobody says its encoding it is UTF-8, or what its mark says."""
    if not encoding:
        with path.open("rb") as file:
            mark = file.read(2)
        encoding = "utf-16" if mark in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    return path.open(encoding=encoding, newline="")


# Tables say in their first row what stands in their columns; other files say it in each record.
TABLES: dict[str, Callable[[Path, Said], Iterator[list[str]]]] = {"csv": _csv, "xlsx": _xlsx}


def rows_of(path: Path, said: Said) -> Iterator[list[str]]:
    """Yield the rows of a table; raises FormatError for too many columns."""
    rows = TABLES[said.file_format](path, said)
    for row in rows:
        if len(row) > MOST_COLUMNS:
            raise FormatError(_("the table has too many columns"))
        yield row
