"""Which contacts may be the same one, for somebody who sees both."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import router
from django.db.models import Exists, OuterRef, Q, QuerySet

from contacts.access import Actor
from contacts.access.ids import IdSlot
from contacts.access.visibility import visible_contacts
from contacts.models import Duplicate
from contacts.query.statements import rows_of

# Nobody looks at more at once, and nothing counts beyond it.
MOST_PAIRS = 1_000


@dataclass(slots=True)
class Alike:
    """Contacts of which each is like another one of them, with why."""

    contact_ids: list[int] = field(default_factory=list)
    score: int = 0
    reasons: list[str] = field(default_factory=list)


def count_duplicates(actor: Actor) -> int:
    """Return how many pairs the last search found and nobody has decided yet, up to a thousand."""
    return _open(actor)[:MOST_PAIRS].count()


def groups_of_duplicates(actor: Actor) -> list[Alike]:
    """Return the groups of contacts that are alike, the likest first."""
    groups: dict[int, Alike] = {}
    rows = _open(actor).order_by("-score", "first_id", "second_id")
    for pair in rows[:MOST_PAIRS]:
        joined = _joined(groups, pair)
        joined.score = max(joined.score, pair.score)
        joined.reasons += [each for each in pair.reasons if each not in joined.reasons]
    found = {id(group): group for group in groups.values()}
    return sorted(found.values(), key=lambda group: (-group.score, group.contact_ids))


def refused_pairs(contact_ids: Iterable[int]) -> dict[int, set[int]]:
    """Return by contact those of which somebody has said that they are others."""
    ids = set(contact_ids)
    found: dict[int, set[int]] = defaultdict(set)

    def refused() -> QuerySet[Duplicate, Any]:
        either = Q(first_id__among=IdSlot("ids")) | Q(second_id__among=IdSlot("ids"))
        rows = Duplicate.objects.filter(either).exclude(refused_at=None).order_by()
        return rows.values_list("first_id", "second_id")

    using = router.db_for_read(Duplicate)
    for pair in rows_of("refused", refused, using=using, ids={"ids": list(ids)}, is_prepared=True):
        for contact_id, other_id in (pair, pair[::-1]):
            if contact_id in ids:
                found[contact_id].add(other_id)
    return found


def _open(actor: Actor) -> QuerySet[Duplicate]:
    # Pairs are few and contacts many: each of a pair is looked up, and never all that are seen.
    seen = visible_contacts(actor, users=False)
    first, second = (Exists(seen.filter(pk=OuterRef(end))) for end in ("first_id", "second_id"))
    return Duplicate.objects.order_by().filter(first, second, refused_at=None)


def _joined(groups: dict[int, Alike], pair: Duplicate) -> Alike:
    """Return the group that both contacts of a pair are in from now on."""
    first = groups.setdefault(pair.first_id, Alike([pair.first_id]))
    second = groups.setdefault(pair.second_id, Alike([pair.second_id]))
    if first is not second:
        first.contact_ids = sorted({*first.contact_ids, *second.contact_ids})
        first.score = max(first.score, second.score)
        first.reasons += [each for each in second.reasons if each not in first.reasons]
        for contact_id in second.contact_ids:
            groups[contact_id] = first
    return first
