"""Who gets into the browser UI, and in which language it speaks to them."""

import pytest
from django.core import signing
from django.test import Client

from contacts.access import Actor, guessing
from contacts.models import Project, User
from contacts.query import get_contact
from tests.builders import PASSWORD, make_contact, make_user
from tests.contacts.admin.conftest import Browser
from tests.contacts.admin.reading import Page, read, send

LOGIN = "/admin/login/"


def test_everybody_with_an_account_gets_in_and_is_greeted(bob: User, browser_of: Browser) -> None:
    page = read(browser_of(bob), "/admin/")

    assert page.status == 200
    assert "Hello, Bob" in page.text


@pytest.mark.parametrize("password", ["wrong", ""])
def test_wrong_password_is_refused_with_the_name_still_there(bob: User, password: str) -> None:
    client = Client()

    page = send(client, LOGIN, {"username": "bob", "password": password})

    assert "Error:" in page.text
    assert page.posting_form().fields["username"] == ["bob"]
    assert client.get("/admin/").status_code == 302


def test_locked_account_does_not_get_in(bob: User) -> None:
    User.objects.filter(pk=bob.pk).update(is_active=False)

    page = send(Client(), LOGIN, {"username": "bob", "password": PASSWORD})

    assert "Error:" in page.text


def test_session_ends_when_the_account_is_locked(bob: User, browser_of: Browser) -> None:
    client = browser_of(bob)
    User.objects.filter(pk=bob.pk).update(is_active=False)

    assert client.get("/admin/contacts/contact/").status_code == 302


def test_many_wrong_passwords_pause_the_account_even_for_the_right_one(bob: User) -> None:
    client = Client()
    for _attempt in range(10):
        client.post(LOGIN, {"username": "bob", "password": "wrong"})

    answer = client.post(LOGIN, {"username": "bob", "password": PASSWORD})

    assert answer.status_code == 429
    assert "Try again in 15 minutes" in Page(answer).text


def test_wrong_passwords_for_many_names_pause_the_address_alone(
    bob: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guessing, "FAILURES_PER_ADDRESS", 3)
    client, right = Client(), {"username": "bob", "password": PASSWORD}
    for number in range(3):
        send(client, LOGIN, {"username": f"somebody{number}", "password": "wrong"})

    assert "Too many requests" in send(client, LOGIN, right).text
    assert client.get("/admin/").status_code == 302
    assert Client(REMOTE_ADDR="10.0.0.9").post(LOGIN, right)["Location"] == "/admin/"


def test_link_that_somebody_sent_opens_after_signing_in(bob: User) -> None:
    client = Client()
    answer = client.get("/admin/contacts/contact/?q=tom", follow=True)
    form = Page(answer).posting_form()

    answer = client.post(form.action, form.filled(username="bob", password=PASSWORD))

    assert answer["Location"] == "/admin/contacts/contact/?q=tom"


def test_signing_in_never_leads_to_another_site(bob: User) -> None:
    sent = {"username": "bob", "password": PASSWORD, "next": "https://evil.example/"}

    answer = Client().post(LOGIN, sent)

    assert answer["Location"] == "/admin/"


def test_own_language_counts_more_than_that_of_the_browser(db: None, browser_of: Browser) -> None:
    user = make_user("olga", language="ru")

    answer = browser_of(user).get("/admin/", headers={"accept-language": "en"})

    assert answer["Content-Language"] == "ru"
    assert '<html lang="ru"' in answer.content.decode()


def test_language_of_the_browser_counts_where_nothing_is_chosen(bob: User) -> None:
    answer = Client().get(LOGIN, headers={"accept-language": "ru"})

    assert '<html lang="ru"' in answer.content.decode()


def test_times_are_in_the_zone_of_the_reader(project: Project, browser_of: Browser) -> None:
    contact = make_contact(first_name="Ann")
    user = make_user("olga", time_zone="Asia/Tokyo", is_superuser=True)

    answer = browser_of(user).get(f"/admin/contacts/contact/{contact.pk}/")

    assert "JST" in answer.content.decode()


def test_signing_out_ends_the_session(at_bob: Client) -> None:
    form = read(at_bob, "/admin/").form_to("/admin/logout/")

    page = send(at_bob, form.action, form.filled())

    assert "You are signed out" in page.text
    assert at_bob.get("/admin/").status_code == 302


@pytest.mark.parametrize("address", ["autocomplete/", "jsi18n/", "r/1/1/", "contacts/"])
def test_addresses_that_know_no_visibility_rule_do_not_exist(at_ada: Client, address: str) -> None:
    assert at_ada.get(f"/admin/{address}").status_code == 404


def test_what_was_typed_when_the_session_ended_is_back_after_signing_in(
    at_alice: Client, owner: Actor
) -> None:
    contact = make_contact(owner, first_name="Ann")
    address = f"/admin/contacts/contact/{contact.pk}/change/"
    form = read(at_alice, address).posting_form()
    typed = form.filled(save="1", nickname="Annie", background="Two\nlines & <b>signs</b>")
    del at_alice.cookies["sessionid"]

    page = send(at_alice, address, typed)
    assert page.status == 401
    assert "You were signed out meanwhile" in page.text
    page = send(
        at_alice, "/admin/login/", page.posting_form().filled(username="alice", password=PASSWORD)
    )
    again = page.form_to(address)
    page = send(at_alice, again.action, again.filled())

    assert "is saved" in page.text
    document = get_contact(owner, contact.pk)
    assert document["nickname"] == "Annie"
    assert document["background"] == "Two\nlines & <b>signs</b>"


def test_kept_form_of_somebody_else_is_not_brought_back(bob: User) -> None:
    forged = signing.dumps({"address": "/admin/undo/", "pairs": []}, salt="other")

    answer = Client().post(
        LOGIN, {"username": "bob", "password": PASSWORD, "kept": forged, "next": "/admin/"}
    )

    assert answer.status_code == 302


def test_form_of_another_site_is_not_kept(alice: User) -> None:
    answer = Client(enforce_csrf_checks=True).post("/admin/contacts/contact/add/", {"a": "b"})

    assert answer.status_code == 403
