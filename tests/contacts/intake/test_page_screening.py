"""What looks like a robot on our page is held, and people are never lost."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from contacts.models import Contact, Submission, WebForm
from tests.builders import make_custom_field
from tests.contacts.intake.conftest import Maker
from tests.contacts.intake.visiting import ANN, Page, fill


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


def test_contact_that_only_an_unseen_field_prevents_is_held(form: WebForm, visitor: Client) -> None:
    make_custom_field("Licence", is_required=True)

    response = fill(visitor, form, ANN)

    assert response.status_code == 303
    assert Submission.objects.get().reasons == ["incomplete"]
