"""What was sent is told again: long text as it came, and refused values under their names."""

import pytest

from contacts.models import CustomValue, Project, User
from contacts.query import get_contact
from tests.builders import actor_for, make_contact, make_custom_field, make_project
from tests.dialects.wildapricot.calling import Caller, value_of
from tests.dialects.wildapricot.test_contact_writing import fields

pytestmark = pytest.mark.django_db

TEXT = "  First line\r\n\r\nthird\nlast \r\n"


def test_long_text_keeps_its_blanks_and_line_ends(as_alice: Caller) -> None:
    """Line ends of two characters became ones of one."""
    make_custom_field("Bio", type="long_text")
    made = as_alice.make({"FirstName": "A", "FieldValues": fields(Notes=TEXT, Bio=TEXT)})
    for shown in (made, as_alice.read(f"/contacts/{made['Id']}")):
        assert [value_of(shown, name) for name in ("Notes", "Bio")] == [TEXT, TEXT]
    assert as_alice.found("substringof('Notes','line\r\n\r\nthird')") == [made["Id"]]


def test_what_the_domain_refuses_has_the_name_and_the_value_that_were_sent(
    as_alice: Caller,
) -> None:
    """Custom fields were told by their codes, and no value was."""
    make_custom_field("Motto", max_length=5)
    make_custom_field("Visits", type="decimal")
    make_custom_field("Door", is_required=True)
    body = {"FirstName": "x" * 300, "FieldValues": fields(Motto="Per aspera", Visits=1e20)}
    refusals = {
        "First name": ("x" * 300, "Value is too long."),
        "Motto": ("Per aspera", "Value is too long."),
        "Visits": (1e20, "Value is too large."),
    }

    def refused(method: str, path: str) -> dict[str, tuple[object, str]]:
        answer = as_alice.send(method, path, body)
        assert answer.status_code == 400
        details = answer.json()["details"]
        return {each["key"]: (each["value"], each["restriction"]) for each in details}

    assert refused("POST", "/contacts") == {**refusals, "Door": (None, "Value is required.")}
    made = as_alice.make({"FirstName": "A", "FieldValues": fields(Door="1")})
    assert refused("PUT", f"/contacts/{made['Id']}") == refusals


def test_where_several_fields_speak_of_one_thing_no_value_is_told(as_alice: Caller) -> None:
    body = {"FirstName": "A", "FieldValues": fields(City="x" * 300, Postal_code="1")}
    (detail,) = as_alice.send("POST", "/contacts", body).json()["details"]
    expected = {"key": "Address", "value": None, "restriction": "Value is too long."}
    assert detail == expected


def test_a_custom_flag_of_which_nobody_has_said_anything_is_false(as_alice: Caller) -> None:
    """It was null, which is no Boolean, and neither true nor false found it."""
    make_custom_field("Agreed", type="boolean")
    unsaid, no, yes = (
        as_alice.make({"FirstName": "A", "FieldValues": fields(**values)})
        for values in ({}, {"Agreed": False}, {"Agreed": True})
    )
    assert [value_of(each, "Agreed") for each in (unsaid, no, yes)] == [False, False, True]
    found = {
        "Agreed eq true": [yes],
        "Agreed eq false": [unsaid, no],
        "Agreed ne true": [unsaid, no],
        "Agreed ne false": [yes],
        "Agreed eq NULL": [],
        "Agreed ne NULL": [unsaid, no, yes],
    }
    for text, whom in found.items():
        assert as_alice.found(text) == [each["Id"] for each in whom], text

    as_alice.change(unsaid["Id"], {"FieldValues": unsaid["FieldValues"]})
    assert not CustomValue.objects.filter(contact_id=unsaid["Id"]).exists()
    assert value_of(as_alice.change(yes["Id"], {"FieldValues": fields(Agreed=None)}), "Agreed") is (
        False
    )


