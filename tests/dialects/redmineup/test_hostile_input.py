"""Whatever is sent, it is refused in words or taken, and never breaks the server."""

from typing import Any

import pytest

from contacts.models import Contact, Project
from tests.builders import make_custom_field
from tests.dialects.redmineup.calling import Caller, errors_of

JUNK: list[Any] = [
    {"a": 1},
    [[["x"]]],
    [{"a": {"b": []}}],
    True,
    10**30,
    -1.5,
    "x" * 300_000,
    "\ud83d\ude00\u202e\u0301" * 50,
    "'; DROP TABLE contacts_contact; --",
    "{{7*7}}${7*7}<script>",
    "\u0001\u0008\ufffe",
    [],
    {},
    None,
]
ATTRIBUTES = [
    *("first_name", "last_name", "company", "job_title", "background", "birthday", "website"),
    *("skype_name", "phone", "email", "phones", "emails", "tag_list", "tags", "is_company"),
    *("address_attributes", "address", "assigned_to_id", "author_id", "visibility"),
    *("custom_fields", "custom_field_values", "project_ids", "project_id", "uploads"),
]
# The default would be hundreds of slow tests; each attribute meets all junk in one.
ANSWERS = {201, 404, 422}


@pytest.mark.parametrize("attribute", ATTRIBUTES)
def test_junk_in_an_attribute_is_taken_or_refused(
    as_alice: Caller, project: Project, attribute: str
) -> None:
    make_custom_field("License")

    for junk in JUNK:
        sent = {"project_id": "demo", "first_name": "Ann", attribute: junk}
        answer = as_alice.post("/contacts.json", {"contact": sent})
        assert answer.status_code in ANSWERS, (junk, answer.status_code)
        if answer.status_code == 422:
            assert errors_of(answer)
        if answer.status_code == 201:
            contact_id = answer.json()["contact"]["id"]
            for suffix in ("xml", "vcf"):
                assert as_alice.get(f"/contacts/{contact_id}.{suffix}").status_code == 200


@pytest.mark.parametrize("attribute", ATTRIBUTES)
def test_junk_in_a_change_is_taken_or_refused(
    as_alice: Caller, tom: Contact, attribute: str
) -> None:
    for junk in JUNK:
        answer = as_alice.put(f"/contacts/{tom.pk}.json", {"contact": {attribute: junk}})
        assert answer.status_code in {204, 422}, (junk, answer.status_code)

    assert Contact.objects.get(pk=tom.pk).project_links.count() == 1


@pytest.mark.parametrize(
    "value", [{"id": {}, "value": "x"}, {"id": 1, "value": {"a": ["x"]}}, {"id": [1], "value": 1}]
)
def test_junk_in_custom_fields_is_taken_or_refused(
    as_alice: Caller, project: Project, value: object
) -> None:
    make_custom_field("License")
    sent = {"project_id": "demo", "first_name": "Ann", "custom_fields": [value]}

    assert as_alice.post("/contacts.json", {"contact": sent}).status_code in {201, 422}


@pytest.mark.parametrize("key", ["", " ", "x" * 5000, "ключ", "a\tb", "%00"])
def test_strange_keys_are_refused(as_nobody: Caller, key: str) -> None:
    answer = as_nobody.get(f"/contacts.json?key={key}")

    assert answer.status_code in {400, 401}
    assert answer.content == b""


@pytest.mark.parametrize("value", [5, True, ["x"], {"a": "b"}, None])
def test_keys_of_another_type_are_refused(as_nobody: Caller, value: object) -> None:
    answer = as_nobody.post("/contacts.json", {"key": value, "contact": {}})

    assert (answer.status_code, answer.content) == (401, b"")


@pytest.mark.parametrize("method", [5, None, ["put"], {"a": 1}, "TRACE", "connect", "put\n"])
def test_strange_methods_are_no_methods(as_alice: Caller, tom: Contact, method: object) -> None:
    body = {"_method": method, "contact": {"first_name": "X"}}

    assert as_alice.post(f"/contacts/{tom.pk}.json", body).status_code == 404
    assert Contact.objects.get(pk=tom.pk).first_name == "Tom"


@pytest.mark.parametrize(
    "path",
    [
        "/contacts/%00.json",
        "/contacts/1%0A.json",
        "/contacts/%F0%9F%8E%89.json",
        "/projects/%2e%2e/contacts.json",
        "/projects/x%27y/contacts.json",
        "/contacts/١.json",
    ],
)
def test_strange_addresses_are_not_found(as_alice: Caller, tom: Contact, path: str) -> None:
    assert as_alice.get(path).status_code in {400, 404}


@pytest.mark.parametrize(
    "accept", ["", ";;;", "application/json;q=x", "*/*;q=0", "text/html;q=0.1,application/json"]
)
def test_strange_accept_headers_break_nothing(as_alice: Caller, tom: Contact, accept: str) -> None:
    answer = as_alice.send("GET", f"/contacts/{tom.pk}", Accept=accept)

    assert answer.status_code in {200, 302}


@pytest.mark.parametrize(
    "content_type",
    [
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "application/json; charset=klingon",
        "application/x-www-form-urlencoded; charset=utf-16",
        "application/xml; charset=utf-7",
        ";",
        "a/b/c",
    ],
)
def test_strange_content_types_break_nothing(
    as_alice: Caller, project: Project, content_type: str
) -> None:
    answer = as_alice.post("/contacts.json", b'{"a": 1', content_type)

    assert 400 <= answer.status_code < 500
