"""Files that are made to do harm are refused with a reason, and never held in memory whole."""

import io
import time
import tracemalloc
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from contacts.transfer.reading import read
from contacts.transfer.saying import Said
from contacts.transfer.tables import MOST_BESIDE_SHEETS, FormatError
from tests.trust.figures import tell

MEGABYTE = 1024 * 1024
# Most that reading may hold beside what a file of the greatest size is itself.
MOST_HELD = 64 * MEGABYTE
MOST_SECONDS = 60
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
BOMB = (
    b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><a>&c;</a>'
)


def book(parts: dict[str, bytes]) -> bytes:
    """Return a workbook, some of whose parts are these."""
    whole, made = io.BytesIO(), io.BytesIO()
    plain = openpyxl.Workbook()
    plain.active.append(["first_name"])
    plain.save(whole)
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as to:
        for name in dict.fromkeys((*source.namelist(), *parts)):
            to.writestr(name, parts[name] if name in parts else source.read(name))
    return made.getvalue()


def lying(archive: bytes, name: str) -> bytes:
    """Return a workbook that says of a part that it unpacks to ten bytes."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        told = opened.getinfo(name).file_size.to_bytes(4, "little")
    return archive.replace(told, (10).to_bytes(4, "little"))


FILES: dict[str, tuple[str, bytes]] = {
    "strings that unpack to gigabytes": (
        "xlsx",
        book({STRINGS: b"<sst><si><t>" + b"a" * MOST_BESIDE_SHEETS}),
    ),
    "strings that say to be small": (
        "xlsx",
        lying(book({STRINGS: b"<sst><si><t>" + b"a" * 32 * MEGABYTE}), STRINGS),
    ),
    "entities within entities": ("xlsx", book({STRINGS: BOMB})),
    "entities within entities in the sheet": ("xlsx", book({SHEET: BOMB})),
    "half a sheet": ("xlsx", book({SHEET: b"<worksheet><sheetData><row><c t='inlineStr'>"})),
    "a row far down": (
        "xlsx",
        book({SHEET: b'<worksheet><sheetData><row r="99999999999"><c r="XFD9"/></row>'}),
    ),
    "no zip": ("xlsx", b"PK\x03\x04" + b"\x00" * 100),
    "no book in the zip": ("xlsx", book({})[:400]),
    "a cell of ten megabytes": ("csv", b"first_name\n" + b"a" * 10 * MEGABYTE + b"\n"),
    "a heading of ten megabytes": ("csv", b"a" * 10 * MEGABYTE),
    "a million headings": ("csv", b"," * MEGABYTE),
    "a quote that never ends": ("csv", b'first_name\n"' + b"a\n" * 5 * MEGABYTE),
    "nothing but zeros": ("csv", b"first_name\n" + b"\x00" * MEGABYTE),
    "broken UTF-8": ("csv", b"first_name\n\xff\xc3\x28\n"),
    "half of UTF-16": ("csv", b"\xff\xfef\x00i"),
    "a card that never ends": ("vcf", b"BEGIN:VCARD\n" + b"NOTE:a\n" * 150_000),
    "a line of ten megabytes": ("vcf", b"BEGIN:VCARD\nNOTE:" + b"a" * 10 * MEGABYTE),
    "deep objects": ("json", b'{"a":' * 100_000),
    "deep objects that end": ("json", b'{"a":' * 100_000 + b"1" + b"}" * 100_000),
    "a text that never ends": ("json", b'[{"a":"' + b"a" * 20 * MEGABYTE),
    "a number of a megabyte": ("json", b'[{"first_name":' + b"9" * MEGABYTE + b"}]"),
    "broken UTF-8 in JSON": ("json", b'[{"first_name":"\xff"}]'),
}


@pytest.fixture(scope="module", autouse=True)
def tried() -> Iterator[list[int]]:
    """Collect how much was held, and tell of it behind the last test."""
    found: list[int] = []
    yield found
    most = max(found, default=0) / MEGABYTE
    tell("hostile input", f"{len(found)} files to import, at most {most:.0f} MB held")


@pytest.mark.parametrize("name", FILES)
@pytest.mark.django_db
def test_a_hostile_file_is_refused_in_bounded_memory(
    name: str, tmp_path: Path, tried: list[int]
) -> None:
    file_format, content = FILES[name]
    path = tmp_path / f"hostile.{file_format}"
    path.write_bytes(content)
    tracemalloc.start()
    begun = time.process_time()
    try:
        imported = [one for one in read(path, Said(file_format), {}) if not one.fault]
    except FormatError:
        imported = []
    held = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    tried.append(held)
    assert imported == []
    assert held < len(content) * 4 + MOST_HELD
    assert time.process_time() - begun < MOST_SECONDS
