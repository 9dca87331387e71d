"""Who may do what: the original's permissions by entity and action, and the domain's per record."""

import pytest

from api.civicrm.auth import API_KEY
from api.civicrm.errors import CiviApiError
from api.civicrm.kernel import civi_api, civicrm_api3
from contacts.models import Contact, User
from tests.builders import actor_for, make_key, make_user
from tests.dialects.civicrm.calling import Caller, caller, site_key

pytestmark = pytest.mark.django_db

NEEDED = "API permission check failed for Contact/{} call; insufficient permission: require {}"


@pytest.fixture
def as_guest(as_alice: Caller) -> Caller:
    return caller(make_user("guest"))


def test_somebody_without_any_role_sees_nothing_and_is_told_of_nothing(
    as_guest: Caller, as_alice: Caller
) -> None:
    contact_id = as_alice.person(email="a@x.org")
    assert as_guest.ok("Contact", "get", id=contact_id)["count"] == 0
    assert as_guest.ok("Contact", "getcount")["result"] == 0
    assert as_guest.ok("Email", "get", contact_id=contact_id)["count"] == 0
    assert as_guest.ok("Email", "get", {"contact_id.first_name": "Alice"})["count"] == 0


def test_the_permission_that_lacks_is_named(as_guest: Caller) -> None:
    failed = as_guest.call("Contact", "create", contact_type="Individual", first_name="A")
    assert failed["error_message"] == NEEDED.format("create", "access CiviCRM and add contacts")
    assert failed["error_code"] == "unauthorized"
    assert (failed["entity"], failed["action"]) == ("Contact", "create")
    failed = as_guest.call("Contact", "delete", id=1)
    assert failed["error_message"] == NEEDED.format("delete", "access CiviCRM and delete contacts")
    failed = as_guest.call("Contact", "getfields")
    assert failed["error_message"] == NEEDED.format("getfields", "access CiviCRM")


def test_what_is_hidden_is_not_found_by_anything(as_alice: Caller, as_charlie: Caller) -> None:
    contact_id = as_alice.person(email="hidden@x.org")
    (email_id,) = as_alice.ok("Email", "get", contact_id=contact_id)["values"]
    for params in ({"id": contact_id}, {"first_name": "Alice"}, {"email": "hidden@x.org"}):
        assert as_charlie.ok("Contact", "get", params)["count"] == 0
    assert as_charlie.ok("Email", "get", id=email_id)["count"] == 0
    changed = as_charlie.call("Contact", "create", id=contact_id, first_name="Mine")
    assert changed["error_message"] == f"Contact id {contact_id} not found."
    changed = as_charlie.call("Email", "create", id=email_id, email="mine@x.org")
    assert changed["is_error"] == 1
    added = as_charlie.call("Email", "create", contact_id=contact_id, email="mine@x.org")
    assert added["error_message"] == f"contact_id is not valid : {contact_id}"


def test_who_may_only_read_changes_nothing(as_alice: Caller, alice: User) -> None:
    contact_id = as_alice.person()
    reader = Caller(site_key(), make_key(alice, API_KEY, scope="read"))
    assert reader.ok("Contact", "get", id=contact_id)["count"] == 1
    for action, params in (
        ("create", {"id": contact_id, "first_name": "X"}),
        ("create", {"contact_type": "Individual", "first_name": "X"}),
        ("delete", {"id": contact_id}),
    ):
        assert reader.call("Contact", action, params)["error_code"] == "unauthorized"
    assert Contact.objects.get(pk=contact_id).first_name == "Alice"


def test_no_parameter_switches_the_checks_off(as_guest: Caller, as_alice: Caller) -> None:
    as_alice.person()
    assert as_guest.ok("Contact", "get", check_permissions=0)["count"] == 0
    failed = as_guest.call(
        "Contact", "create", contact_type="Individual", first_name="A", check_permissions=False
    )
    assert failed["error_code"] == "unauthorized"


