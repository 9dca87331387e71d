"""Levels, groups, saved searches, pictures, one's own contact, and what is not kept here."""

import base64
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.http import HttpResponse
from django.utils import timezone
from PIL import Image

from contacts.access import Actor
from contacts.models import Attachment, MembershipLevel, Project
from contacts.query import where
from contacts.services.groups import create_group
from contacts.services.membership_levels import create_membership_level
from contacts.services.own_contacts import give_own_contact
from contacts.services.saved_filters import KeptQuery, create_saved_filter
from tests.builders import actor_for, make_user
from tests.dialects.wildapricot.calling import ROOT, Caller, caller, value_of

pytestmark = pytest.mark.django_db
HOST = f"http://testserver{ROOT}"


@pytest.fixture
def administrator(ada: Any) -> Actor:
    return actor_for(ada)


def picture(form: str = "PNG") -> bytes:
    """Return a small picture."""
    written = BytesIO()
    Image.new("RGB", (8, 8), "red").save(written, form)
    return written.getvalue()


def send_parts(
    caller: Caller, *parts: tuple[str, str, bytes], path: str = "pictures"
) -> HttpResponse:
    """Send parts of a form: name, media type, content."""
    pieces = [
        f'--x\r\nContent-Disposition: form-data; name="{name}"; filename="{name}.bin"\r\n'
        f"Content-Type: {kind}\r\n\r\n".encode()
        + content
        + b"\r\n"
        for name, kind, content in parts
    ]
    return caller.client.generic(
        "POST",
        f"{ROOT}/{path}",
        b"".join(pieces) + b"--x--\r\n",
        "multipart/form-data; boundary=x",
        headers={"Authorization": f"Bearer {caller.token}"},
    )


def test_a_fresh_installation_has_a_level(as_alice: Caller) -> None:
    pk = MembershipLevel.objects.get().pk
    level = {
        "Id": pk,
        "Url": f"{HOST}/MembershipLevels/{pk}",
        "Name": "Member",
        "Description": "",
        "PublicCanApply": True,
        "Type": "Individual",
        "BundleMembersLimit": None,
        "MembershipFee": 0.0,
        "MemberCanChangeToLevels": [],
        "RenewalPeriod": {"Kind": "Never"},
    }

    assert as_alice.read("/membershiplevels") == [level]
    assert as_alice.read(f"/MembershipLevels/{pk}/") == level
    assert as_alice.get("/membershiplevels/999").status_code == 404
    assert as_alice.get("/membershiplevels/x").status_code == 404


def test_levels_tell_of_their_fee_and_period(as_alice: Caller, administrator: Actor) -> None:
    for months in (1, 3, 6, 12, 24):
        values = {"name": f"Every {months}", "fee": "9.5", "renewal_months": months}
        create_membership_level(administrator, {**values, "position": months})
    levels = as_alice.read("/membershiplevels")[1:]

    assert [level["RenewalPeriod"]["Kind"] for level in levels] == [
        "Monthly",
        "Quarterly",
        "TwiceAYear",
        "EveryNYears",
        "EveryNYears",
    ]
    assert levels[0]["MembershipFee"] == 9.5


def test_groups_are_paged_until_there_are_none(as_alice: Caller, administrator: Actor) -> None:
    made = [create_group(administrator, {"title": f"Group {n}"})["id"] for n in range(3)]

    assert [each["Id"] for each in as_alice.read("/membergroups")] == made
    pages = [
        [each["Id"] for each in as_alice.read("/membergroups", **{"$top": "2", "$skip": str(skip)})]
        for skip in (0, 2, 4)
    ]
    assert pages == [made[:2], made[2:], []]
    assert as_alice.get("/membergroups", **{"$top": "-1"}).status_code == 400
    assert as_alice.get("/membergroups", **{"$skip": "x"}).status_code == 400
    assert as_alice.read("/membergroups", **{"$top": "0"}) == []


def test_a_group_is_made_and_names_its_members(as_alice: Caller) -> None:
    answer = as_alice.send("POST", "/membergroups", {"Name": "Choir", "description": "Sings"})
    group = answer.json()

    assert answer.status_code == 200
    assert group == {
        "Id": group["Id"],
        "Url": f"{HOST}/MemberGroups/{group['Id']}",
        "Name": "Choir",
        "Description": "Sings",
        "ContactsCount": 0,
    }
    values = [{"SystemCode": "Groups", "Value": [{"Id": group["Id"]}]}]
    living = as_alice.make({"FirstName": "Amy", "FieldValues": values})["Id"]
    gone = as_alice.make({"FirstName": "Rory", "FieldValues": values})["Id"]
    as_alice.change(gone, {"FieldValues": [{"FieldName": "Archived", "Value": True}]})
    address = f"/membergroups/{group['Id']}"
    assert as_alice.read(address)["ContactIds"] == [living, gone]
    assert as_alice.read(address)["ContactsCount"] == 2
    assert [each["ContactsCount"] for each in as_alice.read("/membergroups")] == [2]
    assert as_alice.read(address, includeArchivedMembers="false")["ContactIds"] == [living]
    assert as_alice.get("/membergroups/999").status_code == 404


