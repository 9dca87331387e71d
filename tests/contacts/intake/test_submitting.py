"""One sending of a form becomes one contact in the form's project, and nothing else."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from contacts.access import system_actor
from contacts.errors import ForbiddenError, InvalidError, ThrottledError
from contacts.intake import Sender, submit
from contacts.models import Contact, Note, Project, Submission, User, WebForm
from contacts.query import get_contact
from tests.builders import make_contact, make_custom_field
from tests.contacts.intake.conftest import Maker

ANN = {"first_name": "Ann", "emails": ["ann@example.com"]}


def test_what_was_sent_becomes_a_contact_of_the_forms_project(
    form: WebForm, foreign: Sender, project: Project, alice: User
) -> None:
    outcome = submit(form, {**ANN, "background": "Hello"}, foreign)

    assert outcome.state == "accepted"
    contact = Contact.objects.get()
    assert outcome.document is not None
    assert outcome.document["id"] == contact.pk
    assert outcome.document["projects"] == [project.pk]
    assert (contact.first_name, contact.background) == ("Ann", "Hello")
    assert contact.author == alice
    assert contact.visibility == Contact.Visibility.PROJECT
    assert contact.entry_channel == "form"
    assert contact.source == "Web form: Write to us"
    assert contact.lead_source is not None
    assert contact.lead_source.name == "web_form"


def test_submission_keeps_what_was_sent_from_where(form: WebForm, foreign: Sender) -> None:
    outcome = submit(form, ANN, foreign)

    kept = Submission.objects.get(pk=outcome.submission_id)
    assert kept.values == {"contact": {"first_name": "Ann"}, "commit": "Save"}
    assert kept.prepared == ANN
    assert kept.address == "203.0.113.7"
    assert kept.referer == "https://shop.example/contact"
    assert kept.user_agent == "Mozilla/5.0"
    assert kept.contact == Contact.objects.get()


def test_fields_that_the_form_does_not_have_reach_no_contact(
    form: WebForm, foreign: Sender, elsewhere: Project, ada: User
) -> None:
    secret = make_custom_field("Discount")
    asked = {
        "visibility": 1,
        "owner": ada.pk,
        "author": ada.pk,
        "projects": [elsewhere.pk],
        "tags": ["vip"],
        "external_identifier": "1",
        "balance": "1000",
        "job_title": "Boss",
        f"custom_{secret.pk}": "50",
        "no_such_field": "x",
    }

    outcome = submit(form, {**ANN, **asked}, foreign)

    document = outcome.document or {}
    contact = Contact.objects.get()
    assert contact.visibility == Contact.Visibility.PROJECT
    assert contact.owner is None
    assert contact.author_id != ada.pk
    assert contact.job_title == ""
    assert contact.balance == 0
    assert contact.external_identifier is None
    assert elsewhere.pk not in document["projects"]  # type: ignore[operator]  # a list
    assert "tags" not in document
    assert "custom" not in document
    assert Submission.objects.get().prepared["job_title"] == "Boss"


def test_a_channel_takes_no_id_and_no_marks_from_strangers(form: WebForm, foreign: Sender) -> None:
    email = {"id": 7, "address": "ann@example.com", "is_on_hold": True, "is_billing": True}

    submit(form, {"first_name": "Ann", "emails": [email]}, foreign)

    stored = Contact.objects.get().emails.get()
    assert (stored.address, stored.is_on_hold, stored.is_billing) == (
        "ann@example.com",
        False,
        False,
    )


def test_all_faults_are_told_together_and_nothing_is_stored(
    make_form: Maker, foreign: Sender
) -> None:
    size = make_custom_field("Size", options=("S", "M"))
    fields = [
        {"key": "first_name", "is_required": True},
        {"key": "emails", "is_required": True},
        {"key": "birthday"},
        {"key": f"custom_{size.pk}"},
    ]
    form = make_form(fields=fields)
    wrong = {"first_name": " ", "emails": ["nobody"], "birthday": "x", f"custom_{size.pk}": "XL"}

    with pytest.raises(InvalidError) as caught:
        submit(form, wrong, foreign)

    assert {(fault.key, fault.code) for fault in caught.value.faults} == {
        ("first_name", "blank"),
        ("emails", "invalid"),
        ("birthday", "not_a_date"),
        (f"custom_{size.pk}", "not_in_list"),
    }
    assert not Contact.objects.exists()
    assert not Submission.objects.exists()


def test_parts_of_an_address_become_one_address(make_form: Maker, foreign: Sender) -> None:
    form = make_form(fields=["first_name", "street1", "city", "country"])

    submit(
        form,
        {"first_name": "Ann", "street1": "12, Street", "city": "Moscow", "country": "RU"},
        foreign,
    )

    address = Contact.objects.get().addresses.get()
    assert (address.street1, address.city) == ("12, Street", "Moscow")
    assert address.country is not None
    assert address.country.code == "RU"


def test_parts_of_an_address_that_the_form_does_not_ask_for_are_dropped(
    make_form: Maker, foreign: Sender
) -> None:
    form = make_form(fields=["first_name", "city"])
    address = {"street1": "12, Street", "city": "Moscow", "is_billing": True}

    submit(form, {"first_name": "Ann", "addresses": [address]}, foreign)

    stored = Contact.objects.get().addresses.get()
    assert (stored.street1, stored.city, stored.is_billing) == ("", "Moscow", False)


def test_hidden_fields_have_the_forms_value_whatever_is_sent(
    make_form: Maker, foreign: Sender
) -> None:
    fields = [
        {"key": "first_name"},
        {"key": "job_title", "is_hidden": True, "default": "Applicant"},
        {"key": "department", "default": "Sales"},
    ]
    form = make_form(fields=fields)

    submit(form, {"first_name": "Ann", "job_title": "Boss"}, foreign)

    contact = Contact.objects.get()
    assert (contact.job_title, contact.department) == ("Applicant", "Sales")


def test_tags_and_owner_come_from_the_form(make_form: Maker, foreign: Sender, bob: User) -> None:
    fields = [{"key": "first_name"}, {"key": "tags"}]
    form = make_form(fields=fields, tags=["web"], owner=bob.pk)

    submit(form, {"first_name": "Ann", "tags": "vip, web, cold call"}, foreign)

    contact = Contact.objects.get()
    assert contact.owner == bob
    assert {link.tag.name for link in contact.tag_links.all()} == {"vip", "web", "cold call"}


def test_double_click_makes_one_contact(form: WebForm, foreign: Sender) -> None:
    first, second = submit(form, ANN, foreign), submit(form, ANN, foreign)

    assert Contact.objects.count() == 1
    assert second == first


def test_the_same_again_after_a_minute_is_a_new_contact(form: WebForm, foreign: Sender) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        submit(form, ANN, foreign)
        clock.shift(timedelta(seconds=61))
        submit(form, ANN, foreign)

    assert Contact.objects.count() == 2


def test_others_may_send_the_same_at_the_same_moment(form: WebForm, foreign: Sender) -> None:
    submit(form, ANN, foreign)
    submit(form, ANN, replace(foreign, address="203.0.113.8"))

    assert Contact.objects.count() == 2


@pytest.mark.parametrize("place", ["beside", "inside", "given"])
def test_trapped_robot_of_another_site_is_answered_and_forgotten(
    make_form: Maker, foreign: Sender, place: str
) -> None:
    form = make_form(honeypot="fax_number")
    trapped = {
        "beside": replace(foreign, raw={"fax_number": "1"}),
        "inside": replace(foreign, raw={"contact": {"fax_number": "1"}}),
        "given": replace(foreign, honeypot_value="1"),
    }[place]

    outcome = submit(form, ANN, trapped)

    assert outcome.state == "discarded"
    assert not Submission.objects.exists()
    assert not Contact.objects.exists()
    assert submit(form, ANN, foreign).state == "accepted"


def test_blocked_words_hold_a_submission_for_review(make_form: Maker, foreign: Sender) -> None:
    form = make_form(blocked_words=["Казино"])

    outcome = submit(form, {**ANN, "background": "Лучшее КАЗИНО"}, foreign)

    assert (outcome.state, outcome.document) == ("held", None)
    assert not Contact.objects.exists()
    assert Submission.objects.get().reasons == ["blocked_word"]


def test_longest_text_is_the_forms_to_say(make_form: Maker, foreign: Sender) -> None:
    form = make_form(max_length=10)

    with pytest.raises(InvalidError) as caught:
        submit(form, {**ANN, "emails": ["a@b.c"], "background": "x" * 11}, foreign)

    (fault,) = caught.value.faults
    assert (fault.key, fault.code, fault.params) == ("background", "too_long", {"limit": 10})


def test_address_that_sends_too_often_has_to_wait_until_its_hour_is_over(
    make_form: Maker, foreign: Sender
) -> None:
    form = make_form(per_hour=2)
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        submit(form, {**ANN, "last_name": "One"}, foreign)
        clock.shift(timedelta(minutes=20))
        submit(form, {**ANN, "last_name": "Two"}, foreign)
        with pytest.raises(ThrottledError) as caught:
            submit(form, {**ANN, "last_name": "Three"}, foreign)
        assert 2390 <= caught.value.wait <= 2402
        submit(form, {**ANN, "last_name": "Four"}, replace(foreign, address="203.0.113.8"))
        clock.shift(timedelta(seconds=caught.value.wait))
        submit(form, {**ANN, "last_name": "Three"}, foreign)

    assert Contact.objects.count() == 4


def test_without_a_limit_an_old_form_on_another_site_goes_on_working(
    form: WebForm, foreign: Sender
) -> None:
    for number in range(70):
        submit(form, {**ANN, "last_name": str(number)}, foreign)

    assert Contact.objects.count() == 70


def test_only_allowed_hosts_are_redirected_to(make_form: Maker, foreign: Sender) -> None:
    form = make_form(redirect_hosts=["shop.example"], redirect_to="https://own.example/thanks")

    allowed = submit(form, ANN, replace(foreign, redirect_to="https://Shop.example/ok?a=1"))
    refused = submit(form, ANN, replace(foreign, redirect_to="https://evil.example/"))

    assert allowed.redirect_to == "https://Shop.example/ok?a=1"
    assert refused.redirect_to == "https://own.example/thanks"


def test_closed_project_takes_nothing(form: WebForm, foreign: Sender, project: Project) -> None:
    project.status = Project.Status.CLOSED
    project.save()

    with pytest.raises(ForbiddenError):
        submit(form, ANN, foreign)

    assert not Submission.objects.exists()


def test_known_e_mail_gets_a_note_instead_of_a_second_contact(
    make_form: Maker, foreign: Sender, project: Project
) -> None:
    form = make_form(on_duplicate="note")
    known = make_contact(
        first_name="Anna", emails=["ANN@example.com"], projects=[project.pk], background="Secret"
    )

    outcome = submit(form, {**ANN, "background": "Call me"}, foreign)

    assert outcome.state == "accepted"
    assert Contact.objects.get() == known
    assert "Call me" in Note.objects.get(contact=known).content
    assert Submission.objects.get().contact == known
    assert get_contact(system_actor(), known.pk)["first_name"] == "Anna"


def test_answers_do_not_tell_whether_an_e_mail_is_known(
    make_form: Maker, foreign: Sender, project: Project
) -> None:
    form = make_form(on_duplicate="note")
    make_contact(first_name="Anna", emails=["ann@example.com"], projects=[project.pk])

    known = submit(form, ANN, foreign)
    unknown = submit(form, {"first_name": "Bo", "emails": ["bo@example.com"]}, foreign)

    assert (known.state, known.document) == (unknown.state, unknown.document) == ("accepted", None)


def test_contacts_of_other_projects_get_no_notes(
    make_form: Maker, foreign: Sender, elsewhere: Project
) -> None:
    form = make_form(on_duplicate="note")
    make_contact(first_name="Anna", emails=["ann@example.com"], projects=[elsewhere.pk])

    submit(form, ANN, foreign)

    assert Contact.objects.count() == 2
    assert not Note.objects.exists()
