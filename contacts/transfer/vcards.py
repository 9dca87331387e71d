"""Portable records as vCards, and back."""

import re
from collections.abc import Iterator, Mapping
from typing import IO, Any

import vobject

from contacts.fields import reference
from contacts.transfer.portable import Record

TEXTS = (
    ("nickname", "nickname"),
    ("title", "job_title"),
    ("bday", "birthday"),
    ("note", "background"),
)
LISTS = (
    ("email", "emails", "address"),
    ("tel", "phones", "number"),
    ("url", "websites", "url"),
)
NAME_PARTS = (
    ("family", "last_name"),
    ("given", "first_name"),
    ("additional", "middle_name"),
    ("prefix", "prefix"),
    ("suffix", "suffix"),
)
ADDRESS_PARTS = (
    ("box", "po_box"),
    ("city", "city"),
    ("region", "region"),
    ("code", "postcode"),
    ("country", "country"),
)
# Line: the parts of a channel that its TYPE tells, with the list that knows their names.
KINDS = {
    "email": (("location", "location_type"),),
    "tel": (("type", "phone_type"), ("location", "location_type")),
    "url": (("type", "website_type"),),
    "adr": (("location", "location_type"),),
}
STREETS = ("street1", "street2", "street3")
BEGIN = re.compile(r"BEGIN:VCARD", re.IGNORECASE)
END = re.compile(r"END:VCARD", re.IGNORECASE)
# A picture may be large; more is no card.
MOST_LINES = 100_000
# Lines that say something, those that go on with another not counted; the parser is slow with more.
MOST_STATEMENTS = 2_000
STATEMENT = re.compile(r"^\S", re.MULTILINE)
# What no kind of a channel may hold: the library refuses to write such a card, and so the file.
_UNQUOTABLE = re.compile(r'["\x00-\x1f\x7f]')


def card_of(record: Mapping[str, Any]) -> str:
    """Return a record as a vCard 3.0."""
    card = vobject.vCard()
    parts = {part: record.get(key, "") for part, key in NAME_PARTS}
    card.add("n").value = vobject.vcard.Name(**parts)
    organization = record.get("organization_name") or record.get("household_name")
    full = " ".join(str(record[key]) for key in ("first_name", "last_name") if record.get(key))
    employer = organization or record.get("company") or ""
    card.add("fn").value = full or employer or "?"
    if employer:
        card.add("org").value = [employer, *filter(None, [record.get("department")])]
    for name, key in TEXTS:
        if record.get(key):
            card.add(name).value = str(record[key])
    _add_lists(card, record)
    return str(card.serialize())


def _add_lists(card: Any, record: Mapping[str, Any]) -> None:  # noqa: ANN401  # vobject has no types
    """Add tags, channels and addresses."""
    if record.get("tags"):
        card.add("categories").value = list(record["tags"])
    for name, key, main in LISTS:
        for item in record.get(key, ()):
            _add_channel(card, name, item, item.get(main, ""))
    for item in record.get("addresses", ()):
        parts = {part: item.get(key, "") for part, key in ADDRESS_PARTS}
        parts["street"] = [item[key] for key in STREETS if item.get(key)]
        _add_channel(card, "adr", item, vobject.vcard.Address(**parts))


def _add_channel(card: Any, name: str, item: Record, value: Any) -> None:  # noqa: ANN401  # vobject has no types
    line = card.add(name)
    line.value = value
    given = [str(item[part]) for part, _list in KINDS[name] if item.get(part)]
    kinds = [_UNQUOTABLE.sub(" ", kind) for kind in given]
    if kinds:
        line.type_param = kinds


def texts_of_cards(file: IO[str]) -> Iterator[str]:
    """Yield the cards of a file one by one: a broken one must not end the file."""
    lines: list[str] = []
    for line in file:
        if BEGIN.match(line):
            lines = []
        lines.append(line)
        if END.match(line) or len(lines) > MOST_LINES:
            yield "".join(lines)
            lines = []


def record_of_card(text: str) -> Record:
    """Return the record in a card; raises ValueError for what is none."""
    if sum(1 for _ in STATEMENT.finditer(text)) > MOST_STATEMENTS:
        raise ValueError("it has too many lines")
    try:
        contents = vobject.readOne(text, allowQP=True).contents
    except Exception as error:  # the parser raises whatever it meets in a broken card
        raise ValueError(str(error)) from error
    record: Record = {}
    for name, key in TEXTS:
        if name in contents:
            record[key] = str(contents[name][0].value)
    for name, key, main in LISTS:
        lines = contents.get(name, ())
        record[key] = [{main: str(line.value), **_kinds(name, line)} for line in lines]
    record["addresses"] = [
        {**_address(line.value), **_kinds("adr", line)} for line in contents.get("adr", ())
    ]
    record["tags"] = [str(tag) for line in contents.get("categories", ()) for tag in line.value]
    return {key: value for key, value in (record | _names(contents)).items() if value}


def _kinds(name: str, line: Any) -> Record:  # noqa: ANN401  # vobject has no types
    """Return what the TYPE of a line says in words that are known here."""
    found: Record = {}
    options = reference.options()
    for kind in line.params.get("TYPE", ()):
        for part, list_name in KINDS[name]:
            option = options.find(list_name, kind.strip())
            if option is not None:
                found.setdefault(part, option.name)
                break
    return found


def _names(contents: Mapping[str, Any]) -> Record:
    """Return who the card is about: a person, or an organization where no name is given."""
    name = contents["n"][0].value if "n" in contents else None
    record = {key: _text(getattr(name, part, "")) for part, key in NAME_PARTS}
    units = contents["org"][0].value if "org" in contents else ()
    organization, department = [*map(_text, units), "", ""][:2]
    if any(record.values()):
        return {**record, "company": organization, "department": department}
    if organization:
        return {"kind": "organization", "organization_name": organization}
    return {"first_name": _text(contents["fn"][0].value) if "fn" in contents else ""}


def _address(value: Any) -> Record:  # noqa: ANN401  # vobject has no types
    parts = {key: _text(getattr(value, part, "")) for part, key in ADDRESS_PARTS}
    streets = value.street if isinstance(value.street, list) else [value.street]
    lines = [*map(str, streets[:2]), ", ".join(map(str, streets[2:]))]
    parts |= dict(zip(STREETS, lines, strict=False))
    return {key: text for key, text in parts.items() if text}


def _text(value: Any) -> str:  # noqa: ANN401  # vobject gives a text or a list of them
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")
