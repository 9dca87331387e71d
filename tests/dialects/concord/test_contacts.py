"""Contacts: their shape, what a create and an update may say, the trash."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.models import Contact, Project, User
from contacts.services.contacts import update_contact
from tests.builders import actor_for, make_contact, make_custom_field, make_user
from tests.dialects.concord.calling import Caller, errors_of

pytestmark = pytest.mark.django_db

FULL: dict[str, Any] = {
    "first_name": "Zoë",
    "last_name": "Müller",
    "email": "zoe@example.org",
    "phones": [{"number": "+4020-4020", "type": "work"}],
    "job_title": "Buyer",
    "street": "Hauptstr. 1",
    "city": "Jena",
    "state": "TH",
    "postal_code": "07743",
    "country_id": 276,
    "tags": ["Hot Lead", "VIP"],
}


def test_a_new_contact_is_answered_flat_and_whole(as_alice: Caller, alice: User) -> None:
    made = as_alice.make("/api/contacts", FULL | {"user_id": alice.pk})
    plain = {key: value for key, value in FULL.items() if key not in ("phones", "tags")}
    assert {key: made[key] for key in plain} == plain
    assert made["display_name"] == "Zoë Müller"
    assert made["path"] == f"/contacts/{made['id']}"
    (phone,) = made["phones"]
    assert (phone["number"], phone["type"]) == ("+4020-4020", "work")
    assert [tag["name"] for tag in made["tags"]] == ["Hot Lead", "VIP"]
    assert made["user"]["name"] == "Alice Owner"
    assert made["country"] == {"id": 276, "name": "Germany"}
    assert made["was_recently_created"] is True
    assert made["owner_assigned_date"].endswith("Z")
    shown = as_alice.read(f"/api/contacts/{made['id']}")
    assert shown == made | {"was_recently_created": False}


def test_empty_values_are_null_and_lists_are_empty(as_alice: Caller) -> None:
    made = as_alice.make("/api/contacts", {"first_name": "  Tom ", "last_name": "  "})
    assert (made["first_name"], made["last_name"], made["email"]) == ("Tom", None, None)
    assert (made["phones"], made["tags"], made["companies"], made["deals"]) == ([], [], [], [])
    assert made["user_id"] is None


def test_a_postal_code_that_is_too_long_is_told_under_its_own_key(as_alice: Caller) -> None:
    made = as_alice.make("/api/contacts", FULL | {"postal_code": "7" * 64})
    answer = as_alice.put(f"/api/contacts/{made['id']}", {"postal_code": "7" * 65})
    assert errors_of(answer) == {
        "postal_code": ["The Postal Code field must not be greater than 64 characters."]
    }


def test_an_update_changes_what_it_names(as_alice: Caller) -> None:
    made = as_alice.make("/api/contacts", FULL)
    changed = as_alice.change(f"/api/contacts/{made['id']}", {"city": "Weimar", "job_title": ""})
    assert (changed["city"], changed["job_title"]) == ("Weimar", None)
    assert (changed["street"], changed["email"]) == (made["street"], made["email"])
    assert changed["phones"] == made["phones"]


def test_an_empty_update_changes_nothing(as_alice: Caller) -> None:
    made = as_alice.make("/api/contacts", FULL)
    assert as_alice.change(f"/api/contacts/{made['id']}", {})["updated_at"] == made["updated_at"]


@pytest.mark.parametrize("resource", ["contacts", "companies"])
def test_the_time_of_change_moves_on_effective_writes_alone(
    as_alice: Caller, resource: str
) -> None:
    """What was sent back as it was read looked changed to whoever asks for what has changed."""
    named = {"contacts": {"first_name": "Ann"}, "companies": {"name": "Acme"}}[resource]
    made = as_alice.make(f"/api/{resource}", {**named, "email": "ann@x.org", "tags": ["VIP"]})
    path, phones = f"/api/{resource}/{made['id']}", [{"number": "+49301234567", "type": "work"}]
    before = as_alice.change(path, {"phones": phones})
    assert before["updated_at"] > made["updated_at"]
    for body in (named, {"phones": before["phones"]}, {"tags": ["VIP"]}, before):
        assert as_alice.change(path, body) == {**before, "was_recently_created": False}
    for body in ({"email": "ann@y.org"}, {"phones": []}, {"tags": ["VIP", "New"]}):
        after = as_alice.change(path, body)
        assert after["updated_at"] > before["updated_at"]
        before = after


def test_everything_wrong_is_told_together_in_the_labels_of_the_fields(as_alice: Caller) -> None:
    answer = as_alice.post("/api/contacts", {"email": "nonsense", "last_name": 5})
    assert errors_of(answer) == {
        "first_name": ["The First Name field is required."],
        "last_name": ["The Last Name field must be a string."],
        "email": ["The E-Mail Address field must be a valid email address."],
    }
    message = json.loads(answer.content)["message"]
    assert message == "The First Name field is required. (and 2 more errors)"
    assert not Contact.objects.filter(user=None).exists()


def test_a_first_name_may_be_left_out_of_an_update_but_not_emptied(as_alice: Caller) -> None:
    made = as_alice.make("/api/contacts", FULL)
    path = f"/api/contacts/{made['id']}"
    assert as_alice.put(path, {"city": "Ulm"}).status_code == 200
    assert errors_of(as_alice.put(path, {"first_name": ""})) == {
        "first_name": ["The First Name field must have a value."]
    }


@pytest.mark.parametrize(
    ("key", "label"), [("user_id", "Owner"), ("source_id", "Source"), ("country_id", "Country")]
)
def test_references_to_nothing_are_refused(key: str, label: str, as_alice: Caller) -> None:
    answer = as_alice.post("/api/contacts", {"first_name": "Tom", key: 99999})
    assert errors_of(answer) == {key: [f"The selected {label} is invalid."]}


def test_what_is_taken_is_taken_even_if_whoever_has_it_is_hidden(
    as_alice: Caller, as_charlie: Caller
) -> None:
    make_user("erin", email="erin@example.org")
    as_alice.make("/api/contacts", FULL)
    taken = ["A contact or team member with this email already exist."]
    for address in ("ZOE@example.org", "Erin@example.org"):
        answer = as_charlie.post("/api/contacts", {"first_name": "X", "email": address})
        assert errors_of(answer) == {"email": taken}
    numbers = {"first_name": "X", "phones": FULL["phones"]}
    assert as_charlie.post("/api/contacts", numbers).status_code == 422


@pytest.mark.parametrize("resource", ["contacts", "deals", "activities", "calls"])
def test_an_owner_whom_one_may_not_name_is_nobody(
    resource: str, as_charlie: Caller, alice: User
) -> None:
    # Even beside other faults, which are told first.
    for named in (alice.pk, str(alice)):
        answer = as_charlie.post(f"/api/{resource}", {"user_id": named})
        assert errors_of(answer)["user_id"] == ["The selected Owner is invalid."]


def test_an_address_in_the_trash_is_free(as_alice: Caller) -> None:
    made = as_alice.make("/api/contacts", FULL)
    assert as_alice.delete(f"/api/contacts/{made['id']}").status_code == 204
    as_alice.make("/api/contacts", {"first_name": "New", "email": FULL["email"]})


def test_a_phone_number_is_unique_and_one_s_own_is_not_in_the_way(as_alice: Caller) -> None:
    made = as_alice.make("/api/contacts", FULL)
    answer = as_alice.post("/api/contacts", {"first_name": "X", "phones": FULL["phones"]})
    assert errors_of(answer) == {
        "phones.0.number": ["A contact with this phone number already exist."]
    }
    as_alice.change(f"/api/contacts/{made['id']}", {"phones": FULL["phones"]})


@pytest.mark.parametrize(
    "sent",
    [
        [{"number": "+1", "type": "WORK"}, {"number": "+2"}, {"number": ""}],
        ["+1|work", "+2"],
        "+1|work,+2",
    ],
)
def test_phones_may_be_written_in_three_ways(sent: object, as_alice: Caller) -> None:
    made = as_alice.make("/api/contacts", {"first_name": "Tom", "phones": sent})
    assert [(row["number"], row["type"]) for row in made["phones"]] == [
        ("+1", "work"),
        ("+2", "mobile"),
    ]


def test_a_list_of_phones_replaces_and_known_numbers_keep_their_ids(as_alice: Caller) -> None:
    made = as_alice.make("/api/contacts", {"first_name": "Tom", "phones": ["1", "2"]})
    path = f"/api/contacts/{made['id']}"
    changed = as_alice.change(path, {"phones": ["3", "2|other"]})
    assert [(row["number"], row["type"]) for row in changed["phones"]] == [
        ("3", "mobile"),
        ("2", "other"),
    ]
    assert changed["phones"][1]["id"] == made["phones"][1]["id"]
    assert as_alice.change(path, {"phones": None})["phones"] == []


def test_a_finer_type_survives_the_round_trip(as_alice: Caller, alice: User) -> None:
    contact = make_contact(actor_for(alice), phones=[{"number": "9", "type": "fax"}])
    path = f"/api/contacts/{contact.pk}"
    shown = as_alice.read(path)["phones"]
    assert shown[0]["type"] == "other"
    as_alice.change(path, {"phones": shown})
    assert contact.phones.get().type.name == "fax"


def test_an_address_replaces_the_primary_one_only(as_alice: Caller, alice: User) -> None:
    contact = make_contact(actor_for(alice), emails=["a@x.org", "b@x.org"])
    path = f"/api/contacts/{contact.pk}"
    assert as_alice.change(path, {"email": "c@x.org"})["email"] == "c@x.org"
    assert sorted(contact.emails.values_list("address", flat=True)) == ["b@x.org", "c@x.org"]


def test_channels_that_cannot_be_shown_survive(as_alice: Caller, alice: User) -> None:
    contact = make_contact(
        actor_for(alice),
        addresses=[{"city": "Jena"}, {"city": "Ulm"}],
        websites=["https://x.example"],
        background="Long story",
    )
    as_alice.change(f"/api/contacts/{contact.pk}", {"city": "Weimar", "first_name": "Ann"})
    assert sorted(contact.addresses.values_list("city", flat=True)) == ["Ulm", "Weimar"]
    assert contact.websites.count() == 1
    contact.refresh_from_db()
    assert contact.background == "Long story"


def test_tags_replace_and_null_leaves_them(as_alice: Caller) -> None:
    made = as_alice.make("/api/contacts", {"first_name": "Tom", "tags": "A, b"})
    path = f"/api/contacts/{made['id']}"
    assert [tag["name"] for tag in as_alice.change(path, {"tags": None})["tags"]] == ["A", "b"]
    assert [tag["name"] for tag in as_alice.change(path, {"tags": ["B", 5]})["tags"]] == ["b", "5"]
    assert as_alice.change(path, {"tags": []})["tags"] == []
    assert errors_of(as_alice.put(path, {"tags": 5})) == {
        "tags": ["The Tags field must be an array."]
    }


def test_custom_fields_of_every_type_go_there_and_back(as_alice: Caller) -> None:
    make_custom_field("Level", slug="level", options=("Gold", "Silver"))
    make_custom_field("Likes", slug="likes", options=("Tea", "Rum"), is_multiple=True)
    for kind in ("text", "integer", "boolean", "date", "decimal"):
        make_custom_field(kind.title(), slug=kind, type=kind)
    empty = as_alice.make("/api/contacts", {"first_name": "Tom"})
    assert (empty["cf_level"], empty["cf_likes"], empty["cf_decimal"]) == (None, [], 0)
    sent = {"cf_level": "gold", "cf_likes": ["tea", "Rum"], "cf_text": "x", "cf_integer": "7"}
    sent |= {"cf_boolean": "true", "cf_date": "2021-12-05", "cf_decimal": 1.5}
    shown = as_alice.change(f"/api/contacts/{empty['id']}", sent)
    assert isinstance(shown["cf_level"], int)
    assert [each["name"] for each in shown["cf_likes"]] == ["Tea", "Rum"]
    assert (shown["cf_text"], shown["cf_integer"], shown["cf_boolean"]) == ("x", 7, True)
    assert (shown["cf_date"], shown["cf_decimal"]) == ("2021-12-05T00:00:00.000000Z", 1.5)
    path = f"/api/contacts?q={shown['cf_level']}&search_fields=cf_level"
    assert as_alice.get(path).status_code == 200
    answer = as_alice.put(f"/api/contacts/{empty['id']}", {"cf_level": "Bronze"})
    assert errors_of(answer) == {"cf_level": ["The selected Level is invalid."]}


def test_a_company_is_no_contact_and_a_person_no_company(as_alice: Caller) -> None:
    person = as_alice.make("/api/contacts", {"first_name": "Tom"})
    company = as_alice.make("/api/companies", {"name": "Acme"})
    assert as_alice.get(f"/api/companies/{person['id']}").status_code == 404
    assert as_alice.get(f"/api/contacts/{company['id']}").status_code == 404


def test_a_company_has_its_own_facts(as_alice: Caller) -> None:
    parent = as_alice.make("/api/companies", {"name": "Holding"})
    sent = {"name": "Acme", "domain": "https://www.acme.test/x", "email": "a@acme.test"}
    made = as_alice.make("/api/companies", sent | {"parent_company_id": parent["id"]})
    assert (made["domain"], made["email"]) == ("acme.test", "a@acme.test")
    assert made["parent"]["name"] == "Holding"
    assert errors_of(as_alice.post("/api/companies", {})) == {
        "name": ["The Name field is required."]
    }


def test_a_new_contact_joins_the_company_of_its_domain(as_alice: Caller) -> None:
    company = as_alice.make("/api/companies", {"name": "Acme", "domain": "acme.test"})
    made = as_alice.make("/api/contacts", {"first_name": "Ann", "email": "ann@acme.test"})
    assert [each["id"] for each in made["companies"]] == [company["id"]]


def test_deleted_contacts_are_in_the_trash_until_restored_or_deleted(as_alice: Caller) -> None:
    made = as_alice.make("/api/contacts", FULL)
    pk = made["id"]
    path, trashed = f"/api/contacts/{pk}", f"/api/trashed/contacts/{pk}"
    assert as_alice.get(trashed).status_code == 404
    answer = as_alice.delete(path)
    assert (answer.status_code, answer.content) == (204, b"")
    assert as_alice.delete(path).status_code == 404
    assert [row["id"] for row in as_alice.read("/api/trashed/contacts")["data"]] == [pk]
    assert [row["id"] for row in as_alice.read("/api/trashed/contacts/search?q=zoe")] == [pk]
    assert as_alice.read(trashed)["id"] == pk
    assert as_alice.post(trashed).status_code == 200
    assert as_alice.read(path)["email"] == FULL["email"]
    as_alice.delete(path)
    assert as_alice.delete(trashed).status_code == 204
    assert not Contact.objects.filter(pk=pk).exists()


def test_the_trash_is_emptied_in_batches(as_alice: Caller) -> None:
    for name in ("A", "B", "C"):
        made = as_alice.make("/api/contacts", {"first_name": name})
        as_alice.delete(f"/api/contacts/{made['id']}")
    answers = [as_alice.delete("/api/trashed/contacts?limit=2") for _ in range(3)]
    assert [json.loads(answer.content)["deleted"] for answer in answers] == [2, 1, 0]


def test_who_may_read_only_may_not_write(as_bob: Caller, alice: User, project: Project) -> None:
    contact = make_contact(actor_for(alice))
    answer = as_bob.delete(f"/api/contacts/{contact.pk}")
    assert answer.status_code == 403
    assert json.loads(answer.content) == {"message": "This action is unauthorized."}


def test_a_household_is_shown_among_companies(as_alice: Caller, alice: User) -> None:
    home = make_contact(actor_for(alice), kind="household", household_name="The Smiths")
    assert as_alice.read(f"/api/companies/{home.pk}")["name"] == "The Smiths"
    as_alice.change(f"/api/companies/{home.pk}", {"name": "The Smyths"})
    home.refresh_from_db()
    assert (home.household_name, home.kind) == ("The Smyths", "household")


def test_a_reader_s_owner_is_set_and_dated(as_alice: Caller, alice: User, bob: User) -> None:
    contact = make_contact(actor_for(alice))
    changed = as_alice.change(f"/api/contacts/{contact.pk}", {"user_id": str(bob.pk)})
    assert changed["user_id"] == bob.pk
    update_contact(actor_for(alice), contact.pk, {"first_name": "Z"})
    after = as_alice.read(f"/api/contacts/{contact.pk}")
    assert after["owner_assigned_date"] == changed["owner_assigned_date"]


def test_more_than_a_contact_can_have_is_refused_before_each_is_looked_for(
    as_alice: Caller,
) -> None:
    """Twenty thousand numbers kept a process for minutes, and as many ids for seconds."""
    many = [str(each) for each in range(20_000)]
    names = [f"Name {each}" for each in many]
    for path, sent, key in (
        ("/api/contacts", {"first_name": "A", "phones": many}, "phones"),
        ("/api/contacts", {"first_name": "A", "companies": names}, "companies"),
    ):
        with CaptureQueriesContext(connection) as asked:
            answer = as_alice.post(path, sent)
        assert list(errors_of(answer)) == [key]
        assert len(asked) < 300


@pytest.mark.parametrize(
    ("path", "sent", "title"),
    [("contacts", {"first_name": "A"}, "Contact"), ("companies", {"name": "A"}, "Company")],
)
def test_what_a_record_is_never_tied_to_is_told_in_the_words_of_the_original(
    path: str, sent: dict[str, Any], title: str, as_alice: Caller
) -> None:
    answer = as_alice.post(f"/api/{path}", {**sent, "associations": {"moons": [1]}})
    words = f'The provided resource name "moons" cannot be associated to the {title}'
    assert (answer.status_code, json.loads(answer.content)) == (400, {"message": words})
