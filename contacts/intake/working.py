"""Let browsers calculate before they send, where the owner of a form wants that.

The browser looks for a number that, behind the signed time of its page, gives a hash that begins
with enough zeros. Finding one costs a moment, checking costs nothing. Whoever runs no scripts
sends none and is held for review, like everything suspicious.
"""

import hashlib

from django.core.cache import cache

from contacts.models import WebForm

# About 16,000 hashes: a tenth of a second on a laptop, a second on an old telephone.
ZERO_BITS = 14
LENGTH_AT_MOST = 20
REMEMBERED_SECONDS = 24 * 60 * 60


def is_done(rendered: str, number: str) -> bool:
    """Tell whether a number fits the page that it was found for."""
    if not rendered or not number or len(number) > LENGTH_AT_MOST:
        return False
    return int.from_bytes(_digest(rendered, number)) >> (256 - ZERO_BITS) == 0


def spend(form: WebForm, rendered: str, number: str) -> bool:
    """Use a number up; tells whether it had not been used before."""
    name = f"form_work_{form.pk}_{_digest(rendered, number).hex()}"
    return bool(cache.add(name, 1, REMEMBERED_SECONDS))


def _digest(rendered: str, number: str) -> bytes:
    return hashlib.sha256(f"{rendered}:{number}".encode()).digest()
