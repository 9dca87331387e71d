"""Currencies and folders in the browser."""

from django.test import Client

from contacts.models import Currency, Folder
from tests.contacts.admin.reading import read, send

CURRENCIES = "/admin/contacts/currency/"
FOLDERS = "/admin/contacts/folder/"


def test_currency_is_added_and_the_default_one_stays(at_ada: Client, at_alice: Client) -> None:
    sent = {"code": "XTS", "name": "Test money", "rate": "2.5", "is_active": "on"}
    page = send(at_ada, f"{CURRENCIES}add/", sent)
    assert "Test money" in page.text
    default = Currency.objects.get(is_default=True)

    kept = send(at_ada, f"{CURRENCIES}{default.pk}/delete/", {})
    send(at_ada, f"{CURRENCIES}{Currency.objects.get(code='XTS').pk}/delete/", {})

    assert "This is the default currency." in kept.text
    assert list(Currency.objects.filter(is_default=True)) == [default]
    assert not Currency.objects.filter(code="XTS").exists()
    assert at_alice.get(CURRENCIES).status_code == 403


def test_folder_is_its_maker_s_to_change_and_everybody_s_to_see(
    at_alice: Client, at_bob: Client
) -> None:
    send(at_alice, f"{FOLDERS}add/", {"name": "Contracts", "position": "0"})
    folder = Folder.objects.get(name="Contracts")

    assert "Contracts" in read(at_bob, FOLDERS).text
    assert (
        at_bob.post(f"{FOLDERS}{folder.pk}/", {"name": "Mine", "position": "0"}).status_code == 403
    )
    assert at_bob.post(f"{FOLDERS}{folder.pk}/delete/").status_code == 403
    send(at_alice, f"{FOLDERS}{folder.pk}/", {"name": "Signed contracts", "position": "0"})
    folder.refresh_from_db()
    assert folder.name == "Signed contracts"
    send(at_alice, f"{FOLDERS}{folder.pk}/delete/", {})
    assert not Folder.objects.filter(pk=folder.pk).exists()
