"""Bring back what somebody was typing when their session ended.

A form that arrives without a session is kept inside the sign-in page, signed, and shown again for
sending after the sign-in. Nothing is stored on the server.
"""

from dataclasses import dataclass

from django.core import signing
from django.http import HttpRequest

SALT = "contacts.admin.resuming"
KEPT = "kept"
MOST_SECONDS = 3600
OURS = frozenset({"csrfmiddlewaretoken"})


@dataclass(frozen=True, slots=True)
class Kept:
    """A form that waits for being sent again."""

    address: str
    pairs: tuple[tuple[str, str], ...]


def keep(request: HttpRequest) -> str:
    """Return a form that was sent as one line of signed text; files cannot be kept."""
    pairs = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in OURS
        for value in values
    ]
    kept = {"address": request.get_full_path(), "pairs": pairs}
    return signing.dumps(kept, salt=SALT, compress=True)


def find_kept(text: str) -> Kept | None:
    """Return the form in such a text, or None for one that is not ours or too old."""
    try:
        kept = signing.loads(text, salt=SALT, max_age=MOST_SECONDS)
    except signing.BadSignature:
        return None
    return Kept(kept["address"], tuple((name, value) for name, value in kept["pairs"]))
