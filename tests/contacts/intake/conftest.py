"""A form, and how visitors of its page and of other sites send it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from contacts.access import find_form
from contacts.intake import Sender
from contacts.models import Project, User, WebForm
from contacts.services import web_forms
from tests.builders import actor_for

Maker = Callable[..., WebForm]

ASKED = [
    {"key": "first_name", "is_required": True},
    {"key": "last_name"},
    {"key": "emails", "is_required": True},
    {"key": "phones"},
    {"key": "background", "label": "Message"},
]


@pytest.fixture
def make_form(alice: User, project: Project) -> Maker:
    """Return a maker of forms of alice's in her project."""

    def make(**said: Any) -> WebForm:
        said = {"title": "Write to us", "fields": ASKED, "project": project.pk, **said}
        document = web_forms.create_web_form(actor_for(alice), said)
        return WebForm.objects.select_related("credential", "project").get(pk=document["id"])

    return make


@pytest.fixture
def form(make_form: Maker) -> WebForm:
    """Return a form that asks for a name, an e-mail, a phone and a message."""
    return make_form()


@pytest.fixture
def key(form: WebForm, alice: User) -> str:
    """Return the key of the form."""
    found = web_forms.form_key_of(actor_for(alice), form.pk)
    assert found
    assert find_form(found) == form
    return found


@pytest.fixture
def foreign() -> Sender:
    """Return the sender of a form on somebody else's site."""
    return Sender(
        address="203.0.113.7",
        referer="https://shop.example/contact",
        user_agent="Mozilla/5.0",
        raw={"contact": {"first_name": "Ann"}, "commit": "Save"},
    )


@pytest.fixture
def visitor() -> Client:
    """Return a browser that checks everything a browser checks."""
    return Client(enforce_csrf_checks=True, raise_request_exception=True)
