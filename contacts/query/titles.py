"""What stands before and behind the names of people: "Dr.", "Mrs.", "Jr.".

A name as a whole has them, the search text has not. They are few and the same again and again, so
each is found by one look at the index of their keys, however many people have it.
"""

from django.db import connections, router

from contacts.fields import catalogue, reference
from contacts.models import ContactKey

TITLES = ("prefix", "suffix")
# Where there are more, they are no titles.
MOST = 200
_EACH = """
WITH RECURSIVE title(text) AS (
    SELECT min(text) FROM contacts_contactkey WHERE code = %s
    UNION ALL
    SELECT (SELECT min(k.text) FROM contacts_contactkey k WHERE k.code = %s AND k.text > title.text)
    FROM title WHERE title.text IS NOT NULL
)
SELECT text FROM title WHERE text IS NOT NULL LIMIT %s
"""

# Database: the version of all data, and its titles; None for too many.
_kept: dict[str, tuple[str, frozenset[str] | None]] = {}


def stands_in_titles(word: str) -> bool:
    """Tell whether somebody may have a word in the title, and not in the name."""
    titles = _titles(router.db_for_read(ContactKey))
    return titles is None or any(word in title for title in titles)


def _titles(using: str) -> frozenset[str] | None:
    """Return all titles there are, folded; None where they are too many to tell."""
    version, kept = reference.data_version(), _kept.get(using)
    if kept is not None and kept[0] == version:
        return kept[1]
    found = _read(using)
    if version is not None:
        _kept[using] = (version, found)
    return found


def _read(using: str) -> frozenset[str] | None:
    codes = [catalogue("contact").by_key[key].code for key in TITLES]
    found: list[str] = []
    with connections[using].cursor() as cursor:
        for code in codes:
            cursor.execute(_EACH, [code, code, MOST + 1])
            found += [text for (text,) in cursor.fetchall()]
    return frozenset(found) if len(found) <= MOST else None


def forget_titles() -> None:
    """Forget everything kept (a test starts with other data)."""
    _kept.clear()
