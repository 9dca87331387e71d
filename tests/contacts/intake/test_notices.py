"""Mail tells of new contacts, and carries nothing else."""

import time

from django.core import mail
from django.test import TestCase

from contacts.intake import Sender, submit
from tests.contacts.intake.conftest import Maker

ANN = {"first_name": "Ann", "emails": ["ann@example.com"]}


def test_notice_of_a_new_contact_stays_within_its_headers(
    make_form: Maker, foreign: Sender
) -> None:
    form = make_form(notify=["sales@example.com"])
    name = "Ann\r\nBcc: everybody@example.com"

    with TestCase.captureOnCommitCallbacks(execute=True):
        submit(form, {**ANN, "first_name": name, "background": "Hello"}, foreign)

    sent = wait_for_mail()
    assert sent.to == ["sales@example.com"]
    assert sent.reply_to == ["ann@example.com"]
    assert "\n" not in sent.subject
    assert "Bcc" not in sent.message()
    assert "Hello" in sent.body
    assert "https://shop.example/contact" in sent.body


def test_held_submissions_send_no_mail(make_form: Maker, foreign: Sender) -> None:
    form = make_form(notify=["sales@example.com"], blocked_words=["casino"])

    with TestCase.captureOnCommitCallbacks(execute=True) as callbacks:
        submit(form, {**ANN, "background": "casino"}, foreign)

    assert callbacks == []


def wait_for_mail() -> mail.EmailMessage:
    """Return the one mail once the thread that sends it has done so."""
    give_up = time.monotonic() + 60
    while not mail.outbox and time.monotonic() < give_up:
        time.sleep(0.01)
    (message,) = mail.outbox
    assert isinstance(message, mail.EmailMessage)
    return message
