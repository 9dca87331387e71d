"""The page of a form, as a browser without scripts meets it."""

import re
from datetime import timedelta
from html.parser import HTMLParser
from io import BytesIO

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from PIL import Image

from contacts.models import Attachment, Contact, Credential, Project, Submission, WebForm
from contacts.services import web_forms
from tests.builders import actor_for, make_custom_field
from tests.contacts.intake.conftest import Maker

ANN = {"first_name": "Ann", "emails": "ann@example.com"}


class Page(HTMLParser):
    """The controls of a page by name, as a browser would send them."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__()
        self.text = response.content.decode()
        self.controls: dict[str, dict[str, str | None]] = {}
        self.feed(self.text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Remember a control."""
        named = dict(attributes)
        if tag in ("input", "select", "textarea") and named.get("name"):
            self.controls.setdefault(str(named["name"]), {"tag": tag, **named})

    @property
    def title(self) -> str:
        """Return the title of the page."""
        found = re.search(r"<title>(.*?)</title>", self.text)
        return found[1] if found else ""


def fill(
    visitor: Client, form: WebForm, values: dict[str, object], wait: float = 5
) -> HttpResponse:
    """Open a form, wait as people do, and send it."""
    address = f"/forms/{form.public_id}"
    now = timezone.now()
    with time_machine.travel(now, tick=False) as clock:
        page = Page(visitor.get(address))
        clock.shift(wait)
        hidden = {"form-rendered": page.controls["form-rendered"]["value"] or ""}
        return visitor.post(address, {**hidden, **values})


def test_page_asks_for_the_fields_in_order(form: WebForm, visitor: Client) -> None:
    response = visitor.get(f"/forms/{form.public_id}")

    page = Page(response)
    assert response.status_code == 200
    asked = [name for name in page.controls if "-" not in name]
    assert asked == ["first_name", "last_name", "emails", "phones", "background"]
    assert page.title == "Write to us"
    assert "Message" in page.text
    assert page.controls["background"]["tag"] == "textarea"


def test_browser_is_told_what_it_may_offer(form: WebForm, visitor: Client) -> None:
    controls = Page(visitor.get(f"/forms/{form.public_id}")).controls

    assert controls["first_name"]["autocomplete"] == "given-name"
    assert "required" in controls["first_name"]
    assert controls["first_name"]["maxlength"] == "255"
    assert controls["emails"]["type"] == "email"
    assert (controls["phones"]["type"], controls["phones"]["autocomplete"]) == ("tel", "tel")
    assert "required" not in controls["phones"]


def test_page_sets_no_cookie_and_may_not_be_kept(form: WebForm, visitor: Client) -> None:
    shown = visitor.get(f"/forms/{form.public_id}")
    sent = fill(visitor, form, ANN)

    assert not shown.cookies
    assert not sent.cookies
    assert "no-store" in shown["Cache-Control"]
    assert "Cookie" not in shown.get("Vary", "")


def test_key_opens_the_page_too(form: WebForm, key: str, visitor: Client) -> None:
    page = Page(visitor.get(f"/forms/{key}"))

    assert f'action="/forms/{form.public_id}"' in page.text
    assert key not in page.text


def test_what_was_entered_becomes_a_contact_and_a_reload_sends_nothing(
    form: WebForm, visitor: Client
) -> None:
    response = fill(visitor, form, {**ANN, "background": "Hello"})

    assert response.status_code == 303
    assert response["Location"] == f"/forms/{form.public_id}/thanks"
    contact = Contact.objects.get()
    assert (contact.first_name, contact.background) == ("Ann", "Hello")
    assert contact.emails.get().address == "ann@example.com"
    thanks = visitor.get(response["Location"])
    assert (thanks.status_code, Page(thanks).title) == (200, "Thank you – Write to us")