@pytest.mark.parametrize("body", [{}, {"Name": ""}, {"Name": "Choir"}, {"Name": "CHOIR"}])
def test_a_group_without_a_name_of_its_own_is_refused(
    as_alice: Caller, administrator: Actor, body: Any
) -> None:
    create_group(administrator, {"title": "choir"})
    answer = as_alice.send("POST", "/membergroups", body)

    assert answer.status_code == 400
    assert answer.json()["details"][0]["key"] == "Name"
    assert len(as_alice.read("/membergroups")) == 1


def test_saved_searches_are_the_filters_of_the_browser(as_alice: Caller, alice: Any) -> None:
    actor = actor_for(alice)
    amy = as_alice.make({"FirstName": "Amy", "Organization": "Acme"})["Id"]
    rory = as_alice.make({"FirstName": "Rory", "Organization": "Acme"})["Id"]
    as_alice.change(rory, {"FieldValues": [{"FieldName": "Archived", "Value": True}]})
    kept = create_saved_filter(
        actor, {"name": "Acme people"}, KeptQuery(where(actor, "company", "eq", "acme"))
    )
    create_saved_filter(actor, {"name": "Deals", "object_kind": "deal"})
    described = {
        "Id": kept["id"],
        "Url": f"{HOST}/SavedSearches/{kept['id']}",
        "Name": "Acme people",
        "Description": "",
    }
    address = f"/savedsearches/{kept['id']}"

    assert as_alice.read("/savedsearches") == [described]
    assert as_alice.read(address) == {**described, "ContactIds": [amy, rory]}
    assert as_alice.read(address, excludeArchived="true")["ContactIds"] == [amy]
    narrowed = as_alice.read(address, **{"$filter": "'First name' eq Rory"})
    assert narrowed["ContactIds"] == [rory]
    assert as_alice.get(address, **{"$filter": "Nothing eq 1"}).status_code == 400


def test_filters_of_others_are_not_there(as_alice: Caller, as_bob: Caller, alice: Any) -> None:
    kept = create_saved_filter(actor_for(alice), {"name": "Mine"})

    assert as_bob.read("/savedsearches") == []
    assert as_bob.get(f"/savedsearches/{kept['id']}").status_code == 404


def test_a_picture_is_staged_and_becomes_the_avatar(as_alice: Caller) -> None:
    sent = send_parts(
        as_alice, ("PictureA", "image/png", picture()), ("b", "image/jpeg", picture("JPEG"))
    )
    names = sent.json()
    assert (sent.status_code, list(names)) == (200, ["PictureA", "b"])
    values = [{"FieldName": "Avatar", "Value": {"Id": names["PictureA"]}}]
    contact = as_alice.make({"FirstName": "Amy", "FieldValues": values})

    shown = value_of(contact, "Avatar")
    assert shown == {"Id": names["PictureA"], "Url": f"{HOST}/Pictures/{names['PictureA']}"}
    got = as_alice.get(f"/pictures/{shown['Id']}")
    assert got["Content-Type"] == "image/png"
    assert Image.open(BytesIO(got.content), formats=["PNG"]).size == (8, 8)
    text = as_alice.read(f"/Pictures/{shown['Id']}", asBase64="true")
    assert base64.b64decode(text) == got.content
    again = as_alice.change(contact["Id"], contact)
    assert value_of(again, "Avatar") == shown

    def put(value: object) -> Any:
        body = {"FieldValues": [{"FieldName": "Avatar", "Value": value}]}
        answer = as_alice.send("PUT", f"/contacts/{contact['Id']}", body)
        return answer.json()

    # Keys count whatever their case: this one removed the picture, as did an object without an id.
    assert value_of(put({"id": shown["Id"]}), "Avatar") == shown
    refused = put({"Url": shown["Url"]})
    assert refused["code"] == "Validation"
    assert value_of(as_alice.read(f"/contacts/{contact['Id']}"), "Avatar") == shown
    assert value_of(put(None), "Avatar") is None
    assert as_alice.get(f"/pictures/{shown['Id']}").status_code == 404


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("image/png", b"no picture"),
        ("image/svg+xml", b"<svg/>"),
        ("text/plain", picture()),
        ("image/gif", picture("GIF")),
    ],
)
def test_what_is_no_picture_is_refused(as_alice: Caller, kind: str, content: bytes) -> None:
    answer = send_parts(as_alice, ("picture0", "image/png", picture()), ("p", kind, content))

    assert answer.status_code == 400
    assert answer.json()["details"][0]["key"] == "p"
    assert not Attachment.objects.exists()


