"""The page of a form, as a browser without scripts meets it."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from contacts.access import system_actor
from contacts.models import Contact, Credential, Project, Submission, WebForm
from contacts.query import get_contact
from contacts.services import web_forms
from tests.builders import actor_for, make_custom_field
from tests.contacts.intake.conftest import Maker
from tests.contacts.intake.visiting import ANN, Page, fill

COUNTRY = ["first_name", "country"]


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


def test_key_opens_the_page_too(form: WebForm, key: str, visitor: Client) -> None:
    page = Page(visitor.get(f"/forms/{key}"))

    assert f'action="/forms/{form.public_id}"' in page.text
    assert key not in page.text


def test_lines_end_as_people_see_them_and_not_as_browsers_send_them(
    form: WebForm, visitor: Client
) -> None:
    fill(visitor, form, {**ANN, "background": "One\r\ntwo"})
    assert Contact.objects.get().background == "One\ntwo"


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

    keys = (
        ["nowhere", "a" * 40, "%00", "%FF%FE", "x" * 5_000]
        if state == "unknown"
        else [form.public_id, key]
    )
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


def test_countries_are_named_and_ordered_in_the_language_of_the_form(
    make_form: Maker, visitor: Client
) -> None:
    english = Page(visitor.get(f"/forms/{make_form(fields=COUNTRY).public_id}"))
    russian = Page(visitor.get(f"/forms/{make_form(fields=COUNTRY, language='ru').public_id}"))

    assert '<option value="DE">Germany</option>' in english.text
    assert '<option value="DE">Германия</option>' in russian.text
    assert russian.text.index("Австралия") < russian.text.index("Япония")


def test_text_of_owner_and_visitor_stays_text(make_form: Maker, visitor: Client) -> None:
    evil = "<script>alert(1)</script>"
    form = make_form(title=evil, intro=evil, consent=evil, thanks=evil, submit_label=evil)

    pages = [
        visitor.get(f"/forms/{form.public_id}"),
        fill(visitor, form, {"first_name": evil, "emails": evil}),
        visitor.get(f"/forms/{form.public_id}/thanks"),
    ]

    assert [evil in page.content.decode() for page in pages] == [False] * 3
    assert ["&lt;script&gt;" in page.content.decode() for page in pages] == [True] * 3


def test_other_methods_are_refused(form: WebForm, visitor: Client) -> None:
    assert visitor.put(f"/forms/{form.public_id}").status_code == 405
    assert visitor.delete(f"/forms/{form.public_id}").status_code == 405


def test_hidden_fields_are_not_in_the_page(make_form: Maker, visitor: Client) -> None:
    hidden = {"key": "job_title", "is_hidden": True, "default": "Applicant"}
    form = make_form(fields=["first_name", hidden])

    assert "Applicant" not in visitor.get(f"/forms/{form.public_id}").content.decode()
    fill(visitor, form, {"first_name": "Ann", "job_title": "Boss"})
    assert Contact.objects.get().job_title == "Applicant"


def test_a_number_is_read_as_pages_of_the_form_s_language_write_it(
    make_form: Maker, visitor: Client
) -> None:
    """Who wrote a comma, as everybody does in Russian, was refused."""
    field = make_custom_field("Budget", type="decimal")
    form = make_form(fields=["first_name", f"custom_{field.pk}"], language="ru")

    answer = fill(visitor, form, {"first_name": "Ann", f"custom_{field.pk}": "1 250,50"})

    assert answer.status_code == 303
    found = get_contact(system_actor("test"), Contact.objects.get().pk)
    assert found["custom"][str(field.pk)] == "1250.50"


def test_field_removed_since_is_kept_with_the_submission(form: WebForm, visitor: Client) -> None:
    fill(visitor, form, {**ANN, "nickname": "Annie"})

    assert Submission.objects.get().values["nickname"] == "Annie"
    assert Contact.objects.get().nickname == ""


def test_former_key_works_until_its_days_are_over(form: WebForm, key: str, visitor: Client) -> None:
    assert form.author is not None
    new = web_forms.rotate_form_key(actor_for(form.author), form.pk, keep_days=7)

    assert {visitor.get(f"/forms/{each}").status_code for each in (key, new)} == {200}
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        assert visitor.get(f"/forms/{key}").status_code == 404
        assert visitor.get(f"/forms/{new}").status_code == 200
