"""Writing down and changing contacts: nothing typed is lost, nothing of others is overwritten."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from contacts.access import Actor
from contacts.history import changes_of
from contacts.models import Contact, Project, User
from contacts.query import get_contact
from contacts.services.contacts import update_contact
from contacts.services.groups import create_group
from tests.builders import actor_for, join, make_contact, make_custom_field, make_project
from tests.contacts.admin.reading import Form, Page, read, send
from tests.contacts.admin.test_contact_page import picture

LIST = "/admin/contacts/contact/"
ADD = f"{LIST}add/"

Fields = dict[str, Any]


@pytest.fixture
def anna(owner: Actor, alice: User) -> Contact:
    return make_contact(
        owner,
        first_name="Anna",
        last_name="Petrova",
        owner=alice.pk,
        emails=[{"address": "anna@example.com", "location": "Work"}, "anna@home.example"],
        phones=[{"number": "+7 495 111-22-33", "type": "Mobile"}],
        addresses=[{"street1": "Main St 1", "street3": "c/o Smith", "country": "Germany"}],
        tags=["vip"],
        background="First line\nSecond line",
        birthday="1980-02-29",
        balance="12.50",
    )


def change_address(contact: Contact) -> str:
    """Return the address of a contact's form."""
    return f"{LIST}{contact.pk}/change/"


def form_of(client: Client, address: str) -> Form:
    """Return the contact's form at an address."""
    return read(client, address).posting_form()


def saved(client: Client, address: str, form: Form, **typed: Any) -> Page:
    """Send a form with what was typed."""
    return send(client, address, form.filled(save="1", **typed))


def test_person_is_written_down(at_bob: Client, owner: Actor, bob: User) -> None:
    typed: Fields = {
        "first_name": " Tom ",
        "last_name": "Smith",
        "company": "Acme",
        "emails__0__address": "tom@example.com",
        "phones__0__number": "+1 212 555-01-23",
        "tags": "vip, new ,, vip",
        "birthday": "1990-05-01",
        "addresses__0__city": "Berlin",
        "addresses__0__country": "Germany",
    }

    page = saved(at_bob, ADD, form_of(at_bob, ADD), **typed)

    assert "“Tom Smith” is written down." in page.text
    document = get_contact(owner, Contact.objects.get(first_name="Tom").pk)
    assert document["owner_id"] == bob.pk
    assert document["entry_channel"] == "browser"
    assert [each["address"] for each in document["emails"]] == ["tom@example.com"]  # type: ignore[attr-defined]  # a list
    assert len(document["tags"]) == 2  # type: ignore[arg-type]  # a list
    (address,) = document["addresses"]  # type: ignore[misc]  # a list
    assert (address["city"], "country_id" in address) == ("Berlin", True)


@pytest.mark.parametrize(
    ("kind", "field"), [("organization", "organization_name"), ("household", "household_name")]
)
def test_other_kinds_have_the_fields_of_their_own(
    at_bob: Client, owner: Actor, kind: str, field: str
) -> None:
    address = f"{ADD}?kind={kind}"
    form = form_of(at_bob, address)
    assert "first_name" not in form.fields

    saved(at_bob, address, form, **{field: "Смит и Ко"})

    assert Contact.objects.get(kind=kind).display_name == "Смит и Ко"


def test_all_mistakes_are_shown_at_once_and_everything_typed_is_still_there(
    at_bob: Client, owner: Actor
) -> None:
    number = make_custom_field("Seats", type="integer")
    typed: Fields = {
        "first_name": "",
        "company": "Only Ltd",
        "background": "A long story\nwith lines",
        "birthday": "yesterday",
        f"custom_{number.pk}": "many",
        "tags": "vip",
        "phones__0__number": "",
        "messengers__0__handle": "tom",
    }

    page = saved(at_bob, ADD, form_of(at_bob, ADD), **typed)

    assert page.status == 422
    assert page.text.startswith("Error:")
    assert "There are 2 mistakes. Nothing has been stored yet." in page.text
    assert page.links["Birthday: Write a date such as 2026-11-21."] == "#id_birthday"
    assert page.links["Seats: Write a number such as 42 or 12.50."] == f"#id_custom_{number.pk}"
    fields = page.posting_form().fields
    for name, value in typed.items():
        assert fields[name.replace("__", "-")] == [value], name
    assert not Contact.objects.exclude(display_name="").exists()


def test_line_ends_of_a_program_are_no_change_by_whoever_saves_the_form(
    at_bob: Client, owner: Actor
) -> None:
    tom = make_contact(owner, first_name="Tom", background="One\r\ntwo")
    address = change_address(tom)

    saved(at_bob, address, form_of(at_bob, address), first_name="Thomas")

    tom.refresh_from_db()
    assert (tom.first_name, tom.background) == ("Thomas", "One\r\ntwo")


def test_contact_without_any_name_is_refused_beside_the_name(at_bob: Client, owner: Actor) -> None:
    page = saved(at_bob, ADD, form_of(at_bob, ADD))

    assert page.status == 422
    assert page.links["First name: Fill this in."] == "#id_first_name"


