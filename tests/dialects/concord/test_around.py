"""Products, comments, timelines, files, fields, teams and bulk actions."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from contacts.models import Option, Stage, User
from tests.builders import make_custom_field
from tests.dialects.concord.calling import Caller, errors_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def contact(as_alice: Caller) -> int:
    return int(as_alice.make("/api/contacts", {"first_name": "Zoë"})["id"])


@pytest.fixture
def deal(as_alice: Caller, contact: int) -> int:
    stage = as_alice.read("/api/pipeline-stages")["data"][0]["id"]
    body = {"name": "Roof", "stage_id": stage, "contacts": [contact], "tags": ["Новый тег"]}
    return int(as_alice.make("/api/deals", {**body, "swatch_color": "#ff0000"})["id"])


@pytest.fixture
def note(as_alice: Caller, contact: int) -> int:
    via = {"via_resource": "contacts", "via_resource_id": contact}
    return int(as_alice.make("/api/notes", {"body": "<p>Called</p>", **via})["id"])


def test_products_are_resources_with_a_trash_and_copies(as_alice: Caller) -> None:
    made = as_alice.make("/api/products", {"name": "Tile", "unit_price": "2.5", "sku": "T-1"})
    assert (made["unit_price"], made["is_active"], made["direct_cost"]) == (2.5, True, None)
    assert errors_of(as_alice.post("/api/products", {"name": "tile", "unit_price": 1})) == {
        "name": ["The Name has already been taken."]
    }
    copy = as_alice.post(f"/api/products/{made['id']}/clone")
    assert json.loads(copy.content)["name"] == "Tile (copy)"
    assert as_alice.post(f"/api/contacts/{made['id']}/clone").status_code == 404
    assert as_alice.delete(f"/api/products/{made['id']}").status_code == 204
    trashed = as_alice.read("/api/trashed/products")["data"]
    assert [row["id"] for row in trashed] == [made["id"]]


def test_messages_call_a_field_without_a_label_by_its_key(as_alice: Caller) -> None:
    assert errors_of(as_alice.post("/api/notes", {"body": "x"})) == {
        "via_resource": ["The via resource field is required."],
        "via_resource_id": ["The via resource id field is required."],
    }


def test_a_price_has_three_places_at_most(as_alice: Caller) -> None:
    sent = {"name": "Tile", "unit_price": 1.2345, "direct_cost": "0.1234", "tax_rate": 7.125}
    sentence = "The {} field must have 0-3 decimal places."
    assert errors_of(as_alice.post("/api/products", sent)) == {
        "unit_price": [sentence.format("Unit Price")],
        "direct_cost": [sentence.format("Direct Cost")],
    }


def test_what_is_wrong_with_a_line_of_a_deal_is_told_under_the_key_it_was_sent_by(
    as_alice: Caller, deal: int
) -> None:
    lines = [{"name": "Tile", "unit_price": 1, "qty": -1}, {"name": "X", "discount_total": "x"}]
    answer = as_alice.post(f"/api/deals/{deal}/billable", {"products": lines})
    assert errors_of(answer) == {
        "products.0.qty": ["The qty field must be at least 0."],
        "products.1.discount_total": ["The discount total field must be a number."],
    }


def test_a_product_needs_a_name_and_a_price(as_alice: Caller) -> None:
    assert errors_of(as_alice.post("/api/products", {"unit_price": -1})) == {
        "name": ["The Name field is required."],
        "unit_price": ["The Unit Price field must be at least 0."],
    }


def test_a_deal_costs_what_its_products_come_to(as_alice: Caller, deal: int) -> None:
    tile = as_alice.make("/api/products", {"name": "Tile", "unit_price": 2.5, "tax_rate": 20})
    line = {"product_id": tile["id"], "qty": 100, "discount_total": 0}
    body = {"tax_type": "exclusive", "products": [line]}
    answer = as_alice.post(f"/api/deals/{deal}/billable", body)
    billable = json.loads(answer.content)
    assert (billable["subtotal"], billable["total_tax"], billable["total"]) == (250, 50, 300)
    assert [tax["total"] for tax in billable["taxes"]] == [50]
    (written,) = billable["products"]
    assert (written["qty"], written["discount_total"]) == ("100.00", "0.00")
    again = as_alice.post(f"/api/deals/{deal}/billable", billable)
    assert json.loads(again.content) == billable
    record = as_alice.read(f"/api/deals/{deal}")
    assert (record["amount"], record["products_count"]) == (300, 1)


def test_deals_keep_tags_and_colour(as_alice: Caller, deal: int) -> None:
    record = as_alice.read(f"/api/deals/{deal}")
    assert [(tag["name"], tag["type"]) for tag in record["tags"]] == [("Новый тег", "deals")]
    assert (record["swatch_color"], record["board_order"]) == ("#ff0000", 0)
    assert record["stage_changed_date"] == record["created_at"]


def test_comments_are_written_about_notes_and_ask_from_where(
    as_alice: Caller, note: int, contact: int
) -> None:
    path = f"/api/notes/{note}/comments"
    assert set(errors_of(as_alice.post(path, {"body": "Again?"}))) == {
        "via_resource",
        "via_resource_id",
    }
    via = {"via_resource": "contacts", "via_resource_id": contact}
    made = as_alice.make(path, {"body": "Again?<script>1</script>", **via})
    assert (made["body"], made["creator"]["name"]) == ("Again?", "Alice Owner")
    changed = as_alice.change(f"/api/comments/{made['id']}", {"body": "No"})
    assert changed["body"] == "No"
    assert [row["id"] for row in as_alice.read(path)] == [made["id"]]
    assert as_alice.read(f"/api/notes/{note}")["comments_count"] == 1
    assert as_alice.delete(f"/api/comments/{made['id']}").status_code == 204


def test_contacts_themselves_are_not_commented_on(as_alice: Caller, contact: int) -> None:
    answer = as_alice.post(f"/api/contacts/{contact}/comments", {"body": "x"})
    assert answer.status_code == 404


def test_lists_show_files_where_they_are_asked_for(as_alice: Caller, contact: int) -> None:
    file = SimpleUploadedFile("offer.txt", b"Hello")
    headers = {"Authorization": f"Bearer {as_alice.key}"}
    path = f"/api/contacts/{contact}/media"
    sent = as_alice.client.post(path, {"file": file}, headers=headers)
    assert sent.status_code == 201
    (plain,) = as_alice.read("/api/contacts")["data"]
    assert not {"media", "emails"} & plain.keys()
    (record,) = as_alice.read("/api/contacts?with=media;emails")["data"]
    assert [each["file_name"] for each in record["media"]] == ["offer.txt"]
    assert record["emails"] == []


def test_the_timeline_mixes_everything_newest_first(
    as_alice: Caller, contact: int, note: int
) -> None:
    body = as_alice.read(f"/api/contacts/{contact}/timeline")
    kinds = [event["timeline_component"] for event in body["data"]]
    assert {"note", "changelog"} <= set(kinds)
    dates = [event["date"] for event in body["data"]]
    assert dates == sorted(dates, reverse=True)
    assert {row["name"] for row in body["resources"]} == {"notes", "calls", "activities"}


def test_files_are_attached_downloaded_and_deleted(as_alice: Caller, contact: int) -> None:
    file = SimpleUploadedFile("offer.pdf", b"%PDF-1.4", content_type="application/pdf")
    headers = {"Authorization": f"Bearer {as_alice.key}"}
    path = f"/api/contacts/{contact}/media"
    answer = as_alice.client.post(path, {"file": file}, headers=headers)
    made = json.loads(answer.content)
    assert (answer.status_code, made["file_name"], made["extension"]) == (201, "offer.pdf", "pdf")
    assert made["was_recently_created"] is True
    shown = as_alice.read(f"/api/contacts/{contact}")["media"]
    assert [row["id"] for row in shown] == [made["id"]]
    download = as_alice.get(made["download_url"])
    assert b"".join(download.streaming_content) == b"%PDF-1.4"  # type: ignore[attr-defined]  # a file
    assert as_alice.delete(f"{path}/{made['id']}").status_code == 204
    assert errors_of(as_alice.post(path, {})) == {"file": ["The file field is required."]}


@pytest.mark.parametrize("path", ["fields/contacts/create", "contacts/create-fields"])
def test_fields_are_described_with_their_choices(path: str, as_alice: Caller) -> None:
    make_custom_field("Level", options=("Gold", "Silver"))
    fields = {field["attribute"]: field for field in as_alice.read(f"/api/{path}")}
    assert fields["first_name"]["isRequired"]
    assert {"id": 276, "name": "Germany"} in fields["country_id"]["options"]
    assert [each["name"] for each in fields["cf_level"]["options"]] == ["Gold", "Silver"]


@pytest.mark.parametrize(
    "resource",
    [
        *("contacts", "companies", "deals", "activities", "notes", "calls", "products", "sources"),
        *("industries", "users", "pipelines", "pipeline-stages", "activity-types"),
        *("call-outcomes", "lost-reasons"),
    ],
)
def test_every_resource_says_which_fields_it_takes(resource: str, as_alice: Caller) -> None:
    for path in (f"{resource}/create-fields", f"fields/{resource}/update"):
        assert any(field["isRequired"] for field in as_alice.read(f"/api/{path}"))


def test_fields_of_a_record_hold_its_values(as_alice: Caller, contact: int) -> None:
    fields = as_alice.read(f"/api/contacts/{contact}/update-fields")
    assert {"attribute": "first_name", "value": "Zoë"}.items() <= fields[0].items()


def test_teams_are_kept_by_administrators(as_ada: Caller, as_alice: Caller, alice: User) -> None:
    body = {"name": "Sales", "description": "All of them", "user_id": alice.pk}
    made = as_ada.make("/api/teams", {**body, "members": [alice.pk]})
    assert (made["manager"]["id"], [member["id"] for member in made["members"]]) == (
        alice.pk,
        [alice.pk],
    )
    assert as_alice.post("/api/teams", {}).status_code == 403
    assert [team["name"] for team in as_alice.read("/api/teams")] == ["Sales"]
    assert as_alice.read("/api/me")["teams"] == [{"id": made["id"], "name": "Sales"}]


def test_many_records_are_edited_and_deleted_at_once(as_alice: Caller, contact: int) -> None:
    other = as_alice.make("/api/contacts", {"first_name": "Ann"})["id"]
    ids = [contact, other]
    edit = as_alice.post("/api/contacts/actions/bulk-edit/run", {"ids": ids, "city": "Jena"})
    assert edit.status_code == 200
    assert {row["city"] for row in as_alice.read("/api/contacts")["data"]} == {"Jena"}
    assert as_alice.post("/api/contacts/actions/delete/run", {"ids": ids}).status_code == 200
    assert as_alice.read("/api/contacts")["data"] == []


def test_a_note_is_shown_at_everything_that_it_names(
    as_alice: Caller, contact: int, deal: int
) -> None:
    via = {"via_resource": "deals", "via_resource_id": deal}
    body = {"body": "Both", **via, "deals": [deal], "contacts": [contact]}
    made = as_alice.make("/api/notes", body)
    assert [row["id"] for row in made["deals"]] == [deal]
    assert [row["id"] for row in made["contacts"]] == [contact]
    for path in (f"contacts/{contact}", f"deals/{deal}"):
        assert [row["id"] for row in as_alice.read(f"/api/{path}/notes")["data"]] == [made["id"]]
    assert as_alice.read(f"/api/contacts/{contact}?with=notes")["notes"][0]["id"] == made["id"]


def test_guests_are_users_and_contacts(as_ada: Caller, alice: User) -> None:
    contact = as_ada.make("/api/contacts", {"first_name": "Ann", "email": "ann@example.org"})
    users = as_ada.make(
        "/api/users",
        {"name": "Gus Guest", "email": "gus@example.org", "password": "correct horse battery"}
        | {"password_confirmation": "correct horse battery"},
    )
    sent = {"title": "Lunch", "due_date": "2030-01-02 12:00:00", "user_id": alice.pk}
    guests = {"users": [users["id"]], "contacts": [contact["id"], 999]}
    made = as_ada.make("/api/activities", {**sent, "guests": guests, "note": "<b>quiet</b>"})
    assert {(guest["resource_name"], guest["id"]) for guest in made["guests"]} == {
        ("users", users["id"]),
        ("contacts", contact["id"]),
    }
    assert (made["note"], made["end_date"]) == ("<b>quiet</b>", "2030-01-02")


def test_lost_reasons_are_a_list(as_ada: Caller, as_alice: Caller) -> None:
    before = as_ada.read("/api/lost-reasons")["meta"]["total"]
    as_ada.make("/api/lost-reasons", {"name": "Moved away"})
    assert as_alice.read("/api/lost-reasons")["meta"]["total"] == before + 1
    # Who may not write is told so before the values are looked at.
    assert as_alice.post("/api/lost-reasons", {}).status_code == 403


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("order=user.name", ["Ann", "Bea", "Cia"]),
        ("order=user.name|desc", ["Cia", "Bea", "Ann"]),
        ("order[field]=users|name", ["Ann", "Bea", "Cia"]),
        ("order=country.name|desc", ["Bea", "Cia", "Ann"]),
        ("order=companies_count|desc;first_name", ["Cia", "Ann", "Bea"]),
        ("order=deals_count", ["Ann", "Bea", "Cia"]),
        ("order=deals_count|desc", ["Cia", "Bea", "Ann"]),
        ("order=open_deals_count|desc", ["Cia", "Bea", "Ann"]),
        ("order=won_deals_count|desc;first_name", ["Ann", "Bea", "Cia"]),
        ("order=notes_count|desc;first_name", ["Bea", "Ann", "Cia"]),
        ("order=calls_count|desc", ["Cia", "Bea", "Ann"]),
        ("order=documents_count|desc", ["Ann", "Bea", "Cia"]),
    ],
)
def test_lists_are_ordered_by_related_names_and_counts(
    query: str, wanted: list[str], as_alice: Caller, alice: User, bob: User
) -> None:
    acme = as_alice.make("/api/companies", {"name": "Acme"})["id"]
    people: list[dict[str, Any]] = [
        {"first_name": "Ann"},
        {"first_name": "Bea", "user_id": alice.pk, "country_id": 840},
        {"first_name": "Cia", "user_id": bob.pk, "country_id": 276, "companies": [acme]},
    ]
    _ann, bea, cia = (as_alice.make("/api/contacts", body)["id"] for body in people)
    outcome = Option.objects.get(list_name="call_outcome", name="busy").pk
    call = {"call_outcome_id": outcome, "date": "2026-01-02 10:00:00", "body": "Hello"}
    # Whoever takes part in a deal of somebody else has it as well.
    for named in ([bea, cia], [cia]):
        deal = {"name": "Order", "stage_id": Stage.objects.order_by("position")[0].pk}
        as_alice.make("/api/deals", {**deal, "contacts": named})
        as_alice.make("/api/calls", {**call, "contacts": named})
    via = {"via_resource": "contacts", "via_resource_id": bea}
    as_alice.make("/api/notes", {"body": "Hello", **via})
    found = [row["first_name"] for row in as_alice.read(f"/api/contacts?{query}")["data"]]
    assert found == wanted


FILTERS = [
    ("first_name", "equal", "ann", {"Ann"}),
    ("first_name", "begins_with", "b", {"Bea"}),
    ("first_name", "not_contains", "a", {"Ida"} - {"Ida"}),
    ("city", "is_null", "", {"Ann", "Ida"}),
    ("city", "is_not_null", "", {"Bea"}),
    ("created_at", "is", "today", {"Ann", "Bea", "Ida"}),
    ("created_at", "less", "2020-01-01", set()),
    ("created_at", "equal", "{today}", {"Ann", "Bea", "Ida"}),
    ("created_at", "not_equal", "{today}", set()),
    ("created_at", "greater", "{today}", set()),
    ("created_at", "less_or_equal", "{today}", {"Ann", "Bea", "Ida"}),
    ("created_at", "between", "{today},{today}", {"Ann", "Bea", "Ida"}),
    ("created_at", "is", "this_quarter", {"Ann", "Bea", "Ida"}),
    ("created_at", "is", "last_365_days", {"Ann", "Bea", "Ida"}),
    ("created_at", "is", "future", set()),
    ("tags", "in", "vip,Nobody", {"Bea"}),
    ("tags", "not_in", "VIP", {"Ann", "Ida"}),
    ("cf_since", "equal", "2021-12-05", {"Bea"}),
    ("cf_since", "greater", "2021-12-05", set()),
]


@pytest.mark.parametrize(("rule", "operator", "value", "wanted"), FILTERS)
def test_filters_narrow_a_list(
    rule: str, operator: str, value: str, wanted: set[str], as_alice: Caller
) -> None:
    make_custom_field("Since", type="date")
    more = {"city": "Jena", "tags": ["VIP"], "cf_since": "2021-12-05"}
    for body in ({"first_name": "Ann"}, {"first_name": "Bea", **more}, {"first_name": "Ida"}):
        as_alice.make("/api/contacts", body)
    value = value.replace("{today}", timezone.now().date().isoformat())
    prefix = "filters[children][0]"
    query = f"{prefix}[type]=rule&filters[condition]=and&{prefix}[query][rule]={rule}"
    query += f"&{prefix}[query][operator]={operator}&{prefix}[query][value]={value}"
    found = {row["first_name"] for row in as_alice.read(f"/api/contacts?{query}")["data"]}
    assert found == wanted


@pytest.mark.parametrize("bad", ["filters=x", "filters[children][0][type]=rule", "filters[0][x]=1"])
def test_what_is_no_filter_is_refused(bad: str, as_alice: Caller) -> None:
    assert as_alice.get(f"/api/contacts?{bad}").status_code == 400


def test_addresses_are_found_in_several_resources(as_alice: Caller) -> None:
    as_alice.make("/api/contacts", {"first_name": "Ann", "email": "ann@example.org"})
    groups = as_alice.read("/api/search/email-address?q=ann")
    hits = {group["resource_name"]: group["data"] for group in groups}
    assert hits["contacts"][0]["address"] == "ann@example.org"
    # Clients of the original take the first group for that of the companies.
    assert list(hits) == ["companies", "contacts", "users"]
