"""Web forms, what came through them, and keys of programs in the browser."""

import re
from typing import Any

import pytest
from django.test import Client

from contacts.access import Actor
from contacts.models import Contact, Credential, Project, Submission, User, WebForm
from contacts.services.web_forms import create_web_form
from tests.builders import make_key
from tests.contacts.admin.reading import read

pytestmark = pytest.mark.django_db

KEY = "redmineup_key"  # the kind of the first protocol; the browser takes any


@pytest.fixture
def form(owner: Actor, project: Project) -> WebForm:
    fields = [{"key": "first_name", "is_required": True}, {"key": "emails"}]
    document = create_web_form(
        owner, {"title": "Newsletter", "project": project.pk, "fields": fields}
    )
    return WebForm.objects.get(pk=document["id"])


@pytest.fixture
def held(form: WebForm, client: Client) -> Submission:
    """Send the form faster than people can."""
    client.post(f"/forms/{form.public_id}", {"first_name": "Tom", "emails": "tom@example.com"})
    return Submission.objects.get()


def rows(*keys: str) -> dict[str, Any]:
    sent: dict[str, Any] = {"fields-count": len(keys)}
    for place, key in enumerate(keys):
        sent |= {f"fields-{place}-key": key, f"fields-{place}-width": "full"}
    return sent


def rows_of(page: str) -> str:
    """Return the part of a page in which the rows of the fields stand."""
    return page.split('id="rows-fields"')[1].split("</ol>")[0]


def settings_of(project: Project, **more: Any) -> dict[str, Any]:
    usual = {"title": "Fair", "project": project.pk, "on_duplicate": "create", "is_active": "on"}
    return {**usual, "min_seconds": "0", **more}


def test_a_new_form_is_at_its_address_at_once(
    at_alice: Client, client: Client, project: Project
) -> None:
    sent = {**settings_of(project), **rows("last_name", "phones"), "fields-1-is_required": "on"}
    answer = at_alice.post("/admin/contacts/webform/add/", sent)

    form = WebForm.objects.get(title="Fair")
    page = client.get(f"/forms/{form.public_id}").content.decode()
    assert answer.status_code == 302
    assert [field["key"] for field in form.fields] == ["last_name", "phones"]
    assert [field["is_required"] for field in form.fields] == [False, True]
    assert "Last name" in page


def test_a_row_moves_up_without_storing_anything_and_nothing_typed_is_lost(
    at_alice: Client, project: Project
) -> None:
    sent = {**settings_of(project, intro="Do come"), **rows("last_name", "phones")}
    answer = at_alice.post("/admin/contacts/webform/add/", {**sent, "row": "fields:up:1"})

    text = answer.content.decode()
    selected = re.findall(r'<option value="(\w+)" selected>', rows_of(text))
    assert answer.status_code == 200
    assert [key for key in selected if key != "full"] == ["phones", "last_name"]
    assert "Do come" in text
    assert not WebForm.objects.exists()


def test_another_row_is_added_and_one_is_removed_by_buttons(
    at_alice: Client, project: Project
) -> None:
    sent = {**settings_of(project), **rows("last_name", "phones")}

    more = at_alice.post("/admin/contacts/webform/add/", {**sent, "row": "fields:add:"})
    less = at_alice.post("/admin/contacts/webform/add/", {**sent, "row": "fields:remove:0"})

    assert 'name="fields-count" value="3"' in more.content.decode()
    assert 'name="fields-count" value="1"' in less.content.decode()


def test_a_form_without_any_name_field_is_refused_beside_its_fields(
    at_alice: Client, project: Project
) -> None:
    answer = at_alice.post(
        "/admin/contacts/webform/add/", {**settings_of(project), **rows("gender")}
    )

    assert answer.status_code == 422
    assert "Fields, in order: Fill this in." in answer.content.decode()


