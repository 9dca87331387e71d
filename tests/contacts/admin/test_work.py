"""Deals, activities and tickets in the browser."""

from typing import Any

import pytest
from django.test import Client

from contacts.access import Actor
from contacts.models import Activity, Deal, DealStatus, Note, Project, Ticket, User
from contacts.services.deals import create_deal, update_deal
from contacts.services.tickets import create_ticket
from tests.builders import actor_for, make_contact, make_custom_field
from tests.contacts.admin.reading import read, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def deal(owner: Actor, project: Project) -> Deal:
    document = create_deal(owner, {"name": "Roof repair", "project": project.pk, "amount": "1200"})
    return Deal.objects.get(pk=document["id"])


def deal_values(project: Project, **more: Any) -> dict[str, Any]:
    status = DealStatus.objects.get(is_default=True)
    return {"name": "New roof", "project": project.pk, "status": status.pk, **more}


def test_a_deal_is_written_down_with_its_contact_by_name(
    at_alice: Client, owner: Actor, project: Project
) -> None:
    contact = make_contact(owner, first_name="Ирина", last_name="Соколова")

    answer = at_alice.post(
        "/admin/contacts/deal/add/", deal_values(project, contact="ирина соколова", amount="990.50")
    )

    deal = Deal.objects.get(name="New roof")
    assert (answer.status_code, answer["Location"]) == (302, f"/admin/contacts/deal/{deal.pk}/")
    assert deal.contact_id == contact.pk
    assert str(deal.amount) == "990.50"


@pytest.mark.parametrize(
    ("language", "written", "stored"),
    [
        ("ru", "1 234,50", "1234.50"),
        ("ru", "1\u00a0234,5", "1234.50"),
        ("ru", "1234.50", "1234.50"),
        ("en", "1,234.50", "1234.50"),
        ("en", "12,50", None),
        ("ru", "1,2,3", None),
    ],
)
def test_an_amount_is_read_as_pages_write_it(
    alice: User, project: Project, language: str, written: str, stored: str | None
) -> None:
    """The comma that every page shows was refused."""
    client = Client(headers={"accept-language": language})
    client.force_login(alice, "django.contrib.auth.backends.ModelBackend")
    client.post("/admin/contacts/deal/add/", deal_values(project, amount=written))

    found = Deal.objects.filter(name="New roof").first()
    assert (str(found.amount) if found else None) == stored


def test_an_activity_ends_not_before_it_starts(at_alice: Client, project: Project) -> None:
    """A day was said to be too small."""
    sent = {"subject": "Call", "starts_at": "2026-12-02T10:00", "ends_at": "2026-12-01T10:00"}
    answer = at_alice.post("/admin/contacts/activity/add/", sent)

    assert "End: Not before Dec. 2, 2026, 10 a.m." in answer.content.decode()


def test_a_refused_deal_keeps_what_was_typed_and_says_what_is_wrong(
    at_alice: Client, project: Project
) -> None:
    answer = at_alice.post(
        "/admin/contacts/deal/add/",
        deal_values(project, name="", amount="a lot", background="Call after six"),
    )

    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Call after six" in text
    assert 'value="a lot"' in text
    assert "Amount: Write a number" in text
    assert "Name: Fill this in." in text
    assert not Deal.objects.exists()


def test_a_name_that_fits_several_contacts_asks_for_the_number(
    at_alice: Client, owner: Actor, project: Project
) -> None:
    first, second = (make_contact(owner, first_name="Tom", last_name="Smith") for _ in range(2))

    answer = at_alice.post("/admin/contacts/deal/add/", deal_values(project, contact="Tom Smith"))

    text = answer.content.decode()
    assert answer.status_code == 422
    assert f"Tom Smith #{first.pk}" in text
    assert f"Tom Smith #{second.pk}" in text


def test_a_contact_that_one_does_not_see_survives_the_form(
    ada: User, at_bob: Client, deal: Deal, owner: Actor
) -> None:
    hidden = make_contact(owner, first_name="Secret", visibility=2)
    Deal.objects.filter(pk=deal.pk).update(contact=hidden)

    page = at_bob.get(f"/admin/contacts/deal/{deal.pk}/change/").content.decode()
    answer = at_bob.post(
        f"/admin/contacts/deal/{deal.pk}/change/",
        {"name": "Roof", "project": deal.project_id, "status": deal.status_id, "contact": ""},
    )

    deal.refresh_from_db()
    assert "Secret" not in page
    assert answer.status_code == 302
    assert (deal.name, deal.contact_id) == ("Roof", hidden.pk)


