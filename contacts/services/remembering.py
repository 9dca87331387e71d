"""Remember how somebody has had a file taken in, for the next one with the same headings."""

import hashlib
import json
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from contacts.access import Actor
from contacts.fields.text import fold
from contacts.models import RememberedImport

# Of each user; whoever has more of them takes in other files all the time.
MOST = 100


def remember_import(actor: Actor, headings: Sequence[str], said: Mapping[str, object]) -> None:
    """Remember what was said of a file with these headings; nothing for nobody in particular."""
    if actor.user_id is None or not any(headings):
        return
    with transaction.atomic():
        RememberedImport.objects.update_or_create(
            user_id=actor.user_id,
            digest=_digest(headings),
            defaults={"said": dict(said), "used_at": timezone.now()},
        )
        own = RememberedImport.objects.filter(user_id=actor.user_id)
        old = list(own.order_by("-used_at", "-pk").values_list("pk", flat=True)[MOST:])
        own.filter(pk__in=old).delete()


def remembered_import(actor: Actor, headings: Sequence[str]) -> Mapping[str, object] | None:
    """Return what this user said of the last file with these headings, or None."""
    if actor.user_id is None or not any(headings):
        return None
    rows = RememberedImport.objects.filter(user_id=actor.user_id, digest=_digest(headings))
    found: Mapping[str, object] | None = rows.values_list("said", flat=True).first()
    return found


def _digest(headings: Sequence[str]) -> str:
    """Return what tells headings apart; case and blanks around them do not matter."""
    text = json.dumps([fold(heading) for heading in headings])
    return hashlib.sha256(text.encode()).hexdigest()
