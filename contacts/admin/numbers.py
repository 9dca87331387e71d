"""Figures of the start page; each leads to the list behind it."""

from dataclasses import dataclass

from django.utils.formats import localize
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from contacts.query.totals import EXACT_UP_TO


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with its list; `is_urgent` brings it to the front."""

    label: str | Promise
    value: str
    url: str
    order: int = 100
    is_urgent: bool = False


def counted(number: int) -> str:
    """Return a number as people write it; large ones are not counted to the last."""
    if number > EXACT_UP_TO:
        return _("over %(number)s") % {"number": localize(EXACT_UP_TO, use_l10n=True)}
    return str(localize(number))
