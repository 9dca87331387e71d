"""Tell people by mail that a form brought a contact.

Mail is sent beside the request: a visitor does not wait for a slow mail server, and a mail that
cannot be sent is no reason to refuse what was stored.
"""

import threading
from concurrent.futures import ThreadPoolExecutor
from smtplib import SMTPException

import structlog
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from contacts.models import Submission, WebForm
from contacts.services.form_texts import main_texts, told

WAITING_AT_MOST = 200
CONTACT_PAGE = "/admin/contacts/contact/{}/change/"

logger = structlog.get_logger("contacts.intake")

_room = threading.BoundedSemaphore(WAITING_AT_MOST)
_sender = ThreadPoolExecutor(max_workers=1, thread_name_prefix="form-mail")


def notify_later(form: WebForm, submission: Submission) -> None:
    """Send the mail once the transaction is committed; nothing for what is held."""
    if submission.contact_id is None or not form.notify:
        return
    message = message_of(form, submission)
    transaction.on_commit(lambda: _queue(message))


def message_of(form: WebForm, submission: Submission) -> EmailMessage:
    """Return the mail; text of the visitor cannot leave its place in it."""
    emails = main_texts("emails", submission.prepared.get("emails"))
    with translation.override(form.language or settings.LANGUAGE_CODE):
        body = _(
            "Somebody has sent the form “%(form)s”.\n\n%(values)s\n\nContact: %(contact)s\n"
            "Page: %(page)s\n"
        ) % {
            "form": form.title,
            "values": told(submission.prepared),
            "page": submission.referer or "–",
            "contact": settings.BASE_URL + CONTACT_PAGE.format(submission.contact_id),
        }
    return EmailMessage(
        # A line break would end the header and begin another.
        subject=" ".join(f"{form.title}: {_name_in(submission)}".split())[:200],
        body=body,
        to=list(form.notify),
        reply_to=[email for email in emails[:1] if _is_mail_address(email)],
    )


def _name_in(submission: Submission) -> str:
    given = submission.prepared
    names = [given.get(key) for key in ("first_name", "last_name", "organization_name", "company")]
    words = [str(name) for name in names if name] or main_texts("emails", given.get("emails"))
    return " ".join(words) or str(submission.contact_id)


def _is_mail_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _queue(message: EmailMessage) -> None:
    if not _room.acquire(blocking=False):
        logger.warning("mail dropped", reason="too many are waiting")
        return
    _sender.submit(_send, message)


def _send(message: EmailMessage) -> None:
    try:
        message.send()
    except (OSError, SMTPException) as error:
        logger.warning("mail not sent", reason=type(error).__name__)
    finally:
        _room.release()