def test_another_row_is_added_without_scripts_and_without_losing_anything(
    at_bob: Client, owner: Actor
) -> None:
    form = form_of(at_bob, ADD)
    typed: Fields = {"first_name": "Tom", "emails__0__address": "one@example.com"}

    page = send(at_bob, ADD, form.filled(**typed, row="emails:add:"))
    assert page.status == 200
    again = page.posting_form()
    assert again.fields["first_name"] == ["Tom"]
    assert again.fields["emails-0-address"] == ["one@example.com"]
    saved(at_bob, ADD, again, emails__1__address="two@example.com")

    contact = Contact.objects.get(first_name="Tom")
    assert [each.address for each in contact.emails.all()] == ["one@example.com", "two@example.com"]


def test_saving_without_a_change_stores_nothing(at_alice: Client, anna: Contact) -> None:
    before = changes_of("contact", anna.pk).count()
    make_custom_field("Several", options=("A", "B"), is_multiple=True)

    page = saved(at_alice, change_address(anna), form_of(at_alice, change_address(anna)))

    assert "is saved" in page.text
    assert changes_of("contact", anna.pk).count() == before


def test_only_what_was_changed_is_stored(at_alice: Client, owner: Actor, anna: Contact) -> None:
    form = form_of(at_alice, change_address(anna))

    saved(at_alice, change_address(anna), form, last_name="Smirnova", emails__1__address="")

    entry = changes_of("contact", anna.pk)[0]
    assert entry.after.keys() == {"last_name", "display_name", "emails"}
    document = get_contact(owner, anna.pk)
    (address,) = document["addresses"]  # type: ignore[misc]  # a list
    # What the form does not show survives it.
    assert address["street3"] == "c/o Smith"


def test_custom_fields_of_every_type_come_back_as_they_were_typed(
    at_alice: Client, owner: Actor, anna: Contact
) -> None:
    several = make_custom_field("Several", options=("A", "B", "C"), is_multiple=True)
    one = make_custom_field("One", options=("X", "Y"))
    truth = make_custom_field("Truth", type="boolean")
    when = make_custom_field("When", type="datetime")
    number = make_custom_field("Number", type="decimal")
    options = {option.label: option.pk for option in several.options.all()}
    typed: Fields = {
        f"custom_{several.pk}": [str(options["A"]), str(options["C"])],
        f"custom_{one.pk}": str(one.options.get(label="Y").pk),
        f"custom_{truth.pk}": "False",
        f"custom_{when.pk}": "2026-11-21T14:30",
        f"custom_{number.pk}": "12.5",
    }

    page = saved(at_alice, change_address(anna), form_of(at_alice, change_address(anna)), **typed)

    assert page.status == 200
    for text in ("A, C", "One Y", "Truth no", "Number 12.5"):
        assert text in page.text
    again = form_of(at_alice, change_address(anna)).fields
    for name, value in typed.items():
        assert again[name] == (value if isinstance(value, list) else [value]), name


def test_two_people_who_change_different_fields_both_succeed(
    at_alice: Client, owner: Actor, bob: User, anna: Contact
) -> None:
    form = form_of(at_alice, change_address(anna))
    update_contact(actor_for(bob), anna.pk, {"job_title": "Boss", "tags": ["vip", "bob"]})

    page = saved(at_alice, change_address(anna), form, last_name="Smirnova")

    assert "is saved" in page.text
    document = get_contact(owner, anna.pk)
    assert (document["last_name"], document["job_title"]) == ("Smirnova", "Boss")
    assert len(document["tags"]) == 2  # type: ignore[arg-type]  # a list


def test_second_to_change_a_field_sees_both_versions_and_decides(
    at_alice: Client, owner: Actor, bob: User, anna: Contact
) -> None:
    form = form_of(at_alice, change_address(anna))
    update_contact(actor_for(bob), anna.pk, {"last_name": "Ivanova"})

    page = saved(at_alice, change_address(anna), form, last_name="Smirnova")

    assert page.status == 422
    assert "Yours: Smirnova" in page.text
    assert "Theirs: Ivanova" in page.text
    again = page.posting_form()
    assert again.fields["last_name"] == ["Smirnova"]
    assert get_contact(owner, anna.pk)["last_name"] == "Ivanova"
    saved(at_alice, change_address(anna), again)
    assert get_contact(owner, anna.pk)["last_name"] == "Smirnova"


def test_version_of_the_other_is_kept_field_by_field(
    at_alice: Client, owner: Actor, bob: User, anna: Contact
) -> None:
    form = form_of(at_alice, change_address(anna))
    update_contact(actor_for(bob), anna.pk, {"last_name": "Ivanova", "nickname": "Anya"})
    page = saved(at_alice, change_address(anna), form, last_name="Smirnova", nickname="Nyura")
    again = page.posting_form()

    saved(at_alice, change_address(anna), again, **{"keep__last_name": "theirs"})

    stored = get_contact(owner, anna.pk)
    assert stored["last_name"] == "Ivanova"
    assert stored["nickname"] == "Nyura"


