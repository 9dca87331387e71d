"""In which format an answer comes, and with which status."""

import json

import pytest
from defusedxml import ElementTree
from django.http import HttpResponse

from contacts.models import Contact, Project
from tests.dialects.redmineup.calling import Caller

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def format_of(answer: HttpResponse) -> str:
    return answer.get("Content-Type", "none")


@pytest.mark.parametrize(
    ("suffix", "accept", "expected"),
    [
        (".json", "application/xml", "application/json; charset=utf-8"),
        (".xml", "application/json", "application/xml; charset=utf-8"),
        (".xml/", "*/*", "application/xml; charset=utf-8"),
        (".json/", BROWSER, "application/json; charset=utf-8"),
        ("", "application/json", "application/json; charset=utf-8"),
        ("", "text/json", "application/json; charset=utf-8"),
        ("/", "application/xml", "application/xml; charset=utf-8"),
        ("", "text/xml;q=0.9, application/json;q=0.5", "application/xml; charset=utf-8"),
    ],
)
def test_suffix_counts_first_and_accept_second(
    as_alice: Caller, tom: Contact, suffix: str, accept: str, expected: str
) -> None:
    listed = as_alice.send("GET", f"/contacts{suffix}", Accept=accept)
    shown = as_alice.send("GET", f"/contacts/{tom.pk}{suffix}", Accept=accept)

    assert (listed.status_code, format_of(listed)) == (200, expected)
    assert (shown.status_code, format_of(shown)) == (200, expected)


def test_a_browser_is_never_given_xml(as_alice: Caller) -> None:
    assert as_alice.send("GET", "/contacts", Accept=BROWSER).status_code == 302


@pytest.mark.parametrize("suffix", [".yaml", ".pdf", ".JSONP"])
def test_other_suffixes_are_not_acceptable(as_alice: Caller, suffix: str) -> None:
    answer = as_alice.get(f"/contacts{suffix}")

    assert (answer.status_code, answer.content) == (406, b"")


def test_without_a_word_the_body_names_the_format(as_alice: Caller, project: Project) -> None:
    sent = {"contact": {"project_id": "demo", "first_name": "Ann"}}
    xml = "<contact><project_id>demo</project_id><first_name>Ann</first_name></contact>"

    in_json = as_alice.send("POST", "/contacts", sent)
    in_xml = as_alice.send("POST", "/contacts", xml, "application/xml", Accept="*/*")

    assert (in_json.status_code, format_of(in_json)) == (201, "application/json; charset=utf-8")
    assert (in_xml.status_code, format_of(in_xml)) == (201, "application/xml; charset=utf-8")


@pytest.mark.parametrize("accept", ["application/json", "*/*"])
def test_the_documented_update_without_suffix_works(
    as_alice: Caller, tom: Contact, accept: str
) -> None:
    body = '{"contact": {"first_name":"John","last_name":"Smith"}}'

    answer = as_alice.send("PUT", f"/contacts/{tom.pk}", body, Accept=accept)

    assert (answer.status_code, answer.content) == (204, b"")
    assert Contact.objects.get(pk=tom.pk).first_name == "John"


def test_the_format_of_the_body_is_not_that_of_the_answer(
    as_alice: Caller, project: Project
) -> None:
    xml = "<contact><project_id>demo</project_id><first_name>Ann</first_name></contact>"

    answer = as_alice.send("POST", "/contacts.json", xml, "text/xml")

    assert answer.status_code == 201
    assert json.loads(answer.content)["contact"]["first_name"] == "Ann"


def test_xml_begins_with_its_declaration(as_alice: Caller, tom: Contact) -> None:
    answer = as_alice.get(f"/contacts/{tom.pk}.xml")

    assert answer.content.startswith(b'<?xml version="1.0" encoding="UTF-8"?><contact>')
    assert ElementTree.fromstring(answer.content).findtext("first_name") == "Tom"


def test_an_empty_list_in_xml_is_an_element_with_counts(as_alice: Caller) -> None:
    answer = as_alice.get("/contacts.xml")

    assert answer.content.decode().endswith(
        '<contacts type="array" total_count="0" offset="0" limit="25"></contacts>'
    )


