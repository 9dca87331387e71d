"""What published integrations send: modules, scripts and tools that keep a site in step."""

from typing import Any

import pytest

from contacts.models import Contact, Project
from tests.builders import make_contact
from tests.dialects.civicrm.calling import Caller
from tests.dialects.civicrm.test_api4 import values


@pytest.fixture
def ann(project: Project) -> Contact:
    return make_contact(
        first_name="Ann",
        projects=[project.pk],
        emails=[{"address": "ann@x.org"}, {"address": "a@y.org"}],
        phones=[{"number": "555 1"}],
    )


@pytest.fixture
def extra(as_ada: Caller) -> int:
    """Return the id of a group of fields of people."""
    return as_ada.make("CustomGroup", title="Extra", extends="Individual")


def make_choice(caller: Caller, group: int, **more: Any) -> tuple[int, str]:
    """Define a field with two choices and return its id and the number of their list."""
    options = {"r": "Red", "g": "Green"}
    given = {"custom_group_id": group, "label": "Shade", "html_type": "Select", **more}
    made = caller.ok("CustomField", "create", option_values=options, **given)
    return made["id"], made["values"][str(made["id"])]["option_group_id"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [("organization_name", "Organization"), ("household_name", "Household")],
)
def test_what_a_contact_is_follows_from_its_name(as_alice: Caller, name: str, kind: str) -> None:
    """The type was a person where nobody said one, and so its name was missed."""
    (made,) = values(as_alice, "Contact/create", {"values": {name: "Acme"}})
    assert (made["contact_type"], made["display_name"]) == (kind, "Acme")


def test_blank_fields_of_a_form_make_nothing(as_alice: Caller) -> None:
    """Forms send what was left blank as well; that was refused as a phone without a number."""
    given = {
        "first_name": "Bea",
        "email_primary.email": "bea@x.org",
        "phone_primary.phone": "",
        "address_primary.street_address": "",
        "address_primary.city": None,
    }
    (made,) = values(as_alice, "Contact/create", {"values": given})

    of_bea = {"contact_id": made["id"]}
    assert as_alice.ok("Email", "getcount", of_bea)["result"] == 1
    assert as_alice.ok("Phone", "getcount", of_bea)["result"] == 0
    assert as_alice.ok("Address", "getcount", of_bea)["result"] == 0


@pytest.mark.parametrize("nothing", [None, ""])
def test_a_primary_address_that_is_cleared_is_deleted(
    as_alice: Caller, ann: Contact, nothing: object
) -> None:
    """It was refused, and the other changes of the call with it."""
    given = {"email_primary.email": nothing, "phone_primary.phone": nothing, "nick_name": "A"}
    asked = {"where": [["id", "=", ann.pk]], "values": given}
    values(as_alice, "Contact/update", asked)

    select = ["nick_name", "email_primary.email", "phone_primary.phone"]
    (read,) = values(as_alice, "Contact/get", {"where": asked["where"], "select": select})
    assert read == {
        "id": ann.pk,
        "nick_name": "A",
        "email_primary.email": "a@y.org",
        "phone_primary.phone": None,
    }


@pytest.mark.parametrize("nothing", [None, ""])
def test_saving_finds_records_that_have_nothing_in_a_field(
    as_alice: Caller, nothing: object
) -> None:
    """Each time another record was made."""
    record = {"first_name": "Bea", "last_name": "Twice", "nick_name": nothing}
    asked = {"records": [record], "match": ["first_name", "last_name", "nick_name"]}
    (first,), (second,) = (values(as_alice, "Contact/save", asked) for _ in range(2))
    assert first["id"] == second["id"]


def test_options_of_a_field_are_told_as_version_4_shows_them(as_ada: Caller, extra: int) -> None:
    """What is stored of an option was lost: it was its place in the list."""
    options = [
        {"id": "r", "name": "red", "label": "RED", "color": "#ff0000"},
        {"id": "g", "name": "green", "label": "GREEN"},
    ]
    field = {"custom_group_id": extra, "label": "Lamp", "html_type": "Select"}
    values(as_ada, "CustomField/create", {"values": {**field, "option_values": options}})
    (made,) = values(as_ada, "Contact/create", {"values": {"first_name": "B", "Extra.Lamp": "r"}})
    assert made["Extra.Lamp"] == "r"
    asked = {"where": [["name", "=", "Extra.Lamp"]], "loadOptions": ["id", "label"]}
    (told,) = values(as_ada, "Contact/getFields", asked)
    assert told["options"] == [{"id": "r", "label": "RED"}, {"id": "g", "label": "GREEN"}]
    colors = as_ada.ok("OptionValue", "get", {"label": "RED", "return": "color", "sequential": 1})
    assert [each["color"] for each in colors["values"]] == ["#ff0000"]


