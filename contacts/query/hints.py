"""Words by which the index of the search text leads to what a filter looks for inside a text.

No index tells which names hold "smit" somewhere: all of them would be looked at. But whatever holds
it there has it in its search text too, or in the text beside that, and both have an index of
trigrams. So a word of the filter leads to a few contacts, of which the filter itself is checked. A
word that very many have does not lead: it would cost more than looking at all names.
"""

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BigAutoField, Lookup
from django.db.models.sql.compiler import SQLCompiler

from contacts.fields import Field
from contacts.fields.picking import KEYS, PickedText
from contacts.fields.storage import CustomRows, Facts, FoldedColumn, LongText, TypedPhones
from contacts.fields.storage.looking import word_of
from contacts.fields.storage.lookups import Sql, escaped
from contacts.fields.text import digits_of, fold, longest_word
from contacts.index import BESIDE_FIELDS, SEARCHED_FIELDS, is_beside
from contacts.query.titles import stands_in_titles
from contacts.query.tree import Compare
from contacts.query.trigrams import LEAST_TRIGRAM, has_trigrams, sql_led_to

# So many are checked sooner than a million texts are looked at (measured on SQLite): for each
# comparison that looks at all of them, and at most.
LED_TO_EACH = 4_000
MOST_LED_TO = 30_000
# Whether few have a word is asked first: counting on for nothing would take as long as all else.
FEW = 8_000
# PostgreSQL visits each of them, also those that only seem to have the word.
FEW_ON_POSTGRESQL = 1_000
# How many have a word is asked again after so many seconds.
KEEP_SECONDS = 600
KEEP_AT_MOST = 2_000

INSIDE = frozenset({"contains", "ends_with", "like"})
# Of texts without a key no index tells either which are equal, or begin so.
WHOLE = frozenset({"eq", "in", "starts_with"})
# An index of their keys has these together with longer texts, or of other phones.
BEGINNINGS = (CustomRows, Facts, TypedPhones)
# Compared by their digits as well, however they are punctuated.
NUMBERS = frozenset({"phones", "phone_digits", "mobile_phone", "fax"})
# Put together from parts of the name, which the search text has, and from titles, which it has not.
WHOLE_NAMES = frozenset({"full_name", "listed_name"})
# A text of addresses that is looked for by the names of countries.
COUNTRY = "country"

# So much of a text that is asked for as a whole is looked up.
LONGEST = 32
# Where a word is looked for on SQLite, by the column of the texts.
_INDEX = {"wide": "contacts_search", "beside": "contacts_beside"}


@dataclass(frozen=True, slots=True)
class Hint:
    """A word, and the column of texts whose index leads to it.

    Where it `is_looked_for` no index leads to it: all texts are looked at.
    """

    word: str
    column: str = "wide"
    is_looked_for: bool = False


# Database and hint: until when, how many contacts have it, and how many were counted at most.
_kept: dict[tuple[str, Hint], tuple[float, int, int]] = {}
NEVER = (0.0, 0, 0)


def hint_of(compare: Compare) -> Hint | None:
    """Return a word that is in a text of each contact that a comparison fits, or None."""
    field, comparison = compare.field, compare.comparison
    operator, column = comparison.operator, _column_of(field)
    is_inside = operator in INSIDE or (operator in WHOLE and not _has_key(field, operator))
    if not column or not is_inside or comparison.case_sensitive:
        return None
    value = comparison.value
    if operator == "in":
        # Of several values none is in all of these texts.
        value = value[0] if isinstance(value, tuple) and len(value) == 1 else ""
    word = _word_of(field, operator, str(value))
    return Hint(word, column) if word else None


def best_hint_of(compare: Compare, using: str) -> Hint | None:
    """Return the hint that leads: where very many have the word, few may have all that is asked.

    Only the text beside the search text has its values as they stand, each on a line.
    """
    hint, operator = hint_of(compare), compare.comparison.operator
    if hint is None or hint.column != "beside" or operator == "like" or leads(hint, using):
        return hint
    value = compare.comparison.value
    whole = fold(str(value[0] if isinstance(value, tuple) else value))[:LONGEST]
    better = Hint(whole, hint.column)
    return better if leads(better, using) else hint


def looked_for(compare: Compare) -> Hint | None:
    """Return a word to look for in all search texts before texts are folded, or None.

    For what no index leads to: words of one or two letters, and those that very many have.
    """
    field, operator = compare.field, compare.comparison.operator
    is_folded = isinstance(field.storage, PickedText) and not _has_key(field, operator)
    column = _column_of(field) if is_folded else ""
    word = word_of(compare.comparison)
    return Hint(word, column, is_looked_for=True) if column and word else None


def _column_of(field: Field) -> str:
    """Return the column of texts that has all values of a field, or ""."""
    if field.kind != "contact":
        return ""
    if isinstance(field.storage, PickedText):
        part = field.storage.part
        return "" if part == COUNTRY else "beside" if part in BESIDE_FIELDS else "wide"
    if field.custom_id is not None:
        is_text = field.type.value_column == "text"
        return "beside" if is_beside(field) else "wide" if is_text else ""
    if field.key in BESIDE_FIELDS:
        return "beside"
    return "wide" if field.key in SEARCHED_FIELDS or field.key in WHOLE_NAMES else ""


