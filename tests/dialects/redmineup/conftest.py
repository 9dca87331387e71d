"""The cast with keys, speaking this dialect."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from contacts.models import Contact, Project, User
from contacts.services import web_forms
from tests.builders import actor_for, make_contact, make_key
from tests.dialects.redmineup.calling import Caller, caller

ASKED = [{"key": key} for key in ("first_name", "last_name", "emails", "phones", "tags")]


@pytest.fixture
def speak() -> Callable[[User], Caller]:
    return caller


@pytest.fixture
def as_nobody(db: None) -> Caller:
    return Caller()


@pytest.fixture
def tom(alice: User, project: Project) -> Contact:
    """Return Tom Smith, whom alice made in her project."""
    return make_contact(actor_for(alice), first_name="Tom", last_name="Smith")


@pytest.fixture
def visitor() -> Client:
    """Return a browser that checks everything a browser checks."""
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


@pytest.fixture
def alices_key(alice: User) -> str:
    return make_key(alice, "redmineup_key")


@pytest.fixture
def make_form_key(alice: User, project: Project) -> Callable[..., str]:
    """Return a maker of keys of forms in the project."""

    def make(**said: Any) -> str:
        said = {"title": "Write to us", "fields": ASKED, "project": project.pk, **said}
        document = web_forms.create_web_form(actor_for(alice), said)
        key = web_forms.form_key_of(actor_for(alice), int(str(document["id"])))
        assert key
        return key

    return make


@pytest.fixture
def form_key(make_form_key: Callable[..., str]) -> str:
    return make_form_key()
