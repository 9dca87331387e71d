"""Contacts leave as tables and as business cards."""

import csv
from io import StringIO

import pytest
import vobject

from contacts.models import Contact, Project, User
from tests.builders import actor_for, make_contact, make_custom_field
from tests.dialects.redmineup.calling import Caller


@pytest.fixture
def john(alice: User, project: Project) -> Contact:
    return make_contact(
        actor_for(alice),
        first_name="John",
        last_name="Смит; jr, \\n",
        company="Apple",
        job_title="CEO",
        phones=["+7 111", "222"],
        emails=["john@a.example"],
        websites=["http://john.example"],
        birthday="1980-02-29",
        background="line one\r\nline two\rEND:VCARD\nBEGIN:VCARD",
        addresses=[{"street1": "12, Street", "city": "Moscow", "country": "RU"}],
        tags=["vip", "a,b"],
    )


def rows(answer_text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(answer_text)))


def test_a_table_has_a_line_for_each_contact(as_alice: Caller, john: Contact, tom: Contact) -> None:
    make_custom_field("License")

    answer = as_alice.get("/contacts.csv")

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="contacts.csv"'
    first, second = rows(answer.content.decode())
    assert {first["first_name"], second["first_name"]} == {"John", "Tom"}
    line = first if first["first_name"] == "John" else second
    assert line["phones"] == "+7 111, 222"
    assert line["full_address"] == "12, Street, Moscow, Russia"
    assert line["tags"] == "vip, a,b"
    assert line["projects"] == "Demo project"
    assert line["License"] == ""


def test_a_table_knows_the_filters_of_the_list(
    as_alice: Caller, john: Contact, tom: Contact
) -> None:
    answer = as_alice.get("/contacts.csv?first_name=Tom&nonsense=1&limit=1&offset=5")

    assert [line["first_name"] for line in rows(answer.content.decode())] == ["Tom"]
    assert answer["X-Ignored-Filters"] == "nonsense"


@pytest.mark.parametrize(
    "text", ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3+cmd|x", "\t=1", "\r=1", " =1+1"]
)
def test_no_cell_is_a_formula(as_alice: Caller, alice: User, project: Project, text: str) -> None:
    make_contact(actor_for(alice), first_name="A", background=text)

    (line,) = rows(as_alice.get("/contacts.csv").content.decode())

    assert line["background"].lstrip(" ")[:1] not in tuple("=+-@\t\r")


def test_a_business_card_holds_what_was_there(as_alice: Caller, john: Contact) -> None:
    answer = as_alice.get(f"/contacts/{john.pk}.vcf")

    assert answer["Content-Type"] == "text/x-vcard; charset=utf-8"
    assert answer["Content-Disposition"] == f'attachment; filename="contact-{john.pk}.vcf"'
    (card,) = vobject.readComponents(answer.content.decode())
    assert card.version.value == "3.0"
    assert card.fn.value == "John Смит; jr, \\n"
    assert (card.n.value.given, card.n.value.family) == ("John", "Смит; jr, \\n")
    assert card.org.value == ["Apple"]
    assert [line.value for line in card.tel_list] == ["+7 111", "222"]
    assert card.email.value == "john@a.example"
    assert card.adr.value.city == "Moscow"
    assert card.note.value == "line one\nline two\nEND:VCARD\nBEGIN:VCARD"
    assert card.categories.value == ["vip", "a,b"]


def test_business_cards_of_a_list_follow_each_other(
    as_alice: Caller, john: Contact, tom: Contact
) -> None:
    answer = as_alice.get("/contacts.vcf?sort=id")

    cards = list(vobject.readComponents(answer.content.decode()))
    assert [card.n.value.given for card in cards] == ["John", "Tom"]


def test_business_cards_of_nobody_are_an_empty_file_of_their_type(as_alice: Caller) -> None:
    answer = as_alice.get("/contacts.vcf?search=nobody")

    assert (answer.status_code, answer.content) == (200, b"")
    assert answer["Content-Type"] == "text/x-vcard; charset=utf-8"


def test_a_company_is_its_own_organization(as_alice: Caller, alice: User, project: Project) -> None:
    corp = make_contact(actor_for(alice), kind="organization", organization_name="Apple")

    (card,) = vobject.readComponents(as_alice.get(f"/contacts/{corp.pk}.vcf").content.decode())

    assert (card.fn.value, card.org.value) == ("Apple", ["Apple"])


def test_exports_are_refused_like_lists(
    as_alice: Caller, as_charlie: Caller, as_nobody: Caller, john: Contact
) -> None:
    assert as_alice.get("/contacts.csv").status_code == 200

    assert rows(as_charlie.get("/contacts.csv").content.decode()) == []
    assert as_charlie.get(f"/contacts/{john.pk}.vcf").status_code == 404
    assert as_nobody.get("/contacts.vcf").status_code == 401
    refused = as_alice.get("/contacts.csv?created_on=never")
    assert (refused.status_code, refused.content) == (422, b"Created is invalid")
