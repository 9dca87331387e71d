"""What keeps derived data small."""

from collections.abc import Mapping
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from contacts.index.circles import settle
from contacts.jobs import Work, job


@job("settle_numbers", title=_("Put numbers of contacts together"), every=timedelta(hours=1))
def settle_numbers(work: Work) -> Mapping[str, int]:
    """Put together what connections have written beside each other."""
    work.require_turn()
    return {"rows": settle()}
