"""Forms for which browsers calculate: done it passes, undone or repeated it waits for review."""

from itertools import count

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from contacts.intake.working import is_done
from contacts.models import Contact, Submission, WebForm
from tests.contacts.intake.conftest import Maker
from tests.contacts.intake.visiting import ANN, Page


@pytest.fixture(autouse=True)
def _fresh_cache(settings: Settings) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()


@pytest.fixture
def form(make_form: Maker) -> WebForm:
    """Return a form whose owner asks browsers to calculate."""
    return make_form(asks_for_work=True)


def rendered_by(page: Page) -> str:
    """Return the text for which the page wants a number."""
    assert page.controls["form-work"]["data-rendered"] == page.controls["form-rendered"]["value"]
    return str(page.controls["form-rendered"]["value"])


def number_for(rendered: str) -> str:
    """Return what a browser would find."""
    return next(str(number) for number in count() if is_done(rendered, str(number)))


def test_calculated_number_passes_once_and_waits_when_it_is_sent_again(
    form: WebForm, visitor: Client
) -> None:
    address = f"/forms/{form.public_id}"
    with time_machine.travel(timezone.now(), tick=False) as clock:
        rendered = rendered_by(Page(visitor.get(address)))
        sent = {"form-rendered": rendered, "form-work": number_for(rendered)}
        clock.shift(5)
        visitor.post(address, {**ANN, **sent})
        visitor.post(address, {**ANN, **sent, "first_name": "Bot"})

    states = Submission.objects.order_by("pk").values_list("state", "reasons")
    assert list(states) == [("accepted", []), ("held", ["work_repeated"])]
    assert Contact.objects.count() == 1


@pytest.mark.parametrize("number", ["", "x" * 5000, "0"])
def test_without_scripts_the_form_is_thanked_for_and_waits(
    form: WebForm, visitor: Client, number: str
) -> None:
    address = f"/forms/{form.public_id}"
    with time_machine.travel(timezone.now(), tick=False) as clock:
        rendered = rendered_by(Page(visitor.get(address)))
        clock.shift(5)
        sent = {**ANN, "form-rendered": rendered, "form-work": number}
        response = visitor.post(address, sent)

    assert response.status_code == 303
    held = Submission.objects.get()
    assert (held.state, held.reasons) == ("held", ["no_work"])
    assert "form-work" not in held.values


def test_number_of_a_refused_page_still_counts_when_the_page_is_mended(
    form: WebForm, visitor: Client
) -> None:
    address = f"/forms/{form.public_id}"
    with time_machine.travel(timezone.now(), tick=False) as clock:
        rendered = rendered_by(Page(visitor.get(address)))
        sent = {"form-rendered": rendered, "form-work": number_for(rendered)}
        clock.shift(5)
        refused = Page(visitor.post(address, {**ANN, **sent, "emails": "no"}))
        assert rendered_by(refused) == rendered
        visitor.post(address, {**ANN, **sent})

    assert Submission.objects.get().state == "accepted"


def test_forms_ask_for_no_calculation_unless_their_owner_wants_it(
    make_form: Maker, visitor: Client
) -> None:
    page = Page(visitor.get(f"/forms/{make_form().public_id}"))

    assert "form-work" not in page.controls
    assert "work.js" not in page.text