def test_the_page_of_a_form_gives_code_with_its_key(at_alice: Client, form: WebForm) -> None:
    text = at_alice.get(f"/admin/contacts/webform/{form.pk}/").content.decode()

    assert f"/forms/{form.public_id}" in text
    assert "&lt;iframe" in text
    assert "First name (required) &lt;input type=&quot;text&quot;" in text
    assert "contact[first_name]&quot; required&gt;" in text
    assert "contact[email]&quot;&gt;" in text


def test_the_code_of_a_form_is_in_the_language_of_the_form(at_alice: Client, form: WebForm) -> None:
    """Labels were in the owner's language, and "required" and "Send" in English."""
    WebForm.objects.filter(pk=form.pk).update(language="ru", consent="Согласен")
    text = at_alice.get(f"/admin/contacts/webform/{form.pk}/").content.decode()

    assert "Имя (обязательно) &lt;input type=&quot;text&quot;" in text
    assert "&lt;button name=&quot;commit&quot;&gt;Отправить&lt;/button&gt;" in text
    assert "It does not ask for the consent" in text


def test_a_replaced_key_is_another_one(at_alice: Client, form: WebForm) -> None:
    before = form.credential.digest
    at_alice.post(f"/admin/contacts/webform/{form.pk}/key/")

    form.credential.refresh_from_db()
    assert form.credential.digest != before


def test_members_without_the_right_see_no_forms(at_bob: Client, form: WebForm) -> None:
    assert at_bob.get("/admin/contacts/webform/").status_code == 403
    assert at_bob.get(f"/admin/contacts/webform/{form.pk}/").status_code == 403
    assert "/admin/contacts/webform/" not in at_bob.get("/admin/").content.decode()


def test_a_manager_of_another_project_finds_no_such_form(
    browser_of: Any, charlie: User, form: WebForm
) -> None:
    browser = browser_of(charlie)

    assert browser.get(f"/admin/contacts/webform/{form.pk}/").status_code == 404
    assert "Newsletter" not in browser.get("/admin/contacts/webform/").content.decode()


def test_a_held_submission_becomes_a_contact_when_it_is_accepted(
    at_alice: Client, held: Submission
) -> None:
    page = at_alice.get(f"/admin/contacts/submission/{held.pk}/").content.decode()
    answer = at_alice.post(
        f"/admin/contacts/submission/{held.pk}/decide/", {"decision": "accept"}, follow=True
    )

    assert held.state == "held"
    assert "tom@example.com" in page
    assert "“Tom” is a contact now." in answer.content.decode()
    assert Contact.objects.filter(first_name="Tom", entry_channel="form").exists()


def test_inbox_is_ordered_by_how_suspicious_its_submissions_are(
    at_alice: Client, form: WebForm, held: Submission
) -> None:
    for name, suspicion in (("Robot", 98), ("Human", 5)):
        Submission.objects.create(
            form=form,
            state="held",
            prepared={"first_name": name},
            suspicion=suspicion,
            created_at=held.created_at,
        )
    listed = at_alice.get("/admin/contacts/submission/?sort=-suspicion").content.decode()

    assert 0 < held.suspicion < 98
    places = [listed.index(f">{name}<") for name in ("Robot", "Tom", "Human")]
    assert places == sorted(places)


def test_a_rejected_submission_is_kept_and_makes_no_contact(
    at_alice: Client, held: Submission
) -> None:
    at_alice.post(f"/admin/contacts/submission/{held.pk}/decide/", {"decision": "reject"})

    held.refresh_from_db()
    assert (held.state, held.contact_id) == ("rejected", None)


def test_submissions_of_other_projects_are_not_there(
    browser_of: Any, charlie: User, held: Submission
) -> None:
    browser = browser_of(charlie)

    assert browser.get(f"/admin/contacts/submission/{held.pk}/").status_code == 404
    decided = browser.post(f"/admin/contacts/submission/{held.pk}/decide/", {"decision": "accept"})
    assert decided.status_code == 404
    assert not Contact.objects.filter(first_name="Tom").exists()


