"""How bodies are read: JSON, XML, forms, and what only looks like one of them."""

import json
from typing import Any

import pytest

from contacts.models import Contact, Project
from tests.builders import make_custom_field
from tests.dialects.redmineup.calling import Caller, errors_of

FORM = "application/x-www-form-urlencoded"


def created(as_alice: Caller, body: str | bytes, content_type: str) -> dict[str, Any]:
    answer = as_alice.post("/contacts.json", body, content_type)
    assert answer.status_code == 201, (answer.status_code, answer.content[:500])
    contact: dict[str, Any] = json.loads(answer.content)["contact"]
    return contact


@pytest.mark.parametrize(
    "content_type",
    ["application/json", "application/json; charset=utf-8", "application/vnd.api+json"],
)
def test_json_is_read_by_its_type(as_alice: Caller, project: Project, content_type: str) -> None:
    body = '{"contact":{"project_id":"demo","first_name":"Ann"}}'

    assert created(as_alice, body, content_type)["first_name"] == "Ann"


@pytest.mark.parametrize("content_type", ["", "text/plain", "application/octet-stream"])
def test_json_and_xml_are_known_by_their_first_sign(
    as_alice: Caller, project: Project, content_type: str
) -> None:
    in_json = '  {"contact":{"project_id":"demo","first_name":"Ann"}}'
    in_xml = "\ufeff<contact><project_id>demo</project_id><first_name>Ann</first_name></contact>"

    assert created(as_alice, in_json, content_type)["first_name"] == "Ann"
    assert created(as_alice, in_xml.encode(), content_type)["first_name"] == "Ann"


def test_json_without_a_root_is_read_as_if_it_had_one(as_alice: Caller, project: Project) -> None:
    body = '{"first_name":"Ann","project_id":"demo","last_name":"Lee"}'

    assert created(as_alice, body, "application/json")["last_name"] == "Lee"


def test_parameters_beside_the_root_and_in_the_query_count(
    as_alice: Caller, project: Project
) -> None:
    beside = {"project_id": "demo", "contact": {"first_name": "Ann"}}
    alone = {"contact": {"first_name": "Ann"}}

    assert as_alice.post("/contacts.json", beside).status_code == 201
    assert as_alice.post("/contacts.json?project_id=demo", alone).status_code == 201


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ('{"contact":', "application/json"),
        ("{'contact': 1}", "application/json"),
        ('{"contact": {"first_name": NaN}}', "application/json"),
        ("<contact><first_name>", "application/xml"),
        ("<contact></person>", "application/xml"),
        ("not xml", "application/xml"),
        ('<contact><first_name type="yaml">x</first_name></contact>', "application/xml"),
        ('<contact><first_name type="symbol">x</first_name></contact>', "application/xml"),
        ("contact=1&contact[first_name]=2", FORM),
        ("contact[first_name]=%FF", FORM),
        ('{"contact":{"first_name":"a\\u0000b"}}', "application/json"),
        ("contact[first_name]=a%00b", FORM),
    ],
)
def test_broken_bodies_are_refused_without_words(
    as_alice: Caller, body: str, content_type: str
) -> None:
    answer = as_alice.post("/contacts.json", body, content_type)

    assert (answer.status_code, answer.content) == (400, b"")


@pytest.mark.parametrize(
    "entity",
    [
        '<!DOCTYPE c [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE c [<!ENTITY a "aaaa"><!ENTITY x "&a;&a;&a;">]>',
        '<!DOCTYPE c SYSTEM "http://127.0.0.1:1/evil.dtd">',
    ],
)
def test_xml_with_a_document_type_is_refused(
    as_alice: Caller, project: Project, entity: str
) -> None:
    body = f"{entity}<contact><first_name>&x;</first_name><project_id>demo</project_id></contact>"

    answer = as_alice.post("/contacts.json", body, "application/xml")

    assert (answer.status_code, answer.content) == (400, b"")


@pytest.mark.parametrize("value", ["str", 5, ["a"], True])
def test_a_root_that_is_no_object_is_invalid(
    as_alice: Caller, project: Project, value: object
) -> None:
    answer = as_alice.post("/contacts.json?project_id=demo", {"contact": value})

    assert errors_of(answer) == ["Contact is invalid"]


@pytest.mark.parametrize("body", ["[]", "5", '"text"', "null", "[[1]]"])
def test_json_that_is_no_object_is_not_a_contact(
    as_alice: Caller, project: Project, body: str
) -> None:
    answer = as_alice.post("/contacts.json?project_id=demo", body)

    assert answer.status_code == 422


