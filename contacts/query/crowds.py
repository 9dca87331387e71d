"""Tags and projects that very many contacts have, and people who see few contacts.

Whoever sees few of very many that have a tag is answered from what is seen: going through all that
have it would ask of nearly each in vain.
"""

import time
from collections.abc import Hashable

from contacts.access import Actor
from contacts.access.visible_at_once import count_visible
from contacts.fields.field import Rows
from contacts.query.following import NamedLinks
from contacts.query.totals import kept_total
from contacts.query.tree import Compare

# So many are no crowd: each is asked for sooner than it is known who is seen.
MOST_LINKED = 30_000
# So many are gone through for those that fit.
FEW = 100_000
# How many have a tag is asked again after so many seconds.
KEEP_SECONDS = 600
KEEP_AT_MOST = 2_000

# Database and link: until when, and whether very many have it.
_kept: dict[Hashable, tuple[float, bool]] = {}


def is_crowd(compare: Compare, using: str) -> bool:
    """Tell whether very many contacts have the tag or project of a comparison."""
    storage, comparison = compare.field.storage, compare.comparison
    linked = storage.named(comparison) if isinstance(storage, NamedLinks) else None
    if linked is None:
        return False
    key = (using, compare.field.key, repr(comparison.value))
    known = _kept.get(key)
    if known is not None and known[0] > time.monotonic():
        return known[1]
    if len(_kept) >= KEEP_AT_MOST:
        _kept.clear()
    found = _exceeds(linked.using(using))
    _kept[key] = (time.monotonic() + KEEP_SECONDS, found)
    return found


def _exceeds(rows: Rows) -> bool:
    return rows[MOST_LINKED : MOST_LINKED + 1].exists()


def forget_crowds() -> None:
    """Forget everything kept (a test starts with other data)."""
    _kept.clear()


def sees_few(
    actor: Actor,
    *,
    archived: bool | None,
    users: bool,
    stage: str | None,
    using: str,
    few: int | None = None,
) -> bool:
    """Tell whether somebody sees so few contacts that a question about many is asked of those."""
    if actor.is_administrator:
        return False
    limit = FEW if few is None else few

    def seen() -> int:
        found = count_visible(actor, archived=archived, users=users, stage=stage, using=using)
        return found.total

    return kept_total(("seen", using, actor.sight, archived, users, stage), seen) <= limit
