"""REST: which check comes first, what the answers are, forms and XML."""

import json
from urllib.parse import urlencode

import pytest
from defusedxml.ElementTree import fromstring

from contacts.models import Contact, User
from tests.dialects.civicrm.calling import REST, Caller

pytestmark = pytest.mark.django_db

PATHS = [
    "/extern/rest.php",
    "/civicrm/extern/rest.php",
    "/sites/all/modules/civicrm/extern/rest.php",
    "/sites/default/modules/civicrm/extern/rest.php",
    "/modules/contrib/civicrm/extern/rest.php",
    "/modules/civicrm/extern/rest.php",
    "/wp-content/plugins/civicrm/civicrm/extern/rest.php",
    "/administrator/components/com_civicrm/civicrm/extern/rest.php",
    "/core/extern/rest.php",
    "/wp-json/civicrm/v3/rest",
    "/wp-json/civicrm/v3/rest/",
]
CONTACTS = {"entity": "Contact", "action": "getcount", "json": "1"}


@pytest.mark.parametrize("path", PATHS)
def test_every_path_of_the_file_answers(path: str, as_alice: Caller) -> None:
    for method in ("GET", "POST"):
        answer = as_alice.rest(method, CONTACTS, path)
        assert (answer.status_code, answer.json()) == (200, {"is_error": 0, "result": 0})


def test_a_path_may_begin_with_two_slashes(as_alice: Caller) -> None:
    """The class of PHP writes one before the path that it is given, which may have its own."""
    keys = {"key": as_alice.site_key, "api_key": as_alice.api_key}
    for path in ("//extern/rest.php", "//civicrm/extern/rest.php"):
        answer = as_alice.client.get("/", {**CONTACTS, **keys}, PATH_INFO=path)
        assert answer.json() == {"is_error": 0, "result": 0}


REFUSALS = [
    ({"q": "civicrm/ping"}, {"is_error": 0, "message": "PONG: "}),
    ({"q": "civicrm/contact"}, {"error_message": "ERROR: Malformed REST path", "is_error": 1}),
    ({"q": "other/contact/get"}, {"error_message": "ERROR: Malformed REST path", "is_error": 1}),
    ({"key": "wrong"}, {"error_message": "Failed to authenticate key", "is_error": 1}),
    ({"key": None}, {"error_message": "Failed to authenticate key", "is_error": 1}),
    (
        {"api_key": None},
        {
            "error_message": "FATAL: mandatory param 'api_key' (user key) missing",
            "is_error": 1,
        },
    ),
    (
        {"api_key": "wrong"},
        {
            "error_message": "ERROR: No CMS user associated with given api-key",
            "is_error": 1,
        },
    ),
    (
        {"entity": None},
        {"error_message": 'missing mandatory params "entity=" or "action="', "is_error": 1},
    ),
    (
        {"json": "{broken"},
        {
            "is_error": 1,
            "0": "error_message",
            "1": "Unable to decode supplied JSON.",
            "error_message": "Unable to decode supplied JSON.",
        },
    ),
]


@pytest.mark.parametrize(("fields", "expected"), REFUSALS)
def test_each_check_answers_in_its_own_words(
    fields: dict[str, str | None], expected: dict[str, object], as_alice: Caller
) -> None:
    answer = as_alice.rest("GET", {**CONTACTS, **fields})
    assert (answer.status_code, answer.json()) == (200, expected)


def test_the_first_failing_check_is_told(as_alice: Caller) -> None:
    as_alice.site_key = as_alice.api_key = "wrong"
    answer = as_alice.rest("GET", {"entity": "Contact", "action": "create", "json": "{"})
    assert answer.json()["error_message"] == "Failed to authenticate key"


def test_a_locked_user_has_no_key(as_alice: Caller, alice: User) -> None:
    User.objects.filter(pk=alice.pk).update(is_active=False)
    answer = as_alice.rest("GET", CONTACTS)
    assert answer.json()["error_message"] == "ERROR: No CMS user associated with given api-key"


