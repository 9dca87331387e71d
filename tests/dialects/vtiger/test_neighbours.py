"""HelpDesk, ModComments, Documents and the small tables."""

import base64
import json
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from contacts.fields import reference
from contacts.models import User, UserGroup
from tests.dialects.vtiger.calling import Caller, envelope_of
from tests.dialects.vtiger.test_neighbours_sync import ELEMENTS

TICKET = {
    "ticket_title": "Broken",
    "ticketpriorities": "High",
    "ticketstatus": "Open",
    "ticketseverities": "Major",
    "ticketcategories": "Big Problem",
    "hours": "1.5",
    "solution": "Mend it",
}


def test_a_ticket_comes_back_as_it_was_sent(as_alice: Caller) -> None:
    person = as_alice.create("Contacts", lastname="Lee")
    made = as_alice.create("HelpDesk", **TICKET, contact_id=person["id"])
    assert made["id"].startswith("17x")
    assert {name: made[name] for name in TICKET} == TICKET
    assert made["contact_id"] == person["id"]
    rows = as_alice.query(
        "select ticket_title from HelpDesk where ticketstatus = 'Open' and hours = 1.5;"
    )
    assert rows == [{"ticket_title": "Broken", "id": made["id"]}]
    closed = as_alice.post("revise", element={"id": made["id"], "ticketstatus": "Closed"})
    assert closed["ticketstatus"] == "Closed"


def test_no_hours_are_told_from_hours_that_nobody_has_set(as_alice: Caller) -> None:
    """Numbers that were 0 were not stored."""
    unset = as_alice.create("HelpDesk", **{**TICKET, "hours": ""})
    none = as_alice.create("HelpDesk", **{**TICKET, "hours": 0}, days="0.5")
    assert (unset["hours"], none["hours"], none["days"]) == ("", "0", "0.5")
    assert as_alice.query("select id from HelpDesk where hours = 0;") == [{"id": none["id"]}]
    rows = as_alice.query("select hours from HelpDesk where hours = '';")
    assert rows == [{"hours": "", "id": unset["id"]}]
    changed = as_alice.post("revise", element={"id": none["id"], "days": "0"})
    assert changed["days"] == "0"


def test_a_comment_stays_with_its_record(as_alice: Caller) -> None:
    person = as_alice.create("Contacts", lastname="Lee")
    first = as_alice.create("ModComments", commentcontent="Hi", related_to=person["id"])
    assert first["id"].startswith("30x")
    assert (first["related_to"], first["creator"]) == (person["id"], as_alice.user_id)
    answer = as_alice.create(
        "ModComments",
        commentcontent="Yes",
        related_to=person["id"],
        parent_comments=first["id"],
        customer=person["id"],
    )
    assert (answer["parent_comments"], answer["customer"]) == (first["id"], person["id"])
    rows = as_alice.query(
        f"select commentcontent from ModComments where related_to = '{person['id']}';"
    )
    assert [row["commentcontent"] for row in rows] == ["Hi", "Yes"]
    edited = as_alice.post(
        "revise", element={"id": first["id"], "commentcontent": "Ho", "reasontoedit": "typo"}
    )
    assert (edited["commentcontent"], edited["reasontoedit"]) == ("Ho", "typo")
    assert as_alice.post("delete", id=answer["id"]) == {"status": "successful"}


def test_every_comment_is_about_something(as_alice: Caller) -> None:
    person = as_alice.create("Contacts", lastname="Lee")
    as_alice.create("ModComments", commentcontent="Hi", related_to=person["id"])
    assert as_alice.query("select id from ModComments where related_to = '';") == []
    assert len(as_alice.query("select id from ModComments where related_to != '';")) == 1


def test_a_comment_on_nothing_is_refused_by_the_name_of_its_field(as_alice: Caller) -> None:
    """The refusal named a field that the protocol does not have."""
    element = {
        "commentcontent": "Hi",
        "related_to": "12x99999",
        "assigned_user_id": as_alice.user_id,
    }
    assert as_alice.refusal("create", "POST", elementType="ModComments", element=element) == (
        "MANDATORY_FIELDS_MISSING",
        "related_to does not have a value",
    )


def upload(
    caller: Caller, element: dict[str, Any], content: bytes, **others: str
) -> dict[str, Any]:
    """Create a document with a file as a part of a form; others are more fields of the form."""
    fields = {
        "operation": "create",
        "sessionName": caller.session,
        "elementType": "Documents",
        "element": json.dumps({"assigned_user_id": caller.user_id, **element}),
        **others,
    }
    part = fields.pop("part", "filename")
    parts = [
        f'--X\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    head = (
        f'--X\r\nContent-Disposition: form-data; name="{part}"; filename="up.txt"\r\n'
        "Content-Type: text/plain\r\n\r\n"
    )
    body = "".join(parts).encode() + head.encode() + content + b"\r\n--X--\r\n"
    answer = caller.client.generic(
        "POST", "/webservice.php", body, "multipart/form-data; boundary=X"
    )
    envelope = envelope_of(answer)
    assert envelope["success"], envelope
    result: dict[str, Any] = envelope["result"]
    return result


