"""How many contacts a list holds that asks for nothing, or for kinds alone.

It is told by what is kept of circles (`contacts.access.circles`) and counted only for what somebody
sees as nobody but itself. Where that is much, it is not counted after every change.
"""

from collections.abc import Hashable

from contacts.access.visible_at_once import count_standing, count_visible
from contacts.query.asked import Asked
from contacts.query.compiler import row_by_row
from contacts.query.estimating import estimated
from contacts.query.kinds import kinds_of
from contacts.query.totals import EXACT_UP_TO, KEEP_AT_MOST, Total, exact_total, page_total

# Questions whose answer takes long.
_long: set[Hashable] = set()


def is_unfiltered(asked: Asked) -> bool:
    """Tell whether everything of some kinds that is seen belongs to the list."""
    return not asked.is_searched and kinds_of(asked.query.condition) is not None


def unfiltered_total(asked: Asked) -> Total:
    """Return how many there are, counted again as soon as anything has changed."""

    def count() -> int:
        return count_unfiltered(asked)

    if asked.key not in _long:
        return Total(exact_total(asked.key, count))

    def guess() -> int:
        return estimated(asked.matching(row_by_row))

    return page_total(asked.key, count, guess, using=asked.using)


def count_unfiltered(asked: Asked) -> int:
    """Return how many there are now; one statement, and none where no kind is asked for."""
    kinds = kinds_of(asked.query.condition)
    if not kinds:
        return 0
    archived, users, stage = asked.shelf
    actor, using = asked.actor, asked.using
    if actor.is_administrator:
        return count_standing(archived=archived, users=users, stage=stage, using=using, kinds=kinds)
    found = count_visible(
        actor, archived=archived, users=users, stage=stage, using=using, kinds=kinds
    )
    if found.own > EXACT_UP_TO:
        if len(_long) >= KEEP_AT_MOST:
            _long.clear()
        _long.add(asked.key)
    return found.total
