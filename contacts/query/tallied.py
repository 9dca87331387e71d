"""A page in the order of how many rows name a contact, without counting for each how many it sees.

How many there are is counted once for all, which nobody sees more of. So the contacts are looked at
beginning with those that most rows name, until the page cannot change any more.
"""

from typing import Any

from django.db.models import Count, QuerySet

from contacts.access.ids import ManyIds
from contacts.fields.parts import Tallied
from contacts.models import Contact
from contacts.query.asked import Asked
from contacts.query.compiler import row_by_row
from contacts.query.page_rows import written
from contacts.query.statements import Rows

# So many contacts are looked at, some at a time.
MOST_LOOKED_AT = 5_000
STEP = 500

Numbered = list[tuple[int, int]]


def page_of_tallied(
    asked: Asked, part: Tallied, passed: int, limit: int, *, is_down: bool
) -> Rows | None:
    """Return the page among those that some row names; None where too many would be looked at."""
    found = _highest(asked, part, passed + limit if is_down else None)
    if found is None:
        return None
    ids = [pk for _number, pk in (found if is_down else reversed(found))]
    return written(ids[passed : passed + limit], asked.using)


def count_tallied(asked: Asked, part: Tallied, most: int) -> int:
    """Return how many some row names, `most` at most, where a page behind all of them was empty."""
    return min(most, len(_highest(asked, part, None) or ()))


def _highest(asked: Asked, part: Tallied, wanted: int | None) -> Numbered | None:
    """Return numbers and ids of so many contacts or more, the highest first.

    None where these, or all where no number is wanted, are not among those that are looked at.
    """
    ranks = [_ranked(asked, rows, owner) for rows, owner in part.rows]
    found: Numbered = []
    known = set[int]()
    for start in range(0, MOST_LOOKED_AT, STEP):
        end = start + STEP
        ids = {pk for highest in ranks for _most, pk in highest[start:end]} - known
        known |= ids
        found += _numbered(asked, part, sorted(ids))
        found.sort(reverse=True)
        following = [highest[end] for highest in ranks if len(highest) > end]
        if not following:
            return found
        # Nobody who is not looked at yet stands before this one.
        next_one = (sum(most for most, _pk in following), min(pk for _most, pk in following))
        certain = [each for each in found if each >= next_one]
        if wanted is not None and len(certain) >= wanted:
            return certain
    return None


def _ranked(asked: Asked, rows: QuerySet[Any], owner: str) -> Numbered:
    """Return by how many of some rows contacts are named, the highest first."""
    tallies = rows.using(asked.using).values_list(owner).annotate(most=Count("pk"))
    highest = tallies.order_by("-most", f"-{owner}")[: MOST_LOOKED_AT + 1]
    return [(most, pk) for pk, most in highest]


def _numbered(asked: Asked, part: Tallied, ids: list[int]) -> Numbered:
    """Return the numbers of those of some contacts that belong to the list and have one."""
    # Which of them are seen is asked first: the number takes longer.
    seen = list(
        asked.matching(row_by_row).filter(pk__among=ManyIds(ids)).values_list("pk", flat=True)
    )
    among = Contact.objects.using(asked.using).filter(pk__among=ManyIds(seen)).order_by()
    numbers = among.annotate(number=part.number).values_list("number", "pk") if seen else ()
    return [(number, pk) for number, pk in numbers if number]
