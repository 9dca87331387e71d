"""What the published manual shows, step by step, is what happens."""

import json
import re

import pytest

from contacts.models import Contact, Project, User
from tests.dialects.vtiger.calling import Caller, caller, key_of, proof

pytestmark = pytest.mark.django_db

SEED = (
    '{"firstname": "Александр", "phone": "+7908222448800", "lastname": "Ivanov",'
    ' "otherphone": "+79086789985", "birthday": "1980-06-08", "email": "",'
    ' "assigned_user_id": "19x%s"}'
)


def test_stage_1_a_name_alone_gives_a_token_for_five_minutes(
    as_nobody: Caller, alice: User
) -> None:
    key_of(alice)
    result = as_nobody.get("getchallenge", username="alice")

    assert list(result) == ["token", "serverTime", "expireTime"]
    assert re.fullmatch("[0-9a-f]{13}", result["token"])
    assert result["expireTime"] - result["serverTime"] == 300


def test_stage_2_token_and_access_key_open_a_session(as_nobody: Caller, alice: User) -> None:
    key = key_of(alice)
    token = as_nobody.get("getchallenge", username="alice")["token"]
    result = as_nobody.post("login", username="alice", accessKey=proof(token, key))

    assert list(result)[:4] == ["sessionName", "userId", "version", "vtigerVersion"]
    assert result["userId"] == f"19x{alice.pk}"
    assert result["version"] == "0.22"
    assert result["is_admin"] == "off"


def test_stages_3_to_6_list_read_create_and_change(as_alice: Caller, alice: User) -> None:
    made = as_alice.post("create", elementType="Contacts", element=SEED % alice.pk)
    assert made["firstname"] == "Александр"
    assert made["label"] == "Александр Ivanov"
    assert (made["phone"], made["otherphone"]) == ("+7908222448800", "+79086789985")
    assert re.fullmatch("12x[0-9]+", made["id"])

    assert as_alice.get("retrieve", id=made["id"]) == made
    (listed,) = as_alice.query("SELECT * FROM Contacts WHERE modifiedtime> '2021-06-01'")
    assert listed == {name: value for name, value in made.items() if name != "label"}

    element = {**json.loads(SEED % alice.pk), "birthday": "1980-06-15", "id": made["id"]}
    changed = as_alice.post("update", element=element)
    assert changed["birthday"] == "1980-06-15"
    assert as_alice.get("retrieve", id=made["id"])["birthday"] == "1980-06-15"


def test_the_first_administrator_is_19x1(ada: User, project: Project) -> None:
    assert caller(ada).user_id == f"19x{ada.pk}"
    assert Contact.objects.count() == 0


ANSWER = {
    "salutationtype": "",
    "firstname": "Александр",
    "contact_no": "CON5",
    "phone": "+7908222448800",
    "lastname": "Ivanov",
    "mobile": "",
    "account_id": "",
    "homephone": "",
    "leadsource": "",
    "otherphone": "+79086789985",
    "title": "",
    "fax": "",
    "department": "",
    "birthday": "1980-06-08",
    "email": "",
    "contact_id": "",
    "assistant": "",
    "secondaryemail": "",
    "assistantphone": "",
    "donotcall": "0",
    "emailoptout": "0",
    "assigned_user_id": "19x1",
    "reference": "0",
    "notify_owner": "0",
    "createdtime": "2026-11-21 22:39:49",
    "modifiedtime": "2026-11-21 22:39:49",
    "modifiedby": "19x1",
    "isconvertedfromlead": "0",
    "source": "WEBSERVICE",
    "starred": "0",
    "tags": "",
    "portal": "0",
    "support_start_date": "",
    "support_end_date": "",
    "mailingstreet": "",
    "otherstreet": "",
    "mailingcity": "",
    "othercity": "",
    "mailingstate": "",
    "otherstate": "",
    "mailingzip": "",
    "otherzip": "",
    "mailingcountry": "",
    "othercountry": "",
    "mailingpobox": "",
    "otherpobox": "",
    "description": "",
    "imagename": "",
    "id": "12x5",
    "label": "Александр Ivanov",
}
OURS = ("contact_no", "assigned_user_id", "createdtime", "modifiedtime", "modifiedby", "id")


def test_created_record_is_the_recorded_one(as_alice: Caller, alice: User) -> None:
    made = as_alice.post("create", elementType="Contacts", element=SEED % alice.pk)
    assert list(made) == list(ANSWER)
    assert {**made, **{name: ANSWER[name] for name in OURS}} == ANSWER
    described = as_alice.get("describe", elementType="Contacts")["fields"]
    assert [field["name"] for field in described] == list(ANSWER)[:-1]


def test_extension_of_the_manual_translates_into_russian(as_alice: Caller) -> None:
    params = {"language": "ru_ru", "module": "Contacts"}
    result = as_alice.post(
        "gettranslation", totranslate='["SINGLE_Contacts", "Contacts"]', **params
    )
    assert result == {"SINGLE_Contacts": "Контакт", "Contacts": "Контакты"}
    assert list(result) == ["SINGLE_Contacts", "Contacts"]
