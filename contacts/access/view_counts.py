"""Count how often the pages of web forms are looked at, without making visitors wait for it.

A look only adds to a number in memory; `contacts.access.counting` writes the numbers down.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from threading import Lock

import structlog
from django.db import Error, transaction
from django.db.models import F, Sum

from contacts.models import FormViews, WebForm

logger = structlog.get_logger("contacts.counting")

_looks: Counter[tuple[date, int]] = Counter()
_lock = Lock()


def count_view(form_id: int, day: date) -> None:
    """Count one look; costs a microsecond and cannot fail."""
    with _lock:
        _looks[day, form_id] += 1


def has_views() -> bool:
    """Tell whether anything was counted that is not written down."""
    return bool(_looks)


def forget_views() -> None:
    """Forget what was counted and not yet written."""
    with _lock:
        _looks.clear()


def write_views() -> None:
    """Write down what was counted; it is counted on where the database is away."""
    with _lock:
        taken = Counter(_looks)
        _looks.clear()
    if not taken:
        return
    try:
        with transaction.atomic():
            _add(taken)
    except Error:
        logger.warning("views not written", exc_info=True)
        with _lock:
            _looks.update(taken)


def views_of(form_ids: Iterable[int]) -> dict[int, int]:
    """Return how often the pages of forms were looked at, by the forms."""
    write_views()
    rows = FormViews.objects.filter(form_id__in=form_ids).order_by().values("form_id")
    return {row["form_id"]: row["all"] for row in rows.annotate(all=Sum("views"))}


def _add(taken: Counter[tuple[date, int]]) -> None:
    # A form may have been deleted since somebody looked at it.
    ids = {form_id for _day, form_id in taken}
    present = set(WebForm.objects.filter(pk__in=ids).values_list("pk", flat=True))
    for (day, form_id), views in sorted(taken.items()):
        if form_id not in present:
            continue
        same = FormViews.objects.filter(form_id=form_id, day=day)
        if not same.update(views=F("views") + views):
            # Another process may do the same this moment; then both add.
            fresh = FormViews(form_id=form_id, day=day)
            FormViews.objects.bulk_create([fresh], ignore_conflicts=True)
            same.update(views=F("views") + views)
