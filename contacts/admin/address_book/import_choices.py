"""What the screens of an import offer to choose from, and what was chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from django.http import HttpRequest, QueryDict
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.access import Actor
from contacts.admin.inputs import Options, Text
from contacts.fields import Field, reference
from contacts.services.recognizing import EMAIL, IDENTIFIER, NAME, NUMBER, PHONE, RULES
from contacts.services.remembering import remembered_import
from contacts.services.taking_in import ASK, FILL, OVERWRITE, SKIP, WAYS, Rule
from contacts.transfer.columns import (
    NEW_FIELD,
    NEW_TYPES,
    PARTS,
    grows,
    keys_of,
    means_something,
)
from contacts.transfer.findings import OWN_HEADINGS
from contacts.transfer.portable import portable_fields
from contacts.transfer.reading import beginning, read
from contacts.transfer.saying import DELIMITERS, ENCODINGS, Said, said_of
from contacts.transfer.tables import TABLES, FormatError

SHOWN = 20
LONGEST_CELL = 80
# For each of them the page offers every field.
MOST_COLUMNS = 200
COLUMN = "column-"

MATCHES: Options = (
    ("", gettext_lazy("Not at all: every row is a new contact")),
    (EMAIL, gettext_lazy("By an e-mail address")),
    (PHONE, gettext_lazy("By a phone number")),
    (NAME, gettext_lazy("By name and company")),
    (IDENTIFIER, gettext_lazy("By the external identifier")),
    (NUMBER, gettext_lazy("By the number here, in a file exported from here")),
)
ON_MATCH: Options = (
    (FILL, gettext_lazy("Fill in what is empty")),
    (OVERWRITE, gettext_lazy("Overwrite with what the file says")),
    (SKIP, gettext_lazy("Skip the row")),
    (ASK, gettext_lazy("Leave the row for me to decide")),
)
PART_LABELS: Mapping[str, Text] = {
    "full_name": gettext_lazy("Whole name, to be parted"),
    "addresses.street1": format_lazy("{}: {}", gettext_lazy("Address"), gettext_lazy("Street")),
    "addresses.street2": format_lazy(
        "{}: {}", gettext_lazy("Address"), gettext_lazy("Street, second line")
    ),
    "addresses.city": format_lazy("{}: {}", gettext_lazy("Address"), gettext_lazy("City")),
    "addresses.region": format_lazy("{}: {}", gettext_lazy("Address"), gettext_lazy("Region")),
    "addresses.postcode": format_lazy("{}: {}", gettext_lazy("Address"), gettext_lazy("Postcode")),
    "addresses.country": format_lazy("{}: {}", gettext_lazy("Address"), gettext_lazy("Country")),
    "phones.mobile": gettext_lazy("Mobile phone"),
    "phones.fax": gettext_lazy("Fax"),
    "notes": gettext_lazy("Background, under the heading"),
    "id": gettext_lazy("Number here"),
}
NEW_LABELS: Mapping[str, Text] = {
    "text": gettext_lazy("Text"),
    "long_text": gettext_lazy("Long text"),
    "integer": gettext_lazy("Whole number"),
    "decimal": gettext_lazy("Decimal number"),
    "date": gettext_lazy("Date"),
    "boolean": gettext_lazy("Yes or no"),
    "link": gettext_lazy("Link"),
}
DELIMITER_LABELS: Mapping[str, Text] = {
    ",": gettext_lazy("Comma"),
    ";": gettext_lazy("Semicolon"),
    "\t": gettext_lazy("Tab"),
    "|": gettext_lazy("Vertical bar"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its heading and what its cells mean, "" for nothing."""

    name: str
    heading: str
    key: str


