"""Keep the list of possible duplicates, and remember which contacts are not the same one."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from itertools import combinations

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts import history
from contacts.access import NEEDED, Actor
from contacts.errors import Fault, NotFoundError
from contacts.jobs import Work, job
from contacts.models import Duplicate, LikenessRule
from contacts.query import find_contacts
from contacts.services.likeness import (
    WEIGHTS,
    Pair,
    Reasons,
    like_pairs,
    score_of,
    weights_in_force,
)
from contacts.services.merging import MOST_CONTACTS
from contacts.services.values import require_no_faults

JOB = "find_duplicates"
# Under these words the history of a contact tells of it; the number of the record is its own.
KIND = "duplicate"
REFUSED = "refused"
SUSPECTED = "suspected"
# Nobody works through more; the likest ones come first.
MOST_PAIRS = 20_000
ROWS_AT_ONCE = 500


@job(JOB, title=_("Look for duplicates"), every=timedelta(days=1))
def find_duplicates(work: Work) -> Mapping[str, int]:
    """Look through all contacts and replace the pairs that were found before."""
    work.total = work.done = store_duplicates(like_pairs())
    return {"found": work.total}


def store_duplicates(pairs: Reasons) -> int:
    """Store the likest pairs, without those that are refused; returns how many."""
    weights = weights_in_force()
    with transaction.atomic():
        refused = Duplicate.objects.exclude(refused_at=None)
        known = set(refused.values_list("first_id", "second_id"))
        ranked = sorted(
            (
                (score_of(reasons, weights), pair)
                for pair, reasons in pairs.items()
                if pair not in known
            ),
            key=lambda each: (-each[0], each[1]),
        )
        Duplicate.objects.filter(refused_at=None).delete()
        rows = [
            Duplicate(
                first_id=first, second_id=second, score=score, reasons=sorted(pairs[first, second])
            )
            for score, (first, second) in ranked[:MOST_PAIRS]
        ]
        Duplicate.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE)
    return len(rows)


def weigh_reasons(actor: Actor, weights: Mapping[str, int]) -> bool:
    """Say how much each thing in common counts from the next search on; tells what was said anew.

    Raises ForbiddenError, InvalidError for a weight that is not from 0 to 100.
    """
    actor.require_administrator()
    require_no_faults(
        [
            Fault(reason, "not_allowed", {"value": weight})
            for reason, weight in weights.items()
            if reason not in WEIGHTS or not 0 <= weight <= 100
        ]
    )
    with transaction.atomic():
        before = weights_in_force()
        for reason, weight in weights.items():
            LikenessRule.objects.update_or_create(reason=reason, defaults={"weight": weight})
    return before != weights_in_force()


def refuse_duplicates(actor: Actor, contact_ids: Sequence[int]) -> int:
    """Remember that none of these contacts is another of them; returns how many pairs are new.

    Raises NotFoundError, ForbiddenError for contacts that the actor may not change.
    """
    now = timezone.now()
    with transaction.atomic():
        pairs = _pairs_of(actor, contact_ids)
        known = set(_refused(pairs).values_list("first_id", "second_id"))
        fresh = [pair for pair in pairs if pair not in known]
        for first, second in fresh:
            Duplicate.objects.update_or_create(
                first_id=first,
                second_id=second,
                defaults={"refused_at": now, "refused_by_id": actor.user_id},
            )
        _remember(actor, fresh, REFUSED)
    return len(fresh)


def suspect_again(actor: Actor, contact_ids: Sequence[int]) -> int:
    """Take back that contacts are not duplicates; returns of how many pairs that was said.

    Raises NotFoundError, ForbiddenError.
    """
    with transaction.atomic():
        refused = _refused(_pairs_of(actor, contact_ids))
        pairs = list(refused.values_list("first_id", "second_id"))
        # These were never found alike: somebody said so of a whole group.
        refused.filter(score=0).delete()
        refused.update(refused_at=None, refused_by=None)
        _remember(actor, pairs, SUSPECTED)
    return len(pairs)


def _refused(pairs: Iterable[Pair]) -> QuerySet[Duplicate]:
    """Return what is remembered of pairs that are no duplicates."""
    is_one = Q()
    for first, second in pairs:
        is_one |= Q(first_id=first, second_id=second)
    rows = Duplicate.objects.exclude(refused_at=None)
    return rows.filter(is_one) if is_one else rows.none()


def _remember(actor: Actor, pairs: Sequence[Pair], action: str) -> None:
    """Write what was said of the pairs into the history of each of their contacts."""
    ids = sorted({pk for pair in pairs for pk in pair})
    for pk in ids:
        others = {each for pair in pairs if pk in pair for each in pair} - {pk}
        said = {"contacts": [pk, *sorted(others)]}
        history.record(actor, KIND, pk, action, after=said, contact_id=pk)


def _pairs_of(actor: Actor, contact_ids: Iterable[int]) -> list[Pair]:
    ids = sorted(set(contact_ids))[:MOST_CONTACTS]
    documents = find_contacts(actor, ids)
    if len(ids) < 2 or len(documents) < len(ids):
        raise NotFoundError("contact")
    for document in documents.values():
        projects = document.get("projects")
        actor.require(
            NEEDED["contact", "update"], projects if isinstance(projects, list) else (), "contact"
        )
    return list(combinations(ids, 2))
