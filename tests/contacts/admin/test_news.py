"""Whoever follows a contact learns what others change in it."""

import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings

from contacts.access import Actor
from contacts.jobs import enqueue, run_due
from contacts.models import ContactFollower, Project, User
from contacts.services.contacts import update_contact
from contacts.services.following import follow
from contacts.services.notes import create_note
from tests.builders import actor_for, make_contact
from tests.contacts.admin.reading import Page


@pytest.fixture
def followed(owner: Actor, project: Project) -> int:
    """Return a contact that alice follows."""
    pk = make_contact(owner, first_name="Followed", projects=[project.pk]).pk
    follow(owner, "contact", pk)
    return pk


def told(client: Client) -> str:
    """Return the words of the start page's part about followed contacts."""
    text = Page(client.get("/admin/")).text
    assert "Changed in contacts that you follow" in text
    return text.partition("Changed in contacts that you follow")[2].partition("Latest changes")[0]


def test_what_others_change_stands_on_the_start_page(
    at_alice: Client, followed: int, bob: User
) -> None:
    update_contact(actor_for(bob), followed, {"job_title": "Baker"})
    update_contact(actor_for(bob), followed, {"job_title": "Cook"})

    text = told(at_alice)
    assert "2 new" in text
    assert "Followed" in text
    assert "Bob" in text


def test_ones_own_changes_are_no_news(at_alice: Client, followed: int, owner: Actor) -> None:
    update_contact(owner, followed, {"job_title": "Baker"})

    assert "Nothing new" in told(at_alice)


def test_what_happened_before_one_followed_is_no_news(
    at_alice: Client, owner: Actor, bob: User, project: Project
) -> None:
    pk = make_contact(owner, first_name="Late", projects=[project.pk]).pk
    update_contact(actor_for(bob), pk, {"job_title": "Baker"})
    follow(owner, "contact", pk)

    assert "Nothing new" in told(at_alice)


def test_that_somebody_else_follows_too_is_no_news(
    at_alice: Client, followed: int, bob: User
) -> None:
    follow(actor_for(bob), "contact", followed)

    assert "Nothing new" in told(at_alice)


def test_a_private_note_of_somebody_else_leaves_no_trace(
    at_bob: Client, followed: int, owner: Actor, bob: User
) -> None:
    follow(actor_for(bob), "contact", followed)
    create_note(owner, {"content": "Between us", "contact": followed, "is_private": True})

    assert "Nothing new" in told(at_bob)


def test_what_is_seen_is_gone_and_what_comes_later_is_new(
    at_alice: Client, followed: int, bob: User
) -> None:
    update_contact(actor_for(bob), followed, {"job_title": "Baker"})
    form = Page(at_alice.get("/admin/")).form_to("/seen/")
    update_contact(actor_for(bob), followed, {"job_title": "Cook"})

    at_alice.post(form.action, form.filled())

    assert "1 new" in told(at_alice)


def test_nobody_hears_of_a_contact_that_one_no_longer_sees(
    at_alice: Client, outsider: Actor, owner: Actor, followed: int, alice: User
) -> None:
    hidden = make_contact(outsider, first_name="Hidden", visibility=2).pk
    ContactFollower.objects.create(contact_id=hidden, user=alice)

    assert "Hidden" not in told(at_alice)


def test_whoever_follows_nothing_sees_no_empty_place(at_alice: Client) -> None:
    assert "that you follow" not in Page(at_alice.get("/admin/")).text


def told_by_mail() -> int:
    """Let the job run once; return how many mails it has sent."""
    before = len(mail.outbox)
    enqueue("tell_followers")
    run_due()
    return len(mail.outbox) - before


@pytest.fixture
def sends_mail(settings: Settings, alice: User) -> User:
    """Let the server send mail, and alice have an address."""
    settings.MAIL_IS_SENT = True
    User.objects.filter(pk=alice.pk).update(email="alice@example.org")
    return alice


@pytest.mark.usefixtures("sends_mail")
def test_a_follower_gets_one_mail_about_all_that_is_new(followed: int, bob: User) -> None:
    update_contact(actor_for(bob), followed, {"job_title": "Baker"})
    update_contact(actor_for(bob), followed, {"job_title": "Cook"})

    assert told_by_mail() == 1
    assert told_by_mail() == 0
    (message,) = mail.outbox
    assert message.to == ["alice@example.org"]
    assert message.subject == "2 changes in contacts that you follow"
    assert f"/admin/contacts/contact/{followed}/" in message.body


@pytest.mark.usefixtures("sends_mail")
def test_the_switch_in_the_profile_stops_the_mails(
    at_alice: Client, followed: int, bob: User
) -> None:
    at_alice.post("/admin/profile/", {"hearing": "no"})
    update_contact(actor_for(bob), followed, {"job_title": "Baker"})

    assert told_by_mail() == 0
    assert "Send me e-mail as well" in Page(at_alice.get("/admin/profile/")).text


@pytest.mark.usefixtures("sends_mail")
def test_a_server_that_sends_no_mail_writes_nothing_into_its_log(
    followed: int, bob: User, settings: Settings
) -> None:
    settings.MAIL_IS_SENT = False
    update_contact(actor_for(bob), followed, {"job_title": "Baker"})

    assert told_by_mail() == 0
    assert mail.outbox == []