@dataclass(frozen=True, slots=True)
class Preview:
    """The beginning of a file; only tables have columns to choose a meaning for."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]

    @property
    def cells(self) -> list[list[tuple[str, str]]]:
        """Return the rows as pairs of heading and text."""
        headings = [column.heading for column in self.columns]
        return [list(zip(headings, row, strict=False)) for row in self.rows]


def reading_of(file_format: str, sent: QueryDict) -> Said:
    """Return how a file is to be read: what is no choice counts as none."""
    encoding, delimiter = sent.get("encoding", ""), sent.get("delimiter", "")
    return Said(
        file_format,
        encoding=encoding if encoding in ENCODINGS else "",
        delimiter=delimiter if delimiter and delimiter in DELIMITERS else "",
        has_headings=sent.get("headings", "yes") != "no",
    )


def proposed(actor: Actor, path: Path, reading: Said) -> Said:
    """Return what was said of the last such file, else what can be guessed; raises FormatError."""
    known = known_fields(actor)
    if reading.file_format not in TABLES:
        return replace(reading, rule=Rule(EMAIL))
    headings, rows = first_rows(path, reading)
    kept = remembered_import(actor, _lasting(headings)) if reading.has_headings else None
    if kept is None:
        keys = keys_of(headings, known, rows)
        return replace(reading, keys=keys, rule=_rule_for(keys, rows))
    said = said_of(kept)
    own = [""] * (len(headings) - len(_lasting(headings)))
    new = new_keys() if actor.is_administrator else []
    keys = [
        key if key in new or means_something(key, known) else ""
        for key in (*own, *(said.keys or ()))
    ]
    return replace(reading, keys=keys, country=said.country, rule=said.rule)


def _rule_for(keys: Sequence[str], rows: Sequence[Sequence[str]]) -> Rule:
    """Return the rule that suits: nobody wants a second contact of the same person.

    Our own tables have a column for identifiers even where nobody has one.
    """
    filled = {key for row in rows for key, cell in zip(keys, row, strict=False) if cell.strip()}
    for key, match in (("external_identifier", IDENTIFIER), ("emails", EMAIL)):
        if key in filled:
            return Rule(match)
    return Rule(EMAIL if "emails" in keys else "")


def chosen(actor: Actor, request: HttpRequest, path: Path, reading: Said) -> Said:
    """Return what was chosen in the form; raises FormatError."""
    sent = request.POST
    match, on_match = sent.get("match", ""), sent.get("on_match", "")
    country = sent.get("country", "")
    return replace(
        reading,
        keys=_chosen_keys(actor, sent, path, reading) if reading.file_format in TABLES else None,
        country=country if reference.countries().id_of(country) else "",
        rule=Rule(match if match in RULES else "", on_match if on_match in WAYS else FILL),
    )


def _chosen_keys(actor: Actor, sent: QueryDict, path: Path, reading: Said) -> list[str]:
    """Return the meaning of each column; one that is chosen twice counts the first time."""
    known = known_fields(actor)
    keys: list[str] = []
    for number in range(len(first_rows(path, reading)[0])):
        key = sent.get(f"{COLUMN}{number}", "")
        is_new = actor.is_administrator and key in new_keys()
        is_known = means_something(key, known) and (key not in keys or grows(key, known))
        keys.append(key if is_new or is_known else "")
    return keys


def lasting_of(headings: Sequence[str], said: Said) -> tuple[Sequence[str], dict[str, object]]:
    """Return the headings under which what was said is remembered, and that."""
    kept = _lasting(headings)
    keys = (said.keys or ())[len(headings) - len(kept) :]
    return kept, replace(said, keys=keys).to_json()


def _lasting(headings: Sequence[str]) -> Sequence[str]:
    """Leave out the columns that a table of refused rows has in front."""
    own = len(OWN_HEADINGS)
    return headings[own:] if tuple(headings[:own]) == OWN_HEADINGS else headings


def known_fields(actor: Actor) -> dict[str, Field]:
    """Return the fields that files hold, by their keys."""
    return {field.key: field for field in portable_fields(actor)}


def new_keys() -> list[str]:
    """Return the meanings of a column for which a custom field has to be made."""
    return [f"{NEW_FIELD}{name}" for name in NEW_TYPES]


def meanings(actor: Actor) -> list[tuple[Text, Options]]:
    """Return what a column can mean, in groups with their titles."""
    known = known_fields(actor)
    parts = [(key, PART_LABELS[key]) for key in PARTS if means_something(key, known)]
    found: list[tuple[Text, Options]] = [
        (_("Fields"), [(key, field.label) for key, field in known.items()]),
        (_("Parts of fields"), parts),
    ]
    if actor.is_administrator:
        new = [(f"{NEW_FIELD}{name}", NEW_LABELS[name]) for name in NEW_TYPES]
        found.append((_("Make a custom field"), new))
    return found


def choices() -> dict[str, Options]:
    """Return everything else that there is to choose."""
    countries = sorted(reference.countries().by_id.values(), key=lambda row: row.name)
    return {
        "encodings": (("", _("By itself (UTF-8 or UTF-16)")), *ENCODINGS.items()),
        "delimiters": (("", _("By itself")), *DELIMITER_LABELS.items()),
        "countries": (("", "—"), *((row.key, row.name) for row in countries)),
        "matches": MATCHES,
        "on_match": ON_MATCH,
    }


def first_rows(path: Path, reading: Said) -> tuple[list[str], list[list[str]]]:
    """Return the headings of a table and its first rows; raises FormatError."""
    headings, rows = beginning(path, reading, SHOWN)
    if len(headings) > MOST_COLUMNS:
        text = _("the table has more than %(most)s columns")
        raise FormatError(text % {"most": MOST_COLUMNS})
    # What stands beyond the headings belongs to no column.
    return headings, [row[: len(headings)] for row in rows]


def preview(actor: Actor, path: Path, said: Said) -> Preview:
    """Return the beginning of a file as it is read; raises FormatError."""
    known = known_fields(actor)
    if said.file_format not in TABLES:
        return _preview_of_records(path, said, known)
    headings, rows = first_rows(path, said)
    columns = [
        Column(f"{COLUMN}{number}", heading or column_name(number), key)
        for number, (heading, key) in enumerate(zip(headings, said.keys or (), strict=False))
    ]
    return Preview(columns, [[cell[:LONGEST_CELL] for cell in row] for row in rows])


def column_name(number: int) -> str:
    """Return what a column without a heading is called."""
    return _("Column %(number)s") % {"number": number + 1}


def _preview_of_records(path: Path, said: Said, known: Mapping[str, Field]) -> Preview:
    records = list(islice(read(path, said, known), SHOWN))
    keys = [key for key in known if any(key in each.record for each in records)]
    labels: list[Text] = [known[key].label for key in keys]
    columns = [Column("", str(label), key) for label, key in zip(labels, keys, strict=True)]
    rows = [[_text(each.record.get(key))[:LONGEST_CELL] for key in keys] for each in records]
    return Preview(columns, rows)


def _text(value: object) -> str:
    """Return a value of a record as a person reads it."""
    if isinstance(value, list):
        return "; ".join(_text(each) for each in value)
    if isinstance(value, dict):
        return ", ".join(_text(each) for each in value.values() if each not in (None, "", False))
    return "" if value is None else str(value)