def test_change_is_taken_back_from_the_message(
    at_alice: Client, owner: Actor, anna: Contact
) -> None:
    before = get_contact(owner, anna.pk)
    form = form_of(at_alice, change_address(anna))
    typed: Fields = {
        "last_name": "Smirnova",
        "emails__0__address": "",
        "phones__0__number": "999",
        "tags": "",
        "owner": "",
        "background": "",
        "company": "Acme",
        "birthday": "",
    }
    page = saved(at_alice, change_address(anna), form, **typed)

    undo = page.form_to("/undo/")
    send(at_alice, undo.action, undo.filled())

    assert without_ids(get_contact(owner, anna.pk)) == without_ids(before)


def without_ids(document: Fields) -> Fields:
    """Return a document without what a removed and restored row cannot keep."""
    passing = ("updated_at", "editor_id", "owner_assigned_at")
    kept = {key: value for key, value in document.items() if key not in passing}
    kept["emails"] = [
        {key: value for key, value in item.items() if key != "id"} for item in kept["emails"]
    ]
    return kept


def test_projects_that_one_does_not_see_stay(
    at_alice: Client, ada: User, alice: User, anna: Contact, project: Project, elsewhere: Project
) -> None:
    second = make_project("Second")
    join(alice, second)
    update_contact(actor_for(ada), anna.pk, {"projects": [project.pk, elsewhere.pk]})
    form = form_of(at_alice, change_address(anna))
    assert form.fields["projects"] == [str(project.pk)]

    page = saved(at_alice, change_address(anna), form, projects=[str(second.pk)])

    assert get_contact(actor_for(ada), anna.pk)["projects"] == [elsewhere.pk, second.pk]
    undo = page.form_to("/undo/")
    send(at_alice, undo.action, undo.filled())
    assert set(get_contact(actor_for(ada), anna.pk)["projects"]) == {project.pk, elsewhere.pk}  # type: ignore[call-overload]  # a list


def test_similar_contacts_are_named_without_blocking(at_bob: Client, anna: Contact) -> None:
    form = form_of(at_bob, ADD)

    page = saved(at_bob, ADD, form, first_name="A.", emails__0__address="ANNA@example.com")

    assert "is written down" in page.text
    assert f"There are similar contacts: Anna Petrova (#{anna.pk})" in page.text


def test_picture_is_uploaded_and_removed(at_alice: Client, owner: Actor, anna: Contact) -> None:
    upload = SimpleUploadedFile("me.png", picture(), "image/png")
    form = form_of(at_alice, change_address(anna))
    saved(at_alice, change_address(anna), form, picture=upload)
    assert get_contact(owner, anna.pk)["avatar_id"]

    form = form_of(at_alice, change_address(anna))
    saved(at_alice, change_address(anna), form, remove_picture="on")
    assert "avatar_id" not in get_contact(owner, anna.pk)


def test_file_that_is_no_picture_is_refused_beside_its_field(
    at_alice: Client, owner: Actor, anna: Contact
) -> None:
    upload = SimpleUploadedFile("me.png", b"<svg onload=alert(1)>", "image/png")
    form = form_of(at_alice, change_address(anna))

    page = saved(at_alice, change_address(anna), form, picture=upload, nickname="Annie")

    assert page.status == 422
    assert any(text.startswith("Picture:") for text in page.links)
    assert page.posting_form().fields["nickname"] == ["Annie"]
    assert "nickname" not in get_contact(owner, anna.pk)


def test_form_sent_without_its_token_changes_nothing(alice: User, anna: Contact) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice, backend="django.contrib.auth.backends.ModelBackend")

    answer = client.post(change_address(anna), {"last_name": "Smirnova", "save": "1"})

    assert answer.status_code == 403
    assert Contact.objects.get(pk=anna.pk).last_name == "Petrova"


def test_null_bytes_and_endless_texts_are_refused_in_words(at_bob: Client, owner: Actor) -> None:
    form = form_of(at_bob, ADD)

    page = saved(at_bob, ADD, form, first_name="x" * 300)
    assert page.status == 422
    assert "First name: At most 255 characters." in page.links

    page = saved(at_bob, ADD, form, first_name="xxx", last_name="a\x00b")
    assert page.status == 422
    assert page.posting_form().fields["first_name"] == ["xxx"]
    assert not Contact.objects.filter(first_name__startswith="xxx").exists()


def test_contact_leaves_a_group_in_its_form(at_bob: Client, owner: Actor, anna: Contact) -> None:
    choir, sport = (
        int(str(create_group(owner, {"title": title})["id"])) for title in ("Choir", "Sport")
    )
    update_contact(owner, anna.pk, {"groups": [choir, sport]})

    form = form_of(at_bob, change_address(anna))
    assert form.fields["groups"] == [str(choir), str(sport)]
    saved(at_bob, change_address(anna), form, groups=str(sport))

    assert get_contact(owner, anna.pk)["groups"] == [sport]
