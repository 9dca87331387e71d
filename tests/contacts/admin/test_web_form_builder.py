"""The builder of web forms: a preview that stores nothing, a trial, earlier versions."""

import pytest
from django.test import Client

from contacts.access import Actor
from contacts.models import Contact, Project, Submission, WebForm
from contacts.services.web_forms import create_web_form, update_web_form
from tests.contacts.admin.reading import read, send

FORMS = "/admin/contacts/webform/"
PREVIEW = "/admin/form-preview/"


@pytest.fixture
def form(owner: Actor, project: Project) -> int:
    made = create_web_form(
        owner,
        {
            "title": "Ask us",
            "project": project.pk,
            "fields": [{"key": "first_name", "is_required": True}, {"key": "emails"}],
            "tags": ["site"],
        },
    )
    return int(str(made["id"]))


def test_preview_shows_what_the_editor_holds_and_stores_nothing(
    at_alice: Client, form: int
) -> None:
    editor = read(at_alice, f"{FORMS}{form}/change/").posting_form()

    answer = at_alice.post(PREVIEW, editor.filled(title="Another title"))

    text = answer.content.decode()
    assert "Another title" in text
    assert 'type="button"' in text
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    assert WebForm.objects.get().title == "Ask us"


def test_preview_says_what_is_missing(at_alice: Client, form: int) -> None:
    editor = read(at_alice, f"{FORMS}{form}/change/").posting_form()

    text = at_alice.post(PREVIEW, editor.filled(title="")).content.decode()

    assert "No preview yet" in text


def test_editor_may_frame_our_own_pages_only(at_alice: Client, form: int) -> None:
    policy = at_alice.get(f"{FORMS}{form}/change/")["Content-Security-Policy"]

    assert "frame-src 'self'" in policy
    assert "unsafe" not in policy


def test_preview_is_for_whoever_manages_forms(at_bob: Client, form: int, project: Project) -> None:
    sent = {"title": "x", "project": str(project.pk), "fields-count": "0"}

    assert at_bob.post(PREVIEW, sent).status_code in (403, 404)
    assert at_bob.get(f"/admin/form-trial/{form}/").status_code == 403


def test_trial_shows_what_would_be_stored_and_stores_nothing(at_alice: Client, form: int) -> None:
    address = f"/admin/form-trial/{form}/"
    before = Contact.objects.count()

    wrong = send(at_alice, address, {"first_name": "", "emails": "tom@example.com"})
    right = send(at_alice, address, {"first_name": "Tom", "emails": "tom@example.com"})

    assert wrong.status == 422
    assert "Tom" in right.text
    assert "site" in right.text
    assert Contact.objects.count() == before
    assert not Submission.objects.exists()


def test_earlier_version_comes_back(at_alice: Client, owner: Actor, form: int) -> None:
    update_web_form(owner, form, {"title": "Tell us", "fields": [{"key": "last_name"}]})
    page = read(at_alice, f"{FORMS}{form}/")
    buttons = page.form_to("/restore/").buttons

    send(at_alice, f"{FORMS}{form}/restore/", dict(buttons))

    stored = WebForm.objects.get()
    assert stored.title == "Ask us"
    assert [field["key"] for field in stored.fields] == ["first_name", "emails"]
    assert "The earlier version is back" not in read(at_alice, f"{FORMS}{form}/").text


def test_member_may_not_bring_a_version_back(at_bob: Client, form: int) -> None:
    assert at_bob.post(f"{FORMS}{form}/restore/", {"version": "1"}).status_code == 403


def test_script_for_other_sites_names_the_form(at_alice: Client, form: int) -> None:
    text = read(at_alice, f"{FORMS}{form}/").text

    assert "/static/forms/embed.js" in text
    assert WebForm.objects.get().public_id in text
