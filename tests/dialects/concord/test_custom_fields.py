"""Definitions of custom fields."""

import pytest

from contacts.models import Change, User
from tests.builders import actor_for, make_contact, make_custom_field
from tests.dialects.concord.calling import Caller, errors_of

pytestmark = pytest.mark.django_db

LEVEL = {
    "resource_name": "contacts",
    "field_type": "Select",
    "field_id": "cf_level",
    "label": "Level",
    "options": [{"name": "A"}, {"name": "B"}],
}


def test_an_administrator_defines_a_field_that_contacts_then_have(
    as_ada: Caller, as_alice: Caller
) -> None:
    made = as_ada.make("/api/custom-fields", LEVEL)
    assert {key: made[key] for key in ("field_type", "field_id", "resource_name", "label")} == {
        key: LEVEL[key] for key in ("field_type", "field_id", "resource_name", "label")
    }
    first, second = made["options"]
    assert (
        as_alice.make("/api/contacts", {"first_name": "T", "cf_level": "b"})["cf_level"]
        == (second["id"])
    )
    assert "cf_level" not in as_alice.make("/api/companies", {"name": "Acme"})
    sent = {"label": "Rank", "options": [{"id": first["id"], "name": "A+"}, {"name": "C"}]}
    changed = as_ada.change(f"/api/custom-fields/{made['id']}", sent)
    names = {option["name"]: option["id"] for option in changed["options"]}
    assert (changed["label"], names["A+"]) == ("Rank", first["id"])
    assert as_ada.delete(f"/api/custom-fields/{made['id']}").status_code == 204


def test_others_neither_list_nor_define_fields(as_alice: Caller) -> None:
    assert as_alice.get("/api/custom-fields").status_code == 403
    assert as_alice.post("/api/custom-fields", LEVEL).status_code == 403


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        ({"field_id": "level"}, "field_id"),
        ({"field_id": "cf_A1"}, "field_id"),
        ({"field_type": "Wish"}, "field_type"),
        ({"resource_name": "moons"}, "resource_name"),
        ({"options": []}, "options"),
        ({"options": [{"name": "a,b"}]}, "options"),
        ({"field_type": "Text"}, "options"),
        ({"label": ""}, "label"),
    ],
)
def test_definitions_that_make_no_sense_are_refused(
    wrong: dict[str, object], key: str, as_ada: Caller
) -> None:
    assert list(errors_of(as_ada.post("/api/custom-fields", {**LEVEL, **wrong}))) == [key]


@pytest.mark.parametrize(
    ("kind", "wrong", "sentence"),
    [
        ("Numeric", -1, "The Level field must be at least 0."),
        ("Numeric", "1.2345", "The Level field must have 0-3 decimal places."),
        ("Email", "nonsense", "The Level field must be a valid email address."),
        ("Email", 5, "The Level field must be a valid email address."),
        ("Timezone", "Mars/North", "The selected Level is invalid."),
        ("ColorSwatch", "red", "The Level field format is invalid."),
        ("Text", "x" * 192, "The Level field must not be greater than 191 characters."),
    ],
)
def test_values_that_a_type_does_not_take_are_refused(
    kind: str, wrong: object, sentence: str, as_ada: Caller, as_alice: Caller
) -> None:
    definition = {key: value for key, value in LEVEL.items() if key != "options"}
    as_ada.make("/api/custom-fields", {**definition, "field_type": kind})
    answer = as_alice.post("/api/contacts", {"first_name": "T", "cf_level": wrong})
    assert errors_of(answer) == {"cf_level": [sentence]}


def test_a_value_that_another_door_has_stored_comes_back_unharmed(
    as_alice: Caller, alice: User
) -> None:
    field = make_custom_field("Balance", type="decimal")
    contact = make_contact(actor_for(alice), **{f"custom_{field.pk}": "-2.5"})
    path = f"/api/contacts/{contact.pk}"
    shown = as_alice.read(path)
    assert shown["cf_balance"] == -2.5
    changed = as_alice.change(path, {"city": "Jena", "cf_balance": shown["cf_balance"]})
    assert (changed["city"], changed["cf_balance"]) == ("Jena", -2.5)


def test_contacts_and_companies_may_call_different_fields_the_same(
    as_ada: Caller, as_alice: Caller
) -> None:
    """The second of them was refused: in the original a name is free in every resource."""
    choice = as_ada.make("/api/custom-fields", LEVEL)
    text = {"resource_name": "companies", "field_type": "Text", "field_id": "cf_level"}
    made = as_ada.make("/api/custom-fields", {**text, "label": "Floor"})
    assert (made["field_id"], made["resource_name"]) == ("cf_level", "companies")
    answer = as_ada.post("/api/custom-fields", {**text, "label": "Storey"})
    assert list(errors_of(answer)) == ["field_id"]
    person = as_alice.make("/api/contacts", {"first_name": "T", "cf_level": "b"})
    company = as_alice.make("/api/companies", {"name": "Acme", "cf_level": "ground"})
    assert person["cf_level"] == choice["options"][1]["id"]
    assert company["cf_level"] == "ground"
    for resource, word, found in (("companies", "ground", 1), ("contacts", "ground", 0)):
        query = f"/api/{resource}/search?q={word}&search_fields=cf_level"
        assert len(as_alice.read(query)) == found
    fields = {each["attribute"]: each for each in as_alice.read("/api/companies/create-fields")}
    assert fields["cf_level"]["label"] == "Floor"
    wrong = as_alice.post("/api/companies", {"name": "B", "cf_level": "x" * 192})
    assert list(errors_of(wrong)) == ["cf_level"]


@pytest.mark.parametrize("resource", ["contacts", "companies"])
def test_what_nobody_has_said_stays_so_when_it_is_sent_back(
    alice: User, as_alice: Caller, resource: str
) -> None:
    """Numbers became 0, truths false, and texts of other doors lost the blanks around them."""
    make_custom_field("Rate", type="decimal")
    make_custom_field("Sure", type="boolean")
    words = make_custom_field("Words", type="long_text")
    kind = {"contacts": "person", "companies": "organization"}[resource]
    names = {"first_name": "Anna"} if kind == "person" else {"organization_name": "Acme"}
    given = {f"custom_{words.pk}": "  so\nand so"}
    contact = make_contact(actor_for(alice), kind=kind, **names, **given)
    changes = Change.objects.count()
    for _again in range(2):
        read = as_alice.read(f"/api/{resource}/{contact.pk}")
        assert (read["cf_rate"], read["cf_sure"]) == (0, False)
        as_alice.change(f"/api/{resource}/{contact.pk}", read)
    assert Change.objects.count() == changes
    as_alice.change(f"/api/{resource}/{contact.pk}", {"cf_sure": True, "cf_rate": 2})
    said = as_alice.change(f"/api/{resource}/{contact.pk}", {"cf_sure": False, "cf_rate": 0})
    assert (said["cf_rate"], said["cf_sure"]) == (0, False)
    assert Change.objects.count() == changes + 2
