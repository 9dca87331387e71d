"""The first contacts by name that have words, found by the initials of names; on PostgreSQL.

What many have is not asked for at once: PostgreSQL would visit all of them before it knew which
come first. Its index of words also leads by how names begin. So one beginning after the other is
asked for whoever has the words, in the order of names, until the page is full: single letters,
then, where these have too many, two letters, and so on.

Which beginnings there are is read from the index of names, at that very moment.
"""

import sys
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import OuterRef, Q, QuerySet

from contacts.access.visibility import contact_condition, tells_all, visible_contacts
from contacts.fields.storage.lookups import PerRow
from contacts.models import ContactText
from contacts.query.asked import Asked
from contacts.query.crowds import sees_few
from contacts.query.ordering import columns_of
from contacts.query.searching import indexed_words, texts_with
from contacts.query.trigrams import has_trigrams
from contacts.query.worded import is_of_words, seen_ids

BY_NAME = ("sort_name", "pk")

# Of so many letters the index knows beginnings; as migration 27 has made it.
LETTERS = (1, 2, 4, 8)
_KEYS = ", ".join(f"'{count}' || left(sort_name, {count})" for count in LETTERS)

LONGEST_NAME = 600
_LAST = chr(sys.maxunicode)
# After all names.
END = _LAST * (LONGEST_NAME + 1)


class Limits(NamedTuple):
    """How far one search goes in this way."""

    names: int = 500  # that are looked at first, before any beginning is asked
    most_names: int = 3_000  # the same, where the first have told that so many are enough
    holders: int = 300  # of one beginning, which are put in order
    beginnings: int = 40  # that one statement asks
    statements: int = 10
    seen: int = 10_000  # whoever sees no more has each of them looked at


LIMITS = Limits()

# The beginnings one after the other, and for each those that have the words, put in order; who of
# them is seen is asked until enough are. A beginning that too many have says so at once. At the end
# the last that was asked, where that was not enough.
_ASKED = f"""
WITH RECURSIVE beginnings(number, start) AS (
 SELECT 1, (SELECT left(sort_name, {{letters}}) FROM contacts_contact
  WHERE sort_name >= %s AND sort_name < %s ORDER BY sort_name {{way}} LIMIT 1)
 UNION ALL
 SELECT number + 1, (SELECT left(sort_name, {{letters}}) FROM contacts_contact
  WHERE {{following}} ORDER BY sort_name {{way}} LIMIT 1)
 FROM beginnings WHERE start IS NOT NULL AND number < {{beginnings}})
SELECT * FROM (
 SELECT start, holders, sort_name, contact_id FROM beginnings, LATERAL (
  SELECT * FROM (
   SELECT count(*) OVER () AS holders, sort_name, contact_id FROM (
    SELECT sort_name, contact_id FROM contacts_contacttext
    WHERE ARRAY[{_KEYS}] @> ARRAY['{{letters}}' || start]
    AND {{has}} AND sort_name >= %s AND sort_name < %s LIMIT {{most}} + 1
   ) found ORDER BY sort_name {{way}}, contact_id {{way}} OFFSET 0
  ) contacts_contacttext WHERE holders > {{most}} OR ({{seen}}) LIMIT {{taken}}
 ) asked WHERE start IS NOT NULL
 UNION ALL
 (SELECT start, NULL, NULL, NULL FROM beginnings ORDER BY number DESC LIMIT 1)
) all_asked LIMIT {{taken}}
"""  # noqa: S608 -- all of it ours
# Where the next beginning is looked for.
_FOLLOWING = {
    "ASC": "sort_name >= start || CASE WHEN length(start) < {letters} THEN chr(1)"
    f" ELSE repeat(chr({sys.maxunicode}), {LONGEST_NAME}) END AND sort_name < %s",
    "DESC": "sort_name >= %s AND sort_name < start",
}
# Those of some names, along them.
_WALKED = """
SELECT sort_name, contact_id FROM (
 SELECT sort_name, id FROM contacts_contact
 WHERE sort_name >= %s AND sort_name < %s ORDER BY sort_name {way}, id {way} LIMIT {names} OFFSET 0
) named, LATERAL (
 SELECT contact_id FROM contacts_contacttext WHERE contact_id = named.id AND {has} OFFSET 0
) contacts_contacttext WHERE {seen} LIMIT {taken}
"""


class _Sql(NamedTuple):
    """A condition about the search text of a contact."""

    text: str
    params: Sequence[Any]  # whatever the database's driver takes


def ids_by_initials(asked: Asked, limits: Limits = LIMITS) -> list[int] | None:
    """Return the ids of a page by name of those that have the words; None where that is no way."""
    texts = _texts(asked) if asked.query.offset + asked.query.limit <= limits.holders else None
    if texts is None:
        return None
    try:
        seen = _compiled(ContactText.objects.filter(_seen(asked)), asked.using)
    except EmptyResultSet:
        return []
    search = _Search(asked, _compiled(texts, asked.using), seen, limits)
    search.look_at_first()
    if not search.is_done and _sees_few(asked, limits.seen):
        return _of_few_seen(asked, texts)
    while not search.is_done:
        if search.statements >= limits.statements:
            return None
        search.go_on()
    return search.page()


