"""Whatever strangers send, a submission is kept without breaking anything."""

from dataclasses import replace

import pytest

from contacts.intake import Sender, submit
from contacts.models import Contact, Submission, WebForm
from tests.contacts.intake.conftest import Maker

ANN = {"first_name": "Ann", "emails": ["ann@example.com"]}


@pytest.mark.parametrize("text", ["a\x00b", "\ud800", "‮abc", "x" * 30_000])
def test_hostile_text_is_kept_without_breaking_the_database(
    form: WebForm, foreign: Sender, text: str
) -> None:
    outcome = submit(form, ANN, replace(foreign, raw={text: text}, referer=text, user_agent=text))

    kept = Submission.objects.get(pk=outcome.submission_id)
    assert all("\x00" not in value for value in [*kept.values, *kept.values.values()])
    assert len(kept.referer) <= 500


def test_hostile_values_are_stored_without_what_databases_refuse(
    make_form: Maker, foreign: Sender
) -> None:
    form = make_form(fields=["first_name", "emails", "company", "city"], on_duplicate="note")
    nasty = {
        "first_name": "An\x00n\ud800",
        "emails": [{"address": "ann\x00@example.com", "type": "\x00"}],
        "company": "\x00Acme",
        "addresses": [{"city": "Ros\x00tov"}],
        "no_such": "\x00",
    }

    submit(form, nasty, foreign)

    contact = Contact.objects.get()
    assert (contact.first_name, contact.company) == ("Ann?", "Acme")
    assert contact.emails.get().address == "ann@example.com"
    assert contact.addresses.get().city == "Rostov"


def test_deep_and_wide_values_are_cut(form: WebForm, foreign: Sender) -> None:
    deep: dict[str, object] = {}
    for _level in range(200):
        deep = {"x": deep}

    outcome = submit(form, ANN, replace(foreign, raw={"deep": deep, "wide": ["x"] * 5_000}))

    kept = Submission.objects.get(pk=outcome.submission_id)
    assert len(kept.values["wide"]) == 500
