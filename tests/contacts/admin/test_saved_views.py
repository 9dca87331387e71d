"""Saved views: search, filters, order and columns under a name, one's own or shared."""

import pytest
from django.test import Client

from contacts.access import Actor, system_actor
from contacts.admin.address_book.columns import offered_columns
from contacts.models import Project, SavedFilter
from contacts.services.custom_fields import delete_custom_field
from tests.builders import make_contact, make_custom_field
from tests.contacts.admin.reading import Page, read, send

LIST = "/admin/contacts/contact/"
SAVE = f"{LIST}views/"


@pytest.fixture(autouse=True)
def people(owner: Actor) -> None:
    make_contact(owner, first_name="Anna", addresses=[{"city": "Berlin"}], tags=["vip"])
    make_contact(owner, first_name="Bruno", addresses=[{"city": "Bern"}])


def saved(client: Client, state: str, name: str = "Mine", **more: str) -> Page:
    return send(client, SAVE, {"state": state, "name": name, **more})


def test_view_keeps_search_filters_order_and_columns(at_bob: Client) -> None:
    state = "q=an&kind=person&sort=-changed&columns=city,reach,birthday"

    page = saved(at_bob, state)

    assert "The view “Mine” is saved." in page.text
    assert "Anna" in page.links
    assert "Bruno" not in page.links
    kept = SavedFilter.objects.get()
    assert kept.search == "an"
    assert kept.sort == ["-updated_at"]
    assert kept.columns == ["city", "emails", "phones", "birthday"]
    text = at_bob.get(f"{LIST}?view={kept.pk}").content.decode()
    assert text.index("City") < text.index("E-mail, phone") < text.index("Birthday")


def test_view_is_narrowed_further_by_its_address(at_bob: Client) -> None:
    saved(at_bob, 'where={"field":"city","operator":"starts_with","value":"ber"}')
    view = SavedFilter.objects.get().pk

    assert {"Anna", "Bruno"} <= read(at_bob, f"{LIST}?view={view}").links.keys()
    assert "Bruno" not in read(at_bob, f"{LIST}?view={view}&q=anna").links


def test_open_view_takes_over_what_is_shown(at_bob: Client) -> None:
    saved(at_bob, "kind=person")
    view = SavedFilter.objects.get()

    send(at_bob, SAVE, {"state": f"view={view.pk}&q=bruno", "update": "1"})

    view.refresh_from_db()
    assert view.search == "bruno"
    assert view.condition["field"] == "kind"
    assert view.name == "Mine"


def test_own_view_is_hidden_from_others_and_a_shared_one_is_not(
    at_ada: Client, at_bob: Client, project: Project
) -> None:
    saved(at_ada, "kind=person", name="Private matters")
    saved(at_ada, "kind=person", name="For all", shared="everybody")
    saved(at_ada, "kind=person", name="For the project", shared=str(project.pk))

    links = read(at_bob, LIST).links

    assert not any("Private matters" in text for text in links)
    assert any("For all" in text for text in links)
    assert any("For the project" in text for text in links)


def test_member_may_not_share(at_bob: Client) -> None:
    page = saved(at_bob, "kind=person", shared="everybody")

    assert page.status == 403
    assert not SavedFilter.objects.exists()
    assert "seen by" not in read(at_bob, LIST).text


def test_view_needs_a_name(at_bob: Client) -> None:
    assert "Fill this in." in saved(at_bob, "kind=person", name=" ").text


def test_view_is_deleted_and_its_contacts_stay(at_bob: Client) -> None:
    saved(at_bob, "kind=person")
    view = SavedFilter.objects.get().pk

    page = send(at_bob, f"{LIST}views/{view}/delete/", {})

    assert "The view “Mine” is deleted" in page.text
    assert "Anna" in page.links


def test_view_of_somebody_else_looks_like_a_missing_one(at_ada: Client, at_bob: Client) -> None:
    saved(at_ada, "kind=person")
    view = SavedFilter.objects.get().pk

    assert at_bob.post(f"{LIST}views/{view}/delete/").status_code == 404


def test_column_is_added_moved_and_left_out(at_bob: Client) -> None:
    page = read(at_bob, f"{LIST}?columns=reach,owner&column=city")

    assert "Berlin" in page.text
    assert page.links["↑ Move City forward"] == "?columns=reach,city,owner"
    assert page.links["Leave out City"] == "?columns=reach,owner"
    assert read(at_bob, f"{LIST}?columns=nonsense,city").status == 200


def test_every_column_on_offer_can_be_shown(at_ada: Client, owner: Actor) -> None:
    keys = [column.key for column in offered_columns(system_actor("test"))]

    for start in range(0, len(keys), 12):
        address = f"{LIST}?columns={','.join(keys[start : start + 12])}"
        assert read(at_ada, address).status == 200, address


def test_list_is_ordered_by_any_column_that_can_be(at_bob: Client) -> None:
    links = read(at_bob, f"{LIST}?sort=-city&columns=city").links

    names = [name for name in links if name in ("Anna", "Bruno")]
    assert names == ["Bruno", "Anna"]


def test_a_view_of_a_field_that_is_gone_says_so_on_every_page(at_ada: Client) -> None:
    """It was called not understood, and its requests for programs were those of all contacts."""
    field = make_custom_field("Shoe size")
    saved(at_ada, f'where={{"field":"custom_{field.pk}","operator":"eq","value":"42"}}')
    view = f"view={SavedFilter.objects.get().pk}"
    sentence = "asks about a field that does not exist any more"
    assert sentence not in read(at_ada, f"{LIST}?{view}").text
    delete_custom_field(system_actor("test"), field.pk)

    assert sentence in read(at_ada, f"{LIST}?{view}").text
    assert sentence in read(at_ada, f"/admin/list-requests/?{view}").text