def test_null_beside_the_fields_is_what_a_typed_client_does_not_mention(as_alice: Caller) -> None:
    """The Java wrapper writes every key: names and the address were gone after each change."""
    made = as_alice.make(
        {"FirstName": "Amy", "LastName": "Pond", "Email": "a@example.com", "Organization": "Tardis"}
    )
    keys = "FirstName LastName Organization Email MembershipLevel MembershipEnabled Status"
    nothing = dict.fromkeys([*keys.split(), "Password", "FieldValues", "RecreateInvoice", "Id"])
    body = {**nothing, "FieldValues": [{"FieldName": "Phone", "SystemCode": None, "Value": "1"}]}
    changed = as_alice.change(made["Id"], body)
    assert value_of(changed, "Phone") == "1"
    kept = ("FirstName", "LastName", "Email", "Organization", "DisplayName")
    assert {key: changed[key] for key in kept} == {key: made[key] for key in kept}
    assert as_alice.change(made["Id"], nothing)["FieldValues"][1:] == changed["FieldValues"][1:]
    assert as_alice.change(made["Id"], {"Organization": ""})["Organization"] == ""
    created = as_alice.make({**nothing, "FirstName": "Rory"})
    assert (created["FirstName"], created["LastName"], created["Email"]) == ("Rory", "", "")


def test_an_empty_array_clears_fields_of_every_type(as_alice: Caller) -> None:
    """PHP writes one for what is empty: numbers, dates and text refused it."""
    filled = {"text": "a", "integer": 1, "decimal": 1.5, "date": "2024-03-01", "boolean": True}
    for name in filled:
        make_custom_field(f"A {name}", type=name)
    make_custom_field("A choice", options=("X",))
    sent = {f"A_{name}": value for name, value in {**filled, "choice": "X"}.items()}
    made = as_alice.make({"FirstName": "A", "FieldValues": fields(**sent, Job_title="J")})
    empty: dict[str, object] = {name: [] for name in (*sent, "Job_title")}
    cleared = as_alice.change(made["Id"], {"FieldValues": fields(**empty)})
    shown = [value_of(cleared, f"A {name}") for name in (*filled, "choice")]
    assert shown == ["", None, None, None, False, None]
    assert value_of(cleared, "Job title") == ""


def test_options_that_were_taken_off_the_list_may_be_written_back(
    as_alice: Caller, as_ada: Caller
) -> None:
    """A contact that had one was refused as a whole, also one more option beside it."""
    made = {
        kind: as_ada.send(
            "POST",
            "/contactfields",
            {"FieldName": kind, "FieldType": kind, "AllowedValues": ["A", "B"]},
        ).json()
        for kind in ("MultipleChoice", "Dropdown")
    }
    sent = fields(MultipleChoice=["A", "B"], Dropdown="A")
    contact = as_alice.make({"FirstName": "Amy", "FieldValues": sent})
    for number in made.values():
        as_ada.send("PUT", f"/contactfields/{number}", {"AllowedValues": ["B", "C"]})

    read = as_alice.read(f"/contacts/{contact['Id']}")
    again = as_alice.change(contact["Id"], read)
    assert value_of(again, "Dropdown")["Label"] == "A"
    several = [*value_of(again, "MultipleChoice"), {"Label": "C"}]
    more = as_alice.change(contact["Id"], {"FieldValues": fields(MultipleChoice=several)})
    shown = [each["Label"] for each in value_of(more, "MultipleChoice")]
    assert sorted(shown) == ["A", "B", "C"]
    fewer = as_alice.change(
        contact["Id"], {"FieldValues": fields(MultipleChoice="B", Dropdown="C")}
    )
    assert [each["Label"] for each in value_of(fewer, "MultipleChoice")] == ["B"]
    # Whoever has it no more cannot get it back, and nobody else can have it.
    for method, path in (("PUT", f"/contacts/{contact['Id']}"), ("POST", "/contacts")):
        answer = as_alice.send(method, path, {"FirstName": "Rory", "FieldValues": sent})
        assert [each["value"] for each in answer.json()["details"]] == ["A", "A"]