def _has_key(field: Field, operator: str) -> bool:
    """Tell whether an index leads to whole values of a field, or to how they begin."""
    storage = field.storage
    if isinstance(storage, PickedText):
        return (storage.model, storage.part) in KEYS
    if operator == "starts_with" and isinstance(storage, BEGINNINGS):
        return False
    return isinstance(storage, LongText) or not isinstance(storage, FoldedColumn)


def _word_of(field: Field, operator: str, text: str) -> str:
    """Return the word of a text by which a field is looked for, or ""."""
    if field.key in WHOLE_NAMES:
        word = _longest_run(text)
        return "" if stands_in_titles(word) else word
    digits = digits_of(text)
    if field.key in NUMBERS and operator != "like" and len(digits) >= LEAST_TRIGRAM:
        return digits if not any(char.isalpha() for char in text) else ""
    return _longest_run(text)


def _longest_run(text: str) -> str:
    """Return the longest word of a text, or "" where the index leads to none of them."""
    word = longest_word(text)
    return word if len(word) >= LEAST_TRIGRAM else ""


def leads(hint: Hint, using: str, *, comparisons: int = 1) -> bool:
    """Tell whether a word leads to few enough contacts for so many comparisons that have it."""
    most = min(MOST_LED_TO, comparisons * LED_TO_EACH)
    return _holders(hint, using, MOST_LED_TO) < most


def few(using: str) -> int:
    """Return how many are looked for first."""
    on_postgresql = min(FEW_ON_POSTGRESQL, MOST_LED_TO)
    return FEW if connections[using].vendor == "sqlite" else on_postgresql


def is_common(hint: Hint, using: str) -> bool:
    """Tell whether so many contacts have a word that a page of them is soon full."""
    if len(hint.word) < LEAST_TRIGRAM or _holders(hint, using, few(using)) <= few(using):
        return False
    return _holders(hint, using, MOST_LED_TO) > MOST_LED_TO


def note_holders(hint: Hint, using: str, number: int) -> None:
    """Remember that at least so many contacts have a word."""
    if number > MOST_LED_TO:
        _keep(hint, using, number, MOST_LED_TO)


def _holders(hint: Hint, using: str, most: int) -> int:
    """Return how many contacts have a word, asked now and then; above `most` no more than that."""
    until, known, limit = _kept.get((using, hint), NEVER)
    if until > time.monotonic() and (known > most or known <= limit):
        return known
    if connections[using].vendor != "sqlite" and not has_trigrams(using):
        return most
    found = _count(hint, using, most)
    _keep(hint, using, found, most)
    return found


def _keep(hint: Hint, using: str, found: int, most: int) -> None:
    if len(_kept) >= KEEP_AT_MOST:
        _kept.clear()
    _kept[using, hint] = (time.monotonic() + KEEP_SECONDS, found, most)


def forget_words() -> None:
    """Forget everything kept (a test starts with other data)."""
    _kept.clear()


def _count(hint: Hint, using: str, most: int) -> int:
    connection = connections[using]
    among, params = _among(hint, connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM ({among} LIMIT {most + 1}) led_to",  # noqa: S608 -- ours
            params,
        )
        return int(cursor.fetchone()[0])


def _among(hint: Hint, vendor: str) -> tuple[str, list[str]]:
    """Return the statement that finds the contacts that a hint leads to."""
    if hint.is_looked_for:
        return _looking(hint, vendor)
    if vendor == "sqlite":
        index, word = _INDEX[hint.column], hint.word.replace('"', '""')
        found = f"SELECT rowid FROM {index} WHERE {index} MATCH %s"  # noqa: S608 -- ours
        return found, [f'{hint.column} : "{word}"']
    found, params = sql_led_to(hint.column, hint.word)
    if hint.column == "beside":
        # Most contacts have none: the index leaves them out.
        found = f"beside <> '' AND {found}"
    return f"SELECT contact_id FROM contacts_contacttext WHERE {found}", params  # noqa: S608 -- ours


def _looking(hint: Hint, vendor: str) -> tuple[str, list[str]]:
    texts = f"SELECT contact_id FROM contacts_contacttext WHERE {hint.column}"  # noqa: S608 -- ours
    if vendor == "sqlite":
        return texts.replace(hint.column, f"instr({hint.column}, %s)"), [hint.word]
    return f"{texts} LIKE %s", [f"%{escaped(hint.word)}%"]


if TYPE_CHECKING:
    HintLookup = Lookup[Hint]
else:
    HintLookup = Lookup


class LedTo(HintLookup):
    """`column` is the id of a contact that a hint leads to."""

    lookup_name = "led_to"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Sql:
        """Return the SQL with its parameters."""
        left, params = self.process_lhs(compiler, connection)
        among, words = _among(self.rhs, connection.vendor)
        return f"{left} IN ({among})", (*params, *words)


BigAutoField.register_lookup(LedTo)
