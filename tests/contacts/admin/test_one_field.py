"""One field of a contact is changed where it stands, and two people lose nothing."""

from typing import Any

from django.db import connection
from django.test import Client

from contacts.access import Actor
from contacts.models import Contact, Project, User
from contacts.services.contacts import update_contact
from tests.builders import join, make_contact, make_user
from tests.contacts.admin.reading import Page, read, send

LIST = "/admin/contacts/contact/"


def test_page_of_one_field_stores_that_field_alone_with_undo(at_bob: Client, owner: Actor) -> None:
    contact = make_contact(owner, first_name="Ann", job_title="Roofer", emails=["a@example.com"])
    address = f"{LIST}{contact.pk}/change/?only=job_title"
    assert address in read(at_bob, f"{LIST}{contact.pk}/").links.values()
    form = read(at_bob, address).posting_form()
    assert form.fields.keys() <= {"csrfmiddlewaretoken", "version", "job_title"}

    page = send(at_bob, form.action, form.filled(job_title="Thatcher"))

    contact.refresh_from_db()
    assert (contact.job_title, contact.first_name) == ("Thatcher", "Ann")
    assert contact.emails.count() == 1
    send(at_bob, "/admin/undo/", page.form_to("/undo/").filled())
    contact.refresh_from_db()
    assert contact.job_title == "Roofer"


def test_rows_are_added_on_the_page_of_one_field(at_bob: Client, owner: Actor) -> None:
    contact = make_contact(owner, first_name="Ann", emails=["a@example.com"])
    form = read(at_bob, f"{LIST}{contact.pk}/change/?only=emails").posting_form()
    again = Page(
        at_bob.post(form.action, form.filled(emails__1__address="b@example.com", row="emails:add:"))
    )
    filled = again.posting_form().filled(emails__2__address="c@example.com")
    filled.pop("row", None)

    send(at_bob, form.action, filled)

    stored = set(contact.emails.values_list("address", flat=True))
    assert stored == {"a@example.com", "b@example.com", "c@example.com"}


def test_refused_field_is_shown_again_with_what_was_typed(at_bob: Client, owner: Actor) -> None:
    contact = make_contact(owner, first_name="Ann", birthday="1990-05-01")
    form = read(at_bob, f"{LIST}{contact.pk}/change/?only=birthday").posting_form()

    answer = at_bob.post(form.action, form.filled(birthday="tomorrow"))

    assert answer.status_code == 422
    assert Page(answer).posting_form().fields["birthday"] == ["tomorrow"]


def test_who_saves_second_is_told_who_was_first_and_chooses(
    at_bob: Client, owner: Actor, alice: User
) -> None:
    contact = make_contact(owner, first_name="Ann", job_title="Roofer")
    form = read(at_bob, f"{LIST}{contact.pk}/change/").posting_form()
    update_contact(owner, contact.pk, {"job_title": "Manager", "nickname": "Annie"})

    clash = Page(
        at_bob.post(
            form.action or f"{LIST}{contact.pk}/change/",
            form.filled(job_title="Thatcher", last_name="Lee"),
        )
    )

    assert clash.status == 422
    assert f"{alice.name} changed the same fields meanwhile" in clash.text
    assert "Manager" in clash.text
    assert clash.posting_form().fields["job_title"] == ["Thatcher"]
    chosen = clash.posting_form().filled(keep__job_title="theirs")
    send(at_bob, f"{LIST}{contact.pk}/change/", chosen)
    contact.refresh_from_db()
    assert (contact.job_title, contact.last_name, contact.nickname) == ("Manager", "Lee", "Annie")


def test_form_never_passes_off_as_seen_what_was_written_while_it_was_made(
    at_bob: Client, owner: Actor
) -> None:
    """The version was read behind the contact: a change in between was overwritten by the form."""
    contact = make_contact(owner, first_name="Ann", job_title="Roofer")
    seen: list[str] = []

    def hurry(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        is_late = any("contacts_contactdocument" in each for each in seen)
        if is_late and "contacts_change" in sql and "Manager" not in seen:
            seen.append("Manager")
            update_contact(owner, contact.pk, {"job_title": "Manager"})
        seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(hurry):
        form = read(at_bob, f"{LIST}{contact.pk}/change/").posting_form()

    assert "Manager" in seen
    assert form.fields["job_title"] == ["Manager"]


def test_owner_who_may_no_longer_be_chosen_is_kept_by_saving(at_bob: Client, owner: Actor) -> None:
    gone = make_user("gone", first_name="Gone", last_name="Away")
    contact = make_contact(owner, first_name="Ann")
    Contact.objects.filter(pk=contact.pk).update(owner=gone)
    update_contact(owner, contact.pk, {"nickname": "A"})
    User.objects.filter(pk=gone.pk).update(is_active=False)
    form = read(at_bob, f"{LIST}{contact.pk}/change/").posting_form()

    send(at_bob, f"{LIST}{contact.pk}/change/", form.filled(first_name="Anne"))

    contact.refresh_from_db()
    assert (contact.first_name, contact.owner_id) == ("Anne", gone.pk)


def test_of_many_users_names_are_typed_and_offered(
    at_alice: Client, owner: Actor, project: Project
) -> None:
    for number in range(30):
        join(make_user(f"user{number}", first_name=f"Nina{number}"), project)
    contact = make_contact(owner, first_name="Ann")
    form = read(at_alice, f"{LIST}{contact.pk}/change/?only=owner").posting_form()

    unclear = at_alice.post(form.action, form.filled(owner="Nina"))
    send(at_alice, form.action, form.filled(owner="nina17"))

    assert unclear.status_code == 422
    assert "Several fit" in Page(unclear).text
    contact.refresh_from_db()
    assert contact.owner is not None
    assert contact.owner.username == "user17"
    offered = at_alice.get("/admin/suggestions/", {"q": "nina2", "of": "users"}).json()
    assert "Nina2" in offered["suggestions"][:8]
