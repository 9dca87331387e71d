"""Sign when a page was rendered and what was sent, so that nothing needs to be remembered."""

from datetime import UTC, datetime, timedelta

from django.core import signing
from django.utils import timezone

from contacts.models import WebForm

RENDERED = "contacts.intake.rendered"
SENT = "contacts.intake.sent"
THANKS_SHOWN_FOR = timedelta(minutes=30)


def sign_rendering(form: WebForm, *, earlier: timedelta = timedelta()) -> str:
    """Return a text that proves when the page of this form was rendered."""
    moment = timezone.now() - earlier
    return signing.dumps([form.public_id, int(moment.timestamp())], salt=RENDERED)


def read_rendering(form: WebForm, text: str) -> datetime | None:
    """Return when the page was rendered, or None for a text that is not ours."""
    try:
        public_id, moment = signing.loads(text, salt=RENDERED)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return datetime.fromtimestamp(moment, UTC) if public_id == form.public_id else None


def sign_sending(submission_id: int) -> str:
    """Return a text by which the thank-you page finds what was received."""
    return signing.dumps(submission_id, salt=SENT)


def read_sending(text: str) -> int | None:
    """Return the id of the submission, or None for a text that is not ours or is old."""
    try:
        return int(signing.loads(text, salt=SENT, max_age=THANKS_SHOWN_FOR))
    except (signing.BadSignature, ValueError, TypeError):
        return None
