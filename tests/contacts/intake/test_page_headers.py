"""Browsers are told who may embed a form, where it may lead and what may run in it."""

import re

from django.http import HttpResponse
from django.test import Client

from contacts.models import WebForm
from tests.contacts.intake.conftest import Maker
from tests.contacts.intake.visiting import ANN, fill


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


def test_page_sets_no_cookie_and_may_not_be_kept(form: WebForm, visitor: Client) -> None:
    shown = visitor.get(f"/forms/{form.public_id}")
    sent = fill(visitor, form, ANN)

    assert not shown.cookies
    assert not sent.cookies
    assert "no-store" in shown["Cache-Control"]
    assert "Cookie" not in shown.get("Vary", "")


def directive(response: HttpResponse, name: str) -> list[str]:
    """Return the values of one directive of the policy."""
    parts = [part.split() for part in response["Content-Security-Policy"].split(";")]
    (found,) = [part[1:] for part in parts if part and part[0] == name]
    return found
