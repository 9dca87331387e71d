"""Find contacts by a word that is nearly spelt like one of theirs.

Candidates come from what is indexed: texts that share trigrams with the word, and names that begin
with the same letter and are about as long (a slip in a short word leaves no trigram whole). Which
of them are near is decided here, by counting slips, so both databases agree. It runs only when
nothing has the word as it was typed.
"""

from collections.abc import Iterable, Iterator

from django.db import connections, transaction
from django.db.models.functions import Length

from contacts.fields.contact_declaring import CODES
from contacts.fields.text import words_of
from contacts.models import ContactKey, ContactText
from contacts.query.trigrams import has_trigrams, spelt, spelt_column

MOST_CANDIDATES = 300
MOST_NEAR = 500
MOST_NAMES = 5_000
LEAST_LETTERS = 3
# Longer words share trigrams whatever single slip is in them.
SHORT = 6
NAME_CODES = [
    CODES[name] for name in ("first_name", "last_name", "nickname", "organization_name", "company")
]
# Of all trigrams of the word, how many a text must share (measured: two swapped letters in the
# middle of a word of seven leave half of them).
LEAST_SHARED = "0.3"


def nearly_spelt(word: str, using: str) -> list[int]:
    """Return the ids of contacts that have a word with one or two slips against this one."""
    if len(word) < LEAST_LETTERS or any(char.isdigit() for char in word):
        return []
    near: dict[str, bool] = {}
    found: dict[int, None] = {}
    for contact_id, text in _candidates(word, using):
        for each in words_of(text):
            if each not in near:
                near[each] = is_near(word, each)
            if near[each]:
                found[contact_id] = None
                break
    return list(found)[:MOST_NEAR]


def slips_allowed(word: str) -> int:
    """Return how many slips a word of this length may hold."""
    return 1 if len(word) < SHORT else 2


def is_near(word: str, other: str) -> bool:
    """Tell whether few letters are wrong, missing, too many or swapped."""
    most = slips_allowed(word)
    if abs(len(word) - len(other)) > most:
        return False
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(word, start=1):
        before, last, row = row, before, [place]
        for there, opposite in enumerate(other, start=1):
            best = min(before[there] + 1, row[-1] + 1, before[there - 1] + (letter != opposite))
            swapped = place > 1 and there > 1 and letter == other[there - 2]
            if swapped and word[place - 2] == opposite:
                best = min(best, last[there - 2] + 1)
            row.append(best)
        if min(row) > most:
            return False
    return row[-1] <= most


def _candidates(word: str, using: str) -> Iterator[tuple[int, str]]:
    if len(word) <= SHORT:
        yield from _alike_names(word, using)
    if connections[using].vendor == "sqlite":
        yield from _sharing_on_sqlite(word, using)
    elif has_trigrams(using):
        yield from _sharing_on_postgresql(word, using)


def _alike_names(word: str, using: str) -> Iterable[tuple[int, str]]:
    """Return single-word names with the same first letter that are about as long."""
    most = slips_allowed(word)
    keys = ContactKey.objects.using(using).annotate(length=Length("text"))
    alike = keys.filter(
        code__in=NAME_CODES,
        text__gte=word[0],
        text__lt=word[0] + chr(0x10FFFF),
        length__gte=len(word) - most,
        length__lte=len(word) + most,
    )
    # Distinct names are few; reading each contact of a common one would fill the answer with it.
    texts = alike.order_by().values_list("text", flat=True).distinct()[:MOST_NAMES]
    names = [text for text in texts if is_near(word, text)]
    rows = keys.filter(code__in=NAME_CODES, text__in=names).values_list("contact_id", "text")
    return rows[:MOST_NEAR] if names else ()


def trigrams_of(word: str) -> list[str]:
    """Return the runs of three letters in a word."""
    return list(dict.fromkeys(word[place : place + 3] for place in range(len(word) - 2)))


def _sharing_on_sqlite(word: str, using: str) -> list[tuple[int, str]]:
    phrases = " OR ".join(f'"{each.replace(chr(34), chr(34) * 2)}"' for each in trigrams_of(word))
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT rowid, narrow FROM contacts_search WHERE contacts_search MATCH %s"
            " ORDER BY rank LIMIT %s",
            [f"narrow : ({phrases})", MOST_CANDIDATES],
        )
        return list(cursor.fetchall())


def _sharing_on_postgresql(word: str, using: str) -> list[tuple[int, str]]:
    table, narrow = ContactText._meta.db_table, spelt_column("narrow")
    with transaction.atomic(using), connections[using].cursor() as cursor:
        # For this statement alone; the operator has no threshold of its own.
        cursor.execute(
            "SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [LEAST_SHARED]
        )
        cursor.execute(
            f"SELECT contact_id, narrow FROM {table} WHERE {narrow} %%> %s"  # noqa: S608  # our table
            f" ORDER BY word_similarity(%s, {narrow}) DESC LIMIT %s",
            [spelt(word), spelt(word), MOST_CANDIDATES],
        )
        return list(cursor.fetchall())