def _texts(asked: Asked) -> QuerySet[ContactText] | None:
    """Return the texts that have the words, whoever sees them; None where nothing leads to them."""
    query, columns = asked.query, columns_of(asked.ordering)
    if columns is None or columns.names != BY_NAME or not is_of_words(asked) or not query.limit:
        return None
    is_led = connections[asked.using].vendor == "postgresql" and has_trigrams(asked.using)
    if not is_led or not indexed_words(query.search):
        return None
    return texts_with(query.search, wide=query.wide, lenient=query.lenient)


def _of_few_seen(asked: Asked, texts: QuerySet[ContactText]) -> list[int]:
    """Return the page for somebody who sees so few that each of them is looked at."""
    query, sign = asked.query, "-" * _is_down(asked)
    found = texts.using(asked.using).filter(contact_id__in=seen_ids(asked))
    ids = found.order_by(f"{sign}sort_name", f"{sign}contact_id").values_list("pk", flat=True)
    return list(ids[query.offset : query.offset + query.limit])


def _is_down(asked: Asked) -> bool:
    columns = columns_of(asked.ordering)
    return columns is not None and columns.is_down


def _sees_few(asked: Asked, few: int) -> bool:
    actor, (archived, users, stage) = asked.actor, asked.shelf
    if not tells_all(actor, archived=archived, users=users, stage=stage):
        return False
    using = asked.using
    return sees_few(actor, archived=archived, users=users, stage=stage, using=using, few=few)


def _seen(asked: Asked) -> Q:
    """Return "is seen, and stands where it is asked for" of a search text."""
    actor, (archived, users, stage) = asked.actor, asked.shelf
    if tells_all(actor, archived=archived, users=users, stage=stage):
        return contact_condition(actor, "contact_id", archived=archived, users=users, stage=stage)
    contacts = visible_contacts(actor, archived=archived, users=users, stage=stage)
    return Q(PerRow(contacts.filter(pk=OuterRef("contact_id"))))


def _compiled(texts: QuerySet[ContactText], using: str) -> _Sql:
    query = texts.query
    return _Sql(*query.get_compiler(using).compile(query.where))


class _Search:
    """A search on its way: who was found, and between which names the others are."""

    def __init__(self, asked: Asked, has: _Sql, seen: _Sql, limits: Limits) -> None:
        query = asked.query
        self.is_down = _is_down(asked)
        self.using, self.has, self.seen, self.limits = asked.using, has, seen, limits
        self.skipped, self.wanted = query.offset, query.offset + query.limit
        self.found: list[tuple[str, int]] = []
        self.low, self.high = "", END
        self.depth = 0
        self.statements = 0
        self.is_done = False

    def page(self) -> list[int]:
        """Return the ids of the page among those that were found."""
        return [pk for _name, pk in self.found[self.skipped : self.wanted]]

    def look_at_first(self) -> None:
        """Look at the first names: the page of what very many have is full with them."""
        names = self.limits.names
        while names <= self.limits.most_names:
            found = self._walked(self.low, self.high, str(names))
            if len(found) == self.wanted:
                self.found, self.is_done = found, True
            if self.is_done or not found:
                return
            # Those that were found tell how many names are enough.
            names = 2 * names * self.wanted // len(found)

    def go_on(self) -> None:
        """Ask the next beginnings, as many as one statement asks."""
        span, letters = [self.low, self.high], LETTERS[self.depth]
        edge = self.low if self.is_down else self.high
        rows = self._rows(_ASKED, [*span, edge, *self.has.params, *span])
        for start, holders, name, pk in rows:
            if holders is None and start is not None:
                # Whoever is left has other beginnings: fewer ask for more at once.
                self._pass(start, letters)
                self.depth = max(0, self.depth - 1)
                return
            if holders is not None and holders > self.limits.holders:
                self._go_into(start, letters)
                return
            if holders is not None:
                self.found.append((name, pk))
        self.is_done = True

    def _go_into(self, start: str, letters: int) -> None:
        """Go on among what begins so, which too many have for their order to be made."""
        if self.is_down:
            self.high = min(self.high, _after(start, letters))
        else:
            self.low = max(self.low, start)
        if self.depth < len(LETTERS) - 1:
            self.depth += 1
            return
        end = _after(start, letters)
        self.found += self._walked(max(self.low, start), min(self.high, end))
        self._pass(start, letters)
        self.is_done = len(self.found) >= self.wanted

    def _pass(self, start: str, letters: int) -> None:
        """Go on behind what begins so."""
        if self.is_down:
            self.high = start
        else:
            self.low = _after(start, letters)

    def _walked(self, low: str, high: str, names: str = "ALL") -> list[tuple[Any, ...]]:
        return self._rows(_WALKED, [low, high, *self.has.params], names=names)

    def _rows(self, form: str, params: Sequence[Any], *, names: str = "") -> list[tuple[Any, ...]]:
        self.statements += 1
        way, letters = "DESC" if self.is_down else "ASC", LETTERS[self.depth]
        sql = form.format(
            way=way,
            letters=letters,
            following=_FOLLOWING[way].format(letters=letters),
            names=names,
            beginnings=self.limits.beginnings,
            most=self.limits.holders,
            taken=self.wanted - len(self.found),
            has=self.has.text,
            seen=self.seen.text,
        )
        with connections[self.using].cursor() as cursor:
            cursor.execute(sql, [*params, *self.seen.params])
            return list(cursor.fetchall())


def _after(start: str, letters: int) -> str:
    """Return what comes after all names that begin so; a shorter one is a name as it is."""
    return start + (chr(1) if len(start) < letters else _LAST * LONGEST_NAME)
