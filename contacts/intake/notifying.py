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

from contacts.index import Document
from contacts.models import Submission, WebForm

WAITING_AT_MOST = 200

logger = structlog.get_logger("contacts.intake")

_room = threading.BoundedSemaphore(WAITING_AT_MOST)
_sender = ThreadPoolExecutor(max_workers=1, thread_name_prefix="form-mail")


def notify_later(form: WebForm, submission: Submission, document: Document | None) -> None:
    """Send the mail once the transaction is committed; nothing for what is held."""
    if document is None or not form.notify:
        return
    message = message_of(form, submission, document)
    transaction.on_commit(lambda: _queue(message))


def message_of(form: WebForm, submission: Submission, document: Document) -> EmailMessage:
    """Return the mail; text of the visitor cannot leave its place in it."""
    with translation.override(form.language or settings.LANGUAGE_CODE):
        name = str(document["display_name"])
        subject = _("%(form)s: %(name)s") % {"form": form.title, "name": name}
        body = _(
            "The form “%(form)s” brought a new contact.\n\n%(values)s\n\n"
            "Page: %(page)s\n%(address)s\n"
        ) % {
            "form": form.title,
            "values": _told(submission),
            "page": submission.referer or "–",
            "address": f"{settings.BASE_URL}/admin/contacts/contact/{document['id']}/change/",
        }
    return EmailMessage(
        # A line break would end the header and begin another.
        subject=" ".join(subject.split())[:200],
        body=body,
        to=list(form.notify),
        reply_to=_reply_to(document),
    )


def _told(submission: Submission) -> str:
    values = submission.prepared.items()
    return "\n".join(f"{key}: {value}" for key, value in values if value not in (None, "", []))


def _reply_to(document: Document) -> list[str]:
    emails: list[dict[str, str]] = document.get("emails", [])  # type: ignore[assignment]  # as declared
    address = emails[0]["address"] if emails else ""
    try:
        validate_email(address)
    except ValidationError:
        return []
    return [address]


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
