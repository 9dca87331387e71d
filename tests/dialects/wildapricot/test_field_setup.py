"""Administrators define the account's own fields."""

from typing import Any

import pytest

from contacts.models import CustomField, CustomFieldGroup
from tests.builders import make_custom_field
from tests.dialects.wildapricot.calling import Caller, value_of

pytestmark = pytest.mark.django_db

EXTRAS = {
    "FieldName": "Optional extras",
    "FieldType": "MultipleChoice",
    "AllowedValues": [{"Label": "Newsletter"}, {"Label": "T-shirt"}],
    "IsRequired": False,
    "AdminOnly": False,
    "Access": "Nobody",
    "MemberOnly": False,
    "FieldInstructions": "Choose some",
    "Order": 30,
}


def define(caller: Caller, **more: Any) -> int:
    """Define a field and return its number."""
    answer = caller.send("POST", "/contactfields", {**EXTRAS, **more})
    assert answer.status_code == 200, answer.content
    number = answer.json()
    assert isinstance(number, int)
    return number


def described(caller: Caller, number: int) -> Any:
    """Return the description of a field."""
    return caller.read(f"/contactfields/{number}")


def test_a_field_is_defined_and_used(as_ada: Caller, as_alice: Caller) -> None:
    number = define(as_ada, Access="Public")
    field = described(as_ada, number)
    labels = {each["Label"]: each["Id"] for each in field["AllowedValues"]}

    assert number > 10_000
    assert field["SystemCode"] == f"custom-{number}"
    assert (field["FieldName"], field["Type"]) == ("Optional extras", "MultipleChoice")
    assert (field["FieldType"], field["DisplayType"]) == ("MultipleChoice", "CheckboxGroup")
    assert (field["Access"], field["AdminOnly"]) == ("Public", False)
    assert (field["IsSystem"], field["MemberOnly"], field["IsRequired"]) == (False, False, False)
    assert field["FieldInstructions"] == "Choose some"
    assert list(labels) == ["Newsletter", "T-shirt"]
    assert [each["Position"] for each in field["AllowedValues"]] == [0, 1]
    values = [{"FieldName": "optional extras", "Value": [{"Id": labels["Newsletter"]}]}]
    contact = as_alice.make({"FirstName": "Amy", "FieldValues": values})
    assert value_of(contact, "Optional extras") == [
        {"Id": labels["Newsletter"], "Label": "Newsletter"}
    ]
    assert as_alice.found("'Optional extras.Label' eq ‘Newsletter’") == [contact["Id"]]


@pytest.mark.parametrize(
    ("field_type", "kind", "shown"),
    [
        ("Text", "String", "Text"),
        ("MultilineText", "String", "MultilineText"),
        ("RadioButtons", "Choice", "RadioButtons"),
        ("Dropdown", "Choice", "Dropdown"),
        ("Choice", "Choice", "Dropdown"),
        ("MultipleChoice", "MultipleChoice", "MultipleChoice"),
        ("Date", "DateTime", "Date"),
        ("RulesAndTerms", "Boolean", "RulesAndTerms"),
        ("Boolean", "Boolean", "RulesAndTerms"),
        ("Picture", "Picture", "Picture"),
    ],
)
def test_types_are_those_of_the_protocol(
    as_ada: Caller, field_type: str, kind: str, shown: str
) -> None:
    field = described(as_ada, define(as_ada, FieldType=field_type))

    assert (field["Type"], field["FieldType"]) == (kind, shown)
    assert (field["AllowedValues"] != []) == (kind in ("Choice", "MultipleChoice"))


def test_numbers_and_fields_of_members_can_be_defined(as_ada: Caller) -> None:
    number = define(as_ada, FieldType="Number", MemberOnly=True, FieldName="Badge")

    assert described(as_ada, number)["Type"] == "Number"
    assert described(as_ada, number)["MemberOnly"] is True


def test_access_has_the_words_of_the_version(as_ada: Caller) -> None:
    number = define(as_ada, AdminOnly=True, Access="Public")

    assert described(as_ada, number)["Access"] == "Nobody"
    old = as_ada.read(f"/v2.1/accounts/1/contactfields/{number}")
    assert (old["Access"], old["AdminOnly"]) == ("AdminOnly", True)
    other = define(as_ada, Access="AdminOnly", FieldName="Other")
    assert described(as_ada, other)["Access"] == "Nobody"


@pytest.mark.parametrize(
    ("more", "key"),
    [
        ({"FieldName": ""}, "FieldName"),
        ({"FieldName": None}, "FieldName"),
        ({"FieldType": None}, "FieldType"),
        ({"FieldType": "Nonsense"}, "FieldType"),
        ({"FieldName": "job TITLE"}, "FieldName"),
        ({"FieldName": "Taken"}, "FieldName"),
        ({"Access": "Friends"}, "Access"),
        ({"AllowedValues": [{"Label": ""}]}, "AllowedValues"),
        ({"AllowedValues": [{"Label": "a"}, {"Label": "A"}]}, "AllowedValues"),
        ({"AllowedValues": [7]}, "AllowedValues"),
        ({"FieldInstructions": "x" * 501}, "FieldInstructions"),
    ],
)
def test_what_makes_no_field_is_refused(as_ada: Caller, more: Any, key: str) -> None:
    make_custom_field("taken")
    answer = as_ada.send("POST", "/contactfields", {**EXTRAS, **more})

    assert answer.status_code == 400
    assert key in [detail["key"] for detail in answer.json()["details"]]
    assert CustomField.objects.count() == 1