def test_errors_are_written_in_both_formats(as_alice: Caller, project: Project) -> None:
    sent = {"contact": {"project_id": "demo", "email": "nowhere"}}

    in_json = as_alice.post("/contacts.json", sent)
    in_xml = as_alice.post("/contacts.xml", sent)

    words = ["First Name cannot be blank", "Email have incorrect format"]
    assert (in_json.status_code, json.loads(in_json.content)) == (422, {"errors": words})
    assert in_xml.status_code == 422
    assert in_xml.content.decode().endswith(
        '<errors type="array"><error>First Name cannot be blank</error>'
        "<error>Email have incorrect format</error></errors>"
    )


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_changes_answer_204_and_200_to_a_key_in_the_query_string(
    as_alice: Caller, tom: Contact, method: str
) -> None:
    """python-redmine 1 knows no 204 and always sends its key there."""
    body = {"contact": {"job_title": "CEO"}} if method != "DELETE" else None

    old = Caller().send("PATCH", f"/contacts/{tom.pk}.json?key={as_alice.key}", {"contact": {}})
    new = as_alice.send(method, f"/contacts/{tom.pk}.xml", body)

    assert (old.status_code, old.content) == (200, b"")
    assert (new.status_code, new.content) == (204, b"")


@pytest.mark.parametrize("word", ["put", "PATCH", "delete"])
def test_a_post_can_stand_for_another_method(as_alice: Caller, tom: Contact, word: str) -> None:
    path = f"/contacts/{tom.pk}.json"

    in_json = as_alice.post(path, {"_method": word, "contact": {"job_title": "CEO"}})

    assert in_json.status_code == 204
    stored = Contact.objects.get(pk=tom.pk)
    assert bool(stored.archived_at) is (word == "delete")
    assert stored.job_title == ("" if word == "delete" else "CEO")


def test_a_form_can_say_the_method_too(as_alice: Caller, tom: Contact) -> None:
    body = "_method=put&contact[job_title]=CEO"

    answer = as_alice.post(f"/contacts/{tom.pk}.json", body, "application/x-www-form-urlencoded")

    assert answer.status_code == 204
    assert Contact.objects.get(pk=tom.pk).job_title == "CEO"


def test_a_post_to_a_contact_is_lost(as_alice: Caller, tom: Contact) -> None:
    answer = as_alice.post(f"/contacts/{tom.pk}.json", {"contact": {"job_title": "CEO"}})

    assert (answer.status_code, answer.content) == (404, b"")


@pytest.mark.parametrize("name", ["tom", "0x1", "1e3", "-1", "99999999999999999999999", "0"])
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_what_is_no_id_is_not_found(as_alice: Caller, name: str, method: str) -> None:
    body = {"contact": {"first_name": "x"}} if method == "PUT" else None

    answer = as_alice.send(method, f"/contacts/{name}.json", body)

    assert (answer.status_code, answer.content) == (404, b"")


def test_an_unknown_address_is_refused_without_a_page(as_alice: Caller) -> None:
    answer = as_alice.get("/contacts/1/nothing/here.json")

    assert (answer.status_code, answer.content) == (404, b"")


def test_a_browser_gets_data_where_there_is_no_page(
    as_alice: Caller, as_nobody: Caller, project: Project
) -> None:
    answer = as_alice.send("GET", "/projects", Accept=BROWSER)
    stranger = as_nobody.send("GET", "/projects", Accept=BROWSER)

    assert format_of(answer) == "application/json; charset=utf-8"
    assert answer.json()["total_count"] == 1
    assert (stranger.status_code, stranger["Location"]) == (
        302,
        "/admin/login/?next=%2Fprojects",
    )


@pytest.mark.parametrize("suffix", [".csv", ".vcf"])
def test_files_are_only_read(as_alice: Caller, project: Project, suffix: str) -> None:
    body = {"contact": {"project_id": "demo", "first_name": "Ann"}}
    assert as_alice.get(f"/contacts{suffix}").status_code == 200

    assert as_alice.post(f"/contacts{suffix}", body).status_code == 406
    assert not Contact.objects.filter(first_name="Ann").exists()