def test_a_file_is_uploaded_and_fetched(as_alice: Caller) -> None:
    made = upload(as_alice, {"notes_title": "Plan"}, b"hello")
    assert made["id"].startswith("15x")
    assert (made["filename"], made["filesize"], made["filelocationtype"]) == ("up.txt", "5", "I")
    assert made["filestatus"] == "1"
    assert made["folderid"].startswith("22x")
    (file,) = as_alice.get("files_retrieve", id=made["imageattachmentids"])
    assert base64.b64decode(file["filecontents"]) == b"hello"
    assert (file["filename"], file["filetype"], file["filesize"]) == ("up.txt", "text/plain", 5)
    assert as_alice.get("retrieve", id=made["id"])["filedownloadcount"] == "1"


def test_a_picture_comes_with_its_contact(as_alice: Caller) -> None:
    """The part of the form was passed over."""
    picture = BytesIO()
    Image.new("RGB", (8, 8), "red").save(picture, "PNG")
    form = {"elementType": "Contacts", "part": "imagename"}
    made = upload(as_alice, {"lastname": "Lee"}, picture.getvalue(), **form)
    assert made["imagename"] == "up.webp"
    (file,) = as_alice.get("files_retrieve", id=made["imageattachmentids"])
    assert (file["filename"], file["filetype"]) == ("up.webp", "image/webp")
    form["operation"] = "revise"
    kept = upload(as_alice, {"id": made["id"], "title": "Boss"}, b"", **form)
    assert (kept["title"], kept["imagename"]) == ("Boss", "up.webp")
    other = upload(as_alice, {"id": made["id"]}, picture.getvalue(), **form)
    assert other["imageattachmentids"] != made["imageattachmentids"]


def test_what_is_no_picture_is_refused_and_nothing_is_stored(as_alice: Caller) -> None:
    form = {"elementType": "Contacts", "part": "imagename"}
    with pytest.raises(AssertionError, match="imagename"):
        upload(as_alice, {"lastname": "Lee"}, b"hello", **form)
    assert as_alice.query("select id from Contacts;") == []


def test_a_file_that_is_not_there_is_not_found(as_alice: Caller) -> None:
    assert as_alice.refusal("files_retrieve", id="15x999")[0] == "RECORD_NOT_FOUND"
    assert as_alice.refusal("files_retrieve", id="abc")[0] == "RECORD_NOT_FOUND"


def test_a_link_gets_the_beginning_that_it_lacks(as_alice: Caller) -> None:
    link = {"filename": "example.org/a", "filelocationtype": "E"}
    made = as_alice.create("Documents", notes_title="Page", **link)
    assert (made["filename"], made["filelocationtype"]) == ("http://example.org/a", "E")
    file = {"filename": "example.org", "filelocationtype": "I"}
    other = as_alice.create("Documents", notes_title="Page", **file)
    assert (other["filename"], other["filelocationtype"]) == ("", "I")
    moved = as_alice.post("revise", element={"id": other["id"], **link})
    assert moved["filename"] == "http://example.org/a"


def test_a_document_may_be_a_link(as_alice: Caller) -> None:
    made = as_alice.create(
        "Documents",
        notes_title="Page",
        filename="https://example.org/a",
        filelocationtype="E",
        notecontent="<b>x</b>",
    )
    assert (made["filename"], made["filelocationtype"]) == ("https://example.org/a", "E")
    assert "imageattachmentids" not in made
    rows = as_alice.query("select notes_title from Documents where filelocationtype = 'E';")
    assert rows == [{"notes_title": "Page", "id": made["id"]}]


def test_folders_are_made_and_listed(as_alice: Caller) -> None:
    made = as_alice.create("DocumentFolders", foldername="Offers")
    rows = as_alice.query("select * from DocumentFolders;")
    assert [row["foldername"] for row in rows] == ["Default", "Offers"]
    document = as_alice.create("Documents", notes_title="x", folderid=made["id"])
    assert document["folderid"] == made["id"]


def test_there_is_a_currency(as_alice: Caller) -> None:
    (row,) = as_alice.query("select * from Currency;")
    assert row["id"] == "21x1"
    assert (row["currency_code"], row["conversion_rate"]) == ("USD", "1.00000")
    assert as_alice.get("retrieve", id="21x1")["currency_symbol"] == "$"