def test_errors_come_back_with_everything_that_was_entered(
    make_form: Maker, visitor: Client
) -> None:
    size = make_custom_field("Size", options=("S", "M"))
    colors = make_custom_field("Colours", options=("red", "green", "blue"), is_multiple=True)
    fields = [
        {"key": "first_name", "is_required": True},
        {"key": "emails", "help": "We answer to this address."},
        {"key": "is_opt_out"},
        {"key": f"custom_{size.pk}"},
        {"key": f"custom_{colors.pk}"},
        {"key": "background"},
    ]
    form = make_form(fields=fields)
    medium = size.options.get(label="M").pk
    chosen = [colors.options.get(label=label).pk for label in ("red", "blue")]

    response = fill(
        visitor,
        form,
        {
            "first_name": "",
            "emails": 'nobody"><script>',
            "is_opt_out": "1",
            f"custom_{size.pk}": medium,
            f"custom_{colors.pk}": chosen,
            "background": "\nLine <b>one</b>",
        },
    )

    page = Page(response)
    assert response.status_code == 422
    assert page.title.startswith("Error: ")
    assert 'href="#field-first_name"' in page.text
    assert 'href="#field-emails"' in page.text
    assert page.controls["emails"]["value"] == 'nobody"><script>'
    assert page.controls["emails"]["aria-invalid"] == "true"
    assert page.controls["emails"]["aria-describedby"] == "field-emails-help field-emails-error"
    assert 'id="field-emails-error"' in page.text
    assert "checked" in page.controls["is_opt_out"]
    assert f'<option value="{medium}" selected>' in page.text
    assert [f'value="{pk}" checked' in page.text for pk in chosen] == [True, True]
    assert "\nLine &lt;b&gt;one&lt;/b&gt;</textarea>" in page.text
    assert "<script>" not in page.text.replace('<script type="module"', "")
    assert not Contact.objects.exists()


def test_corrected_page_is_not_taken_for_a_quick_robot(form: WebForm, visitor: Client) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        first = Page(visitor.get(f"/forms/{form.public_id}"))
        clock.shift(5)
        rendered = first.controls["form-rendered"]["value"] or ""
        refused = visitor.post(f"/forms/{form.public_id}", {"form-rendered": rendered})
        again = Page(refused).controls["form-rendered"]["value"] or ""
        visitor.post(f"/forms/{form.public_id}", {**ANN, "form-rendered": again})

    assert refused.status_code == 422
    assert Submission.objects.get().state == "accepted"


@pytest.mark.parametrize(
    ("wait", "more", "reason"),
    [
        (1, {}, "too_fast"),
        (5, {"form-homepage": "http://spam.example"}, "honeypot"),
        (5, {"form-rendered": "forged"}, "untimed"),
    ],
)
def test_suspicious_page_is_held_and_thanked_for(
    form: WebForm, visitor: Client, wait: float, more: dict[str, object], reason: str
) -> None:
    response = fill(visitor, form, {**ANN, **more}, wait=wait)

    assert (response.status_code, response["Location"]) == (303, f"/forms/{form.public_id}/thanks")
    assert not Contact.objects.exists()
    held = Submission.objects.get()
    assert (held.state, held.reasons, held.values["first_name"]) == ("held", [reason], "Ann")


def test_page_of_another_form_proves_nothing(make_form: Maker, visitor: Client) -> None:
    one, other = make_form(title="One"), make_form(title="Other")
    with time_machine.travel(timezone.now(), tick=False) as clock:
        rendered = Page(visitor.get(f"/forms/{one.public_id}")).controls["form-rendered"]["value"]
        clock.shift(5)
        visitor.post(f"/forms/{other.public_id}", {**ANN, "form-rendered": rendered or ""})

    assert Submission.objects.get().reasons == ["untimed"]


def test_page_older_than_a_day_asks_to_send_again_and_keeps_the_values(
    form: WebForm, visitor: Client
) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        page = Page(visitor.get(f"/forms/{form.public_id}"))
        clock.shift(timedelta(hours=25))
        rendered = page.controls["form-rendered"]["value"] or ""
        old = visitor.post(f"/forms/{form.public_id}", {**ANN, "form-rendered": rendered})
        page = Page(old)
        rendered = page.controls["form-rendered"]["value"] or ""
        sent = visitor.post(f"/forms/{form.public_id}", {**ANN, "form-rendered": rendered})

    assert old.status_code == 422
    assert "more than a day ago" in page.text
    assert page.controls["emails"]["value"] == "ann@example.com"
    assert sent.status_code == 303
    assert Submission.objects.get().state == "accepted"


def test_too_many_from_one_address_wait_and_keep_their_values(
    make_form: Maker, visitor: Client
) -> None:
    form = make_form(per_hour=1)
    fill(visitor, form, ANN)

    response = fill(visitor, form, {**ANN, "last_name": "Two"})

    assert response.status_code == 429
    assert 0 < int(response["Retry-After"]) <= 3601
    assert Page(response).controls["last_name"]["value"] == "Two"
    assert Page(response).title.startswith("Error: ")


def test_our_page_has_a_limit_even_where_the_form_has_none(form: WebForm, visitor: Client) -> None:
    statuses = [
        fill(visitor, form, {**ANN, "last_name": str(number)}).status_code for number in range(61)
    ]

    assert statuses == [303] * 60 + [429]


