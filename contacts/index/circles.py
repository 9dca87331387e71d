"""Keep how many contacts each circle has (`contacts.access.circles`) in step with the access rows.

A change adds to numbers or takes from them, in its transaction. On PostgreSQL each connection has
rows of its own, or whoever makes a contact would wait for everybody else who does; `settle` puts
them together now and then. Whatever changes access rows goes through here, so what the numbers
differ by from the rows is the same at any moment: `mend` may add it while others write.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import Count, Q, QuerySet, Sum

from contacts.access.circles import Part, parts_of
from contacts.index.changing import taken_rows
from contacts.index.inserting import FEW, Inserts
from contacts.models import CircleCount, Contact, ContactAccess

# What is added to the number of contacts of a nature of a circle under a principal.
Numbers = Counter[Part]


class Counted(NamedTuple):
    """By what a contact is counted: the principals that see it, ascending, and its nature."""

    principals: tuple[int, ...]
    nature: int


# Who puts the rows together or mends them does so alone; any number that nothing else locks.
_LOCK = 8_243_551_607_201_914
_ROW = ("contact_id", "principal", "nature")
_ADDING = (
    "INSERT INTO contacts_circlecount (principal, circle, nature, writer, number) VALUES {places}"
    " ON CONFLICT (principal, circle, nature, writer)"
    " DO UPDATE SET number = contacts_circlecount.number + excluded.number"
)
_WRITERS = {"postgresql": "pg_backend_pid()"}

# What is stored and what follows from the access rows, as one statement sees them both.
_STORED = (
    "SELECT principal, circle, nature, SUM(number), NULL FROM {counts}"
    " GROUP BY principal, circle, nature"
)
# All rows of a contact say the same nature; of others the highest number counts, here and wherever
# rows are deleted.
_FOLLOWING = (
    "SELECT NULL, NULL, p.nature, COUNT(*), p.principals"
    " FROM (SELECT MAX(nature) AS nature, {joined} AS principals"
    " FROM (SELECT contact_id, principal, nature FROM {access} ORDER BY contact_id, principal) r"
    " GROUP BY contact_id) p GROUP BY p.principals, p.nature"
)
_JOINED = {
    "postgresql": "string_agg(principal::text, ',' ORDER BY principal)",
    "sqlite": "group_concat(principal)",
}


def numbers_of(contacts: Iterable[Counted]) -> Numbers:
    """Return what contacts add."""
    return _counted(Counter(contacts))


def _counted(groups: Mapping[Counted, int]) -> Numbers:
    """Return what so many contacts of each sort add."""
    numbers = Numbers()
    for each, count in groups.items():
        for part in parts_of(each.principals, each.nature):
            numbers[part] += count
    return numbers


def take_access_rows(contact_ids: Sequence[int]) -> Numbers:
    """Delete the access rows of locked contacts; returns what was counted by them.

    Whoever calls it adds what the contacts count for from then on, or takes this off.
    """
    rows: dict[int, list[tuple[int, int]]] = {}
    for contact_id, *row in taken_rows(ContactAccess, contact_ids, _ROW):
        rows.setdefault(contact_id, []).append(tuple(row))
    return numbers_of(map(_said_by, rows.values()))


def _said_by(rows: Iterable[tuple[int, int]]) -> Counted:
    """Return as what a contact is counted by the principals and natures of its rows."""
    principals, natures = zip(*sorted(rows), strict=True)
    return Counted(principals, max(natures))


def count_out(instance: Contact, **_: object) -> None:
    """Count a contact no longer that is about to be deleted, whoever deletes it."""
    gone = take_access_rows([instance.pk])
    with Inserts() as inserts:
        add(Numbers(), inserts, less=gone)


def add(numbers: Numbers, inserts: Inserts, *, less: Numbers) -> None:
    """Add to the stored numbers, less what is counted no longer."""
    numbers.subtract(less)
    # In one order, whoever writes.
    moved = sorted((part, number) for part, number in numbers.items() if number)
    for start in range(0, len(moved), FEW):
        some = moved[start : start + FEW]
        values = [value for part, number in some for value in (*part, number)]
        inserts.add_statement(_adding(len(some)), values)


@cache
def _adding(count: int) -> str:
    writer = _WRITERS.get(connections[DEFAULT_DB_ALIAS].vendor, "0")
    return _ADDING.format(places=", ".join([f"(%s, %s, %s, {writer}, %s)"] * count))


def settle() -> int:
    """Put the rows of different writers together; returns how many there were.

    Those that somebody is writing now are left for the next time.
    """
    with transaction.atomic():
        if not _is_alone(waiting=False):
            return 0
        free = _scattered().select_for_update(skip_locked=True).order_by("pk")
        # Read first: what is deleted is what they hold once they are locked.
        ids = list(free.values_list("pk", flat=True))
        columns = ("principal", "circle", "nature", "number")
        gone = taken_rows(CircleCount, ids, columns, by="id")
        numbers = Numbers()
        for *part, number in gone:
            numbers[Part(*part)] += number
        with Inserts() as inserts:
            add(numbers, inserts, less=Numbers())
    return len(gone)


def _scattered() -> QuerySet[CircleCount]:
    """Return the rows that could be fewer."""
    every = CircleCount.objects.order_by()
    circles = every.values("circle", "nature").annotate(
        rows=Count("*"), principals=Count("principal", distinct=True), sum=Sum("number")
    )
    could = circles.filter(Q(rows__gt=Count("principal", distinct=True)) | Q(sum=0))
    return every.filter(circle__in=could.values("circle"))


def mend() -> int:
    """Let the numbers be what follows from the access rows; returns how many were not."""
    if not differences():
        # Usually; nobody has to wait for this to be found.
        return 0
    with transaction.atomic():
        _is_alone(waiting=True)
        wrong = differences()
        with Inserts() as inserts:
            add(wrong, inserts, less=Numbers())
    return len(wrong)


def differences() -> Numbers:
    """Return what has to be added to the numbers."""
    connection = connections[DEFAULT_DB_ALIAS]
    counts, access = (model._meta.db_table for model in (CircleCount, ContactAccess))
    following = _FOLLOWING.format(joined=_JOINED[connection.vendor], access=access)
    stored, groups = Numbers(), Counter[Counted]()
    with connection.cursor() as cursor:
        cursor.execute(f"{_STORED.format(counts=counts)} UNION ALL {following}")
        for principal, circle, nature, number, principals in cursor.fetchall():
            if principals is None:
                stored[Part(principal, circle, nature)] += int(number)
            else:
                groups[Counted(tuple(map(int, principals.split(","))), nature)] += int(number)
    wrong = _counted(groups)
    wrong.subtract(stored)
    return Numbers({part: number for part, number in wrong.items() if number})


def _is_alone(*, waiting: bool) -> bool:
    """Let nobody else settle or mend until the transaction ends; tells whether that is so."""
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor != "postgresql":
        # It holds SQLite's one write lock.
        return True
    lock = "pg_advisory_xact_lock" if waiting else "pg_try_advisory_xact_lock"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {lock}(%s)", [_LOCK])
        return cursor.fetchone()[0] is not False
