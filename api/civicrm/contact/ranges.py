"""Ranges of dates and circles on the map, as parameters of their own: ``birth_date_low``."""

from collections.abc import Iterator

from api.civicrm.contact.asking import bound, nothing
from api.civicrm.contact.circles import NAMES
from api.civicrm.mapping.fields import WireField
from api.civicrm.mapping.formats import DAY, MOMENT, TEXT

# Name, what it is of, the key of the catalogue, how its values are written.
_DATES = (
    ("birth_date", "Born", "birthday", DAY),
    ("deceased_date", "Deceased", "deceased_on", DAY),
    ("created_date", "Created", "created_at", MOMENT),
    ("modified_date", "Modified", "updated_at", MOMENT),
)
_ENDS = (("low", "from", ">="), ("high", "until", "<="))


def _ranges() -> Iterator[WireField]:
    for name, title, key, form in _DATES:
        for end, word, operator in _ENDS:
            yield WireField(
                name=f"{name}_{end}",
                title=f"{title} {word}",
                format=form,
                key=key,
                is_filter_only=True,
                is_default=False,
                is_described=False,
                ask=bound(operator),
            )


def _circle() -> Iterator[WireField]:
    for name in sorted(NAMES):
        yield WireField(
            name=name,
            title=name,
            format=TEXT,
            is_filter_only=True,
            is_default=False,
            is_described=False,
            # The source reads them all together.
            ask=nothing,
        )


RANGES = (*_ranges(), *_circle())
