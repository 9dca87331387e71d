"""Numbers as people write them, and the figures of the start page, each with its list."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.template.defaultfilters import floatformat
from django.utils.formats import number_format
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
        return _("over %(number)s") % {"number": _written(EXACT_UP_TO)}
    return _written(number)


def _written(number: int) -> str:
    """Return a number with its thousands apart, as the reader's language has it."""
    return number_format(number, use_l10n=True, force_grouping=True)


def written_decimal(value: object) -> str:
    """Return a number as people write it: grouped, as exact as it is, two decimals or none."""
    try:
        exact = Decimal(str(value)).normalize()
    except InvalidOperation:
        return str(value)
    exponent = exact.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -2:
        return str(number_format(exact, use_l10n=True, force_grouping=True))
    return floatformat(exact, "-2g")