def test_a_change_is_in_the_history_of_the_page(at_alice: Client, deal: Deal) -> None:
    at_alice.post(
        f"/admin/contacts/deal/{deal.pk}/change/",
        {
            "name": "Roof and walls",
            "project": deal.project_id,
            "status": deal.status_id,
            "amount": "1200",
        },
    )

    text = at_alice.get(f"/admin/contacts/deal/{deal.pk}/").content.decode()
    assert "<del>Roof repair</del>" in text
    assert "<ins>Roof and walls</ins>" in text
    assert "Browser" in text


def test_a_change_is_taken_back_from_the_history_of_the_page(
    at_alice: Client, at_rita: Client, owner: Actor, deal: Deal
) -> None:
    update_deal(owner, deal.pk, {"name": "Roof and walls"})
    address = f"/admin/contacts/deal/{deal.pk}/"
    assert "/undo/" not in [form.action for form in read(at_rita, address).forms]
    form = read(at_alice, address).form_to("/undo/")

    page = send(at_alice, form.action, form.filled())

    assert "1 change taken back." in page.text
    deal.refresh_from_db()
    assert deal.name == "Roof repair"


def test_a_deleted_deal_comes_back_with_undo(at_alice: Client, deal: Deal) -> None:
    page = at_alice.post(f"/admin/contacts/deal/{deal.pk}/delete/", follow=True)
    request_id = page.content.decode().split('name="request" value="')[1].split('"')[0]
    assert Deal.objects.get(pk=deal.pk).archived_at is not None

    at_alice.post("/admin/undo/", {"request": request_id, "next": "/admin/contacts/deal/"})

    assert Deal.objects.get(pk=deal.pk).archived_at is None


def test_a_note_about_a_deal_is_written_on_its_page(at_alice: Client, deal: Deal) -> None:
    answer = at_alice.post(
        f"/admin/contacts/deal/{deal.pk}/notes/", {"content": "Wants slate"}, follow=True
    )

    assert "Wants slate" in answer.content.decode()
    assert Note.objects.get(deal=deal).content == "Wants slate"


def test_a_blank_note_is_refused_on_the_page_of_the_deal(at_alice: Client, deal: Deal) -> None:
    answer = at_alice.post(f"/admin/contacts/deal/{deal.pk}/notes/", {"content": " "})

    assert answer.status_code == 422
    assert "Note: Fill this in." in answer.content.decode()


@pytest.mark.parametrize("place", ["", "change/"])
def test_a_deal_of_another_project_looks_like_a_missing_one(
    browser_of: Any, charlie: User, deal: Deal, place: str
) -> None:
    browser = browser_of(charlie)

    hidden = browser.get(f"/admin/contacts/deal/{deal.pk}/{place}")
    missing = browser.get(f"/admin/contacts/deal/{deal.pk + 1000}/{place}")

    assert hidden.status_code == missing.status_code == 404
    assert hidden.content.decode().replace(str(deal.pk), "") != ""
    assert "Roof repair" not in browser.get("/admin/contacts/deal/").content.decode()


def test_a_reader_is_offered_no_change_and_gets_none(at_rita: Client, deal: Deal) -> None:
    page = at_rita.get(f"/admin/contacts/deal/{deal.pk}/").content.decode()
    answer = at_rita.post(
        f"/admin/contacts/deal/{deal.pk}/change/",
        {"name": "Mine", "project": deal.project_id, "status": deal.status_id},
    )

    assert "Roof repair" in page
    assert f"/admin/contacts/deal/{deal.pk}/change/" not in page
    assert answer.status_code == 403
    assert Deal.objects.get(pk=deal.pk).name == "Roof repair"


def test_the_list_is_narrowed_and_sorted_by_its_address(
    at_alice: Client, owner: Actor, project: Project
) -> None:
    won = DealStatus.objects.get(outcome=1)
    for name, amount, status in [("Small", "5", None), ("Large", "50", None), ("Won", "9", won)]:
        values = {"name": name, "project": project.pk, "amount": amount}
        create_deal(owner, {**values, "status": status.pk} if status else values)

    text = at_alice.get("/admin/contacts/deal/?outcome=0&sort=-amount").content.decode()

    assert text.index(">Large</a>") < text.index(">Small</a>")
    assert ">Won</a>" not in text
    assert "Outcome: open" in text


def test_a_custom_field_of_deals_is_in_form_and_page(
    at_alice: Client, deal: Deal, project: Project
) -> None:
    field = make_custom_field("Roof area", object_kind="deal", type="integer")

    at_alice.post(
        f"/admin/contacts/deal/{deal.pk}/change/",
        deal_values(project, **{f"custom_{field.pk}": "84"}),
    )

    assert "84" in at_alice.get(f"/admin/contacts/deal/{deal.pk}/").content.decode()


