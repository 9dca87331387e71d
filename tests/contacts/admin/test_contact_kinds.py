"""Choosing another kind of contact on the form of a new one: nothing typed is lost."""

from django.test import Client

from contacts.access import Actor
from contacts.models import Contact
from contacts.query import get_contact
from tests.builders import make_custom_field
from tests.contacts.admin.reading import send
from tests.contacts.admin.test_contact_form import ADD, Fields, form_of, saved


def test_another_kind_is_chosen_without_losing_what_was_typed(at_bob: Client, owner: Actor) -> None:
    """The kinds were links, which left everything typed behind."""
    both = make_custom_field("Seats", type="integer")
    at_first = form_of(at_bob, f"{ADD}?company=Acme")
    kept: Fields = {
        "nickname": "Rom",
        "emails__0__address": "no address yet",
        "emails__0__is_on_hold": "on",
        "phones__0__number": "+1 212 555-01-23",
        "addresses__0__city": "Berlin",
        "addresses__0__country": "Germany",
        "websites__0__url": "romashka.example",
        "messengers__0__handle": "rom",
        "tags": "vip, new",
        "background": "A long story\nwith lines",
        f"custom_{both.pk}": "many",
    }
    typed: Fields = {**kept, "first_name": "ООО", "last_name": "Ромашка", "projects": None}
    assert ("left_kind", "person") in at_first.buttons

    page = send(at_bob, f"{ADD}?kind=organization", at_first.filled(left_kind="person", **typed))

    form = page.posting_form()
    assert (page.status, "Error" in page.text, "mistake" in page.text) == (200, False, False)
    assert "first_name" not in form.fields
    assert form.fields["organization_name"] == ["ООО Ромашка"]
    for name, value in kept.items():
        assert form.fields[name.replace("__", "-")] == [value], name
    assert "projects" not in form.fields
    assert not Contact.objects.filter(is_user=False).exists()

    address = f"{ADD}?kind=organization"
    page = send(at_bob, f"{ADD}?kind=person", form.filled(left_kind="organization"))
    back = page.posting_form()
    assert (back.fields["first_name"], back.fields["last_name"]) == (["ООО"], ["Ромашка"])
    page = saved(at_bob, address, form, **{"emails__0__address": "a@b.example"})
    assert page.status == 422
    page = saved(
        at_bob,
        address,
        form,
        **{"emails__0__address": "a@b.example", f"custom_{both.pk}": "12"},
    )
    stored = get_contact(owner, Contact.objects.get(kind="organization").pk)
    assert stored["display_name"] == "ООО Ромашка"
    assert [each["is_on_hold"] for each in stored["emails"]] == [True]  # type: ignore[attr-defined]  # a list


def test_the_kind_that_is_shown_chosen_again_changes_nothing(at_bob: Client, owner: Actor) -> None:
    form = form_of(at_bob, ADD)
    typed = {"first_name": "Anna Maria", "middle_name": "B", "last_name": "", "job_title": "Baker"}

    page = send(at_bob, f"{ADD}?kind=person", form.filled(left_kind="person", **typed))

    fields = page.posting_form().fields
    assert {name: fields[name] for name in typed} == {
        name: [value] for name, value in typed.items()
    }
