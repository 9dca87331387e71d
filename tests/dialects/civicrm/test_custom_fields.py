"""CustomGroup, CustomField and CustomValue from the wire."""

import pytest

from contacts.models import Change, CustomField
from tests.builders import make_custom_field
from tests.dialects.civicrm.calling import Caller
from tests.dialects.civicrm.test_api4 import values

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(as_ada: Caller) -> int:
    return as_ada.make("CustomGroup", title="More facts", extends="Individual")


def test_group_says_what_its_fields_are_for(as_ada: Caller, group: int) -> None:
    stored = as_ada.ok("CustomGroup", "getsingle", id=group)
    assert (stored["title"], stored["extends"]) == ("More facts", "Individual")
    assert (stored["is_active"], stored["is_multiple"]) == ("1", "0")
    wrong = as_ada.call("CustomGroup", "create", title="Cases", extends="Case")
    assert wrong["error_message"] == "'Case' is not a valid option for field extends"
    lacking = as_ada.call("CustomGroup", "create", {})
    assert lacking["fields"] == ["title", "extends"]


@pytest.mark.parametrize(
    ("data_type", "html_type", "value", "shown"),
    [
        ("String", "Text", "Hello", "Hello"),
        ("Int", "Text", "42", "42"),
        ("Money", "Text", "12.50", "12.50"),
        ("Memo", "TextArea", "Two\nlines", "Two\nlines"),
        ("Date", "Select Date", "2026-05-01", "2026-05-01 00:00:00"),
        ("Boolean", "Radio", "1", "1"),
        ("Link", "Link", "https://example.org", "https://example.org"),
    ],
)
def test_field_of_each_type_is_defined_and_filled_in(
    as_ada: Caller, group: int, data_type: str, html_type: str, value: str, shown: str
) -> None:
    field = as_ada.make(
        "CustomField",
        custom_group_id=group,
        label="Fact",
        data_type=data_type,
        html_type=html_type,
    )
    stored = as_ada.ok("CustomField", "getsingle", id=field)
    assert (stored["data_type"], stored["html_type"]) == (data_type, html_type)
    assert stored["custom_group_id"] == str(group)
    person = as_ada.person(**{f"custom_{field}": value})
    asked = {"id": person, "return": f"custom_{field}"}
    assert as_ada.ok("Contact", "getvalue", asked)["result"] == shown


def test_options_of_a_field_are_values_with_labels(as_ada: Caller, group: int) -> None:
    made = as_ada.ok(
        "CustomField",
        "create",
        custom_group_id=group,
        label="Colours",
        data_type="String",
        html_type="CheckBox",
        option_values={"r": "Red", "g": "Green"},
    )
    (field,) = made["values"].values()
    assert field["serialize"] == "1"
    options = as_ada.ok(
        "OptionValue", "get", option_group_id=int(field["option_group_id"]), sequential=1
    )["values"]
    assert [(each["value"], each["label"]) for each in options] == [("r", "Red"), ("g", "Green")]
    name = f"custom_{made['id']}"
    person = as_ada.person(**{name: ["r", "g"]})
    shown = as_ada.ok("Contact", "getsingle", {"id": person, "return": name})
    assert shown[name] == ["r", "g"]
    values = as_ada.ok("CustomValue", "get", entity_id=person, sequential=1)["values"]
    assert values == [
        {
            **{"entity_id": str(person), "entity_table": "Contact", "latest": ["r", "g"]},
            **{"id": str(made["id"]), "0": ["r", "g"]},
        }
    ]


def test_description_of_a_field_names_its_group_and_its_list(as_ada: Caller, group: int) -> None:
    asked = {"custom_group_id": group, "label": "Colour", "html_type": "Select"}
    field = as_ada.make("CustomField", **asked, option_values={"r": "Red"})
    told = as_ada.ok("Contact", "getfield", {"name": f"custom_{field}", "action": "get"})["values"]
    stored = as_ada.ok("CustomField", "getsingle", id=field)

    assert told["custom_group_id"] == stored["custom_group_id"] == str(group)
    assert told["option_group_id"] == stored["option_group_id"]
    assert stored["name"] == "Colour"


def test_values_are_stored_by_themselves(as_ada: Caller, group: int) -> None:
    field = as_ada.make("CustomField", custom_group_id=group, label="Fact")
    person = as_ada.person()
    assert as_ada.ok("CustomValue", "create", {"entity_id": person, f"custom_{field}": "x"})
    assert as_ada.ok("CustomValue", "get", entity_id=person)["values"][str(field)]["latest"] == "x"
    assert as_ada.call("CustomValue", "get", {})["fields"] == ["entity_id"]
    assert as_ada.ok("CustomValue", "get", entity_id=99999)["values"] == []


def test_definitions_are_for_administrators(as_bob: Caller, as_ada: Caller, group: int) -> None:
    refused = as_bob.call("CustomField", "create", custom_group_id=group, label="Mine")
    assert refused["error_code"] == "unauthorized"
    field = as_ada.make("CustomField", custom_group_id=group, label="Fact")
    assert as_bob.call("CustomField", "getcount", custom_group_id=group)["result"] == 1
    changed = as_ada.ok("CustomField", "create", id=field, label="Truth")
    assert changed["values"][str(field)]["label"] == "Truth"
    wrong = as_ada.call("CustomField", "create", custom_group_id=999, label="Lost")
    assert wrong["error_message"] == "custom_group_id is not valid : 999"


