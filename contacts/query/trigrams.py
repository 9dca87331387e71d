"""How PostgreSQL's index of trigrams spells texts: signs inside of words are letters.

Its extension cuts a text into words of letters and digits, and takes trigrams of each. Of "5@e" it
would be told nothing but that a word begins with an e, and of "5-55-1" next to nothing: nearly
everybody would be visited. So signs that join parts of addresses and numbers are spelt as letters
that are rare, in the index and in what is looked for. Two texts may be spelt alike; whoever is led
to is compared as written.
"""

from functools import cache

from django.db import connections
from django.db.models import BooleanField, F, Func, Q, TextField, Value

from contacts.fields.storage.lookups import Like, escaped

# As migration 27 has made the index. One after the other: `translate` takes ten times as long.
LETTERS = {"@": "q", ".": "x", "-": "z", "_": "j", "+": "w"}
_SPELT = str.maketrans(LETTERS)
_REPLACED = (
    "replace(" * len(LETTERS)
    + "%(expressions)s"
    + "".join(f", '{sign}', '{letter}')" for sign, letter in LETTERS.items())
)

LEAST_TRIGRAM = 3


class Spelt(Func):
    """A text column as the index spells it."""

    template = _REPLACED
    arity = 1
    output_field = TextField()


class Has(Func):
    """A text column has a word, as written.

    Besides what is spelt so: so compared, the planner takes it to be true of nearly all these. A
    second LIKE it would take for something rare.
    """

    template = "strpos(%(expressions)s) <> 0"
    arity = 2
    output_field = BooleanField()


def spelt(text: str) -> str:
    """Return a text as the index spells it."""
    return text.translate(_SPELT)


def spelt_column(column: str) -> str:
    """Return the same of a column, in the words of PostgreSQL."""
    return Spelt.template % {"expressions": column}


def sql_led_to(column: str, word: str) -> tuple[str, list[str]]:
    """Return what `led_to` does, in the words of PostgreSQL."""
    found = f"{spelt_column(column)} LIKE %s AND {Has.template % {'expressions': f'{column}, %s'}}"
    return found, [pattern_of(spelt(word)), word]


def led_to(column: str, word: str) -> Q:
    """Return "the column has the word" so that the index leads to it."""
    found = Q(Like(Spelt(F(column)), pattern_of(spelt(word))))
    return found & Q(Has(F(column), Value(word, output_field=TextField())))


def pattern_of(word: str) -> str:
    """Return the LIKE pattern of texts that have a word."""
    return f"%{escaped(word)}%"


@cache
def has_trigrams(using: str) -> bool:
    """Tell whether the database was allowed to install the extension."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
        return cursor.fetchone() is not None
