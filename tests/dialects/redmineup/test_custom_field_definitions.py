"""Definitions of custom fields."""

from functools import partial

import pytest

from contacts.models import CustomField, CustomFieldOption, User
from tests.builders import actor_for, make_contact, make_custom_field
from tests.costs import statements_of
from tests.dialects.redmineup.calling import Caller, caller, errors_of

LIST = {
    "name": "License",
    "customized_type": "contact",
    "field_format": "list",
    "possible_values": ["MIT", "GPL"],
    "is_filter": True,
}


@pytest.fixture
def adas(ada: User) -> Caller:
    return caller(ada)


def test_every_member_sees_the_fields_that_it_may_read(bob: User, adas: Caller) -> None:
    shown = make_custom_field("License", options=("MIT", "GPL"))
    hidden = make_custom_field("Secret", access="administrators")

    (found,) = caller(bob).read("/custom_fields.json")["custom_fields"]

    assert found == {
        "id": shown.pk,
        "name": "License",
        "customized_type": "contact",
        "field_format": "list",
        "regexp": "",
        "min_length": None,
        "max_length": None,
        "is_required": False,
        "is_filter": True,
        "searchable": False,
        "multiple": False,
        "default_value": None,
        "visible": True,
        "possible_values": [
            {"value": "MIT", "label": "MIT"},
            {"value": "GPL", "label": "GPL"},
        ],
    }
    assert caller(bob).get(f"/custom_fields/{hidden.pk}.json").status_code == 404
    secret = adas.read(f"/custom_fields/{hidden.pk}.json")["custom_field"]
    assert (secret["name"], secret["visible"]) == ("Secret", False)


@pytest.mark.parametrize(
    ("type_name", "field_format"),
    [
        ("text", "string"),
        ("long_text", "text"),
        ("integer", "int"),
        ("decimal", "float"),
        ("date", "date"),
        ("boolean", "bool"),
        ("link", "link"),
        ("user", "user"),
        ("contact", "contact"),
        ("company", "company"),
        ("attachment", "attachment"),
    ],
)
def test_types_are_written_in_the_words_of_the_original(
    bob: User, type_name: str, field_format: str
) -> None:
    make_custom_field("It", type=type_name)

    (found,) = caller(bob).read("/custom_fields.json")["custom_fields"]

    assert found["field_format"] == field_format
    has_values = [each["value"] for each in found.get("possible_values", [])]
    assert has_values == (["1", "0"] if type_name == "boolean" else [])


def test_fields_in_xml(bob: User) -> None:
    make_custom_field("License", options=("MIT",), object_kind="deal")

    text = caller(bob).get("/custom_fields.xml").content.decode()

    assert '<custom_fields type="array"><custom_field><id>' in text
    assert "<customized_type>deal</customized_type><field_format>list</field_format>" in text
    assert (
        '<possible_values type="array"><possible_value><value>MIT</value><label>MIT</label>'
        "</possible_value></possible_values>" in text
    )


def test_an_administrator_defines_changes_and_deletes(adas: Caller, alice: User) -> None:
    made = adas.make("/custom_fields.json", {"custom_field": LIST})["custom_field"]
    assert (made["name"], made["field_format"]) == ("License", "list")
    assert [each["value"] for each in made["possible_values"]] == ["MIT", "GPL"]
    gpl = CustomFieldOption.objects.get(label="GPL")
    john = make_contact(actor_for(alice), **{f"custom_{made['id']}": "GPL"})
    path = f"/custom_fields/{made['id']}.json"

    change = {"custom_field": {"name": "Licence", "possible_values": ["BSD", "GPL", "MIT"]}}
    assert adas.put(path, change).status_code == 204

    changed = adas.read(path)["custom_field"]
    assert changed["name"] == "Licence"
    assert [each["value"] for each in changed["possible_values"]] == ["BSD", "GPL", "MIT"]
    assert CustomFieldOption.objects.get(label="GPL").pk == gpl.pk
    shown = caller(alice).read(f"/contacts/{john.pk}.json")["contact"]
    assert shown["custom_fields"] == [{"id": made["id"], "name": "Licence", "value": "GPL"}]
    assert adas.delete(path).status_code == 204
    assert adas.get(path).status_code == 404
    assert "custom_fields" not in caller(alice).read(f"/contacts/{john.pk}.json")["contact"]


def test_xml_defines_a_field(adas: Caller) -> None:
    body = (
        "<custom_field><name>Ratio</name><customized_type>deal</customized_type>"
        '<field_format>float</field_format><is_required type="boolean">true</is_required>'
        "</custom_field>"
    )

    answer = adas.post("/custom_fields.xml", body, "application/xml")

    assert answer.status_code == 201, answer.content
    field = CustomField.objects.get()
    assert answer["Location"] == f"http://testserver/custom_fields/{field.pk}"
    assert (field.type, field.object_kind, field.is_required) == ("decimal", "deal", True)


@pytest.mark.parametrize(
    ("field", "error"),
    [
        ({**LIST, "name": ""}, "Name cannot be blank"),
        ({**LIST, "field_format": "magic"}, "is not included in the list"),
        ({**LIST, "customized_type": "wiki"}, "is not included in the list"),
        ({**LIST, "field_format": "string", "regexp": "("}, "is invalid"),
        ({**LIST, "field_format": "string", "min_length": "x"}, "is not a number"),
    ],
)
def test_bad_definitions_are_refused(adas: Caller, field: dict[str, object], error: str) -> None:
    found = errors_of(adas.post("/custom_fields.json", {"custom_field": field}))

    assert any(error in each for each in found), found
    assert CustomField.objects.count() == 0


def test_only_administrators_define_fields(alice: User) -> None:
    field = make_custom_field("License")
    path, body = f"/custom_fields/{field.pk}.json", {"custom_field": LIST}

    assert caller(alice).post("/custom_fields.json", body).status_code == 403
    assert caller(alice).put(path, body).status_code == 403
    assert caller(alice).delete(path).status_code == 403
    assert CustomField.objects.get().label == "License"


def test_the_list_costs_the_same_whatever_its_length(bob: User) -> None:
    bobs, costs = caller(bob), []
    for count in (2, 12):
        for number in range(count):
            make_custom_field(f"Field {count} {number}", options=("A", "B"))
        costs.append(len(statements_of(partial(bobs.read, "/custom_fields.json"))))

    assert costs[0] == costs[1] <= 2
