"""Where values are: each module turns a comparison into a condition for one kind of place.

A storage is asked only for the positive operators; `ne`, `has_all`, `has_none` and `is_empty` are
put together from them by the compiler.
"""

from contacts.fields.storage.columns import (
    ApartColumn,
    ChildColumn,
    Column,
    NamesColumn,
    SeenColumn,
)
from contacts.fields.storage.custom import CustomRows
from contacts.fields.storage.facts import Facts
from contacts.fields.storage.folded import FoldedColumn, FoldedTrait, FullName
from contacts.fields.storage.keys import Flags, Keys, PhoneKeys, WholeNames, WordKeys
from contacts.fields.storage.linked import LinkedContacts
from contacts.fields.storage.links import Counted, Links, TagLinks, Tallies, Tally
from contacts.fields.storage.long_text import LongText
from contacts.fields.storage.moments import Lasting, TimeOfDay
from contacts.fields.storage.nearest import Nearest
from contacts.fields.storage.typed_phones import TypedPhones

__all__ = [
    "ApartColumn",
    "ChildColumn",
    "Column",
    "Counted",
    "CustomRows",
    "Facts",
    "Flags",
    "FoldedColumn",
    "FoldedTrait",
    "FullName",
    "Keys",
    "Lasting",
    "LinkedContacts",
    "Links",
    "LongText",
    "NamesColumn",
    "Nearest",
    "PhoneKeys",
    "SeenColumn",
    "TagLinks",
    "Tallies",
    "Tally",
    "TimeOfDay",
    "TypedPhones",
    "WholeNames",
    "WordKeys",
]