def test_pictures_of_others_and_old_ones_are_not_taken(as_alice: Caller, as_bob: Caller) -> None:
    name = send_parts(as_bob, ("picture0", "image/png", picture())).json()["picture0"]
    mine = send_parts(as_alice, ("picture0", "image/png", picture())).json()["picture0"]
    Attachment.objects.filter(pk=int(mine.partition(".")[0])).update(
        created_at=timezone.now() - timedelta(hours=1)
    )

    for wanted in (name, mine, "k3x9.png", "999999.png"):
        body = {"FirstName": "A", "FieldValues": [{"FieldName": "Avatar", "Value": {"Id": wanted}}]}
        answer = as_alice.send("POST", "/contacts", body)
        assert answer.status_code == 400, wanted
        (detail,) = answer.json()["details"]
        # A published client looks for these words, and sends the rest without the picture.
        words = f"Picture with id '{wanted}' not found."
        assert detail == {"key": "Avatar", "value": wanted, "restriction": words}
    assert as_alice.get(f"/pictures/{name}").status_code == 404


def test_an_upload_without_pictures_is_refused(as_alice: Caller) -> None:
    assert send_parts(as_alice).status_code == 400
    assert as_alice.send("POST", "/pictures", {"a": 1}).status_code in (400, 415)


def test_events_and_money_are_empty_lists(as_alice: Caller) -> None:
    assert as_alice.read("/events") == {"Events": []}
    assert as_alice.read("/Invoices/") == {"Invoices": []}
    assert as_alice.read("/payments", **{"$top": "5"}) == {"Payments": []}
    for resource in ("eventregistrations", "donations", "tenders"):
        assert as_alice.read(f"/{resource}") == []
    for method in ("POST", "PUT", "DELETE"):
        answer = as_alice.send(method, "/events", {})
        assert (answer.status_code, answer.json()["code"]) == (404, "NotFound")
    assert as_alice.get("/invoices/1").status_code == 404


def test_tokens_for_reading_make_no_groups(alice: Any, as_alice: Caller) -> None:
    reader = Caller(as_alice.key, client=as_alice.client)
    reader.token = reader.ask_token(scope="contacts_view").json()["access_token"]

    assert reader.send("POST", "/membergroups", {"Name": "Choir"}).status_code == 403
    assert send_parts(reader, ("p", "image/png", picture())).status_code == 403
    assert reader.read("/membergroups") == []


def test_one_sees_oneself(as_alice: Caller, alice: Any) -> None:
    alice.email = "alice@example.com"
    alice.save()
    give_own_contact(actor_for(alice), alice)
    me = as_alice.read("/contacts/Me")

    assert list(me) == [
        "Id",
        "Url",
        "DisplayName",
        "FirstName",
        "LastName",
        "Email",
        "Organization",
        "IsAccountAdministrator",
        "TermsOfUseAccepted",
    ]
    assert me["Email"] == "alice@example.com"
    assert me["Url"] == f"{HOST}/Contacts/{me['Id']}"
    whole = as_alice.read("/contacts/me", includeDetails="true")
    assert "FieldValues" in whole
    assert "ExtendedMembershipInfo" in as_alice.read(
        "/contacts/me", getExtendedMembershipInfo="true"
    )
    public = as_alice.read("/publicview/v1/accounts/1/contacts/me")
    assert public["Id"] == me["Id"]
    assert public["Url"] == me["Url"].replace("/v2.2/", "/v1/")


def test_a_member_without_any_right_sees_itself_and_nobody_else(
    as_ada: Caller, administrator: Actor, project: Project
) -> None:
    """Was answered 404: the right to view contacts of some project was asked for."""
    member = make_user("mia", first_name="Mia", email="mia@example.com")
    give_own_contact(administrator, member)
    other = as_ada.make({"FirstName": "Amy"})
    as_member = caller(member)

    me = as_member.read("/contacts/me")
    assert me["Email"] == "mia@example.com"
    whole = as_member.read(f"/contacts/{me['Id']}")
    assert value_of(whole, "FirstName") == "Mia"
    assert value_of(whole, "Projects") == []
    assert as_member.read("/publicview/v1/accounts/1/contacts/me")["Id"] == me["Id"]
    assert as_member.list() == []
    assert as_member.read("/contacts", **{"$count": "true"}) == {"Count": 0}
    assert as_member.found(f"ID eq {me['Id']} OR ID eq {other['Id']}") == []
    assert as_member.get(f"/contacts/{other['Id']}").status_code == 404
    assert as_member.send("PUT", f"/contacts/{me['Id']}", {"FirstName": "X"}).status_code == 404
    assert as_member.send("POST", "/contacts", {"FirstName": "X"}).status_code == 403


def test_a_user_without_a_contact_is_not_found(as_alice: Caller, as_nobody: Caller) -> None:
    answer = as_alice.get("/contacts/me")

    assert as_alice.get("/contacts/none").status_code == 404
    assert (answer.status_code, answer.json()["code"]) == (404, "NotFound")
    assert as_nobody.get("/contacts/me").status_code == 401