def test_an_activity_is_planned_and_done(at_alice: Client, owner: Actor, project: Project) -> None:
    contact = make_contact(owner, first_name="Tom", last_name="Smith")
    at_alice.post(
        "/admin/contacts/activity/add/",
        {
            "subject": "Call Tom",
            "contacts": f"Tom Smith #{contact.pk}",
            "project": project.pk,
            "starts_at": "2026-12-01T10:30",
        },
    )
    activity = Activity.objects.get(subject="Call Tom")

    at_alice.post(f"/admin/contacts/activity/{activity.pk}/done/")

    activity.refresh_from_db()
    assert [link.contact_id for link in activity.contact_links.all()] == [contact.pk]
    assert activity.completed_at is not None
    assert activity.status is not None
    assert activity.status.name == "completed"


def test_a_ticket_is_taken_up_and_found_among_the_open_ones(
    at_alice: Client, project: Project
) -> None:
    at_alice.post(
        "/admin/contacts/ticket/add/", {"subject": "Invoice is wrong", "project": project.pk}
    )

    ticket = Ticket.objects.get(subject="Invoice is wrong")
    assert ticket.closed_at is None
    assert "Invoice is wrong" in at_alice.get("/admin/contacts/ticket/?state=open").content.decode()
    assert (
        "Invoice is wrong"
        not in at_alice.get("/admin/contacts/ticket/?state=closed").content.decode()
    )


def test_a_private_ticket_is_in_the_list_of_its_author_only(
    ada: User, at_alice: Client, at_bob: Client, owner: Actor, project: Project
) -> None:
    create_ticket(owner, {"subject": "Quiet", "project": project.pk, "is_private": True})

    assert "Quiet" in at_alice.get("/admin/contacts/ticket/").content.decode()
    assert "Quiet" not in at_bob.get("/admin/contacts/ticket/").content.decode()


def test_names_are_offered_while_typing_and_only_of_visible_contacts(
    at_bob: Client, bob: User, owner: Actor
) -> None:
    make_contact(owner, first_name="Anna", last_name="Open")
    make_contact(owner, first_name="Anna", last_name="Hidden", visibility=2)

    found = at_bob.get("/admin/suggestions/", {"q": "anna"}).json()["suggestions"]

    assert [name.split(" #")[0] for name in found] == ["Anna Open"]
    assert actor_for(bob).user_id == bob.pk


def test_names_that_fit_are_offered_before_addresses_that_do(
    at_alice: Client, owner: Actor
) -> None:
    for number in range(9):
        make_contact(
            owner, first_name="Ann", last_name=f"Ash {number}", emails=[f"{number}@roofer.example"]
        )
    make_contact(owner, first_name="Tom", last_name="Roofer")

    found = at_alice.get("/admin/suggestions/", {"q": "roofer"}).json()["suggestions"]

    assert [name.split(" #")[0] for name in found][:2] == ["Tom Roofer", "Ann Ash 0"]
    assert len(found) == 8


@pytest.mark.parametrize("noun", ["deal", "ticket", "activity"])
def test_a_list_costs_the_same_statements_for_one_record_and_for_many(
    at_alice: Client,
    owner: Actor,
    project: Project,
    noun: str,
    django_assert_max_num_queries: Any,
) -> None:
    # Session, user, versions of the small tables, memberships, the page with its total, the names
    # of the contacts, custom values; the choices of deals.
    for number in range(30):
        contact = make_contact(owner, first_name=f"Tom {number}")
        create_deal(owner, {"name": f"{number}", "project": project.pk, "contact": contact.pk})
    at_alice.get(f"/admin/contacts/{noun}/")

    with django_assert_max_num_queries(9):
        at_alice.get(f"/admin/contacts/{noun}/")


def test_a_form_that_somebody_was_faster_with_is_not_stored(
    at_alice: Client, bob: User, deal: Deal
) -> None:
    address = f"/admin/contacts/deal/{deal.pk}/change/"
    opened = read(at_alice, address).posting_form()
    update_deal(actor_for(bob), deal.pk, {"background": "Ask for Tom"})

    refused = at_alice.post(address, opened.filled(name="Old roof", background=""))
    assert refused.status_code == 409
    assert "Somebody else changed this in the meantime" in refused.content.decode()
    deal.refresh_from_db()
    assert (deal.name, deal.background) == ("Roof repair", "Ask for Tom")

    again = read(at_alice, address).posting_form()
    # One's own change by a double click is no reason to refuse the second.
    for _click in range(2):
        assert at_alice.post(address, again.filled(name="Old roof")).status_code == 302
    deal.refresh_from_db()
    assert (deal.name, deal.background) == ("Old roof", "Ask for Tom")
