"""Portable records as vCards 3.0, written line by line.

A card is a dozen lines of text. The library that reads cards makes objects of them to write them,
which takes ten times as long as all else of an export.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from contacts.transfer.vcards import ADDRESS_PARTS, KINDS, LISTS, NAME_PARTS, STREETS, TEXTS

# Of bytes in a line; what goes on with the next one begins with a blank.
LONGEST_LINE = 75
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": "\\n"})
# What no parameter may hold, quoted or not.
_UNQUOTABLE = re.compile(r'["\x00-\x1f\x7f]')
_QUOTED = re.compile("[,;:]")

Record = Mapping[str, Any]


def card_of(record: Record) -> str:
    """Return a record as a vCard 3.0."""
    # In the order of their names, as other programs write them too.
    lines = [*_listed(record), *_told(record)]
    lines.sort(key=lambda line: line[0])
    told = [_folded(f"{name}{kinds}:{value}") for name, kinds, value in lines]
    return "\r\n".join(["BEGIN:VCARD", "VERSION:3.0", *told, "END:VCARD", ""])


def _told(record: Record) -> Iterator[tuple[str, str, str]]:
    """Yield the lines of which there is one: name, kinds, value."""
    yield "N", "", ";".join(_escaped(record.get(key, "")) for _part, key in NAME_PARTS)
    organization = record.get("organization_name") or record.get("household_name")
    full = " ".join(str(record[key]) for key in ("first_name", "last_name") if record.get(key))
    employer = organization or record.get("company") or ""
    yield "FN", "", _escaped(full or employer or "?")
    if employer:
        units = [employer, *filter(None, [record.get("department")])]
        yield "ORG", "", ";".join(map(_escaped, units))
    for name, key in TEXTS:
        if record.get(key):
            yield name.upper(), "", _escaped(str(record[key]))


def _listed(record: Record) -> Iterator[tuple[str, str, str]]:
    """Yield the lines of tags, channels and addresses."""
    if record.get("tags"):
        yield "CATEGORIES", "", ",".join(map(_escaped, record["tags"]))
    for name, key, main in LISTS:
        for item in record.get(key, ()):
            yield name.upper(), _kinds(name, item), _escaped(item.get(main, ""))
    for item in record.get("addresses", ()):
        parts = {part: _escaped(item.get(key, "")) for part, key in ADDRESS_PARTS}
        streets = ",".join(_escaped(item[key]) for key in STREETS if item.get(key))
        # The second is an extended address, which nobody writes any more.
        before, after = [parts["box"], "", streets], ("city", "region", "code", "country")
        yield "ADR", _kinds("adr", item), ";".join([*before, *(parts[each] for each in after)])


def _kinds(name: str, item: Record) -> str:
    """Return what the TYPE of a channel tells."""
    kinds = [_parameter(str(item[part])) for part, _list in KINDS[name] if item.get(part)]
    return f";TYPE={','.join(kinds)}" if kinds else ""


def _parameter(text: str) -> str:
    text = _UNQUOTABLE.sub(" ", text)
    return f'"{text}"' if _QUOTED.search(text) else text


def _escaped(text: str) -> str:
    # Most texts hold nothing of it.
    return text if text.isalnum() else text.replace("\r\n", "\n").translate(_ESCAPED)


def _folded(line: str) -> str:
    if len(line) <= LONGEST_LINE and (line.isascii() or len(line.encode()) <= LONGEST_LINE):
        return line
    return "\r\n ".join(_pieces(line))


def _pieces(line: str) -> Iterable[str]:
    """Yield a long line in parts, none of them in the middle of a character."""
    begin, used = 0, 0
    for place, char in enumerate(line):
        size = len(char.encode())
        if used + size > LONGEST_LINE:
            yield line[begin:place]
            # The blank before the rest counts.
            begin, used = place, 1
        used += size
    yield line[begin:]