def test_whoever_a_contact_is_assigned_to_may_be_written_back(
    as_alice: Caller, ada: User, project: Project
) -> None:
    """A user whom the caller cannot choose is shown, and was refused on the way back."""
    pk = make_contact(actor_for(ada), projects=[project.pk], owner=ada.pk).pk
    read = as_alice.read(f"/contacts/{pk}")
    assert value_of(read, "Assigned to") == {"Id": ada.pk, "Label": "Ada Admin"}
    assert value_of(as_alice.change(pk, read), "Assigned to") == value_of(read, "Assigned to")
    left = as_alice.change(pk, {"FieldValues": fields(Assigned_to=None)})
    assert value_of(left, "Assigned to") is None
    body = {"FieldValues": fields(Assigned_to="Ada Admin")}
    assert as_alice.send("PUT", f"/contacts/{pk}", body).status_code == 400


def test_text_that_came_another_way_survives_being_sent_back(as_alice: Caller, alice: User) -> None:
    """What is no address was refused with the whole contact, and commas cut texts in two."""
    field = make_custom_field("Links", type="link", is_multiple=True)
    links = ["https://example.org/?a=1,2", "https://example.org/b"]
    emails = ["not an address", "also, not", "b@example.org"]
    numbers = make_custom_field("Numbers", type="integer", is_multiple=True)
    custom = {f"custom_{field.pk}": links, f"custom_{numbers.pk}": [7, 8]}
    contact = make_contact(actor_for(alice), emails=emails, **custom)
    read = as_alice.read(f"/contacts/{contact.pk}")
    assert value_of(read, "Email") == "not an address"

    again = as_alice.change(
        contact.pk, {**read, "FieldValues": [*read["FieldValues"], *fields(First_name="Amy")]}
    )
    assert again["FirstName"] == "Amy"
    document = get_contact(actor_for(alice), contact.pk)
    assert [each["address"] for each in document["emails"]] == emails
    assert document["custom"] == {str(field.pk): links, str(numbers.pk): [7, 8]}
    changed = as_alice.change(contact.pk, {"FieldValues": fields(Other_emails="c@x.org, d@x.org")})
    assert value_of(changed, "Other emails") == "c@x.org, d@x.org"
    fewer = as_alice.change(contact.pk, {"FieldValues": fields(Numbers=9, Links="x.org")})
    assert [value_of(fewer, name) for name in ("Numbers", "Links")] == [9, "x.org"]
    answer = as_alice.send("PUT", f"/contacts/{contact.pk}", {"Email": "no address either"})
    assert answer.status_code == 400


def test_the_answer_to_a_change_tells_of_no_more_projects_than_a_read(
    as_alice: Caller, as_ada: Caller, ada: User, project: Project
) -> None:
    """Names of projects in which the caller is not stood in it."""
    hidden = make_project("Merger", modules=project.modules)
    pk = make_contact(actor_for(ada), projects=[project.pk, hidden.pk]).pk
    shown = [{"Id": project.pk, "Label": "Demo project"}]
    read = as_alice.read(f"/contacts/{pk}")
    assert value_of(read, "Projects") == shown

    bodies: list[dict[str, object]] = [
        read,
        {"FirstName": "Amy"},
        {"FieldValues": fields(Archived=True)},
        {"FieldValues": fields(Archived=False)},
    ]
    for body in bodies:
        assert value_of(as_alice.change(pk, body), "Projects") == shown
    # Nor does it matter to the answer whether the contact is in a project that is hidden.
    guess = {"FieldValues": fields(Projects=["Demo project", "Merger"])}
    assert as_alice.send("PUT", f"/contacts/{pk}", guess).status_code == 400
    labels = [each["Label"] for each in value_of(as_ada.read(f"/contacts/{pk}"), "Projects")]
    assert labels == ["Demo project", "Merger"]