def test_deleted_group_takes_its_fields_along(as_ada: Caller, group: int) -> None:
    as_ada.make("CustomField", custom_group_id=group, label="Fact")
    assert as_ada.ok("CustomGroup", "delete", id=group)["values"] == 1
    assert as_ada.call("CustomField", "getcount", {})["result"] == 0


def test_values_of_an_activity_are_read_and_written_by_themselves(as_ada: Caller) -> None:
    group = as_ada.make("CustomGroup", title="Visit", extends="Activity")
    field = as_ada.make(
        "CustomField", custom_group_id=group, label="Miles", data_type="Int", html_type="Text"
    )
    visit = as_ada.make("Activity", activity_type_id="Meeting")

    as_ada.ok("CustomValue", "create", {"entity_id": visit, f"custom_{field}": 7})
    found = as_ada.ok("CustomValue", "get", entity_id=visit, entity_table="Activity")

    assert found["values"][str(field)]["latest"] == "7"
    assert as_ada.ok("CustomValue", "get", entity_id=visit)["count"] == 0


def test_required_field_is_asked_of_people_not_of_programs(as_ada: Caller, group: int) -> None:
    fact = {"custom_group_id": group, "label": "Fact", "is_required": 1}
    field = as_ada.make("CustomField", **fact)
    assert as_ada.ok("CustomField", "getsingle", id=field)["is_required"] == "1"
    assert CustomField.objects.get(pk=field).is_required_in_forms
    as_ada.person()
    as_ada.ok("CustomField", "create", id=field, is_required=0)
    assert as_ada.ok("CustomField", "getsingle", id=field)["is_required"] == "0"


def test_fields_of_two_groups_have_the_same_name(as_ada: Caller, group: int) -> None:
    other = as_ada.make("CustomGroup", title="Other facts", extends="Individual")
    for given in ({"label": "Colour"}, {"label": "Seen", "name": "Shade"}):
        name = given.get("name", given["label"])
        fields = [
            as_ada.make("CustomField", custom_group_id=each, **given) for each in (group, other)
        ]
        for field in fields:
            assert as_ada.ok("CustomField", "getsingle", id=field)["name"] == name
        whole = [f"More_facts.{name}", f"Other_facts.{name}"]
        colours = {whole[0]: "red", whole[1]: "green"}
        facts = {"contact_type": "Individual", "first_name": "Ann", **colours}
        made = values(as_ada, "Contact/create", {"values": facts})[0]["id"]
        asked = {"select": whole, "where": [[whole[1], "=", "green"], ["id", "=", made]]}
        assert values(as_ada, "Contact/get", asked) == [{"id": made, **colours}]


@pytest.mark.parametrize(
    ("data_type", "html_type"),
    [("String", "Hidden"), ("Boolean", "Toggle"), ("Country", "Radio"), ("Country", "Select")],
)
def test_the_way_to_choose_is_kept(
    as_ada: Caller, group: int, data_type: str, html_type: str
) -> None:
    said = {"data_type": data_type, "html_type": html_type}
    field = as_ada.make("CustomField", custom_group_id=group, label="Fact", **said)
    stored = as_ada.ok("CustomField", "getsingle", id=field)
    assert {name: stored[name] for name in said} == said
    if data_type == "Country":
        person = as_ada.person(**{f"custom_{field}": "BE"})
        asked = {"id": person, "return": f"custom_{field}"}
        assert as_ada.ok("Contact", "getvalue", asked)["result"] == "1020"


@pytest.mark.parametrize(("data_type", "html_type"), [("Int", "Select"), ("Money", "Radio")])
def test_numbers_among_options_stay_numbers(
    as_ada: Caller, group: int, data_type: str, html_type: str
) -> None:
    said = {"data_type": data_type, "html_type": html_type}
    field = as_ada.make("CustomField", custom_group_id=group, label="Number", **said)
    stored = as_ada.ok("CustomField", "getsingle", id=field)
    assert {name: stored[name] for name in said} == said
    options = as_ada.ok("OptionGroup", "getsingle", id=stored["option_group_id"])
    assert options["title"] == "Number"


def test_ties_have_custom_fields(as_ada: Caller) -> None:
    group = as_ada.make("CustomGroup", title="Of ties", extends="Relationship")
    field = f"custom_{as_ada.make('CustomField', custom_group_id=group, label='Why')}"
    ends = {"contact_id_a": as_ada.person(), "contact_id_b": as_ada.person("Bob", "Smith")}
    tie = as_ada.make("Relationship", relationship_type_id=4, **ends, **{field: "Old friends"})
    assert as_ada.ok("Relationship", "getsingle", id=tie)[field] == "Old friends"
    as_ada.ok("Relationship", "create", {"id": tie, field: "School"})
    assert as_ada.ok("Relationship", "getcount", {field: "school"})["result"] == 1
    named = {"select": ["Of_ties.Why"], "where": [["Of_ties.Why", "=", "School"]]}
    assert values(as_ada, "Relationship/get", named)[0]["Of_ties.Why"] == "School"
    (change, *_rest) = Change.objects.filter(record_kind="relationship").order_by("-pk")
    assert list(change.after["custom"].values()) == ["School"]
    assert field not in as_ada.ok("Contact", "getfields")["values"]


