"""Circles: who is seen by the same people, and how many that are.

Everybody, the members of a project, and those of them who may view private contacts are *shared*
principals; users and user groups are not. The shared principals that see a contact, with its shelf,
are its circle. However many contacts there are, they fall into few circles, and how many each has
is kept (`CircleCount`, written by `contacts.index.circles`): once for each principal of the circle,
so that whoever has some of them finds it. What stands on a shelf is one more circle, that of the
administrators.

Of contacts of each kind and stage, their *nature*, a number is kept by itself: so lists of a kind
are told by them, and lists of a stage in the trash, where those of all stages lie together.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import product
from typing import NamedTuple

from django.db import connections

from contacts.access.visibility import ADMINISTRATORS, EVERYBODY
from contacts.models import Contact

# The numbers of natures, as access rows and counts say them: most contacts are of the first.
NATURES: Mapping[tuple[str, str], int] = {
    (kind, stage): number
    for number, (stage, kind) in enumerate(
        product(
            (Contact.Stage.CONTACT, Contact.Stage.LEAD, Contact.Stage.CONVERTED),
            (Contact.Kind.PERSON, Contact.Kind.ORGANIZATION, Contact.Kind.HOUSEHOLD),
        )
    )
}
KINDS = frozenset(str(kind) for kind, _stage in NATURES)

# What tells shelves apart is a multiple of this.
_SHELF = 2**60
# Numbers of members and of those who may view private contacts, divided by four, leave these.
_SHARED = (1, 2)

# The numbers of a circle are found under each of its principals that somebody has.
_IN_CIRCLES = (
    "SELECT COALESCE(SUM(c.found), 0) FROM (SELECT SUM(number) / COUNT(DISTINCT principal) AS found"
    " FROM contacts_circlecount WHERE principal IN ({shared}){of_natures} GROUP BY circle) c"
)
# Kept apart, or PostgreSQL would read all that the shared principals see.
_BY_THEMSELVES = (
    "SELECT COUNT(DISTINCT a.contact_id) FROM contacts_contactaccess a"
    " WHERE a.principal IN ({personal}){of_natures}"
    " AND EXISTS (SELECT 1 FROM contacts_contactproject l"
    " WHERE l.contact_id = a.contact_id AND l.project_id IN ({viewing}){apart})"
    " AND NOT EXISTS (SELECT 1 FROM contacts_contactaccess s"
    " WHERE s.contact_id = a.contact_id AND s.principal + 0 IN ({shared}){apart})"
)


class Part(NamedTuple):
    """Under which principal a contact is counted, in which circle, and as which nature."""

    principal: int
    circle: int
    nature: int


class Seen(NamedTuple):
    """How many contacts somebody sees, and how many of them as nobody but itself."""

    total: int
    own: int


@lru_cache(maxsize=1024)
def parts_of(numbers: tuple[int, ...], nature: int) -> list[Part]:
    """Return where a contact is counted that these principals see, given in ascending order."""
    if not numbers:
        return []
    shared = [number for number in numbers if _is_shared(number)]
    everything = _beside(numbers[0], ADMINISTRATORS)
    circle = _number_of(shared)
    places = [(everything, everything), *((number, circle) for number in shared)]
    return [Part(*place, nature) for place in places]


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
    natures: Collection[int],
    using: str,
) -> Seen:
    """Return how many contacts of the natures these principals see; one statement.

    The principals are told with their shelves. What personal ones see counts in the projects where
    their user may view contacts.
    """
    of_natures = _of_natures(natures)
    of_all = _IN_CIRCLES.format(shared=_listed(shared), of_natures=of_natures)
    of_own = "0"
    if personal:
        of_own = _BY_THEMSELVES.format(
            shared=_listed(shared),
            personal=_listed(personal),
            viewing=_listed(viewing),
            of_natures=of_natures,
            apart=" OFFSET 0" if connections[using].vendor == "postgresql" else "",
        )
    in_circles, own = _numbers(f"SELECT ({of_all}), ({of_own})", using)
    return Seen(in_circles + own, own)


def count_everything(principals: Iterable[int], *, natures: Collection[int], using: str) -> int:
    """Return how many of the natures stand on shelves: these are the administrators there."""
    shared = _listed(principals)
    (found,) = _numbers(_IN_CIRCLES.format(shared=shared, of_natures=_of_natures(natures)), using)
    return found


def natures_of(kinds: Collection[str], stage: str | None) -> list[int]:
    """Return the numbers of contacts of the kinds, of one stage or of all (None)."""
    return [
        number
        for (kind, its_stage), number in NATURES.items()
        if kind in kinds and stage in (None, its_stage)
    ]


def _of_natures(natures: Collection[int]) -> str:
    """Return the condition for rows of these natures; none where these are all there are."""
    return f" AND nature IN ({_listed(natures)})" if len(natures) < len(NATURES) else ""


def _listed(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, numbers)) or "NULL"


def _numbers(statement: str, using: str) -> Iterator[int]:
    with connections[using].cursor() as cursor:
        cursor.execute(statement)
        return map(int, cursor.fetchone())