def test_the_key_of_a_user_is_never_told_and_never_asked_for(as_alice: Caller) -> None:
    contact_id = as_alice.person()
    asked = {"id": contact_id, "return": "api_key,first_name", "api_key": "x"}
    record = as_alice.ok("Contact", "getsingle", asked)
    assert record["first_name"] == "Alice"
    assert "api_key" not in record
    assert as_alice.api_key not in str(as_alice.ok("Contact", "get"))


def test_calls_in_the_same_process_raise_and_trust(alice: User, as_alice: Caller) -> None:
    contact_id = as_alice.person()
    found = civicrm_api3("Contact", "get", {"first_name": "Alice", "last_name": "Roberts"})
    assert found["count"] == 1
    with pytest.raises(CiviApiError) as raised:
        civicrm_api3("Contact", "create", {"contact_type": "Individual"})
    assert raised.value.message.startswith("Mandatory key(s) missing")
    assert raised.value.error_code == "mandatory_missing"
    assert raised.value.extra["fields"] == ["one of (first_name, last_name, email, display_name)"]
    assert (raised.value.extra["is_error"], raised.value.extra["entity"]) == (1, "Contact")
    assert civicrm_api3("Contact", "getcount", first_name="Alice", last_name="Roberts") == 1
    guest = actor_for(make_user("guest"))
    assert civicrm_api3("Contact", "getcount", {"id": contact_id}, actor=guest) == 1
    checked = {"id": contact_id, "check_permissions": 1}
    assert civicrm_api3("Contact", "getcount", checked, actor=guest) == 0


def test_who_may_not_add_contacts_may_not_change_those_it_cannot_see_either(
    as_guest: Caller, as_alice: Caller
) -> None:
    contact_id = as_alice.person()
    failed = as_guest.call("Contact", "create", id=contact_id, first_name="B")
    assert failed["error_message"] == f"Contact id {contact_id} not found."
    assert "add contacts" in as_guest.call("Contact", "create", first_name="B")["error_message"]


def test_the_kernel_answers_failures(alice: User, project: object) -> None:
    answer = civi_api("foo_bar", "Get", {}, actor_for(alice))
    assert list(answer)[:3] == ["error_code", "entity", "action"]
    assert answer == {
        "error_code": "not-found",
        "entity": "FooBar",
        "action": "get",
        "is_error": 1,
        "error_message": ("API (FooBar, get) does not exist (join the API team and implement it!)"),
    }


def test_people_choose_a_key_of_their_own_and_nobody_elses(
    as_alice: Caller, as_ada: Caller, alice: User, bob: User
) -> None:
    own, other = as_ada.person("Alice"), as_ada.person("Bob")
    User.objects.filter(pk=alice.pk).update(contact_id=own)
    User.objects.filter(pk=bob.pk).update(contact_id=other)
    key = "a-key-that-alice-chose"
    as_alice.ok("Contact", "create", id=own, api_key=key)
    assert Caller(site_key(), key).ok("Contact", "getcount")["is_error"] == 0
    failed = as_alice.call("Contact", "create", id=other, api_key="another-key-for-bob")
    assert failed["error_code"] == "unauthorized"
    as_ada.ok("Contact", "create", id=other, api_key="another-key-for-bob")
    mine = Caller(site_key(), "another-key-for-bob").ok(
        "Contact", "getvalue", {"id": "user_contact_id", "return": "id"}
    )
    assert mine["result"] == str(other)
    assert as_ada.call("Contact", "create", id=own, api_key="another-key-for-bob")[
        "error_message"
    ] == ("DB Error: already exists")


def test_where_a_failure_came_from_is_told_to_administrators_who_ask(
    as_ada: Caller, as_alice: Caller
) -> None:
    told = as_ada.call("Contact", "create", debug=1)

    assert "api.civicrm.kernel" in told["trace"]
    assert "/" not in told["trace"]
    assert "trace" not in as_ada.call("Contact", "create")
    assert "trace" not in as_alice.call("Contact", "create", debug=1)
