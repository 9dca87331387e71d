"""Public forms: no token, no cookie, the address is the key."""

import json
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from contacts.models import Contact, Project, Submission, User, WebForm
from contacts.services import web_forms
from tests.builders import actor_for
from tests.dialects.concord.calling import Caller, errors_of

pytestmark = pytest.mark.django_db

ASKED = [{"key": key} for key in ("first_name", "last_name", "emails", "phones")]


def make_form(user: User, project: Project, **more: Any) -> WebForm:
    """Make a form in a project."""
    values = {"title": "Contact us", "project": project.pk, "fields": ASKED, **more}
    made = web_forms.create_web_form(actor_for(user), values)
    document = made[0] if isinstance(made, tuple) else made
    return WebForm.objects.get(pk=document["id"])


@pytest.fixture
def form(alice: User, project: Project) -> WebForm:
    return make_form(alice, project)


@pytest.mark.parametrize("kind", ["application/json", "application/x-www-form-urlencoded"])
def test_a_sending_becomes_a_contact(kind: str, form: WebForm, as_nobody: Caller) -> None:
    sent = {"first_name": "Eve", "email": "eve@x.org", "phone": "123", "utm_source": "ad"}
    body = json.dumps(sent) if kind.endswith("json") else urlencode(sent)
    answer = as_nobody.post(f"/forms/f/{form.public_id}", body, kind)
    assert (answer.status_code, answer.content) == (204, b"")
    contact = Contact.objects.get(first_name="Eve")
    assert contact.emails.get().address == "eve@x.org"
    assert contact.phones.get().number == "123"
    assert Submission.objects.get(form=form).values["utm_source"] == "ad"


def test_people_are_led_to_the_page(form: WebForm, as_nobody: Caller) -> None:
    answer = as_nobody.get(f"/forms/f/{form.public_id}")
    assert answer.status_code == 302
    assert Client().get(answer["Location"]).status_code == 200


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_unknown_form_is_not_found(method: str, form: WebForm, as_nobody: Caller) -> None:
    assert as_nobody.send(method, "/forms/f/nothing", {}).status_code == 404


def test_values_that_cannot_be_are_told_by_the_names_that_were_sent(
    form: WebForm, as_nobody: Caller
) -> None:
    answer = as_nobody.post(f"/forms/f/{form.public_id}", {"first_name": "E", "email": "nonsense"})
    assert list(errors_of(answer)) == ["email"]
    assert not Submission.objects.exists()


def test_consent_is_asked_for(alice: User, project: Project, as_nobody: Caller) -> None:
    form = make_form(alice, project, consent="I agree")
    path = f"/forms/f/{form.public_id}"
    assert list(errors_of(as_nobody.post(path, {"first_name": "E"}))) == ["_privacy-policy"]
    assert as_nobody.post(path, {"first_name": "E", "_privacy-policy": True}).status_code == 204
