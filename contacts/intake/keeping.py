"""Keep what was sent, bounded and fit for either database."""

import ipaddress
from collections.abc import Mapping, Sequence
from datetime import date

from django.utils import timezone

from contacts.intake.sending import Sender
from contacts.models import Submission, WebForm
from contacts.services.form_texts import storable
from contacts.services.suspicion import score_of

TEXT_AT_MOST = 20_000
ITEMS_AT_MOST = 500
LEVELS_AT_MOST = 8


def submission_of(
    form: WebForm, values: Mapping[str, object], sender: Sender, reasons: list[str]
) -> Submission:
    """Return the submission, not yet saved; with reasons it is held."""
    return Submission(
        form=form,
        state=Submission.State.HELD if reasons else Submission.State.ACCEPTED,
        values=kept(sender.raw),
        prepared=kept(values),
        reasons=reasons,
        suspicion=score_of(reasons),
        consent=form.consent if sender.has_consented else "",
        consent_version=form.consent_version if form.consent and sender.has_consented else None,
        is_from_page=sender.is_on_page,
        address=address_of(sender.address),
        referer=line_of(sender.referer),
        user_agent=line_of(sender.user_agent),
        campaign=kept(sender.campaign),
        landing_page=line_of(sender.landing_page, 2_000),
        came_from=line_of(sender.came_from),
        created_at=timezone.now(),
    )


def address_of(text: str) -> str | None:
    """Return a network address in its usual spelling, or None for anything else."""
    try:
        return str(ipaddress.ip_address(text.strip()))
    except ValueError:
        return None


def line_of(text: str, most: int = 500) -> str:
    """Return a text as one line, no longer than that."""
    return " ".join(storable(text).split())[:most]


def kept(value: object, level: int = 0) -> object:
    """Return a value as JSON types; what is too deep or too long is cut."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Mapping | list | tuple):
        return _kept_items(value, level + 1) if level < LEVELS_AT_MOST else None
    if isinstance(value, date):
        return value.isoformat()
    # Of a file its name is kept; a number of a kind of its own becomes its digits.
    text = value if isinstance(value, str) else str(getattr(value, "name", None) or value)
    return storable(text)[:TEXT_AT_MOST]


def _kept_items(value: Mapping[object, object] | Sequence[object], level: int) -> object:
    if isinstance(value, Mapping):
        pairs = list(value.items())[:ITEMS_AT_MOST]
        return {storable(str(name))[:255]: kept(item, level) for name, item in pairs}
    return [kept(item, level) for item in value[:ITEMS_AT_MOST]]
