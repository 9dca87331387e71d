"""The builder of web forms: a preview that stores nothing, a trial, earlier versions."""

import html
import re
import shlex

import pytest
from django.test import Client
from django.utils import timezone

from contacts.access import Actor, find_form, system_actor
from contacts.models import Contact, Project, Submission, WebForm
from contacts.services.contacts import archive_contact, delete_contact
from contacts.services.suspicion import score_of
from contacts.services.web_forms import create_web_form, form_key_of, update_web_form
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


@pytest.fixture
def visitor() -> Client:
    """Return the browser of somebody who is not signed in."""
    return Client()


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


def test_list_tells_views_conversion_and_what_waits(
    at_alice: Client, form: int, visitor: Client
) -> None:
    stored = WebForm.objects.get()
    for _ in range(3):
        visitor.get(f"/forms/{stored.public_id}")
    Submission.objects.create(
        form=stored, state="held", is_from_page=True, created_at=timezone.now()
    )

    listed, shown = read(at_alice, FORMS).text, read(at_alice, f"{FORMS}{form}/").text

    for text in (listed, shown):
        assert "33 %" in text
    assert "1 waiting for review" in shown
    assert read(at_alice, f"{FORMS}?sort=-last").text.count("Ask us") == 1


def test_code_of_the_command_makes_a_contact(at_alice: Client, form: int, visitor: Client) -> None:
    update_web_form(system_actor("test"), form, {"allowed_sites": ["https://shop.example"]})
    page = at_alice.get(f"{FORMS}{form}/").content.decode()
    (command,) = re.findall(r"<code>(curl -i .*?)</code>", page, re.DOTALL)
    words = shlex.split(html.unescape(command))
    pairs = [word.split("=", 1) for word in words if "=" in word]

    visitor.post("/contacts", dict(pairs))

    made = Contact.objects.get(emails__address="name@example.com")
    assert made.first_name == "First name"
    assert "https://shop.example" in page


@pytest.mark.parametrize(("days", "works"), [("5", True), ("0", False), ("nonsense", True)])
def test_old_key_works_as_long_as_its_owner_says(
    at_alice: Client, owner: Actor, form: int, days: str, works: bool
) -> None:
    old = form_key_of(owner, form)
    page = send(at_alice, f"{FORMS}{form}/key/", {"days": days})

    assert (find_form(str(old)) is not None) == works
    assert form_key_of(owner, form) != old
    assert ("The earlier key" in page.text) == works


def test_consent_has_a_version_that_each_change_raises(
    at_alice: Client, owner: Actor, form: int
) -> None:
    update_web_form(owner, form, {"consent": "I agree."})
    update_web_form(owner, form, {"title": "Tell us"})
    update_web_form(owner, form, {"consent": "I agree to all."})

    assert "Version 3 I agree to all." in read(at_alice, f"{FORMS}{form}/").text


def test_inbox_tells_how_suspicious_a_submission_is(at_alice: Client, form: int) -> None:
    reasons = ["too_fast", "blocked_word"]
    made = Submission.objects.create(
        form_id=form,
        state="held",
        prepared={"first_name": "Bot"},
        reasons=reasons,
        suspicion=score_of(reasons),
        created_at=timezone.now(),
    )

    inbox = read(at_alice, "/admin/contacts/submission/").text
    page = read(at_alice, f"/admin/contacts/submission/{made.pk}/").text

    assert "80 of 100" in inbox
    assert "Suspicion: 80 of 100" in page
    assert "It contains a blocked word." in page


def test_visitors_are_thanked_first_and_led_on_by_a_link(
    owner: Actor, form: int, visitor: Client
) -> None:
    asked = {"redirect_to": "https://shop.example/done", "is_thanked_first": True, "min_seconds": 0}
    update_web_form(owner, form, asked)
    address = f"/forms/{WebForm.objects.get().public_id}"

    sent = visitor.post(address, {"first_name": "Ann"})
    thanks = read(visitor, sent["Location"])

    assert sent.status_code == 303
    assert thanks.links["Continue to shop.example"] == "https://shop.example/done?contact=ok"


def test_mark_stands_above_the_title_where_the_owner_wants_it(
    owner: Actor, form: int, visitor: Client
) -> None:
    address = f"/forms/{WebForm.objects.get().public_id}"
    without = visitor.get(address).content.decode()
    update_web_form(owner, form, {"logo": "dark"})

    assert 'class="logo' not in without
    assert 'class="logo dark"' in visitor.get(address).content.decode()


def test_deleted_form_comes_back_with_its_key_and_submissions(
    at_alice: Client, owner: Actor, form: int, visitor: Client
) -> None:
    key = str(form_key_of(owner, form))
    visitor.get(f"/forms/{WebForm.objects.get().public_id}")
    visitor.post("/contacts", {"key": key, "contact[first_name]": "Ann"})
    made = Submission.objects.get().contact_id

    page = send(at_alice, f"{FORMS}{form}/delete/", {})
    assert find_form(key) is None
    archive_contact(owner, made or 0)
    delete_contact(owner, made or 0)
    assert "undo" in dict(page.form_to("/undelete/").buttons)
    send(at_alice, f"{FORMS}{form}/undelete/", {"undo": "1"})

    assert find_form(key) is not None
    assert Submission.objects.get().contact_id is None
    assert "1 views" in read(at_alice, f"{FORMS}{form}/").text


def test_deleted_form_comes_back_only_for_who_deleted_it(
    at_alice: Client, at_bob: Client, form: int
) -> None:
    send(at_alice, f"{FORMS}{form}/delete/", {})

    assert at_bob.post(f"{FORMS}{form}/undelete/").status_code == 403
    assert not WebForm.objects.exists()


@pytest.mark.parametrize("version", ["", "0", "987654321"])
def test_a_version_that_never_was_is_not_brought_back(
    at_alice: Client, form: int, version: str
) -> None:
    answer = at_alice.post(f"/admin/contacts/webform/{form}/restore/", {"version": version})

    assert answer.status_code in (302, 404)
    assert WebForm.objects.get(pk=form).title
