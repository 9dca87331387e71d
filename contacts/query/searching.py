"""Find words in the search text of contacts: any script, any case, without accents.

People who search are met half-way (`lenient`): a phone number is found however it is written, and
where nothing has the words as they were typed, what is nearly spelt so is found.

PostgreSQL uses a trigram index on the column where the extension is there; SQLite asks an FTS5
trigram table that triggers keep in step. Words of one or two characters have no trigram: they are
found by LIKE.
"""

import re
from collections.abc import Sequence
from functools import reduce
from operator import and_, or_
from typing import Any, NamedTuple

from django.db import connections
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from contacts.fields.text import digits_of, words_of
from contacts.models import ContactText
from contacts.query.checking import NOTHING, Checked
from contacts.query.compiler import EVERYTHING, Shape, as_set, row_by_row
from contacts.query.hints import Hint, is_common
from contacts.query.misspelling import nearly_spelt
from contacts.query.tree import MAX_SEARCH
from contacts.query.trigrams import LEAST_TRIGRAM, led_to, pattern_of

MAX_WORDS = 20
# Fewer digits may as well be a year or a number within a name.
LEAST_DIGITS = 5
PHONE = re.compile(r"[+(\d][\d\s()./+-]*")
# What is dialled before a number within the country, or before the code of another one.
PREFIXES = ("00", "0", "8")
_HAS = "EXISTS (SELECT 1 FROM contacts_contacttext t WHERE t.contact_id = v.contact_id AND {has})"


class Sought(NamedTuple):
    """The statement by which SQLite finds the ids of contacts that are looked for, ascending.

    `checked` is the condition that its contacts have to meet besides; it tells of `contact_id`.
    Without a statement it is asked of the first contacts of a list, of so many at `most`.
    """

    sql: str
    params: Sequence[Any]
    checked: str = ""
    most: int = -1


def search_condition(text: str, *, wide: bool, shape: Shape, using: str) -> Q:
    """Return "every word is found"; blank text is true of all."""
    words = _words(text)
    return _found(words, _column(wide=wide), shape, using) if words else EVERYTHING


def lenient_condition(text: str, *, nearly: bool, shape: Shape, using: str) -> Q:
    """Return the same for people; `nearly` takes words with slips in them too."""
    numbers = _numbers(text)
    if numbers:
        return reduce(or_, (_found([each], "wide", shape, using) for each in numbers), NOTHING)
    if not nearly:
        return search_condition(text, wide=True, shape=shape, using=using)
    parts = (
        _found([word], "wide", as_set, using) | Q(pk__among=nearly_spelt(word, using))
        for word in _words(text)
    )
    return reduce(and_, parts, EVERYTHING)


def sought_by(text: str, *, wide: bool, lenient: bool, using: str) -> Sought | None:
    """Return the statement by which SQLite finds all words, or None where its index has none.

    Words as they were typed; what people may mean instead (`lenient_condition`) is left out.
    """
    words = _words(text)
    indexed = _indexed(words, using)
    if not indexed or (lenient and _numbers(text)):
        return None
    column = _column(wide=wide or lenient)
    rest = [word for word in words if word not in indexed]
    found = _sought(indexed, column)
    if not rest:
        return found
    return Sought(found.sql, [*found.params, *rest], _has_all(rest, column))


def checked_by(text: str, *, wide: bool, lenient: bool, most: int) -> Sought:
    """Return the same as a condition for the first contacts of a list."""
    words = _words(text)
    return Sought("", words, _has_all(words, _column(wide=wide or lenient)), most)


def indexed_words(text: str) -> list[str]:
    """Return the words that an index of trigrams leads to."""
    return [word for word in _words(text) if len(word) >= LEAST_TRIGRAM]


def texts_with(text: str, *, wide: bool, lenient: bool) -> QuerySet[ContactText] | None:
    """Return the search texts that have all words as they were typed; None as `sought_by` does.

    By the index of PostgreSQL.
    """
    if lenient and _numbers(text):
        return None
    return _having(_words(text), _column(wide=wide or lenient), is_led=True)


def are_common(text: str, using: str) -> bool:
    """Tell whether very many contacts have each of the words; of one or two letters they do."""
    words = _words(text)
    return bool(words) and all(
        len(word) < LEAST_TRIGRAM or is_common(Hint(word), using) for word in words
    )


def _words(text: str) -> list[str]:
    return list(dict.fromkeys(words_of(text[:MAX_SEARCH])))[:MAX_WORDS]


def _numbers(text: str) -> list[str]:
    """Return the digits to look for where the text is a phone number, with and without prefix."""
    digits = digits_of(text)
    if len(digits) < LEAST_DIGITS or not PHONE.fullmatch(text.strip()):
        return []
    bare = next((digits[len(each) :] for each in PREFIXES if digits.startswith(each)), "")
    return [digits, bare] if len(bare) >= LEAST_DIGITS else [digits]


def _column(*, wide: bool) -> str:
    return "wide" if wide else "narrow"


def _found(words: Sequence[str], column: str, shape: Shape, using: str) -> Q:
    """Return "the text has all words"; those that the index has lead, the rest is checked."""
    indexed = _indexed(words, using) if shape is not row_by_row else []
    rest = [word for word in words if word not in indexed]
    is_led = shape is not row_by_row and connections[using].vendor == "postgresql"
    rows = _having(rest, column, is_led=is_led).values("contact_id")
    if not indexed:
        return shape(rows)
    found = _sought(indexed, column)
    led = Q(pk__in=RawSQL(found.sql, found.params))  # noqa: S611 -- ours
    return led & Q(Checked(row_by_row(rows))) if rest else led


def _has_all(words: Sequence[str], column: str) -> str:
    """Return, for SQLite, "the text has these words"."""
    return _HAS.format(has=" AND ".join([f"instr(t.{column}, %s) > 0"] * len(words)))


def _having(words: Sequence[str], column: str, *, is_led: bool) -> QuerySet[ContactText]:
    """Return the texts that have all words; with what PostgreSQL's index leads to if `is_led`."""
    texts = ContactText.objects.order_by()
    for word in words:
        if is_led and len(word) >= LEAST_TRIGRAM:
            texts = texts.filter(led_to(column, word))
        else:
            texts = texts.filter(**{f"{column}__like": pattern_of(word)})
    return texts


def _indexed(words: Sequence[str], using: str) -> list[str]:
    """Return the words that SQLite's index of trigrams leads to."""
    is_sqlite = connections[using].vendor == "sqlite"
    return [word for word in words if len(word) >= LEAST_TRIGRAM] if is_sqlite else []


def _sought(words: Sequence[str], column: str) -> Sought:
    phrases = (f'{column} : "{word.replace(chr(34), chr(34) * 2)}"' for word in words)
    sql = "SELECT rowid FROM contacts_search WHERE contacts_search MATCH %s"
    return Sought(sql, [" AND ".join(phrases)])
