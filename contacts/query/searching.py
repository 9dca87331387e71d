"""Find words in the search text of contacts: any script, any case, without accents.

PostgreSQL uses a trigram index on the column where the extension is there; SQLite asks an FTS5
trigram table that triggers keep in step. Words of one or two characters have no trigram: they are
found by LIKE.
"""

from functools import reduce
from operator import and_

from django.db import connections
from django.db.models import Q
from django.db.models.expressions import RawSQL

from contacts.fields.text import words_of
from contacts.models import ContactText
from contacts.query.compiler import EVERYTHING, Shape

LEAST_TRIGRAM = 3
MAX_WORDS = 20


def search_condition(text: str, *, wide: bool, shape: Shape, using: str) -> Q:
    """Return "every word is found"; blank text is true of all."""
    column = "wide" if wide else "narrow"
    words = list(dict.fromkeys(words_of(text)))[:MAX_WORDS]
    return reduce(and_, (_found(word, column, shape, using) for word in words), EVERYTHING)


def _found(word: str, column: str, shape: Shape, using: str) -> Q:
    rows = ContactText.objects.order_by().values("contact_id")
    if connections[using].vendor == "sqlite" and len(word) >= LEAST_TRIGRAM:
        matched = RawSQL(
            "SELECT rowid FROM contacts_search WHERE contacts_search MATCH %s",
            [f'{column} : "{word.replace(chr(34), chr(34) * 2)}"'],
        )
        return Q(pk__in=matched)
    return shape(rows.filter(**{f"{column}__contains": word}))
