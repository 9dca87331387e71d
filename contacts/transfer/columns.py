"""What the columns of a table mean, and the record that stands in a row of it.

A column is a field of the catalogue, or one of these: a part of an address or a phone of one type
(`addresses.city`, `phones.mobile`), a name that is to be parted (`full_name`), a text that goes
into the background under its heading (`notes`), our own number (`id`), a custom field that is to be
made (`new:date`). Several columns may mean the same: lists grow, of single values the first that is
not blank counts.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, override

from contacts.errors import Fault
from contacts.fields import Field, catalogue
from contacts.fields.names import parted_name
from contacts.fields.spreadsheets import of_cell
from contacts.fields.text import digits_of, fold, in_region
from contacts.fields.types import CUSTOM_TYPES, ValueFaultError
from contacts.transfer.cells import holds_several, value_of
from contacts.transfer.portable import Record

FULL_NAME = "full_name"
NOTES = "notes"
NUMBER = "id"
ADDRESS_PARTS = ("street1", "street2", "city", "region", "postcode", "country")
PHONE_TYPES = ("mobile", "fax")
ADDRESSES, PHONES = "addresses", "phones"
PARTS = (
    FULL_NAME,
    *(f"{ADDRESSES}.{part}" for part in ADDRESS_PARTS),
    *(f"{PHONES}.{name}" for name in PHONE_TYPES),
    NOTES,
    NUMBER,
)
BACKGROUND = "background"
# "new:date": a custom field of this type, which is made before the rows are taken in.
NEW_FIELD = "new:"
NEW_TYPES = ("text", "long_text", "integer", "decimal", "date", "boolean", "link")
# Of so many values that are there, so many have to look like it: 4 of 5.
ALIKE = 0.8
LEAST_DIGITS, MOST_DIGITS = 7, 15
LOOKS = {
    "emails": re.compile(r"[^@\s;,]+@[^@\s;,]+\.[^@\s;,]+"),
    "websites": re.compile(r"(https?://|www\.)\S+", re.IGNORECASE),
    "phones": re.compile(r"\+?[\d\s()./-]+"),
}
# A file is one of ours where so many headings are keys or labels of fields.
OURS = 5
# "E-mail 2", "E-mail 1 - Value": the second of several, or what another program writes so.
NUMBERED = re.compile(r"[\s#-]*\d+( - value)?$")

# Headings of other programs for what we call otherwise, folded.
_SAID = {
    FULL_NAME: "full name; name; contact name; display name; фио; полное имя",
    "first_name": "given name; first name; forename; имя",
    "middle_name": "middle name; additional name; отчество",
    "last_name": "family name; last name; surname; фамилия",
    "company": "organization; company; company name; account name; компания; организация",
    "organization_name": "название организации",
    "emails": "email; e-mail; e-mail address; email address; mail; почта; эл. почта;"
    " электронная почта; имейл",
    "phones": "phone; telephone; phone number; tel; business phone; home phone; work phone;"
    " телефон; рабочий телефон; номер телефона",
    "phones.mobile": "mobile; mobile phone; cell; cell phone; мобильный; мобильный телефон;"
    " сотовый",
    "phones.fax": "fax; fax number; business fax; факс",
    "websites": "website; url; web; web page; homepage; сайт; веб-сайт",
    "addresses": "address; postal address; адрес",
    "addresses.street1": "street; street address; address line 1; business street; улица;"
    " улица, дом",
    "addresses.street2": "address line 2; street 2; street, second line; улица, вторая строка",
    "addresses.city": "city; town; business city; город",
    "addresses.region": "region; state; province; county; регион; область",
    "addresses.postcode": "postcode; zip; zip code; postal code; plz; индекс; почтовый индекс",
    "addresses.country": "country; country/region; страна",
    BACKGROUND: "notes; note; comment; comments; примечание; примечания; заметки; комментарий",
    "job_title": "title; position; должность",
    "department": "department; отдел",
    "birthday": "birth date; date of birth; birthday; дата рождения; день рождения",
    "tags": "tags; labels; categories; group membership; метки; теги",
}
ALIASES = {alias.strip(): key for key, aliases in _SAID.items() for alias in aliases.split(";")}


def keys_of(
    headings: Sequence[str], known: Mapping[str, Field], rows: Sequence[Sequence[str]] = ()
) -> list[str]:
    """Return what each column means, "" for one that means nothing here.

    A heading is a key, a label in any language in use, or what other programs call it; what it does
    not say is guessed from the first rows.
    """
    by_label = _by_label(known)
    numbers = {NUMBER, *_by_label({NUMBER: catalogue("contact").by_key["id"]})}
    is_ours = sum(each in known or fold(each) in by_label for each in headings) >= OURS
    keys: list[str] = []
    for number, heading in enumerate(headings):
        key = NUMBER if fold(heading) in numbers else _named(heading, known, by_label)
        if key == NUMBER and not is_ours:
            # Other programs number their contacts too.
            key = ""
        if not key:
            key = _looks_like([row[number].strip() for row in rows if number < len(row)])
        is_taken = key in keys and not grows(key, known)
        keys.append(key if means_something(key, known) and not is_taken else "")
    if {"first_name", "last_name"} <= {*keys}:
        # It says once more what they say, and of one name alone it does not know which it is.
        return ["" if key == FULL_NAME else key for key in keys]
    return keys


def _by_label(known: Mapping[str, Field]) -> dict[str, str]:
    """Return the keys by their folded labels: first those of the language of the reader."""
    found: dict[str, str] = {}
    for language in (get_language(), *dict(settings.LANGUAGES)):
        with override(language):
            for key, field in known.items():
                found.setdefault(fold(str(field.label)), key)
                if key == ADDRESSES:
                    # "Address: City", as our own tables have it.
                    for alias, part in ALIASES.items():
                        if part.startswith(f"{ADDRESSES}."):
                            found.setdefault(fold(f"{field.label}: {alias}"), part)
    return found


def _named(heading: str, known: Mapping[str, Field], by_label: Mapping[str, str]) -> str:
    text = heading.strip()
    folded = fold(text)
    unnumbered = NUMBERED.sub("", folded)
    return (
        (text if means_something(text, known) else "")
        or by_label.get(folded)
        or ALIASES.get(folded)
        or by_label.get(unnumbered)
        or ALIASES.get(unnumbered, "")
    )


def _looks_like(texts: Sequence[str]) -> str:
    filled = [text for text in texts if text]
    for key, pattern in LOOKS.items():
        fitting = [text for text in filled if pattern.fullmatch(text)]
        if key == PHONES:
            fitting = [
                text for text in fitting if LEAST_DIGITS <= len(digits_of(text)) <= MOST_DIGITS
            ]
        if filled and len(fitting) >= ALIKE * len(filled):
            return key
    return ""


def means_something(key: str, known: Mapping[str, Field]) -> bool:
    """Tell whether this is a meaning of a column; one of a list needs the list."""
    if key in PARTS:
        listed = key.partition(".")[0]
        return listed in known or key in (FULL_NAME, NOTES, NUMBER)
    return key in known


def grows(key: str, known: Mapping[str, Field]) -> bool:
    """Tell whether several columns may mean this."""
    return (
        key == NOTES or key.startswith(f"{PHONES}.") or (key in known and holds_several(known[key]))
    )


def record_of(cells: Iterable[tuple[str, str, str]], known: Mapping[str, Field]) -> Record:
    """Return the record in a row, given its cells with their columns and headings."""
    row = _Row()
    for key, heading, cell in cells:
        text = cell.strip()
        if text and key in known:
            _take(row.record, key, value_of(text, known[key]), several=holds_several(known[key]))
        elif text and key:
            row.take_part(key, heading.strip(), of_cell(text))
    return row.whole()


@dataclass(slots=True)
class _Row:
    """A record while its cells come in, with what several of them make together."""

    record: Record = field(default_factory=dict)
    address: Record = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def take_part(self, key: str, heading: str, text: str) -> None:
        listed, _dot, part = key.partition(".")
        if key == FULL_NAME:
            _take_name(self.record, text)
        elif key == NOTES:
            self.notes.append(f"{heading}: {text}" if heading else text)
        elif key == NUMBER:
            self.record[NUMBER] = text
        elif key.startswith(NEW_FIELD):
            self.record[f"{key}:{heading}"] = text
        elif listed == PHONES:
            _take(self.record, PHONES, [{"number": text, "type": part}], several=True)
        elif listed == ADDRESSES:
            self.address.setdefault(part, text)

    def whole(self) -> Record:
        if self.address:
            # What has columns of its own is the main one.
            others = self.record.get(ADDRESSES, [])
            self.record[ADDRESSES] = [self.address, *others]
        if self.notes:
            lines = [*filter(None, [self.record.get(BACKGROUND)]), *self.notes]
            self.record[BACKGROUND] = "\n".join(lines)
        return self.record


def _take(
    record: Record,
    key: str,
    value: Any,  # noqa: ANN401  # any value of a record
    *,
    several: bool,
) -> None:
    if several:
        present = record.setdefault(key, [])
        present += [item for item in value if item not in present]
    else:
        record.setdefault(key, value)


def _take_name(record: Record, text: str) -> None:
    """Part a name; whoever is no person has it whole."""
    kind = fold(str(record.get("kind", "")))
    if kind in ("organization", "household"):
        record.setdefault(f"{kind}_name", text)
        return
    first, last = parted_name(text)
    for key, part in (("first_name", first), ("last_name", last)):
        if part:
            record.setdefault(key, part)


def in_country(record: Record, country: str) -> Record:
    """Return a record whose phones and addresses are of this country where they name none."""
    if not country:
        return record
    found = dict(record)
    if isinstance(record.get(PHONES), list):
        found[PHONES] = [_phone_in(item, country) for item in record[PHONES]]
    if isinstance(record.get(ADDRESSES), list):
        found[ADDRESSES] = [_address_in(item, country) for item in record[ADDRESSES]]
    return found


def _phone_in(item: object, country: str) -> object:
    if isinstance(item, str):
        return in_region(item, country)
    if isinstance(item, dict) and isinstance(item.get("number"), str):
        return {**item, "number": in_region(item["number"], country)}
    return item


def _address_in(item: object, country: str) -> object:
    if isinstance(item, str):
        return {"street1": item, "country": country}
    if isinstance(item, dict) and not (item.get("country") or item.get("country_text")):
        return {**item, "country": country}
    return item


def new_field_faults(record: Mapping[str, Any]) -> list[Fault]:
    """Return what is wrong with the values of fields that are still to be made."""
    faults = []
    for key, text in record.items():
        if key.startswith(NEW_FIELD):
            _new, type_name, label = key.split(":", 2)
            try:
                CUSTOM_TYPES[type_name].clean(text, catalogue("contact").by_key[BACKGROUND])
            except ValueFaultError as fault:
                faults.append(Fault(label, fault.code, fault.params))
    return faults
