"""What the key of a form may do, and how its owner keeps robots out."""

from collections.abc import Callable

import pytest
from django.test import Client

from contacts.models import Contact, Project, Submission, User
from contacts.services import web_forms
from tests.builders import actor_for
from tests.dialects.redmineup.calling import Caller
from tests.dialects.redmineup.form_calls import entries, made, send


def test_a_form_key_leads_only_where_the_form_allows(
    visitor: Client, make_form_key: Callable[..., str]
) -> None:
    key = make_form_key(redirect_hosts=["good.example"])
    good, bad = "https://good.example/thanks", "https://bad.example/"

    allowed = send(visitor, "/contacts.xml", entries(key, redirect_on_success=good))
    denied = send(
        visitor, "/contacts.xml", entries(key, redirect_on_success=bad, **{"contact[phone]": "5"})
    )

    assert (allowed.status_code, allowed["Location"]) == (302, good)
    assert (denied.status_code, len(made())) == (201, 2)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/contacts.json"),
        ("GET", "/contacts/{pk}.json"),
        ("PUT", "/contacts/{pk}.json"),
        ("DELETE", "/contacts/{pk}.json"),
        ("GET", "/contacts_tags.json"),
        ("GET", "/contacts.csv"),
        ("POST", "/contacts/{pk}/projects.json"),
        ("POST", "/notes.json"),
        ("POST", "/deals.json"),
        ("POST", "/uploads.json?filename=x"),
        ("GET", "/users/current.json"),
        ("GET", "/projects.json"),
    ],
)
def test_a_form_key_does_nothing_but_send_its_form(
    form_key: str, tom: Contact, method: str, path: str
) -> None:
    body = {"contact": {"first_name": "X"}} if method != "GET" else None

    answer = Caller(form_key).send(method, path.format(pk=tom.pk), body)

    assert (answer.status_code, answer.content) == (403, b"")
    assert Contact.objects.get(pk=tom.pk).first_name == "Tom"


def test_a_form_key_cannot_change_through_another_method(form_key: str, tom: Contact) -> None:
    body = {"_method": "put", "contact": {"first_name": "X"}}

    answer = Caller(form_key).post(f"/contacts/{tom.pk}.json", body)

    assert answer.status_code == 403


def test_what_a_form_does_not_ask_for_is_dropped(visitor: Client, form_key: str) -> None:
    sent = entries(
        form_key,
        **{
            "contact[background]": "secret",
            "contact[visibility]": "1",
            "contact[assigned_to_id]": "1",
            "contact[is_company]": "1",
            "contact[author_id]": "1",
        },
    )

    assert send(visitor, "/contacts.json", sent).status_code == 201

    (contact,) = made()
    assert (contact.background, contact.visibility, contact.kind) == ("", 0, "person")
    assert contact.owner_id is None
    assert contact.first_name == "Ann"


def test_a_form_for_companies_takes_their_names(
    visitor: Client, make_form_key: Callable[..., str]
) -> None:
    asked = [{"key": key} for key in ("kind", "organization_name", "emails")]
    key = make_form_key(fields=asked)
    sent = entries(key, **{"contact[is_company]": "1", "contact[first_name]": "Acme"})

    assert send(visitor, "/contacts.json", sent).status_code == 201

    (contact,) = made()
    assert (contact.kind, contact.organization_name) == ("organization", "Acme")


def test_a_robot_in_the_trap_sees_success_and_stores_nothing(
    visitor: Client, make_form_key: Callable[..., str]
) -> None:
    key = make_form_key(honeypot="nickname2")

    trapped = send(visitor, "/contacts.json", entries(key, nickname2="robot"))
    page = send(visitor, "/contacts", entries(key, **{"contact[nickname2]": "robot"}))

    assert (trapped.status_code, page.status_code) == (201, 200)
    assert trapped.json()["contact"]["first_name"] == "Ann"
    assert made() == []
    assert not Submission.objects.exists()


def test_too_many_posts_of_one_address_are_throttled(
    visitor: Client, make_form_key: Callable[..., str]
) -> None:
    key = make_form_key(per_hour=1)
    assert send(visitor, "/contacts.json", entries(key)).status_code == 201

    program = send(visitor, "/contacts.json", entries(key, **{"contact[phone]": "2"}))
    page = send(visitor, "/contacts", entries(key, **{"contact[phone]": "3"}))

    assert (program.status_code, page.status_code) == (429, 429)
    assert int(program["Retry-After"]) > 0
    assert int(page["Retry-After"]) > 0
    assert len(made()) == 1


def test_a_revoked_form_is_refused(
    visitor: Client, alice: User, form_key: str, project: Project
) -> None:
    assert send(visitor, "/contacts.json", entries(form_key)).status_code == 201
    form_id = project.web_forms.get().pk
    web_forms.update_web_form(actor_for(alice), form_id, {"is_active": False})

    assert send(visitor, "/contacts.json", entries(form_key)).status_code == 401
