"""Public forms: no token, no cookie, the address is the key."""

import json
import uuid
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from contacts.models import Contact, Project, Submission, User, WebForm
from contacts.services import web_forms
from tests.builders import actor_for
from tests.dialects.concord.calling import Caller, errors_of

pytestmark = pytest.mark.django_db

ASKED = [{"key": key} for key in ("first_name", "last_name", "emails", "phones")]


def make_form(user: User, project: Project, **more: Any) -> WebForm:
    """Make a form in a project."""
    values = {"title": "Contact us", "project": project.pk, "fields": ASKED, **more}
    made = web_forms.create_web_form(actor_for(user), values)
    document = made[0] if isinstance(made, tuple) else made
    return WebForm.objects.get(pk=document["id"])


@pytest.fixture
def form(alice: User, project: Project) -> WebForm:
    return make_form(alice, project)


@pytest.mark.parametrize("kind", ["application/json", "application/x-www-form-urlencoded"])
def test_a_sending_becomes_a_contact(kind: str, form: WebForm, as_nobody: Caller) -> None:
    sent = {"first_name": "Eve", "email": "eve@x.org", "phone": "123", "utm_source": "ad"}
    body = json.dumps(sent) if kind.endswith("json") else urlencode(sent)
    answer = as_nobody.post(f"/forms/f/{form.public_id}", body, kind)
    assert (answer.status_code, answer.content) == (204, b"")
    contact = Contact.objects.get(first_name="Eve")
    assert contact.emails.get().address == "eve@x.org"
    assert contact.phones.get().number == "123"
    assert Submission.objects.get(form=form).values["utm_source"] == "ad"


def test_people_see_the_page(form: WebForm, as_nobody: Caller) -> None:
    answer = as_nobody.get(f"/forms/f/{form.public_id}")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert "Contact us" in answer.content.decode()


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_unknown_form_is_not_found(method: str, form: WebForm, as_nobody: Caller) -> None:
    assert as_nobody.send(method, "/forms/f/nothing", {}).status_code == 404


def test_values_that_cannot_be_are_told_by_the_names_that_were_sent(
    form: WebForm, as_nobody: Caller
) -> None:
    answer = as_nobody.post(f"/forms/f/{form.public_id}", {"first_name": "E", "email": "nonsense"})
    assert list(errors_of(answer)) == ["email"]
    assert not Submission.objects.exists()


def test_consent_is_asked_for(alice: User, project: Project, as_nobody: Caller) -> None:
    form = make_form(alice, project, consent="I agree")
    path = f"/forms/f/{form.public_id}"
    assert list(errors_of(as_nobody.post(path, {"first_name": "E"}))) == ["_privacy-policy"]
    assert as_nobody.post(path, {"first_name": "E", "_privacy-policy": True}).status_code == 204


SECTIONS = [
    {"type": "introduction-section", "title": "Hello", "message": "Tell us"},
    {
        "type": "field-section",
        "resourceName": "contacts",
        "attribute": "first_name",
        "label": "Your name",
        "isRequired": True,
        "requestAttribute": "x1",
    },
    {
        "type": "field-section",
        "resourceName": "contacts",
        "attribute": "email",
        "isRequired": True,
        "requestAttribute": "x2",
    },
    {
        "type": "field-section",
        "resourceName": "contacts",
        "attribute": "phones",
        "requestAttribute": "x3",
    },
    {
        "type": "field-section",
        "resourceName": "companies",
        "attribute": "name",
        "requestAttribute": "x4",
    },
    {
        "type": "field-section",
        "resourceName": "deals",
        "attribute": "name",
        "requestAttribute": "x5",
    },
    {
        "type": "file-section",
        "resourceName": "deals",
        "label": "Drawing",
        "requestAttribute": "x6",
    },
    {"type": "message-section", "message": "Nearly done"},
    {"type": "submit-section", "text": "Go", "spamProtected": True},
]
SETTINGS: dict[str, Any] = {
    "title": "Offer",
    "title_prefix": "WEB-",
    "locale": "en",
    "notifications": ["sales@example.org"],
    "styles": {"primary_color": "#112233", "background_color": "#ffffff", "logo": "dark"},
    "submit_data": {"action": "message", "success_title": "Thanks", "success_message": "Soon"},
    "sections": SECTIONS,
}
TYPES = [section["type"] for section in SECTIONS]


def test_a_form_is_defined_shown_changed_copied_and_deleted(
    project: Project, as_ada: Caller
) -> None:
    made = as_ada.make("/api/forms", SETTINGS)
    assert (made["title"], made["status"], made["total_submissions"]) == ("Offer", "active", 0)
    assert str(uuid.UUID(made["uuid"])) == made["uuid"]
    assert made["public_url"].endswith(f"/forms/f/{made['uuid']}")
    assert [section["type"] for section in made["sections"]] == TYPES
    assert [section.get("requestAttribute") for section in made["sections"]][1:7] == [
        f"x{number}" for number in range(1, 7)
    ]
    assert made["submit_data"]["stage_id"]
    assert made["styles"] == SETTINGS["styles"]
    path = f"/api/forms/{made['id']}"
    assert as_ada.read(path) == made
    assert as_ada.read("/api/forms") == [made]
    changed = as_ada.change(path, {"status": "inactive", "sections": made["sections"]})
    assert changed["sections"] == made["sections"]
    assert (changed["status"], changed["title"]) == ("inactive", "Offer")
    copy = json.loads(as_ada.post(f"{path}/clone").content)
    assert copy["uuid"] != made["uuid"]
    assert copy["sections"] == made["sections"]
    assert as_ada.delete(path).status_code == 204
    assert as_ada.get(path).status_code == 404