def test_consent_is_asked_for_and_kept_as_it_was_worded(make_form: Maker, visitor: Client) -> None:
    form = make_form(consent="I agree to the terms of 2026.")

    refused = fill(visitor, form, ANN)
    taken = fill(visitor, form, {**ANN, "form-consent": "1"})

    assert refused.status_code == 422
    assert 'href="#form-consent"' in refused.content.decode()
    assert taken.status_code == 303
    assert Submission.objects.get().consent == "I agree to the terms of 2026."


def test_owner_s_address_follows_with_a_sign_and_nothing_personal(
    make_form: Maker, visitor: Client
) -> None:
    form = make_form(redirect_to="https://shop.example/thanks?lang=en#top")

    response = fill(visitor, form, ANN)

    assert response.status_code == 303
    assert response["Location"] == "https://shop.example/thanks?lang=en&contact=ok#top"


def test_visitor_cannot_choose_where_the_page_leads(form: WebForm, visitor: Client) -> None:
    response = fill(visitor, form, {**ANN, "redirect_on_success": "https://evil.example/"})

    assert response["Location"] == f"/forms/{form.public_id}/thanks"


def test_thanks_repeat_what_was_sent_only_where_the_owner_wants_it(
    make_form: Maker, visitor: Client
) -> None:
    silent, open_ = make_form(), make_form(repeats_values=True)
    first, second = fill(visitor, silent, ANN), fill(visitor, open_, ANN)

    assert "sent=" not in first["Location"]
    assert "ann@example.com" in visitor.get(second["Location"]).content.decode()
    signed = second["Location"].partition("?")[2]
    other = visitor.get(f"/forms/{silent.public_id}/thanks?{signed}")
    assert "ann@example.com" not in other.content.decode()
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        assert "ann@example.com" not in visitor.get(second["Location"]).content.decode()


def test_program_gets_json(form: WebForm, visitor: Client) -> None:
    address = f"/forms/{form.public_id}"
    refused = visitor.post(address, {}, headers={"Accept": "application/json"})
    taken = visitor.post(address, ANN, headers={"Accept": "application/json"})

    assert refused.status_code == 422
    assert refused.json()["errors"] == {
        "first_name": ["Fill this in."],
        "emails": ["Fill this in."],
    }
    assert (taken.status_code, taken.json()) == (201, {"status": "ok", "redirect_to": None})


def test_only_allowed_sites_may_embed_the_page_or_read_its_answers(
    make_form: Maker, visitor: Client
) -> None:
    closed, opened = make_form(), make_form(allowed_sites=["https://Shop.example/"])
    shop = {"Origin": "https://shop.example"}

    alone = visitor.get(f"/forms/{closed.public_id}", headers=shop)
    framed = visitor.get(f"/forms/{opened.public_id}", headers=shop)
    other = visitor.get(f"/forms/{opened.public_id}", headers={"Origin": "https://evil.example"})

    assert directive(alone, "frame-ancestors") == ["'self'"]
    assert alone["X-Frame-Options"] == "SAMEORIGIN"
    assert "Access-Control-Allow-Origin" not in alone
    assert directive(framed, "frame-ancestors") == ["'self'", "https://shop.example"]
    assert "X-Frame-Options" not in framed
    assert framed["Access-Control-Allow-Origin"] == "https://shop.example"
    assert "Access-Control-Allow-Origin" not in other


def test_policy_lets_the_form_lead_to_the_owner_s_address(
    make_form: Maker, visitor: Client
) -> None:
    staying, leading = make_form(), make_form(redirect_to="https://shop.example/")

    assert directive(visitor.get(f"/forms/{staying.public_id}"), "form-action") == ["'self'"]
    assert directive(visitor.get(f"/forms/{leading.public_id}"), "form-action") == [
        "'self'",
        "https:",
    ]


def test_nothing_inline_is_in_the_page_and_no_other_host(make_form: Maker, visitor: Client) -> None:
    form = make_form(consent="Agreed.", intro="Hello", allows_files=True, fields=["first_name"])
    response = visitor.get(f"/forms/{form.public_id}")

    text = response.content.decode()
    assert "'unsafe" not in response["Content-Security-Policy"]
    assert not re.search(r"<script>|<style|\sstyle=|\son[a-z]+=|https?://", text)


@pytest.mark.parametrize("state", ["unknown", "inactive", "revoked", "project"])
def test_form_that_takes_nothing_any_more_is_a_polite_page(
    form: WebForm, key: str, project: Project, visitor: Client, state: str
) -> None:
    if state == "inactive":
        WebForm.objects.update(is_active=False)
    elif state == "revoked":
        Credential.objects.update(revoked_at=timezone.now())
    elif state == "project":
        Project.objects.filter(pk=project.pk).update(status=Project.Status.ARCHIVED)

    keys = ["nowhere", "a" * 40] if state == "unknown" else [form.public_id, key]
    for each in keys:
        shown = visitor.get(f"/forms/{each}")
        sent = visitor.post(f"/forms/{each}", ANN)
        assert (shown.status_code, sent.status_code) == (404, 404)
        assert Page(shown).title == "This form is not available"
    assert not Submission.objects.exists()