def test_options_keep_their_ids(as_ada: Caller) -> None:
    number = define(as_ada)
    before = described(as_ada, number)["AllowedValues"]
    changed = as_ada.send(
        "PUT",
        f"/contactfields/{number}",
        {
            "FieldName": "Extras",
            "AllowedValues": [
                {"Id": 424242, "Label": "Mug", "Position": 2, "SelectedByDefault": True},
                {"Label": "newsletter", "Position": 1},
                {"Id": before[1]["Id"], "Label": "Shirt", "Position": 0},
            ],
        },
    )
    after = described(as_ada, number)

    assert (changed.status_code, changed.json()) == (200, True)
    assert after["FieldName"] == "Extras"
    assert [each["Label"] for each in after["AllowedValues"]] == ["Shirt", "newsletter", "Mug"]
    assert [each["Id"] for each in after["AllowedValues"]][:2] == [
        before[1]["Id"],
        before[0]["Id"],
    ]
    assert [each["SelectedByDefault"] for each in after["AllowedValues"]] == [False, False, True]
    assert after["FieldInstructions"] == "Choose some"


def test_descriptions_that_are_sent_back_leave_the_order_of_fields(as_ada: Caller) -> None:
    """The order that is shown is the place among all fields, and was taken for another one."""
    numbers = [
        define(as_ada, FieldName=name, Order=order)
        for name, order in (("A", 7), ("B", 5), ("C", 9))
    ]

    def shown(**query: str) -> list[tuple[int, int]]:
        fields = as_ada.read("/contactfields", **query)
        return [(each["Id"], each["Order"]) for each in fields if each["Id"] in numbers]

    first, second, third = numbers
    before = shown()
    assert [number for number, _order in before] == [second, first, third]
    for number in numbers:
        body = described(as_ada, number)
        assert as_ada.send("PUT", f"/contactfields/{number}", body).status_code == 200
    assert shown() == before
    as_ada.send("POST", "/contactfields", {"FieldName": "Title", "FieldType": "SectionDivider"})
    for number, order in before + shown(showSectionDividers="true"):
        as_ada.send("PUT", f"/contactfields/{number}", {"Order": order})
    assert shown() == before
    as_ada.send("PUT", f"/contactfields/{first}", {"Order": 1})
    assert [number for number, _order in shown()] == [first, second, third]


def test_the_default_goes_with_its_option(as_ada: Caller) -> None:
    """A list without the present default, or with it under another label, was refused."""
    options = [{"Label": "Newsletter"}, {"Label": "T-shirt", "SelectedByDefault": True}]
    number = define(as_ada, AllowedValues=options)
    first, second = described(as_ada, number)["AllowedValues"]

    def after(*items: object) -> dict[str, bool]:
        body = {"AllowedValues": items}
        answer = as_ada.send("PUT", f"/contactfields/{number}", body)
        assert (answer.status_code, answer.json()) == (200, True), answer.content
        shown = described(as_ada, number)["AllowedValues"]
        return {each["Label"]: each["SelectedByDefault"] for each in shown}

    renamed = {"Id": second["Id"], "Label": "Tee"}
    assert after(first, renamed) == {"Newsletter": False, "Tee": True}
    assert after({"Label": "TEE"}, "Mug") == {"TEE": True, "Mug": False}
    unselected = {**renamed, "SelectedByDefault": False}
    assert after(unselected, {"Label": "Mug"}) == {"Tee": False, "Mug": False}
    selected = {"Label": "Mug", "SelectedByDefault": True}
    assert after(renamed, selected) == {"Tee": False, "Mug": True}
    assert after({"Label": "Newsletter"}) == {"Newsletter": False}


def test_a_description_may_be_sent_back(as_ada: Caller) -> None:
    number = define(as_ada, FieldType="RadioButtons")
    before = described(as_ada, number)
    answer = as_ada.send("PUT", f"/contactfields/{number}", before)

    assert (answer.status_code, answer.json()) == (200, True)
    assert described(as_ada, number) == before


@pytest.mark.parametrize(
    ("body", "key"),
    [
        ({"FieldType": "Text"}, "FieldType"),
        ({"MemberOnly": True}, "MemberOnly"),
        ({"FieldName": " "}, "FieldName"),
        ({"FieldName": "Email"}, "FieldName"),
    ],
)
def test_type_and_nature_stay(as_ada: Caller, body: Any, key: str) -> None:
    number = define(as_ada)
    before = described(as_ada, number)
    answer = as_ada.send("PUT", f"/contactfields/{number}", body)

    assert answer.status_code == 400
    assert [detail["key"] for detail in answer.json()["details"]] == [key]
    assert described(as_ada, number) == before