def test_only_administrators_define_forms(as_alice: Caller) -> None:
    assert as_alice.get("/api/forms").status_code == 403
    assert as_alice.post("/api/forms", SETTINGS).status_code == 403


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ({"title": ""}, "title"),
        ({"status": "open"}, "status"),
        ({"locale": "xx"}, "locale"),
        ({"notifications": ["nobody"]}, "notifications.0"),
        ({"styles": {"primary_color": "red"}}, "styles.primary_color"),
        ({"submit_data": {"action": "redirect"}}, "submit_data.success_redirect_url"),
        ({"submit_data": {"stage_id": 999}}, "submit_data.stage_id"),
        ({"sections": [{"type": "picture"}]}, "sections.0.type"),
        (
            {"sections": [{"type": "field", "resourceName": "contacts", "attribute": "user_id"}]},
            "sections.0.attribute",
        ),
    ],
)
def test_what_is_no_form_is_told_by_key(said: dict[str, Any], key: str, as_ada: Caller) -> None:
    assert list(errors_of(as_ada.post("/api/forms", {**SETTINGS, **said}))) == [key]


def send_offer(as_ada: Caller, as_nobody: Caller, **more: str) -> dict[str, Any]:
    """Define the form, send it with a file, and return the form."""
    form: dict[str, Any] = as_ada.make("/api/forms", SETTINGS)
    given = {"x1": "Eve", "x2": "eve@x.org", "x3": "123", "x4": "Acme", "x5": "Roof", **more}
    drawing = SimpleUploadedFile("roof.pdf", b"%PDF-1.4", "application/pdf")
    answer = Client().post(f"/forms/f/{form['uuid']}?utm_source=ad", {**given, "x6": drawing})
    assert (answer.status_code, answer.content) == (204, b"")
    return form


def test_a_sending_makes_a_deal_with_its_company_and_files(
    project: Project, as_ada: Caller, as_nobody: Caller
) -> None:
    form = send_offer(as_ada, as_nobody)
    (person,) = as_ada.read("/api/contacts?q=eve@x.org&with=companies;deals")["data"]
    assert person["source"]["name"] == "Web Form"
    assert [company["name"] for company in person["companies"]] == ["Acme"]
    (deal,) = person["deals"]
    assert (deal["name"], deal["stage_id"]) == ("WEB-Roof", form["submit_data"]["stage_id"])
    whole = as_ada.read(f"/api/deals/{deal['id']}")
    assert [company["name"] for company in whole["companies"]] == ["Acme"]
    assert [file["file_name"] for file in whole["media"]] == ["roof.pdf"]
    assert Submission.objects.get().campaign == {"utm_source": "ad"}
    assert as_ada.read(f"/api/forms/{form['id']}")["total_submissions"] == 1


def test_a_known_contact_is_completed(project: Project, as_ada: Caller, as_nobody: Caller) -> None:
    known = as_ada.make(
        "/api/contacts", {"first_name": "E", "email": "eve@x.org", "phones": ["999"]}
    )
    send_offer(as_ada, as_nobody, x5="")
    person = as_ada.read(f"/api/contacts/{known['id']}")
    assert person["first_name"] == "Eve"
    assert [phone["number"] for phone in person["phones"]] == ["999", "123"]
    assert [deal["name"] for deal in person["deals"]] == ["WEB-Eve Deal"]
    assert as_ada.read("/api/contacts")["meta"]["total"] == 1


def test_what_is_missing_is_told_by_the_name_of_the_form(
    project: Project, as_ada: Caller, as_nobody: Caller
) -> None:
    form = as_ada.make("/api/forms", SETTINGS)
    answer = as_nobody.post(f"/forms/f/{form['uuid']}", {"x2": "eve@x.org"})
    assert errors_of(answer) == {"x1": ["The Your name field is required."]}


def test_the_settings_of_a_form_are_taken_as_clients_of_the_original_write_them(
    as_ada: Caller, project: Project
) -> None:
    sent = {
        "title": "Ask",
        "styles": {"primary_color": "#3a5", "background_color": "#232356"},
        "submit_data": {"success_message": "<script>alert(1)</script>Thanks & bye"},
        "sections": [
            {"type": "message-section", "message": "<script>alert(1)</script>Hello"},
            {
                "type": "field-section",
                "resourceName": "contacts",
                "attribute": "first_name",
                "label": "<script>alert(1)</script>Name",
            },
        ],
    }
    made = as_ada.make("/api/forms", sent)
    assert made["styles"]["primary_color"] == "#33aa55"
    assert made["submit_data"]["success_message"] == "Thanks &amp; bye"
    assert made["submit_data"]["success_title"] == "Form submitted."
    WebForm.objects.update(thanks_title="")
    read = as_ada.read(f"/api/forms/{made['id']}")
    assert as_ada.change(f"/api/forms/{made['id']}", read)["submit_data"] == read["submit_data"]
    assert [made["sections"][0]["message"], made["sections"][1]["label"]] == ["Hello", "Name"]
    answer = as_ada.post("/api/forms", {"styles": []})
    assert errors_of(answer) == {"title": ["The Title field is required."]}
    answer = as_ada.put(
        f"/api/forms/{made['id']}", {"submit_data": {"action": "message", "success_title": ""}}
    )
    assert errors_of(answer).keys() == {"submit_data.success_title"}
