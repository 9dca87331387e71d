"""Tell robots from visitors without asking anybody to solve riddles.

A form on somebody else's site is only screened by what its owner switched on, so that forms
written long ago go on working. Our own page adds cautions of its own.
"""

from collections.abc import Mapping
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from contacts.errors import Fault, ThrottledError
from contacts.fields.text import fold
from contacts.intake import working
from contacts.intake.sending import Sender
from contacts.models import Submission, WebForm
from contacts.services.form_texts import texts_of

# A page may lie open for a while; after a day its owner may have changed it.
GOOD_FOR = timedelta(hours=24)
HOUR = timedelta(hours=1)
PAGE_PER_HOUR = 60


def is_trapped(form: WebForm, sender: Sender) -> bool:
    """Tell whether the field that people do not see was filled in."""
    if sender.honeypot_value.strip():
        return True
    if not form.honeypot:
        return False
    inner = sender.raw.get("contact")
    places = [sender.raw, inner] if isinstance(inner, Mapping) else [sender.raw]
    return any(str(place.get(form.honeypot) or "").strip() for place in places)


def suspicions_of(form: WebForm, values: Mapping[str, object], sender: Sender) -> list[str]:
    """Return why a submission should be looked at before it becomes a contact."""
    reasons = []
    if is_trapped(form, sender):
        reasons.append("honeypot")
    if sender.is_on_page and form.min_seconds:
        if sender.rendered_at is None:
            reasons.append("untimed")
        elif timezone.now() - sender.rendered_at < timedelta(seconds=form.min_seconds):
            reasons.append("too_fast")
    if sender.is_on_page and form.asks_for_work and not working.is_done(*sender.work):
        reasons.append("no_work")
    if _has_blocked_word(form, values):
        reasons.append("blocked_word")
    return reasons


def repeats_work(form: WebForm, sender: Sender) -> bool:
    """Tell whether the browser's calculation was sent before; it counts once, when it is taken."""
    is_asked = sender.is_on_page and form.asks_for_work and working.is_done(*sender.work)
    return is_asked and not working.spend(form, *sender.work)


def page_faults(form: WebForm, sender: Sender) -> list[Fault]:
    """Return what is wrong with the page that was sent, besides its fields."""
    if not sender.is_on_page:
        return []
    faults = []
    if sender.rendered_at is not None and timezone.now() - sender.rendered_at > GOOD_FOR:
        faults.append(Fault("form", "expired"))
    if form.consent and not sender.has_consented:
        faults.append(Fault("consent", "blank"))
    return faults


def require_below_limit(form: WebForm, sender: Sender, address: str | None) -> None:
    """Raise ThrottledError when an address has sent as much as an hour allows."""
    limit = form.per_hour or (PAGE_PER_HOUR if sender.is_on_page else 0)
    if not limit or address is None:
        return
    now = timezone.now()
    recent = Submission.objects.filter(
        Q(created_at__gt=now - HOUR), form=form, address=address
    ).order_by("-created_at")
    # The one that has to leave the hour before another may come.
    oldest = recent.values_list("created_at", flat=True)[limit - 1 : limit].first()
    if oldest is not None:
        raise ThrottledError(max(1, int((oldest + HOUR - now).total_seconds()) + 1))


def _has_blocked_word(form: WebForm, values: Mapping[str, object]) -> bool:
    words = [fold(str(word)) for word in form.blocked_words]
    if not any(words):
        return False
    texts = [fold(text) for text in texts_of(values)]
    return any(word in text for word in words if word for text in texts)
