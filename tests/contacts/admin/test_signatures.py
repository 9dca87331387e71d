"""What a pasted signature proposes: names, work and ways to reach, in several languages."""

import re

import pytest
from django.test import Client

from contacts.admin.address_book.signatures import read_signature
from contacts.models import Contact
from tests.contacts.admin.reading import Page, read, send

ENGLISH = """
Kind regards,

Jane Q. Miller
Head of Sales | Acme Inc.
12 High Street, Springfield 62701
T: +1 217 555 0100 | M: (217) 555-0199
jane.miller@acme.example | www.acme.example
"""
GERMAN = """
Mit freundlichen Grüßen
Jörg Weiß
Geschäftsführer
Weiß & Söhne GmbH
Hauptstraße 5
10115 Berlin
Tel. 030 1234567
Fax 030 1234568
E-Mail: joerg@weiss.example
"""
RUSSIAN = """
С уважением,
Анна Петрова
Менеджер по продажам
ООО «Ромашка»
моб. +7 495 111-22-33
anna@romashka.example
"""


@pytest.mark.parametrize(
    ("text", "values", "emails", "phones"),
    [
        (
            ENGLISH,
            ("Jane Q.", "Miller", "Head of Sales", "Acme Inc."),
            ["jane.miller@acme.example"],
            [("+1 217 555 0100", ""), ("(217) 555-0199", "Mobile")],
        ),
        (
            GERMAN,
            ("Jörg", "Weiß", "Geschäftsführer", "Weiß & Söhne GmbH"),
            ["joerg@weiss.example"],
            [("030 1234567", ""), ("030 1234568", "Fax")],
        ),
        (
            RUSSIAN,
            ("Анна", "Петрова", "Менеджер по продажам", "ООО «Ромашка»"),
            ["anna@romashka.example"],
            [("+7 495 111-22-33", "Mobile")],
        ),
    ],
)
def test_a_signature_is_read(
    text: str, values: tuple[str, ...], emails: list[str], phones: list[tuple[str, str]]
) -> None:
    found = read_signature(text)

    keys = ("first_name", "last_name", "job_title", "company")
    assert tuple(found.values.get(key) for key in keys) == values
    assert (found.emails, found.phones) == (emails, phones)


def test_an_address_has_its_street() -> None:
    assert read_signature(GERMAN).address == {
        "street1": "Hauptstraße 5",
        "postcode": "10115",
        "city": "Berlin",
    }


@pytest.mark.parametrize("text", ["", "\x00", "-- \n", "1" * 5_000, "@" * 500, "\n" * 500])
def test_anything_can_be_pasted(text: str) -> None:
    assert read_signature(text).emails == []


def test_pasting_fills_what_is_empty_and_stores_nothing_before_saving(at_alice: Client) -> None:
    address = "/admin/contacts/contact/add/"
    form = read(at_alice, address).posting_form()
    sent = form.filled(signature=GERMAN, first_name="Georg", read="signature")
    page = send(at_alice, address, sent)

    filled = page.posting_form()
    assert not Contact.objects.filter(is_user=False).exists()
    assert filled.fields["first_name"] == ["Georg"]
    assert filled.fields["last_name"] == ["Weiß"]
    send(at_alice, address, filled.filled(save="1"))
    contact = Contact.objects.get(is_user=False)
    assert contact.display_name == "Georg Weiß"
    assert [each.number for each in contact.phones.all()] == ["030 1234567", "030 1234568"]
    assert contact.emails.get().address == "joerg@weiss.example"
    assert contact.addresses.get().city == "Berlin"


def test_what_was_pasted_and_not_read_stays_in_a_form_that_is_shown_again(
    at_alice: Client,
) -> None:
    """It was dropped when the form was refused, when a row was added and by another kind."""
    address = "/admin/contacts/contact/add/"
    form = read(at_alice, address).posting_form()
    pasted = "\n<b>Jörg</b> & Co\n"
    for pressed in ({"save": "1"}, {"row": "emails:add:"}, {"left_kind": "person"}):
        answer = at_alice.post(address, form.filled(signature=pasted, **pressed))

        (shown,) = re.findall(
            r'<details class="panel" open>\s*<summary><h2>Paste a signature.*?</textarea>',
            answer.content.decode(),
            re.DOTALL,
        )
        assert Page(answer).posting_form().fields["signature"] == [pasted]
        assert "<b>" not in shown


def test_what_was_read_is_not_pasted_any_more(at_alice: Client) -> None:
    address = "/admin/contacts/contact/add/"
    form = read(at_alice, address).posting_form()

    page = send(at_alice, address, form.filled(signature=GERMAN, read="signature"))

    assert page.posting_form().fields["signature"] == [""]