def test_xml_follows_the_rules_of_rails(as_alice: Caller, project: Project) -> None:
    body = """<?xml version="1.0"?>
    <contact>
      <project-id>demo</project-id>
      <first-name>Ann</first-name>
      <last_name nil="true"/>
      <middle-name/>
      <is-company type="boolean">true</is-company>
      <visibility type="integer">1</visibility>
      <tag-list>vip,cold call</tag-list>
      <address_attributes><street1>12, Street</street1><country-code>RU</country-code>
      </address_attributes>
    </contact>"""

    contact = created(as_alice, body, "application/xml")

    assert contact["first_name"] == "Ann"
    assert contact["is_company"] is True
    assert contact["visibility"] == 1
    assert contact["tag_list"] == ["vip", "cold call"]
    assert contact["address"]["country"] == "Russia"


@pytest.mark.parametrize(
    "fields",
    [
        '<custom_fields type="array"><custom_field id="{a}"><value>GPL</value></custom_field>'
        '<custom_field id="{b}"><value type="array"><value>x</value><value>y</value></value>'
        "</custom_field></custom_fields>",
        "<custom_fields><custom_field><id>{a}</id><value>GPL</value></custom_field>"
        '<custom_field id="{b}"><value type="array"><value>x</value><value>y</value></value>'
        "</custom_field></custom_fields>",
    ],
)
def test_xml_has_custom_fields_as_elements(as_alice: Caller, project: Project, fields: str) -> None:
    first = make_custom_field("License")
    second = make_custom_field("Several", options=("x", "y", "z"), is_multiple=True)
    inner = fields.format(a=first.pk, b=second.pk)
    body = f"<contact><first_name>A</first_name><project_id>demo</project_id>{inner}</contact>"

    contact = created(as_alice, body, "application/xml")

    assert [each["value"] for each in contact["custom_fields"]] == ["GPL", ["x", "y"]]


def test_forms_nest_by_brackets_in_their_order(as_alice: Caller, project: Project) -> None:
    first = make_custom_field("License")
    second = make_custom_field("Level", options=("7", "8"))
    third = make_custom_field("Several", options=("a", "b"), is_multiple=True)
    body = (
        "contact[first_name]=Ann&contact[project_id]=demo"
        f"&contact[custom_fields][][id]={first.pk}&contact[custom_fields][][value]=GPL"
        f"&contact[custom_fields][][id]={second.pk}&contact[custom_fields][][value]=7"
        f"&contact[custom_fields][][id]={third.pk}&contact[custom_fields][][value][]=a"
        "&contact[custom_fields][][value][]=b"
    )

    contact = created(as_alice, body, FORM)

    assert [each["value"] for each in contact["custom_fields"]] == ["GPL", "7", ["a", "b"]]


def test_custom_values_may_be_a_hash_by_id(as_alice: Caller, project: Project) -> None:
    field = make_custom_field("Several", options=("a", "b"), is_multiple=True)
    body = (
        "contact[first_name]=Ann&contact[project_id]=demo"
        f"&contact[custom_field_values][{field.pk}][]=&contact[custom_field_values][{field.pk}][]=b"
    )

    assert created(as_alice, body, FORM)["custom_fields"][0]["value"] == ["b"]


@pytest.mark.parametrize(
    ("charset", "declared", "status"),
    [
        ("windows-1251", "", 201),
        ("koi8-r", '<?xml version="1.0" encoding="windows-1251"?>', 201),
        ("utf-8", "", 400),
        ("punycode", "", 400),
    ],
)
def test_xml_may_be_in_the_charset_of_its_content_type(
    as_alice: Caller, project: Project, charset: str, declared: str, status: int
) -> None:
    xml = f"{declared}<contact><project_id>demo</project_id><first_name>Анна</first_name></contact>"

    answer = as_alice.send(
        "POST", "/contacts.json", xml.encode("windows-1251"), f"text/xml; charset={charset}"
    )

    assert answer.status_code == status
    assert status == 400 or answer.json()["contact"]["first_name"] == "Анна"


def test_a_form_may_be_in_another_charset(as_alice: Caller, project: Project) -> None:
    body = "_charset_=windows-1251&contact[project_id]=demo&contact[first_name]=%C0%ED%ED%E0"

    assert created(as_alice, body, FORM)["first_name"] == "Анна"


@pytest.mark.parametrize(
    ("body", "content_type", "statuses"),
    [
        ('{"a":' * 500 + "1" + "}" * 500, "application/json", {400, 413}),
        ("<a>" * 500 + "</a>" * 500, "application/xml", {400, 413}),
        ("contact" + "[a]" * 500 + "=1", FORM, {400, 413}),
        ("a=1&" * 20_000, FORM, {400, 413}),
    ],
)
def test_too_deep_or_too_many_is_refused(
    as_alice: Caller, body: str, content_type: str, statuses: set[int]
) -> None:
    answer = as_alice.post("/contacts.json", body, content_type)

    assert answer.status_code in statuses
    assert answer.content == b""
    assert Contact.objects.filter(user=None).count() == 0