def test_what_visitors_send_is_shown_as_text(
    at_alice: Client, client: Client, form: WebForm
) -> None:
    script = "<script>alert(1)</script>"
    client.post(f"/forms/{form.public_id}", {"first_name": script, "emails": "a@example.com"})

    text = at_alice.get(
        f"/admin/contacts/submission/{Submission.objects.get().pk}/"
    ).content.decode()
    assert script not in text
    assert "&lt;script&gt;alert(1)" in text


def test_what_a_visitor_sent_stands_once_in_the_timeline_of_the_contact(
    at_alice: Client, at_rita: Client, client: Client, form: WebForm
) -> None:
    WebForm.objects.filter(pk=form.pk).update(min_seconds=0)
    client.post(f"/forms/{form.public_id}", {"first_name": "Tom", "emails": "tom@example.com"})
    submission = Submission.objects.get()
    address = f"/admin/contacts/contact/{submission.contact_id}/"

    page = read(at_alice, f"{address}?show=forms")

    assert page.text.count("Web form sent Newsletter") == 1
    assert page.links["Newsletter"] == f"/admin/contacts/submission/{submission.pk}/"
    # Who may not review what was sent is told of it, and led nowhere.
    page = read(at_rita, f"{address}?show=forms")
    assert "Web form sent Newsletter" in page.text
    assert "Newsletter" not in page.links


def test_a_new_key_is_shown_once_with_an_example_and_opens_the_door(
    at_alice: Client, alice: User, client: Client
) -> None:
    answer = at_alice.post(
        "/admin/contacts/credential/add/",
        {"kind": KEY, "name": "Script", "scope": "read", "user": alice.pk},
        follow=True,
    )

    text = answer.content.decode()
    secret = re.findall(r"<code>([0-9a-f]{40})</code>", text)[0]
    credential = Credential.objects.get(name="Script")
    later = at_alice.get(f"/admin/contacts/credential/{credential.pk}/").content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert "curl" in text
    assert secret not in later
    assert client.get("/contacts.json", headers={"x-redmine-api-key": secret}).status_code == 200


def test_a_revoked_key_opens_nothing_and_works_again_afterwards(
    at_alice: Client, alice: User, client: Client
) -> None:
    secret = make_key(alice, KEY, name="Script")
    address = f"/admin/contacts/credential/{Credential.objects.get(name='Script').pk}/revoke/"
    headers = {"x-redmine-api-key": secret}

    at_alice.post(address)
    assert client.get("/contacts.json", headers=headers).status_code == 401

    at_alice.post(address, {"undo": "1"})
    assert client.get("/contacts.json", headers=headers).status_code == 200


def test_a_replaced_key_gives_way_to_one_that_works(
    at_alice: Client, alice: User, client: Client
) -> None:
    make_key(alice, KEY, name="Script")
    pk = Credential.objects.get(name="Script").pk

    answer = at_alice.post(f"/admin/contacts/credential/{pk}/rotate/", follow=True)

    text = answer.content.decode()

    secret = re.findall(r"<code>([0-9a-f]{40})</code>", text)[0]
    assert client.get("/contacts.json", headers={"x-redmine-api-key": secret}).status_code == 200


def test_keys_of_others_are_not_there(at_bob: Client, alice: User) -> None:
    make_key(alice, KEY, name="Hers")
    pk = Credential.objects.get(name="Hers").pk

    assert at_bob.get(f"/admin/contacts/credential/{pk}/").status_code == 404
    assert at_bob.post(f"/admin/contacts/credential/{pk}/revoke/").status_code == 404
    assert "Hers" not in at_bob.get("/admin/contacts/credential/").content.decode()


def test_nobody_makes_keys_for_others(at_bob: Client, alice: User) -> None:
    at_bob.post(
        "/admin/contacts/credential/add/",
        {"kind": KEY, "name": "Stolen", "scope": "write", "user": alice.pk},
    )

    assert not Credential.objects.filter(name="Stolen", user=alice).exists()
