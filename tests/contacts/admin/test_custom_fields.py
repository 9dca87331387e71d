"""Custom fields in the browser: their list, another type tried, deleted and back, in files."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from contacts.access import Actor, system_actor
from contacts.fields import catalogue
from contacts.models import Contact, CustomField, CustomValue, Deal
from contacts.query import Query, get_contact, search, where
from contacts.services.contacts import archive_contact, delete_contact, update_contact
from contacts.services.custom_fields import create_custom_field, delete_custom_field
from contacts.services.deals import create_deal
from tests.builders import make_contact, make_custom_field
from tests.contacts.admin.reading import Page, read, send

FIELDS = "/admin/contacts/customfield/"


@pytest.fixture
def shoe(owner: Actor) -> CustomField:
    """Return a field that two contacts have: one as a number, one not."""
    field = make_custom_field("Shoe", type="text")
    for name, value in (("Ann", "42"), ("Ben", "large")):
        contact = make_contact(owner, first_name=name, last_name="Foot")
        update_contact(owner, contact.pk, {f"custom_{field.pk}": value})
    return field


def value_of(owner: Actor, field: CustomField, first_name: str) -> object:
    contact = Contact.objects.get(first_name=first_name)
    return get_contact(owner, contact.pk)["custom"].get(str(field.pk))


def test_list_tells_use_names_projects_and_filter(at_ada: Client, shoe: CustomField) -> None:
    text = read(at_ada, FIELDS).text

    assert f"custom_fields id {shoe.pk}" in text
    assert f"custom_{shoe.pk}" in text
    for word in ("Text", "Contact", "all", "2", "list and form", "yes"):
        assert word in text
    assert "Shoe" not in read(at_ada, f"{FIELDS}?type=date").text.split("No custom fields")[0]


def test_another_type_is_tried_and_changes_nothing(at_ada: Client, shoe: CustomField) -> None:
    page = read(at_ada, f"{FIELDS}{shoe.pk}/type/?type=integer")

    assert "1 of 2 values does not fit" in page.text
    assert "Ben Foot" in page.links
    assert "large" in page.text
    refused = send(at_ada, f"{FIELDS}{shoe.pk}/type/", {"type": "integer"})
    assert "1 of 2 values does not fit" in refused.text
    shoe.refresh_from_db()
    assert shoe.type == "text"


def test_type_changes_where_every_value_fits(
    at_ada: Client, owner: Actor, shoe: CustomField
) -> None:
    update_contact(owner, Contact.objects.get(first_name="Ben").pk, {f"custom_{shoe.pk}": "44"})
    page = read(at_ada, f"{FIELDS}{shoe.pk}/type/?type=integer")
    assert "All 2 values fit." in page.text

    send(at_ada, f"{FIELDS}{shoe.pk}/type/", page.posting_form().filled())

    assert value_of(owner, shoe, "Ben") == 44


def test_values_are_saved_as_a_table(at_ada: Client, shoe: CustomField, owner: Actor) -> None:
    ben = Contact.objects.get(first_name="Ben")
    update_contact(owner, ben.pk, {f"custom_{shoe.pk}": "=1+1"})

    answer = at_ada.get(f"{FIELDS}{shoe.pk}/values.csv")

    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]  # a stream
    assert lines[0] == "Number,Name,Shoe"
    assert f"{ben.pk},Ben Foot,'=1+1" in lines


def test_deleted_field_comes_back_with_its_number_options_and_values(
    at_ada: Client, owner: Actor
) -> None:
    field = make_custom_field("Size", options=("S", "L"))
    small = field.options.get(label="S")
    contact = make_contact(owner, first_name="Ann")
    gone = make_contact(owner, first_name="Gone")
    for each in (contact, gone):
        update_contact(owner, each.pk, {f"custom_{field.pk}": small.pk})

    page = send(at_ada, f"{FIELDS}{field.pk}/delete/", {})
    assert not CustomValue.objects.exists()
    archive_contact(owner, gone.pk)
    delete_contact(owner, gone.pk)
    assert "undo" in dict(page.form_to(f"{FIELDS}{field.pk}/restore/").buttons)
    assert "Bring back Size" in page.text
    send(at_ada, f"{FIELDS}{field.pk}/restore/", {"undo": "1"})

    assert value_of(owner, field, "Ann") == small.pk
    assert field.options.get(label="S").pk == small.pk
    condition = where(owner, f"custom_{field.pk}", "eq", small.pk)
    found = search(owner, Query(condition=condition)).documents
    assert [each["id"] for each in found] == [contact.pk]
    assert "Bring back" not in read(at_ada, FIELDS).text


def test_deleted_field_of_deals_comes_back(at_ada: Client, owner: Actor) -> None:
    field = make_custom_field("Room", object_kind="deal", type="text")
    contact = make_contact(owner)
    deal = create_deal(owner, {"name": "Hall", "contact": contact.pk, f"custom_{field.pk}": "blue"})
    send(at_ada, f"{FIELDS}{field.pk}/delete/", {})
    send(at_ada, f"{FIELDS}{field.pk}/restore/", {})

    row = Deal.objects.get(pk=deal["id"]).custom_values.get()  # type: ignore[misc]  # a document's id
    assert row.given == "blue"


def test_short_name_that_is_taken_by_now_keeps_the_field_away(
    at_ada: Client, shoe: CustomField
) -> None:
    send(at_ada, f"{FIELDS}{shoe.pk}/delete/", {})
    create_custom_field(system_actor("test"), {"label": "Shoe", "slug": shoe.slug, "type": "text"})

    page = send(at_ada, f"{FIELDS}{shoe.pk}/restore/", {})

    assert "Another field has its short name by now." in page.text
    assert CustomField.objects.filter(slug=shoe.slug).count() == 1


def test_members_neither_delete_nor_export(at_alice: Client, shoe: CustomField) -> None:
    for path in ("restore/", "type/", "delete/"):
        assert at_alice.post(f"{FIELDS}{shoe.pk}/{path}").status_code == 403
    for path in (f"{shoe.pk}/values.csv", "export/", "import/"):
        assert at_alice.get(f"{FIELDS}{path}").status_code == 403


def upload(client: Client, said: object) -> Page:
    text = said if isinstance(said, bytes) else json.dumps(said).encode()
    return Page(client.post(f"{FIELDS}import/", {"file": SimpleUploadedFile("x.json", text)}))


def test_definitions_travel_to_another_installation(at_ada: Client, shoe: CustomField) -> None:
    make_custom_field("Size", options=("S", "L"))
    exported = json.loads(at_ada.get(f"{FIELDS}export/").content)
    assert "2 as they are here" in upload(at_ada, exported).text

    delete_custom_field(system_actor("test"), CustomField.objects.get(label="Size").pk)
    exported["fields"][0]["help_text"] = "In centimetres"
    looked = upload(at_ada, exported)
    assert "1 new, 1 changed" in looked.text
    assert not CustomField.objects.filter(label="Size").exists()
    send(at_ada, f"{FIELDS}import/", looked.posting_form().filled(sure="1"))

    size = CustomField.objects.get(label="Size")
    assert [option.label for option in size.options.all()] == ["S", "L"]
    assert catalogue("contact").find(f"custom_{size.pk}") is not None
    assert CustomField.objects.filter(help_text="In centimetres").count() == 1


def test_one_refused_definition_keeps_all_of_a_file_out(at_ada: Client, shoe: CustomField) -> None:
    exported = json.loads(at_ada.get(f"{FIELDS}export/").content)
    (known,) = exported["fields"]
    fresh = {**known, "slug": "fresh", "label": "Fresh"}
    exported["fields"] = [fresh, {**known, "type": "integer"}, {**known, "projects": ["nowhere"]}]

    page = upload(at_ada, exported)
    send(at_ada, f"{FIELDS}import/", {"text": json.dumps(exported), "sure": "1"})

    assert "1 new, 0 changed, 0 as they are here, 2 refused" in page.text
    assert not CustomField.objects.filter(slug="fresh").exists()


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"[]", b'{"format": "other"}', b"{"])
def test_other_files_are_refused_politely(at_ada: Client, content: bytes) -> None:
    page = upload(at_ada, content)

    assert page.status == 422
    assert "file" in page.text


def test_options_keep_the_numbers_that_programs_know(at_ada: Client) -> None:
    field = make_custom_field("Slope", options=("Flat", "Steep"))
    numbers = list(field.options.order_by("position").values_list("pk", flat=True))
    address = f"{FIELDS}{field.pk}/"
    form = read(at_ada, address).posting_form()
    send(at_ada, address, form.filled(options__0__label="Level", options__0__color="#1565c0"))

    page = read(at_ada, address)
    assert f"Level {numbers[0]} Steep {numbers[1]}" in page.text
    assert "What programs call the options" in page.text
