"""What administrators keep: users, teams, tags, custom fields."""

from typing import Any

import pytest

from contacts.models import Contact, User
from tests.builders import make_contact
from tests.dialects.concord.calling import Caller, errors_of

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse 9 x"
EVE = {
    "name": "Eve New",
    "email": "eve@example.org",
    "password": PASSWORD,
    "password_confirmation": PASSWORD,
    "locale": "en",
    "timezone": "Europe/Berlin",
    "date_format": "Y-m-d",
    "time_format": "H:i",
    "access_api": True,
    "super_admin": True,
}


def make_eve(caller: Caller) -> dict[str, Any]:
    """Make a user and return what is answered."""
    made: dict[str, Any] = caller.make("/api/users", EVE)
    return made


def test_a_user_is_made_with_its_settings(as_ada: Caller) -> None:
    made = make_eve(as_ada)
    assert {key: made[key] for key in EVE if "password" not in key} == {
        key: value for key, value in EVE.items() if "password" not in key
    }
    assert (made["roles"], made["actions"]) == ([], [])


@pytest.mark.parametrize(
    ("key", "value"),
    [
        *(("name", ""), ("email", ""), ("email", "nonsense"), ("email", "ada@example.org")),
        *(("locale", "xx"), ("timezone", "Mars"), ("date_format", "invalid")),
        *(("time_format", "invalid"), ("password", "password")),
    ],
)
def test_a_wrong_value_of_a_user_is_told_under_its_key(
    key: str, value: str, as_ada: Caller, ada: User
) -> None:
    User.objects.filter(pk=ada.pk).update(email="ada@example.org")
    made = make_eve(as_ada)
    assert key in errors_of(as_ada.post("/api/users", {key: value}))
    assert errors_of(as_ada.put(f"/api/users/{made['id']}", {key: value})).keys() == {key}


def test_administrators_change_users(as_ada: Caller, as_alice: Caller, bob: User) -> None:
    path = f"/api/users/{make_eve(as_ada)['id']}"
    sent = {"name": "Eva Old", "super_admin": False, "password": ""}
    changed = as_ada.change(path, sent)
    assert (changed["name"], changed["super_admin"]) == ("Eva Old", False)
    assert (changed["email"], changed["timezone"]) == ("eve@example.org", "Europe/Berlin")
    assert as_alice.put(f"/api/users/{bob.pk}", {"name": "X"}).status_code == 403
    new = "another horse 7 y"
    as_ada.change(path, {"password": new, "password_confirmation": new})
    user = User.objects.get(email="eve@example.org")
    assert user.check_password(new)


def test_what_a_user_owns_goes_to_who_deletes_it_or_is_named(
    as_ada: Caller, ada: User, bob: User
) -> None:
    eve = User.objects.get(pk=make_eve(as_ada)["id"])
    contact = make_contact(owner=eve.pk)
    assert as_ada.delete(f"/api/users/{eve.pk}?transfer_data_to={bob.pk}").status_code == 204
    assert Contact.objects.get(pk=contact.pk).owner_id == bob.pk
    assert as_ada.delete(f"/api/users/{bob.pk}").status_code == 204
    assert Contact.objects.get(pk=contact.pk).owner_id == ada.pk


def test_nobody_deletes_oneself(as_ada: Caller, ada: User, as_alice: Caller, alice: User) -> None:
    assert as_ada.delete(f"/api/users/{ada.pk}").status_code == 409
    assert as_alice.delete(f"/api/users/{alice.pk}").status_code == 403


def test_a_team_has_a_name_and_members_by_number(as_ada: Caller, ada: User) -> None:
    sent = {"name": "Sales", "members": [ada.pk]}
    made = as_ada.make("/api/teams", sent)
    assert "created_at" in made
    path = f"/api/teams/{made['id']}"
    assert errors_of(as_ada.put(path, {})) == {"name": ["The Name field is required."]}
    wrong = as_ada.put(path, {"name": "Sales", "members": ["somebody"]})
    assert errors_of(wrong).keys() == {"members.0"}
    wrong = as_ada.put(path, {"name": "Sales", "members": "somebody"})
    assert errors_of(wrong).keys() == {"members"}
    assert len(as_ada.read(path)["members"]) == 1


def test_the_order_of_tags_is_checked_before_any_is_moved(as_ada: Caller) -> None:
    made = as_ada.make("/api/tags/contacts", {"name": "VIP", "swatch_color": "#dc2626"})
    rows = [{"id": made["id"], "display_order": 7}, {"id": None, "display_order": None}]
    assert errors_of(as_ada.post("/api/tags/order", rows)) == {
        "1.id": ["The id field is required."],
        "1.display_order": ["The display order field is required."],
    }
    assert as_ada.read("/api/tags")[0]["display_order"] == 1000


def test_nobody_but_administrators_is_told_which_custom_fields_there_are(
    as_alice: Caller, as_ada: Caller
) -> None:
    for method in ("GET", "PUT", "DELETE"):
        assert as_alice.send(method, "/api/custom-fields/99", {}).status_code == 403
        assert as_ada.send(method, "/api/custom-fields/99", {}).status_code == 404


def test_a_name_of_a_custom_field_that_is_taken_is_told_under_its_key(as_ada: Caller) -> None:
    sent = {"field_id": "cf_level", "label": "Level", "field_type": "Text"}
    as_ada.make("/api/custom-fields", {**sent, "resource_name": "contacts"})
    answer = as_ada.post("/api/custom-fields", {**sent, "resource_name": "contacts"})
    assert errors_of(answer) == {"field_id": ["The Field ID has already been taken."]}


def test_a_sign_in_without_all_of_it_tells_of_the_address_as_well(as_nobody: Caller) -> None:
    assert errors_of(as_nobody.post("/api/token", {"email": "nonsense"})).keys() == {
        *("email", "password", "device_name")
    }
