"""Circles: who is seen by the same people, and how many that are.

Everybody, the members of a project, and those of them who may view private contacts are *shared*
principals; users and user groups are not. The shared principals that see a contact, with its shelf,
are its circle. However many contacts there are, they fall into few circles, and how many each has
is kept (`CircleCount`, written by `contacts.index.circles`): once for each principal of the circle,
so that whoever has some of them finds it. What stands on a shelf is one more circle, that of the
administrators.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import Any, NamedTuple

from django.db import connections

from contacts.access.visibility import ADMINISTRATORS, EVERYBODY
from contacts.fields.field import Rows

# What tells shelves apart is a multiple of this.
_SHELF = 2**60
# Numbers of members and of those who may view private contacts, divided by four, leave these.
_SHARED = (1, 2)

# The numbers of a circle are found under each of its principals that somebody has.
_IN_CIRCLES = (
    "SELECT COALESCE(SUM(c.found), 0) FROM (SELECT SUM(number) / COUNT(DISTINCT principal) AS found"
    " FROM contacts_circlecount WHERE principal IN ({shared}) GROUP BY circle) c"
)
# Kept apart, or PostgreSQL would read all that the shared principals see.
_BY_THEMSELVES = (
    "SELECT COUNT(DISTINCT a.contact_id) FROM contacts_contactaccess a"
    " WHERE a.principal IN ({personal}) AND EXISTS (SELECT 1 FROM contacts_contactproject l"
    " WHERE l.contact_id = a.contact_id AND l.project_id IN ({viewing}){apart})"
    " AND NOT EXISTS (SELECT 1 FROM contacts_contactaccess s"
    " WHERE s.contact_id = a.contact_id AND s.principal + 0 IN ({shared}){apart})"
)


class Part(NamedTuple):
    """Under which principal a contact is counted, and in which circle."""

    principal: int
    circle: int


class Seen(NamedTuple):
    """How many contacts somebody sees, and how many of them as nobody but itself."""

    total: int
    own: int


@lru_cache(maxsize=1024)
def parts_of(numbers: tuple[int, ...]) -> list[Part]:
    """Return where a contact is counted that these principals see, given in ascending order."""
    if not numbers:
        return []
    shared = [number for number in numbers if _is_shared(number)]
    everything = _beside(numbers[0], ADMINISTRATORS)
    circle = _number_of(shared)
    return [Part(everything, everything), *(Part(number, circle) for number in shared)]


def _number_of(shared: Sequence[int]) -> int:
    """Return the number of a circle: that of its only principal, or one made from all of them."""
    if len(shared) < 2:
        return next(iter(shared), 0)
    digest = blake2b(",".join(map(str, shared)).encode(), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)


def _is_shared(number: int) -> bool:
    plain = _plain(number)
    return plain == EVERYBODY or (plain > ADMINISTRATORS and plain % 4 in _SHARED)


def _plain(number: int) -> int:
    """Return a principal without its shelf."""
    return (-1 - number if number < 0 else number) % _SHELF


def _beside(number: int, principal: int) -> int:
    """Return the number of a principal on the shelf of another one."""
    if number < 0:
        return -1 - _beside(-1 - number, principal)
    return number - number % _SHELF + principal


def count_seen(
    shared: Sequence[int],
    personal: Sequence[int],
    viewing: Iterable[int],
    *,
    using: str,
    but: Rows | None = None,
) -> Seen:
    """Return how many contacts these principals see, with their shelves; one statement.

    What personal ones see counts in the projects where their user may view contacts. The rows of
    contacts among them that are told (`but`) are left out of the total.
    """
    of_all = _IN_CIRCLES.format(shared=_listed(shared))
    of_own = "0"
    if personal:
        of_own = _BY_THEMSELVES.format(
            shared=_listed(shared),
            personal=_listed(personal),
            viewing=_listed(viewing),
            apart=" OFFSET 0" if connections[using].vendor == "postgresql" else "",
        )
    left_out, params = _counted(but, using)
    in_circles, own, out = _numbers(f"SELECT ({of_all}), ({of_own}), ({left_out})", using, params)
    return Seen(in_circles + own - out, own)


def count_everything(principals: Iterable[int], *, using: str) -> int:
    """Return how many contacts stand on shelves: these are the administrators there."""
    (found,) = _numbers(_IN_CIRCLES.format(shared=_listed(principals)), using)
    return found


def _listed(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, numbers)) or "NULL"


def _counted(rows: Rows | None, using: str) -> tuple[str, Sequence[Any]]:  # a driver's values
    """Return the statement that counts rows."""
    if rows is None:
        return "0", ()
    sql, params = rows.query.get_compiler(using).as_sql()
    return f"SELECT COUNT(*) FROM ({sql}) r", params  # noqa: S608  # put together by the ORM


def _numbers(statement: str, using: str, params: Sequence[Any] = ()) -> Iterator[int]:
    with connections[using].cursor() as cursor:
        cursor.execute(statement, params or None)
        return map(int, cursor.fetchone())
