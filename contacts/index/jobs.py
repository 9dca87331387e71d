"""What keeps derived data small, and lets the database find its way."""

from collections.abc import Mapping
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from contacts.index.circles import settle
from contacts.index.spread import learn_spread
from contacts.jobs import Work, job


@job("settle_numbers", title=_("Put numbers of contacts together"), every=timedelta(hours=1))
def settle_numbers(work: Work) -> Mapping[str, int]:
    """Put together what connections have written beside each other."""
    work.require_turn()
    return {"rows": settle()}


@job("learn_spread", title=_("Learn how values are spread"), every=timedelta(days=1))
def learn_spread_of_values(work: Work) -> Mapping[str, int]:
    """Let SQLite know by which index to find what is asked for."""
    work.require_turn()
    return {"indexes": learn_spread()}
