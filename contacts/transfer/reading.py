"""Files of contacts as portable records, one after the other, whatever their length."""

import csv
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

from contacts.fields import Field
from contacts.transfer.columns import in_country, keys_of, record_of
from contacts.transfer.portable import Record
from contacts.transfer.saying import Said
from contacts.transfer.tables import CHUNK, TABLES, FormatError, opened, rows_of
from contacts.transfer.vcards import record_of_card, texts_of_cards

Known = Mapping[str, Field]

# One record of a JSON file; a file that never ends one is no such file.
LONGEST_RECORD = 16 * 1024 * 1024
# What stands between the records of an array, or of lines.
BETWEEN = re.compile(r"[\s,\[\]]*")
# What can be wrong with a record as a whole.
NO_CARD = "no vCard"
NO_OBJECT = "no object"


@dataclass(frozen=True, slots=True)
class Read:
    """One record of a file: its number, its fields, what was written there, what is wrong.

    Of a table `cells` is what was written, of other files `written`.
    """

    number: int
    record: Record = field(default_factory=dict)
    written: str = ""
    cells: Sequence[str] = ()
    fault: str = ""


def _records(path: Path, said: Said, known: Known) -> Iterator[Read]:
    headings, rows = headed(rows_of(path, said), said)
    keys = keys_of(headings, known) if said.keys is None else said.keys
    if not any(keys):
        raise FormatError(_("no heading names a field"))
    for number, row in enumerate(rows, start=2 if said.has_headings else 1):
        if any(row):
            record = record_of(zip(keys, headings, row, strict=False), known)
            yield Read(number, in_country(record, said.country), cells=row)


def headed(rows: Iterator[list[str]], said: Said) -> tuple[list[str], Iterator[list[str]]]:
    """Return the headings of a table, blank ones where it has none, and the rows below them."""
    first = next(rows, [])
    if said.has_headings:
        return first, rows
    return [""] * len(first), chain([first] if first else [], rows)


def _vcf(path: Path, said: Said) -> Iterator[Read]:
    with opened(path, said.encoding) as file:
        for number, text in enumerate(texts_of_cards(file), start=1):
            try:
                yield Read(number, in_country(record_of_card(text), said.country), text)
            except ValueError:
                yield Read(number, written=text, fault=NO_CARD)


def _json(path: Path, said: Said) -> Iterator[Read]:
    with opened(path, said.encoding) as file:
        for number, value in enumerate(_values(file), start=1):
            text = json.dumps(value, ensure_ascii=False)
            if isinstance(value, dict):
                yield Read(number, in_country(value, said.country), text)
            else:
                yield Read(number, written=text, fault=NO_OBJECT)


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
            raise FormatError(_("no JSON, or a record that is too long"))
    if text:
        raise FormatError(_("the JSON ends in the middle of a record"))


def _next(text: str, place: int) -> int:
    """Return where the next record begins."""
    found = BETWEEN.match(text, place)
    return found.end() if found else place


READERS: dict[str, Callable[[Path, Said], Iterator[Read]]] = {"vcf": _vcf, "json": _json}
FORMATS = (*TABLES, *READERS)


def read(path: Path, said: Said, known: Known) -> Iterator[Read]:
    """Yield the records of a file; raises FormatError."""
    with _faults_said():
        if said.file_format in TABLES:
            yield from _records(path, said, known)
        else:
            yield from READERS[said.file_format](path, said)


def beginning(path: Path, said: Said, rows: int) -> tuple[list[str], list[list[str]]]:
    """Return the headings of a table and its first rows as they are; raises FormatError."""
    with _faults_said():
        headings, found = headed(rows_of(path, said), said)
        return headings, list(islice(found, rows))


@contextmanager
def _faults_said() -> Iterator[None]:
    """Raise FormatError for whatever a reader meets in a file that is not of its format."""
    try:
        yield
    except UnicodeDecodeError as error:
        text = _("the text is not %(encoding)s; choose another encoding")
        raise FormatError(text % {"encoding": error.encoding.upper()}) from error
    except UnicodeError as error:
        raise FormatError(_("the text is of another encoding; choose it")) from error
    except csv.Error as error:
        raise FormatError(_("no table: %(reason)s") % {"reason": error}) from error
    except RecursionError:
        raise FormatError(_("a record is nested too deeply")) from None


def format_of(path: Path, asked: str = "") -> str:
    """Return the format of a file, by its ending where nobody says; raises FormatError."""
    ending = asked or path.suffix.lower().lstrip(".")
    known = {"vcard": "vcf", "jsonl": "json"}.get(ending, ending)
    if known not in FORMATS:
        raise FormatError(f"the format {ending!r} is none of {', '.join(FORMATS)}")
    return known