def test_addresses_have_custom_fields(as_ada: Caller) -> None:
    group = as_ada.make("CustomGroup", title="Of places", extends="Address")
    number = as_ada.make("CustomField", custom_group_id=group, label="Floor", data_type="Int")
    field, person = f"custom_{number}", as_ada.person()
    place = {"contact_id": person, "street_address": "1 Main St", field: 3}
    address = as_ada.make("Address", **place)
    assert field not in as_ada.ok("Address", "getsingle", id=address)
    asked = {"id": address, "return": "custom"}
    assert as_ada.ok("Address", "getsingle", asked)[field] == "3"
    as_ada.ok("Address", "create", {"id": address, field: 4})
    as_ada.ok("Address", "create", {"id": address, "city": "Ghent"})
    assert as_ada.ok("Address", "getvalue", {"id": address, "return": field})["result"] == "4"
    assert as_ada.ok("Address", "getcount", {field: {">": 3}})["result"] == 1
    assert as_ada.call("Address", "create", {"id": address, field: "high"})["is_error"] == 1
    assert values(as_ada, "Address/get", {"select": ["Of_places.Floor"]}) == [
        {"id": address, "Of_places.Floor": 4}
    ]
    as_ada.ok("CustomGroup", "delete", id=group)
    assert as_ada.ok("Address", "getcount", id=address)["result"] == 1


def test_what_has_one_choice_of_several_is_no_other(as_ada: Caller) -> None:
    field = make_custom_field("Extras", options=("Press", "Red", "Board"), is_multiple=True)
    extras = f"custom_{field.pk}"
    one = as_ada.make("Contact", contact_type="Individual", first_name="A", **{extras: ["Press"]})
    two = as_ada.person("B")
    as_ada.ok("Contact", "create", {"id": two, extras: ["Press", "Board"]})
    as_ada.person("C")

    for asked, found in (
        ({"!=": "Board"}, [one]),
        ({"NOT IN": ["Board", "Red"]}, [one]),
        ({"NOT LIKE": "Bo%"}, [one]),
        ({"!=": "Press"}, []),
        ({"!=": "Red"}, [one, two]),
        ({"IN": ["Board", "Red"]}, [two]),
    ):
        answer = as_ada.ok("Contact", "get", {extras: asked, "sequential": 1, "return": "id"})
        assert [int(each["id"]) for each in answer["values"]] == found, asked


def test_what_is_preferred_among_others_is_not_left_out_by_its_label(as_ada: Caller) -> None:
    ways = "preferred_communication_method"
    phone = as_ada.make("Contact", contact_type="Individual", first_name="A", **{ways: [1]})
    as_ada.make("Contact", contact_type="Individual", first_name="B", **{ways: [1, 2]})

    for asked, found in (({"!=": "Email"}, [phone]), ({"NOT IN": ["Phone", "Email"]}, [])):
        answer = as_ada.ok("Contact", "get", {f"{ways}.label": asked, "sequential": 1})
        assert [int(each["id"]) for each in answer["values"]] == found, asked


@pytest.mark.parametrize(
    ("kind", "sent", "shown"),
    [
        ("text", ["a, b", "c"], ["a, b", "c"]),
        ("text", "a, b", ["a, b"]),
        ("text", "\x01a, b\x01c\x01", ["a, b", "c"]),
        ("integer", ["7", 4], ["7", "4"]),
        ("date", ["2026-05-01"], ["2026-05-01 00:00:00"]),
        (
            "datetime",
            ["2026-05-01 10:00:00", "2026-05-02 11:30:00"],
            ["2026-05-01 10:00:00", "2026-05-02 11:30:00"],
        ),
    ],
)
def test_several_values_that_come_from_no_list(
    as_ada: Caller, kind: str, sent: object, shown: list[str]
) -> None:
    """They were shown as one text, and moments not at all: the whole list of contacts failed."""
    name = f"custom_{make_custom_field('Many', type=kind, is_multiple=True).pk}"
    person = as_ada.person(**{name: sent})
    asked = {"id": person, "return": name}
    assert as_ada.ok("Contact", "getsingle", asked)[name] == shown
    assert as_ada.ok("Contact", "getcount", {name: shown[-1]})["result"] == 1
    changes = Change.objects.count()
    as_ada.make("Contact", id=person, **{name: shown})
    assert Change.objects.count() == changes
    (value,) = as_ada.ok("CustomValue", "get", entity_id=person, sequential=1)["values"]
    assert value["latest"] == shown
    as_ada.make("Contact", id=person, **{name: ""})
    assert as_ada.ok("Contact", "getsingle", asked)[name] == ""