@pytest.mark.parametrize(
    "fields",
    [
        {"action": "create", "contact_type": "Individual", "first_name": "Get"},
        {"action": "get", "json": '{"api.Email.create":{"email":"x@x.org"}}'},
    ],
)
def test_nothing_is_changed_by_get(fields: dict[str, str], as_alice: Caller) -> None:
    as_alice.person()
    before = Contact.objects.count()
    failed = as_alice.rest("GET", {"entity": "Contact", "json": "1", **fields}).json()
    assert failed == {
        "IP": "127.0.0.1",
        "level": "security",
        "referer": None,
        "reason": "Destructive HTTP GET",
        "is_error": 1,
        "error_message": (
            "SECURITY: All requests that modify the database must be http POST, not GET."
        ),
    }
    assert Contact.objects.count() == before


def test_the_old_way_names_the_call_in_q(as_alice: Caller) -> None:
    contact_id = as_alice.person()
    answer = as_alice.rest("GET", {"q": "civicrm/contact/get", "json": "1", "id": contact_id})
    assert list(answer.json()["values"]) == [str(contact_id)]


def test_form_parameters_add_to_those_in_json(as_alice: Caller) -> None:
    contact_id = as_alice.person()
    as_alice.person("Bob")
    fields = {
        "entity": "Contact",
        "action": "get",
        "json": json.dumps({"sequential": 1, "first_name": "Bob"}),
        "first_name": "Alice",
    }
    (record,) = as_alice.rest("GET", fields).json()["values"]
    assert record["id"] == str(contact_id)


def test_forms_speak_php(as_alice: Caller) -> None:
    ids = [as_alice.person(name, "Form") for name in ("Alan", "Alma", "Bea")]
    as_alice.ok("Email", "create", contact_id=ids[1], email="alma@x.org")
    fields = {
        "entity": "Contact",
        "action": "get",
        "json": "1",
        "first_name[LIKE]": "Al%",
        "options[sort]": "first_name DESC",
        "option.limit": "1",
        "return[0]": "first_name",
        "return[1]": "email",
        "api.Email.get[return]": "email",
        "sequential": "1",
    }
    answer = as_alice.rest("POST", fields).json()
    (record,) = answer["values"]
    assert (record["first_name"], record["email"]) == ("Alma", "alma@x.org")
    (email,) = record["api_Email_get"]["values"]
    assert email["email"] == "alma@x.org"
    assert "api.Email.get" not in record


def test_a_chain_of_one_in_a_form_is_made(as_alice: Caller) -> None:
    contact_id = as_alice.person(email="a@x.org")
    fields = {"entity": "Contact", "action": "get", "json": "1", "id": contact_id}
    answer = as_alice.rest("GET", {**fields, "api.Email.get": "1"}).json()
    assert answer["values"][str(contact_id)]["api_Email_get"]["count"] == 1


def test_a_json_body_makes_a_call_too(as_alice: Caller) -> None:
    body = {
        "entity": "Contact",
        "action": "create",
        "key": as_alice.site_key,
        "api_key": as_alice.api_key,
        "json": {"contact_type": "Individual", "first_name": "Body"},
    }
    answer = as_alice.client.post(REST, json.dumps(body), content_type="application/json")
    assert answer.json()["count"] == 1


def test_pretty_json_is_indented(as_alice: Caller) -> None:
    answer = as_alice.rest("GET", {**CONTACTS, "prettyprint": "1"})
    assert answer.content.decode().startswith('{\n  "is_error": 0')
    assert answer["Content-Type"] == "application/json"


@pytest.mark.parametrize("value", [None, "", "0"])
def test_without_json_the_answer_is_xml(value: str | None, as_alice: Caller) -> None:
    contact_id = as_alice.person("Zoë & Co", email="z@x.org")
    fields = {
        "entity": "Contact",
        "action": "get",
        "json": value,
        "return": "display_name",
        "api.Email.get[return]": "email",
    }
    answer = as_alice.rest("POST", fields)
    assert answer["Content-Type"] == "text/xml; charset=UTF-8"
    assert answer.content.startswith(b'<?xml version="1.0"?>\n<ResultSet xmlns:xsi=')
    root = fromstring(answer.content)
    assert (root.tag, root.get("count")) == ("ResultSet", "1")
    (record,) = root
    assert record.tag == "Result"
    assert record.findtext("display_name") == "Zoë & Co Roberts"
    assert record.findtext("id") == str(contact_id)
    assert record.findtext("api_Email_get/values/item/email") == "z@x.org"