def test_page_speaks_the_language_of_its_form(make_form: Maker, visitor: Client) -> None:
    form = make_form(language="ru")

    page = Page(visitor.get(f"/forms/{form.public_id}", headers={"Accept-Language": "en"}))

    assert '<html lang="ru"' in page.text
    assert "Имя" in page.text
    assert "Отправить" in page.text


def test_other_methods_are_refused(form: WebForm, visitor: Client) -> None:
    assert visitor.put(f"/forms/{form.public_id}").status_code == 405
    assert visitor.delete(f"/forms/{form.public_id}").status_code == 405


def test_hidden_fields_are_not_in_the_page(make_form: Maker, visitor: Client) -> None:
    hidden = {"key": "job_title", "is_hidden": True, "default": "Applicant"}
    form = make_form(fields=["first_name", hidden])

    assert "Applicant" not in visitor.get(f"/forms/{form.public_id}").content.decode()
    fill(visitor, form, {"first_name": "Ann", "job_title": "Boss"})
    assert Contact.objects.get().job_title == "Applicant"


def test_field_removed_since_is_kept_with_the_submission(form: WebForm, visitor: Client) -> None:
    fill(visitor, form, {**ANN, "nickname": "Annie"})

    assert Submission.objects.get().values["nickname"] == "Annie"
    assert Contact.objects.get().nickname == ""


def test_contact_that_only_an_unseen_field_prevents_is_held(form: WebForm, visitor: Client) -> None:
    make_custom_field("Licence", is_required=True)

    response = fill(visitor, form, ANN)

    assert response.status_code == 303
    assert Submission.objects.get().reasons == ["incomplete"]


def test_picture_is_rewritten_and_becomes_the_contact_s(make_form: Maker, visitor: Client) -> None:
    form = make_form(fields=["first_name", "avatar"], allows_files=True)

    response = fill(visitor, form, {"first_name": "Ann", "avatar": picture()})

    assert response.status_code == 303
    stored = Attachment.objects.get()
    contact = Contact.objects.get()
    assert contact.avatar == stored
    assert stored.content_type == "image/webp"
    with stored.file.open() as kept:
        assert kept.read()[:4] == b"RIFF"


def test_file_that_is_no_picture_is_refused_and_not_kept(make_form: Maker, visitor: Client) -> None:
    form = make_form(fields=["first_name", "avatar"], allows_files=True)
    page = SimpleUploadedFile("me.png", b"<script>alert(1)</script>", "image/png")

    response = fill(visitor, form, {"first_name": "Ann", "avatar": page})

    assert response.status_code == 422
    assert "Choose a picture" in response.content.decode()
    assert not Attachment.objects.exists()


def test_no_file_is_taken_where_the_form_does_not_allow_it(
    make_form: Maker, visitor: Client
) -> None:
    form = make_form(fields=["first_name", "avatar"])

    fill(visitor, form, {"first_name": "Ann", "avatar": picture()})

    assert Contact.objects.get().avatar is None
    assert not Attachment.objects.exists()


def test_stored_file_cannot_be_named_by_its_number(make_form: Maker, visitor: Client) -> None:
    form = make_form(fields=["first_name", "avatar"], allows_files=True)
    stored = Attachment.objects.create(
        file="x", filename="secret.png", author=form.author, created_at=timezone.now()
    )

    fill(visitor, form, {"first_name": "Ann", "avatar": str(stored.pk)})

    assert Contact.objects.get().avatar is None


def test_former_key_works_until_its_days_are_over(form: WebForm, key: str, visitor: Client) -> None:
    assert form.author is not None
    new = web_forms.rotate_form_key(actor_for(form.author), form.pk, keep_days=7)

    assert {visitor.get(f"/forms/{each}").status_code for each in (key, new)} == {200}
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        assert visitor.get(f"/forms/{key}").status_code == 404
        assert visitor.get(f"/forms/{new}").status_code == 200


def picture() -> SimpleUploadedFile:
    """Return a small picture."""
    written = BytesIO()
    Image.new("RGB", (8, 8), "teal").save(written, "PNG")
    return SimpleUploadedFile("me.png", written.getvalue(), "image/png")


def directive(response: HttpResponse, name: str) -> list[str]:
    """Return the values of one directive of the policy."""
    parts = [part.split() for part in response["Content-Security-Policy"].split(";")]
    (found,) = [part[1:] for part in parts if part and part[0] == name]
    return found