def test_a_field_is_deleted_with_its_values(as_ada: Caller, as_alice: Caller) -> None:
    number = define(as_ada, Access="Public")
    as_alice.make(
        {"FirstName": "A", "FieldValues": [{"SystemCode": f"custom-{number}", "Value": []}]}
    )
    answer = as_ada.send("DELETE", f"/contactfields/{number}")

    assert (answer.status_code, answer.json()) == (200, True)
    assert as_ada.get(f"/contactfields/{number}").status_code == 404
    assert as_ada.send("DELETE", f"/contactfields/{number}").status_code == 404


@pytest.mark.parametrize("number", [3003, 7007, 9001])
def test_system_fields_stay(as_ada: Caller, number: int) -> None:
    for method in ("PUT", "DELETE"):
        answer = as_ada.send(method, f"/contactfields/{number}", {"FieldName": "x"})
        assert (answer.status_code, answer.json()["code"]) == (400, "Validation")
    assert as_ada.send("DELETE", "/contactfields/8888").status_code == 404
    assert as_ada.send("PUT", "/contactfields/x", {}).status_code == 404


def test_fields_are_the_administrators_matter(as_alice: Caller, as_ada: Caller) -> None:
    number = define(as_ada, Access="Public")

    assert as_alice.send("POST", "/contactfields", EXTRAS).status_code == 403
    assert as_alice.send("PUT", f"/contactfields/{number}", {"FieldName": "x"}).status_code == 403
    assert as_alice.send("DELETE", f"/contactfields/{number}").status_code == 403


def test_dividers_title_the_fields_below_them(as_ada: Caller) -> None:
    number = define(as_ada, FieldName="Sizes", FieldType="SectionDivider")
    group = CustomFieldGroup.objects.get(title="Sizes")
    make_custom_field("Shoe", group=group)
    names = [each["FieldName"] for each in as_ada.read("/contactfields")]
    with_dividers = as_ada.read("/contactfields", showSectionDividers="true")
    shown = [each["FieldName"] for each in with_dividers]

    assert "Sizes" not in names
    assert shown.index("Sizes") + 1 == shown.index("Shoe")
    assert described(as_ada, number)["Type"] == "SectionDivider"
    assert [each["Order"] for each in with_dividers] == list(range(1, len(shown) + 1))
    renamed = as_ada.send("PUT", f"/contactfields/{number}", {"FieldName": "Measures"})
    assert (renamed.json(), described(as_ada, number)["FieldName"]) == (True, "Measures")
    assert as_ada.send("DELETE", f"/contactfields/{number}").json() is True
    assert not CustomFieldGroup.objects.exists()


def test_terms_and_values_of_options_are_told(as_ada: Caller) -> None:
    terms = define(
        as_ada,
        FieldName="House rules",
        FieldType="RulesAndTerms",
        FieldInstructions=None,
        RulesAndTermsInfo={"Text": "I agree", "Link": "https://example.com"},
    )
    sizes = define(
        as_ada, FieldType="Dropdown", AllowedValues=[{"Label": "Small", "Value": "s"}, "Large"]
    )

    assert described(as_ada, terms)["RulesAndTermsInfo"]["Text"] == "I agree"
    small, large = described(as_ada, sizes)["AllowedValues"]
    assert (small["Value"], large["Value"]) == ("s", str(large["Id"]))


def test_ids_of_options_may_be_given(as_ada: Caller) -> None:
    number = define(
        as_ada, AllowedValues=[{"Id": 7001, "Label": "Small"}, {"Id": 7001, "Label": "Large"}]
    )
    small, large = described(as_ada, number)["AllowedValues"]
    other = define(as_ada, FieldName="Other", AllowedValues=[{"Id": 7001, "Label": "Taken"}])

    assert small["Id"] == 7001
    assert large["Id"] not in (0, 7001)
    (taken,) = described(as_ada, other)["AllowedValues"]
    assert taken["Id"] not in (7001, large["Id"])


def test_fields_of_every_account_are_described_as_upstream_does(as_ada: Caller) -> None:
    """What is built in was told to be for administrators only, and had no description."""
    fields = {each["SystemCode"]: each for each in as_ada.read("/contactfields")}

    assert not any(each["AdminOnly"] for each in fields.values() if each["IsBuiltIn"])
    assert all(each["Description"] for each in fields.values() if each["IsSystem"])
    kinds = {
        code: (fields[code].get("FieldType"), fields[code].get("DisplayType"))
        for code in ("AdminRole", "SubscriptionSource", "SystemRulesAndTermsAccepted", "IsArchived")
    }
    assert kinds == {
        "AdminRole": ("MultipleChoice", "CheckboxGroup"),
        "SubscriptionSource": ("MultipleChoice", "CheckboxGroup"),
        "SystemRulesAndTermsAccepted": ("RulesAndTerms", None),
        "IsArchived": (None, None),
    }
    full = fields["AdminRole"]["AllowedValues"][0]
    assert (full["Id"], full["Value"]) == (256, "AccountAdministrator")