def test_a_failure_in_xml_is_one_result(as_alice: Caller) -> None:
    answer = as_alice.rest("GET", {"entity": "Foo", "action": "get"})
    (result,) = fromstring(answer.content)
    assert result.findtext("is_error") == "1"
    assert result.findtext("error_code") == "not-found"
    assert result.findtext("error_message", "").startswith("API (Foo, get) does not exist")
    assert [each.tag for each in result][:3] == ["error_code", "entity", "action"]


def test_the_set_tells_the_count_of_any_answer_that_has_one(as_alice: Caller) -> None:
    answer = as_alice.rest("GET", {"entity": "Contact", "action": "getsingle", "id": "0"})
    root = fromstring(answer.content)
    assert (root.get("count"), root.findtext("Result/count")) == ("0", "0")


def test_nothing_found_in_xml_is_an_empty_set(as_alice: Caller) -> None:
    answer = as_alice.rest("GET", {"entity": "Contact", "action": "get", "last_name": "Nobody"})
    assert answer.content.endswith(b' count="0"></ResultSet>')


def test_values_that_are_no_records_in_xml(as_alice: Caller) -> None:
    answer = as_alice.rest("GET", {"entity": "Contact", "action": "getoptions", "field": "gender"})
    first = fromstring(answer.content)[0]
    assert (first.findtext("id"), first.findtext("value")) == ("1", "Female")


def test_the_class_of_php_gets_what_it_reads(as_alice: Caller) -> None:
    contact_id = as_alice.person()
    query = "?entity=Contact&action=GetSingle"
    params = {"id": contact_id, "version": 3, "sequential": 1}
    keys = {"key": as_alice.site_key, "api_key": as_alice.api_key}
    path = "/sites/all/modules/civicrm/extern/rest.php"
    answer = as_alice.client.post(
        path + query, {**keys, "json": json.dumps(params)}, headers={"User-Agent": "curl"}
    )
    record = answer.json()
    assert (record["display_name"], record["is_error"]) == ("Alice Roberts", 0)
    assert list(record)[-1] == "is_error"


@pytest.mark.parametrize("hostile", ["x" * 5000, "\0", "{}", "[", "a[b", "😀", "%", "' OR 1=1 --"])
def test_hostile_names_and_values_are_no_fault_of_ours(hostile: str, as_alice: Caller) -> None:
    for fields in (
        {"entity": hostile, "action": "get"},
        {"entity": "Contact", "action": hostile},
        {"entity": "Contact", "action": "get", "first_name": hostile},
        {"entity": "Contact", "action": "get", "sort": hostile},
        {"entity": "Contact", "action": "get", "return": hostile},
        {"entity": "Contact", "action": "get", "json": hostile},
        {"entity": "Contact", "action": "get", "options[limit]": hostile},
        {"entity": "Contact", "action": "getlist", "input": hostile},
        {"entity": "Contact", "action": "create", "contact_type": hostile},
    ):
        answer = as_alice.rest("POST", {"json": "1", **fields})
        assert answer.status_code < 500
        assert b"failed to answer" not in answer.content, fields
        assert not answer["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("root", ["/", "/index.php"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_the_address_may_be_a_parameter_of_the_root(
    as_alice: Caller, method: str, root: str
) -> None:
    fields = {"entity": "Contact", "action": "getcount", "json": "1"}
    route = {"rest_route": "/civicrm/v3/rest"}
    asked = {**fields, **route} if method == "GET" else fields

    answer = as_alice.rest(method, asked, path=f"{root}?{urlencode(route)}")

    assert json.loads(answer.content) == {"is_error": 0, "result": 0}
