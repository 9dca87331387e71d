"""One command makes what somebody needs to begin, and may be run again."""

import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from api.base import discovery
from contacts.access import actor_of, find_credential
from contacts.models import Contact, Credential, Project, User, WebForm

pytestmark = pytest.mark.django_db


def bootstrap(*words: str) -> dict[str, Any]:
    """Run the command and return the object that it prints."""
    out = io.StringIO()
    call_command("bootstrap", "--json", *words, stdout=out)
    printed: dict[str, Any] = json.loads(out.getvalue())
    return printed


def test_a_first_run_prints_everything_that_one_needs_to_begin() -> None:
    made = bootstrap("--username=admin", "--password=admin", "--email=a@example.com")
    assert made["base_url"] == "http://testserver"
    assert (made["username"], made["password"]) == ("admin", "admin")
    assert {dialect.name for dialect in discovery.dialects()} <= made.keys()
    assert made["redmineup"]["project"] == made["webform"]["project"] == "demo"
    user = User.objects.get(username="admin")
    assert (user.is_superuser, user.email, user.check_password("admin")) == (
        True,
        "a@example.com",
        True,
    )
    answer = Client().get(
        "/users/current.json", headers={"X-Redmine-API-Key": made["redmineup"]["api_key"]}
    )
    assert answer.json()["user"]["login"] == "admin"


def test_a_second_run_changes_nothing_and_keeps_the_credentials() -> None:
    first = bootstrap("--username=admin")
    counts = (User, Project, Credential, WebForm, Contact)
    before = [model.objects.count() for model in counts]
    second = bootstrap("--username=admin")
    assert first["password"] is not None
    assert second == {**first, "password": None}
    assert [model.objects.count() for model in counts] == before


@pytest.mark.parametrize(
    ("role", "rights"),
    [
        ("manager", ["view_contacts", "add_contacts", "delete_contacts"]),
        ("member", ["view_contacts", "add_contacts"]),
        ("reader", ["view_contacts"]),
        ("none", []),
    ],
)
def test_roles_are_roles_in_the_project(role: str, rights: list[str]) -> None:
    bootstrap("--username=somebody", f"--role={role}", "--project=second")
    project = Project.objects.get(identifier="second")
    actor = actor_of(User.objects.get(username="somebody"))
    asked = ["view_contacts", "add_contacts", "delete_contacts"]
    assert [right for right in asked if actor.has(right, [project.pk])] == rights
    assert not actor.is_administrator


def test_the_form_key_opens_its_form_and_nothing_else() -> None:
    made = bootstrap("--username=admin")
    key = made["webform"]["key"]
    answer = Client().post("/contacts.json", {"key": key, "contact[first_name]": "Visitor"})
    assert answer.status_code == 201
    assert Client().get("/contacts.json", {"key": key}).status_code == 403
    assert find_credential(key, ["redmineup_key"]) is None


def test_an_impossible_identifier_is_one_clear_line() -> None:
    with pytest.raises(CommandError, match="identifier"):
        call_command("bootstrap", "--json", "--username=admin", "--project=Not An Identifier")
    assert not User.objects.exists()
