"""Words by which the index of the search text leads to what a filter looks for inside a text.

No index tells which names hold "smit" somewhere: all of them would be looked at. But whatever holds
it there has it in its search text too, and that has an index of trigrams. So a word of the filter
leads to a few contacts, of which the filter itself is checked. A word that very many have does not
lead: it would cost more than looking at all names.
"""

import re
import time
from typing import TYPE_CHECKING

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BigAutoField, Lookup
from django.db.models.sql.compiler import SQLCompiler

from contacts.fields import Field
from contacts.fields.picking import PickedText
from contacts.fields.storage.lookups import Sql
from contacts.fields.text import digits_of, fold
from contacts.index import SEARCHED_FIELDS
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
# Compared by their digits as well, however they are punctuated.
NUMBERS = frozenset({"phones", "phone_digits", "mobile_phone", "fax"})
# Put together from parts of the name, which the search text has, and from titles, which it has not.
WHOLE_NAMES = frozenset({"full_name", "listed_name"})
# Texts of addresses that the search text has not, or has by another name.
UNSEARCHED = frozenset({"po_box", "country"})
_RUNS = re.compile(r"[^\W_]+")

# Database and word: until when, how many contacts have it, and how many were counted at most.
_kept: dict[tuple[str, str], tuple[float, int, int]] = {}
NEVER = (0.0, 0, 0)


def hint_of(compare: Compare) -> str:
    """Return a word that is in the search text of each contact that a comparison fits, or ""."""
    field, comparison = compare.field, compare.comparison
    part = field.storage.part if isinstance(field.storage, PickedText) else ""
    is_inside = comparison.operator in INSIDE or (comparison.operator == "eq" and part == "street")
    if not is_inside or comparison.case_sensitive or part in UNSEARCHED:
        return ""
    is_known = field.key in SEARCHED_FIELDS or field.key in WHOLE_NAMES or _is_searched(field)
    if field.kind != "contact" or not is_known:
        return ""
    text = str(comparison.value)
    if field.key in WHOLE_NAMES:
        word = _longest_run(text)
        return "" if stands_in_titles(word) else word
    digits = digits_of(text)
    if field.key in NUMBERS and comparison.operator != "like" and len(digits) >= LEAST_TRIGRAM:
        return digits if not any(char.isalpha() for char in text) else ""
    return _longest_run(text)


def _longest_run(text: str) -> str:
    """Return the longest word of a text, or "" where the index leads to none of them."""
    word = max(_RUNS.findall(fold(text)), key=len, default="")
    return word if len(word) >= LEAST_TRIGRAM else ""


def _is_searched(field: Field) -> bool:
    """Tell whether the search text has the values of a custom field."""
    has_text = field.is_searchable and field.type.value_column == "text"
    return field.custom_id is not None and has_text


def leads(word: str, using: str, *, comparisons: int = 1) -> bool:
    """Tell whether a word leads to few enough contacts for so many comparisons that have it."""
    most = min(MOST_LED_TO, comparisons * LED_TO_EACH)
    return _holders(word, using, MOST_LED_TO) < most


def few(using: str) -> int:
    """Return how many are looked for first."""
    on_postgresql = min(FEW_ON_POSTGRESQL, MOST_LED_TO)
    return FEW if connections[using].vendor == "sqlite" else on_postgresql


def is_common(word: str, using: str) -> bool:
    """Tell whether so many contacts have a word that a page of them is soon full."""
    if len(word) < LEAST_TRIGRAM or _holders(word, using, few(using)) <= few(using):
        return False
    return _holders(word, using, MOST_LED_TO) > MOST_LED_TO


def note_holders(word: str, using: str, number: int) -> None:
    """Remember that at least so many contacts have a word."""
    if number > MOST_LED_TO:
        _keep(word, using, number, MOST_LED_TO)


def _holders(word: str, using: str, most: int) -> int:
    """Return how many contacts have a word, asked now and then; above `most` no more than that."""
    until, known, limit = _kept.get((using, word), NEVER)
    if until > time.monotonic() and (known > most or known <= limit):
        return known
    if connections[using].vendor != "sqlite" and not has_trigrams(using):
        return most
    found = _count(word, using, most)
    _keep(word, using, found, most)
    return found


def _keep(word: str, using: str, found: int, most: int) -> None:
    if len(_kept) >= KEEP_AT_MOST:
        _kept.clear()
    _kept[using, word] = (time.monotonic() + KEEP_SECONDS, found, most)


def forget_words() -> None:
    """Forget everything kept (a test starts with other data)."""
    _kept.clear()


def _count(word: str, using: str, most: int) -> int:
    connection = connections[using]
    among, params = _among(word, connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM ({among} LIMIT {most + 1}) led_to",  # noqa: S608 -- ours
            params,
        )
        return int(cursor.fetchone()[0])


def _among(word: str, vendor: str) -> tuple[str, list[str]]:
    """Return the statement that finds the contacts whose search text has a word."""
    if vendor == "sqlite":
        found = "SELECT rowid FROM contacts_search WHERE contacts_search MATCH %s"
        return found, [f'wide : "{word.replace(chr(34), chr(34) * 2)}"']
    found, params = sql_led_to("wide", word)
    return f"SELECT contact_id FROM contacts_contacttext WHERE {found}", params  # noqa: S608 -- ours


if TYPE_CHECKING:
    WordLookup = Lookup[str]
else:
    WordLookup = Lookup


class LedTo(WordLookup):
    """`column` is the id of a contact whose search text has a word."""

    lookup_name = "led_to"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Sql:
        """Return the SQL with its parameters."""
        left, params = self.process_lhs(compiler, connection)
        among, words = _among(self.rhs, connection.vendor)
        return f"{left} IN ({among})", (*params, *words)


BigAutoField.register_lookup(LedTo)
