"""What somebody says of a file before its contacts are taken in."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields

from contacts.services.taking_in import Rule

# By their names in Python; without one a text is UTF-8, or what its first bytes say.
ENCODINGS = {
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "cp1252": "Windows-1252",
    "cp1250": "Windows-1250",
    "cp1251": "Windows-1251",
    "koi8-r": "KOI8-R",
    "iso8859-15": "ISO 8859-15",
    "mac-roman": "Mac Roman",
    "shift_jis": "Shift JIS",
    "gb18030": "GB 18030",
}
DELIMITERS = ",;\t|"
ALL_NEW = Rule()


@dataclass(frozen=True, slots=True)
class Said:
    """The format of a file, how its table is read, and what becomes of its rows.

    `keys` are the columns of a table, in the words of `columns`; None is for those that the
    headings name. Without a delimiter it is the one that the first line has most of. `country` is
    the two-letter code of numbers and addresses that name none.
    """

    file_format: str
    keys: Sequence[str] | None = None
    encoding: str = ""
    delimiter: str = ""
    has_headings: bool = True
    country: str = ""
    rule: Rule = ALL_NEW

    def to_json(self) -> dict[str, object]:
        """Return it as a job keeps it."""
        return asdict(self)


def said_of(kept: Mapping[str, object]) -> Said:
    """Return what `to_json` wrote; what a later version wrote besides is left out."""
    known = {field.name for field in fields(Said)}
    values = {name: value for name, value in kept.items() if name in known}
    rule = values.get("rule")
    values["rule"] = Rule(**rule) if isinstance(rule, dict) else ALL_NEW
    return Said(**values)  # type: ignore[arg-type]  # as it was written