def test_groups_hold_their_names_only(as_ada: Caller, bob: User) -> None:
    group = UserGroup.objects.create(name="Sales")
    group.users.add(bob)
    reference.bump("people")
    (row,) = as_ada.query("select * from Groups;")
    assert row == {"groupname": "Sales", "description": "", "id": f"20x{group.pk}"}
    assert as_ada.get("retrieve", id=row["id"]) == {**row, "groupid": str(group.pk)}
    lead = as_ada.create("Leads", lastname="L", assigned_user_id=row["id"])
    assert lead["assigned_user_id"] == row["id"]
    rows = as_ada.query(f"select id from Leads where assigned_user_id = '{row['id']}';")
    assert rows == [{"id": lead["id"]}]


def test_users_are_for_administrators(as_ada: Caller, as_alice: Caller) -> None:
    assert "Users" not in as_alice.get("listtypes")["types"]
    assert as_alice.refusal("retrieve", id=as_alice.user_id)[0] == "ACCESS_DENIED"
    assert as_alice.refusal("query", query="select * from Users;")[0] == "ACCESS_DENIED"
    rows = as_ada.query("select * from Users where user_name = 'alice';")
    assert [row["id"] for row in rows] == [as_alice.user_id]
    assert rows[0]["is_admin"] == "off"


def test_no_secret_of_others_is_shown(as_ada: Caller, as_alice: Caller) -> None:
    for row in as_ada.query("select * from Users;"):
        assert row["user_password"] == row["confirm_password"] == ""
        assert bool(row["accesskey"]) == (row["id"] == as_ada.user_id)


def test_an_administrator_makes_users(as_ada: Caller) -> None:
    element = {
        "user_name": "dora",
        "last_name": "Dot",
        "email1": "dora@example.org",
        "is_admin": "off",
        "status": "Active",
        "user_password": "correct horse battery",
    }
    made = as_ada.post("create", elementType="Users", element=element)
    assert (made["user_name"], made["email1"]) == ("dora", "dora@example.org")
    assert User.objects.get(username="dora").check_password("correct horse battery")
    locked = as_ada.post("revise", element={"id": made["id"], "status": "Inactive"})
    assert locked["status"] == "Inactive"


def test_a_user_stays_what_a_blank_or_unknown_word_does_not_say(as_ada: Caller) -> None:
    """What was not "on" or "Active", such as true or nothing, locked or demoted the user."""
    element = {"user_name": "dora", "last_name": "Dot", "email1": "dora@example.org"}
    made = as_ada.post("create", elementType="Users", element={**element, "is_admin": True})
    assert (made["is_admin"], made["status"]) == ("on", "Active")
    kept = as_ada.post("revise", element={"id": made["id"], "is_admin": "", "status": ""})
    assert (kept["is_admin"], kept["status"]) == ("on", "Active")
    for name, text in (("status", "Retired"), ("is_admin", "perhaps")):
        change = {"id": made["id"], name: text, "first_name": "Changed"}
        assert as_ada.refusal("revise", "POST", element=change) == (
            "DATABASE_QUERY_ERROR",
            f"{name} is not in the list",
        )
    assert as_ada.get("retrieve", id=made["id"])["first_name"] == ""
    weak = {**element, "user_name": "dan", "user_password": "a"}
    for sent, words in (
        (element, "user_name is taken"),
        (weak, "user_password is shorter than 8 characters"),
    ):
        refused = as_ada.refusal("create", "POST", elementType="Users", element=sent)
        assert refused == ("DATABASE_QUERY_ERROR", words)


@pytest.mark.parametrize(
    "module",
    ["Leads", "Potentials", "Calendar", "Events", "HelpDesk", "ModComments", "Documents"],
)
def test_every_described_field_is_in_every_row(as_ada: Caller, module: str) -> None:
    names = [field["name"] for field in as_ada.get("describe", elementType=module)["fields"]]
    assert names[-1] == "id"
    assert len(names) == len(set(names))
    for name in names:
        as_ada.query(f"select {name} from {module} where {name} = '1x1' order by {name};")


@pytest.mark.parametrize("module", ["Potentials", "HelpDesk", "Calendar", "Events", "Documents"])
def test_records_of_work_have_tags(as_alice: Caller, module: str) -> None:
    element = {**ELEMENTS[module], "tags": "hot, Big deal"}
    made = as_alice.create(module, **element)
    assert set(made["tags"].split(",")) == {"hot", "Big deal"}
    for condition, count in (("tags = 'HOT'", 1), ("tags like 'big%'", 1), ("tags = 'cold'", 0)):
        assert len(as_alice.query(f"select id from {module} where {condition};")) == count
    changed = as_alice.post("revise", element={"id": made["id"], "tags": "cold"})
    assert changed["tags"] == "cold"
    assert as_alice.post("revise", element={"id": made["id"], "tags": ""})["tags"] == ""
    listed = as_alice.post("revise", element={"id": made["id"], "tags": ["hot", "cold"]})
    assert set(listed["tags"].split(",")) == {"hot", "cold"}
    assert as_alice.post("revise", element={"id": made["id"], "tags": []})["tags"] == ""
