"""Find words in the search text of contacts: any script, any case, without accents.

People who search are met half-way (`lenient`): a phone number is found however it is written, and
where nothing has the words as they were typed, what is nearly spelt so is found.

PostgreSQL uses a trigram index on the column where the extension is there; SQLite asks an FTS5
trigram table that triggers keep in step. Words of one or two characters have no trigram: they are
found by LIKE.
"""

import re
from functools import reduce
from operator import and_, or_

from django.db import connections
from django.db.models import Q
from django.db.models.expressions import RawSQL

from contacts.fields.storage.lookups import escaped
from contacts.fields.text import digits_of, words_of
from contacts.models import ContactText
from contacts.query.compiler import EVERYTHING, NOTHING, Shape, as_set
from contacts.query.hints import LEAST_TRIGRAM, is_common
from contacts.query.misspelling import nearly_spelt

MAX_WORDS = 20
# Fewer digits may as well be a year or a number within a name.
LEAST_DIGITS = 5
PHONE = re.compile(r"[+(\d][\d\s()./+-]*")
# What is dialled before a number within the country, or before the code of another one.
PREFIXES = ("00", "0", "8")


def search_condition(text: str, *, wide: bool, shape: Shape, using: str) -> Q:
    """Return "every word is found"; blank text is true of all."""
    column = "wide" if wide else "narrow"
    parts = (_found(word, column, shape, using) for word in _words(text))
    return reduce(and_, parts, EVERYTHING)


def lenient_condition(text: str, *, nearly: bool, shape: Shape, using: str) -> Q:
    """Return the same for people; `nearly` takes words with slips in them too."""
    numbers = _numbers(text)
    if numbers:
        return reduce(or_, (_found(each, "wide", shape, using) for each in numbers), NOTHING)
    if not nearly:
        return search_condition(text, wide=True, shape=shape, using=using)
    parts = (
        _found(word, "wide", as_set, using) | Q(pk__among=nearly_spelt(word, using))
        for word in _words(text)
    )
    return reduce(and_, parts, EVERYTHING)


def are_common(text: str, using: str) -> bool:
    """Tell whether very many contacts have each of the words."""
    words = _words(text)
    return bool(words) and all(is_common(word, using) for word in words)


def _words(text: str) -> list[str]:
    return list(dict.fromkeys(words_of(text)))[:MAX_WORDS]


def _numbers(text: str) -> list[str]:
    """Return the digits to look for where the text is a phone number, with and without prefix."""
    digits = digits_of(text)
    if len(digits) < LEAST_DIGITS or not PHONE.fullmatch(text.strip()):
        return []
    bare = next((digits[len(each) :] for each in PREFIXES if digits.startswith(each)), "")
    return [digits, bare] if len(bare) >= LEAST_DIGITS else [digits]


def _found(word: str, column: str, shape: Shape, using: str) -> Q:
    rows = ContactText.objects.order_by().values("contact_id")
    has_trigrams = connections[using].vendor == "sqlite" and len(word) >= LEAST_TRIGRAM
    if has_trigrams and shape is as_set:
        matched = RawSQL(
            "SELECT rowid FROM contacts_search WHERE contacts_search MATCH %s",
            [f'{column} : "{word.replace(chr(34), chr(34) * 2)}"'],
        )
        return Q(pk__in=matched)
    return shape(rows.filter(**{f"{column}__like": f"%{escaped(word)}%"}))