def test_what_a_tag_is_for_is_a_list_in_version_4(as_ada: Caller) -> None:
    given = {"name": "VIP", "used_for": ["civicrm_contact", "civicrm_activity"]}
    (made,) = values(as_ada, "Tag/create", {"values": given})
    assert made["used_for"] == ["civicrm_contact", "civicrm_activity"]

    asked = {"select": ["used_for", "used_for:label"], "where": [["id", "=", made["id"]]]}
    (read,) = values(as_ada, "Tag/get", asked)
    assert read["used_for:label"] == ["Contacts", "Activities"]
    as_version_3 = as_ada.ok("Tag", "getsingle", id=made["id"])
    assert as_version_3["used_for"] == "civicrm_contact,civicrm_activity"


def test_who_may_read_a_note_is_a_choice_and_no_truth(as_alice: Caller, ann: Contact) -> None:
    given = {"entity_id": ann.pk, "note": "Call back", "privacy": "1"}
    (made,) = values(as_alice, "Note/create", {"values": given})
    assert made["privacy"] == "1"

    where = [["name", "=", "privacy"]]
    (told,) = values(as_alice, "Note/getFields", {"where": where, "loadOptions": True})
    assert (told["data_type"], told["options"]) == ("String", {"0": "None", "1": "Author Only"})


@pytest.mark.parametrize(("word", "stored"), [("public", "0"), ("Author Only", "1")])
def test_who_may_read_a_note_is_said_in_words(
    as_alice: Caller, ann: Contact, word: str, stored: str
) -> None:
    """A client library says "public" of each note that it makes, and all were refused."""
    given = {"entity_id": ann.pk, "note": "Call back", "privacy": word}
    (made,) = values(as_alice, "Note/create", {"values": given})
    assert made["privacy"] == stored
    for wrong in ("secret", ["public"], {}):
        answer = as_alice.call("Note", "create", id=made["id"], privacy=wrong)
        assert answer["is_error"] == 1


def test_choices_are_named_behind_a_dot_as_well(as_alice: Caller, ann: Contact) -> None:
    """Of choices that are no records the call was refused."""
    named = {"phone_type_id.name": "Mobile", "location_type_id.name": "Work"}
    given = {"contact_id": ann.pk, "phone": "555 2", **named}
    (made,) = values(as_alice, "Phone/create", {"values": given})
    assert (made["phone_type_id"], made["location_type_id"]) == (2, 2)

    given = {"activity_type_id.name": "Meeting", "status_id.name": "Completed"}
    (made,) = values(as_alice, "Activity/create", {"values": given})
    assert (made["activity_type_id"], made["status_id"]) == (1, 2)


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ({"name": "site_visit", "label": "Site Visit"}, ["site_visit", "Site Visit"]),
        ({"name": "Field trip", "label": "Our trips"}, ["Field trip", "field_trip", "our trips"]),
        ({"label": "Long walk"}, ["Long_walk", "Long walk"]),
        ({"value": "picnic", "label": "In the park"}, ["picnic"]),
    ],
)
def test_an_option_goes_by_the_name_that_it_was_given(
    as_ada: Caller, given: dict[str, str], names: list[str]
) -> None:
    """A name that follows from the label in small letters was forgotten, and one with blanks."""
    option = as_ada.make("OptionValue", option_group_id="activity_type", **given)
    stored = as_ada.ok("OptionValue", "getsingle", id=option)
    assert stored["name"] == names[0]
    for name in names:
        made = as_ada.ok("Activity", "create", activity_type_id=name, subject="Now")
        (activity,) = made["values"].values()
        assert activity["activity_type_id"] == stored["value"]

    as_ada.ok("OptionValue", "create", id=option, label="Called anew")
    assert as_ada.ok("OptionValue", "getsingle", id=option)["name"] == names[0]
    as_ada.ok("OptionValue", "create", id=option, name="renamed")
    assert as_ada.ok("Activity", "getcount", activity_type_id="renamed")["result"] == len(names)


def test_a_place_goes_by_the_name_that_it_was_given(as_ada: Caller, ann: Contact) -> None:
    place = as_ada.make("LocationType", name="head_office", display_name="Head Office")
    assert as_ada.ok("LocationType", "getsingle", id=place)["name"] == "head_office"
    email = {"contact_id": ann.pk, "email": "c@x.org", "location_type_id": "head_office"}
    made = as_ada.ok("Email", "create", email)
    assert made["values"][str(made["id"])]["location_type_id"] == str(place)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"label": "Site Visits"}, "Site_Visits"),
        ({"label": "Site Visits", "name": "site_visits"}, "site_visits"),
    ],
)
def test_a_field_goes_by_the_name_that_it_was_given(
    as_ada: Caller, extra: int, given: dict[str, str], name: str
) -> None:
    """A name in small letters was shown with the capitals of the label."""
    field = {"custom_group_id": extra, "html_type": "Text", **given}
    (made,) = values(as_ada, "CustomField/create", {"values": field})
    assert made["name"] == name
    bea = as_ada.person("Bea", **{f"custom_{made['id']}": "yes"})
    asked = {"select": ["Extra.*"], "where": [["id", "=", bea]]}
    assert values(as_ada, "Contact/get", asked) == [{"id": bea, f"Extra.{name}": "yes"}]


