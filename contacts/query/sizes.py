"""How large a database is: by its last id of a contact, which is asked every ten minutes."""

import time

from django.db.models import Max

from contacts.models import Contact

KNOWN_FOR_SECONDS = 600
# Where there are more, a sample is looked at before everything is. Among fewer that costs as much.
SAMPLED_FROM = 200_000

# Database: until when, and the last id.
_known: dict[str, tuple[float, int]] = {}


def last_id(using: str) -> int:
    """Return the last id that a contact has, or had some minutes ago; 0 where there is none."""
    until, last = _known.get(using, (0.0, 0))
    if until > time.monotonic():
        return last
    last = Contact.objects.using(using).aggregate(last=Max("pk"))["last"] or 0
    note_last_id(using, last)
    return last


def note_last_id(using: str, last: int) -> None:
    """Remember the last id for some minutes."""
    _known[using] = (time.monotonic() + KNOWN_FOR_SECONDS, last)
