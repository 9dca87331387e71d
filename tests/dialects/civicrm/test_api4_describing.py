"""Version 4: what getFields tells, and that every column of every entity is shown."""

import pytest

from contacts.models import Contact
from tests.dialects.civicrm.calling import Caller
from tests.dialects.civicrm.test_api4 import ann, values

__all__ = ["ann"]


@pytest.mark.parametrize(
    ("entity", "where", "some"),
    [
        ("Country", ["id", "=", 1020], {"id": 1020, "name": "Belgium", "iso_code": "BE"}),
        ("StateProvince", ["id", "=", 1004], {"abbreviation": "CA", "country_id": 1228}),
        ("LocationType", ["name", "=", "Home"], {"is_default": True, "is_reserved": False}),
        ("ContactType", ["name", "=", "Student"], {"parent_id": 1, "is_active": True}),
        ("OptionGroup", ["name", "=", "gender"], {"title": "Gender", "is_active": True}),
    ],
)
def test_small_tables_show_all_of_their_columns(
    entity: str, where: list[object], some: dict[str, object], as_ada: Caller
) -> None:
    (row,) = values(as_ada, f"{entity}/get", {"where": [where]})
    assert some.items() <= row.items()
    described = values(as_ada, f"{entity}/getFields", {"select": ["name"]})
    assert {each["name"] for each in described} == row.keys()


def test_custom_fields_are_called_after_their_titles(as_ada: Caller, ann: Contact) -> None:
    group = {"title": "Extra data", "extends": "Individual"}
    (made,) = values(as_ada, "CustomGroup/create", {"values": group})
    assert (made["name"], made["table_name"].startswith("civicrm_value_extra_data_")) == (
        "Extra_data",
        True,
    )
    field = {"custom_group_id.name": "Extra_data", "label": "Favourite Food", "html_type": "Text"}
    (food,) = values(as_ada, "CustomField/create", {"values": field})
    assert (food["name"], food["data_type"], food["html_type"]) == (
        "Favourite_Food",
        "String",
        "Text",
    )
    only = {"where": [["id", "=", ann.pk]]}
    name = "Extra_data.Favourite_Food"
    values(as_ada, "Contact/update", {**only, "values": {name: "pie"}})
    assert values(as_ada, "Contact/get", {**only, "select": ["custom.*"]}) == [
        {"id": ann.pk, name: "pie"}
    ]


def test_contacts_of_one_type_lack_the_fields_of_the_others(as_ada: Caller) -> None:
    def names(path: str, **params: object) -> set[str]:
        return {row["name"] for row in values(as_ada, f"{path}/getFields", params)}

    assert "first_name" in names("Individual")
    assert not {"organization_name", "household_name", "sic_code"} & names("Individual")
    assert {"organization_name", "sic_code"} <= names("Organization")
    assert not {"first_name", "birth_date", "employer_id"} & names("Household")
    assert "first_name" not in names("Contact", values={"contact_type": "Household"})
    assert {"first_name", "household_name"} <= names("Contact")

    as_ada.make("Contact", contact_type="Organization", organization_name="Acme")
    (acme,) = values(as_ada, "Organization/get", {"where": [["organization_name", "=", "Acme"]]})
    assert "first_name" not in acme


def test_what_hangs_on_a_contact_once_is_described(as_ada: Caller) -> None:
    asked = {"select": ["name", "type", "fk_entity"], "where": [["type", "=", "Extra"]]}
    rows = {row["name"]: row for row in values(as_ada, "Contact/getFields", asked)}
    assert rows["email_primary"] == {
        "name": "email_primary",
        "type": "Extra",
        "fk_entity": "Email",
    }
    assert rows["im_primary"]["fk_entity"] == "IM"
    assert {"address_primary", "address_billing", "phone_primary"} <= rows.keys()

    names = ["email_primary.email", "address_primary.city", "employer_id.display_name"]
    asked = {"select": ["name", "label"], "where": [["name", "IN", names]]}
    told = values(as_ada, "Contact/getFields", asked)
    assert [(row["name"], row["label"]) for row in told] == [
        ("email_primary.email", "Email"),
        ("address_primary.city", "City"),
        ("employer_id.display_name", "Display Name"),
    ]
    asked = {"where": [["name", "=", "first_name"]], "select": ["table_name", "column_name"]}
    assert values(as_ada, "Contact/getFields", asked) == [
        {"table_name": "civicrm_contact", "column_name": "first_name"}
    ]


def test_stored_records_are_shown_with_what_reload_lists(as_ada: Caller, ann: Contact) -> None:
    record = {"id": ann.pk, "nick_name": "Annie"}
    asked = {"records": [record], "reload": ["nick_name", "display_name"]}
    assert values(as_ada, "Contact/save", asked) == [{**record, "display_name": "Ann Arbor"}]
    change = {"where": [["id", "=", ann.pk]], "values": {"nick_name": "A"}, "reload": ["nick_name"]}
    assert values(as_ada, "Contact/update", change) == [{"id": ann.pk, "nick_name": "A"}]


def test_replaced_records_tell_which_is_the_primary_one_now(as_ada: Caller, ann: Contact) -> None:
    emails = {"where": [["contact_id", "=", ann.pk]], "records": [{"email": "a@x.org"}]}
    assert [row["is_primary"] for row in values(as_ada, "Email/replace", emails)] == [True]