def test_a_group_of_fields_goes_by_the_name_that_it_was_given(as_ada: Caller) -> None:
    for given, name in (({}, "More_Facts"), ({"name": "facts"}, "facts")):
        group = {"title": "More Facts", "extends": "Individual", **given}
        (made,) = values(as_ada, "CustomGroup/create", {"values": group})
        assert made["name"] == name
        as_ada.ok("CustomGroup", "delete", id=made["id"])


def test_a_field_gets_one_more_option_in_its_list(as_ada: Caller, extra: int) -> None:
    """The list of a field's options was shown, and nothing could be added to it."""
    field, number = make_choice(as_ada, extra)
    name = as_ada.ok("OptionGroup", "getvalue", {"id": number, "return": "name"})["result"]
    blue = as_ada.make("OptionValue", option_group_id=number, label="Blue", value="b")
    as_ada.ok("OptionValue", "create", option_group_id=name, label="Black", weight=1)

    offered = as_ada.ok("Contact", "getoptions", field=f"custom_{field}")["values"]
    assert offered == {"1": "Black", "r": "Red", "g": "Green", "b": "Blue"}
    bea = as_ada.person("Bea", **{f"custom_{field}": "b"})

    as_ada.ok("OptionValue", "create", id=blue, label="Light blue", value="lb", color="#0000ff")
    stored = as_ada.ok("OptionValue", "getsingle", id=blue)
    assert (stored["label"], stored["color"]) == ("Light blue", "#0000ff")
    read = {"id": bea, "return": f"custom_{field}"}
    assert as_ada.ok("Contact", "getvalue", read)["result"] == "lb"


def test_an_option_of_a_field_is_deleted_or_switched_off(as_ada: Caller, extra: int) -> None:
    field, number = make_choice(as_ada, extra)
    as_ada.person("Bea", **{f"custom_{field}": "r"})
    of_field = {"option_group_id": number, "return": "id,label,is_active", "sequential": 1}
    red, green = as_ada.ok("OptionValue", "get", of_field)["values"]

    as_ada.ok("OptionValue", "delete", id=red["id"])
    as_ada.ok("OptionValue", "delete", id=green["id"])
    (left,) = as_ada.ok("OptionValue", "get", of_field)["values"]
    assert left == {**red, "is_active": "0"}


def test_an_option_that_a_field_has_is_not_made_again(as_ada: Caller, extra: int) -> None:
    _field, number = make_choice(as_ada, extra)
    for given in ({"label": "red"}, {"label": "Rose", "value": "R"}):
        answer = as_ada.call("OptionValue", "create", option_group_id=number, **given)
        assert answer["error_message"] == "DB Error: already exists"
    assert as_ada.ok("OptionValue", "getcount", option_group_id=number)["result"] == 2


def test_options_of_fields_belong_to_administrators(
    as_ada: Caller, as_alice: Caller, extra: int
) -> None:
    _field, number = make_choice(as_ada, extra)
    for given in ({"option_group_id": number, "label": "Blue"}, {"id": 1_000_001, "label": "X"}):
        answer = as_alice.call("OptionValue", "create", given)
        assert answer["error_code"] == "unauthorized"
    labels = {"option_group_id": number, "return": "label", "sequential": 1}
    found = as_ada.ok("OptionValue", "get", labels)["values"]
    assert [each["label"] for each in found] == ["Red", "Green"]


def test_words_are_the_values_of_a_list_of_ones_own(as_ada: Caller, extra: int) -> None:
    """The words were replaced by numbers, also in the fields that take the list's options."""
    options = as_ada.make("OptionGroup", name="colors", title="Colors")
    for label, value in (("Rot", "red"), ("Blau", "blue"), ("Grau", "3")):
        given = {"option_group_id": options, "label": label, "value": value}
        (made,) = values(as_ada, "OptionValue/create", {"values": given})
        assert made["value"] == value

    field = {"custom_group_id": extra, "label": "Paint", "html_type": "Select"}
    number = as_ada.make("CustomField", option_group_id=options, **field)
    bea = as_ada.person("Bea", **{f"custom_{number}": "red"})
    read = {"id": bea, "return": f"custom_{number}"}
    assert as_ada.ok("Contact", "getvalue", read)["result"] == "red"
    unknown = as_ada.call("Contact", "create", {"id": bea, f"custom_{number}": "1"})
    assert unknown["error_code"] == 2001
