"""Version 4: typed records, nested conditions, chains, indexes, batches, errors."""

import json
from typing import Any

import pytest
from django.http import HttpResponse

from contacts.models import Contact, Project
from tests.builders import make_contact
from tests.dialects.civicrm.calling import Caller

API4 = "/civicrm/ajax/api4"


def call(caller: Caller, path: str, params: Any, status: int = 200, **fields: str) -> Any:
    """Post a call as programs do and return the JSON of its answer."""
    answer: HttpResponse = caller.client.post(
        f"{API4}/{path}",
        {"params": json.dumps(params), **fields},
        headers={"X-Civi-Auth": f"Bearer {caller.api_key}"},
    )
    assert answer.status_code == status, answer.content
    return json.loads(answer.content)


def values(caller: Caller, path: str, params: Any, **fields: str) -> Any:
    return call(caller, path, params, **fields)["values"]


@pytest.fixture
def ann(project: Project) -> Contact:
    return make_contact(
        first_name="Ann",
        last_name="Arbor",
        projects=[project.pk],
        emails=[{"address": "ann@x.org"}],
        birthday="1980-02-03",
    )


@pytest.fixture
def bert(project: Project) -> Contact:
    return make_contact(first_name="Bert", last_name="Birch", projects=[project.pk])


def test_records_have_types(as_alice: Caller, ann: Contact) -> None:
    answer = call(as_alice, "Contact/get", {"where": [["id", "=", ann.pk]]})

    (record,) = answer.pop("values")
    assert answer == {
        "entity": "Contact",
        "action": "get",
        "debug": None,
        "version": 4,
        "count": 1,
        "countFetched": 1,
    }
    assert record["id"] == ann.pk
    assert record["is_deleted"] is False
    assert record["gender_id"] is None
    assert record["birth_date"] == "1980-02-03"
    assert not {"email", "email_primary.email"} & record.keys()


@pytest.mark.usefixtures("ann", "bert")
@pytest.mark.parametrize(
    ("where", "found"),
    [
        ([["first_name", "=", "Ann"]], ["Ann"]),
        ([["OR", [["first_name", "=", "Ann"], ["last_name", "LIKE", "Bir%"]]]], ["Ann", "Bert"]),
        ([["NOT", [["first_name", "=", "Ann"]]], ["last_name", "CONTAINS", "irc"]], ["Bert"]),
        ([["first_name", "IN", ["Ann", "Zoe"]]], ["Ann"]),
        ([["birth_date", "IS NOT NULL"]], ["Ann"]),
        ([["birth_date", "IS EMPTY"], ["last_name", "IN", ["Arbor", "Birch"]]], ["Bert"]),
        ([["birth_date", "BETWEEN", ["1980-01-01", "1980-12-31"]]], ["Ann"]),
        ([["email_primary.email", "=", "ann@x.org"]], ["Ann"]),
    ],
)
def test_conditions_nest(where: Any, found: list[str], as_alice: Caller) -> None:
    asked = {"select": ["first_name"], "where": where, "orderBy": {"first_name": "ASC"}}

    assert [each["first_name"] for each in values(as_alice, "Contact/get", asked)] == found


def test_primary_records_and_labels_are_shown_when_asked_for(
    as_alice: Caller, ann: Contact
) -> None:
    made = values(
        as_alice,
        "Contact/update",
        {
            "where": [["id", "=", ann.pk]],
            "values": {"gender_id:label": "Female"},
        },
    )
    (record,) = values(
        as_alice,
        "Contact/get",
        {
            "select": ["display_name", "email_primary.email", "gender_id", "gender_id:label"],
            "where": [["id", "=", ann.pk]],
        },
    )

    assert made[0]["id"] == ann.pk
    assert record == {
        "id": ann.pk,
        "display_name": "Ann Arbor",
        "email_primary.email": "ann@x.org",
        "gender_id": 1,
        "gender_id:label": "Female",
    }


def test_record_is_made_changed_and_deleted(as_alice: Caller, project: Project) -> None:
    (made,) = values(
        as_alice,
        "Individual/create",
        {
            "values": {"first_name": "Cleo", "email_primary.email": "cleo@x.org"},
        },
    )
    changed = values(
        as_alice,
        "Contact/update",
        {
            "values": {"id": made["id"], "job_title": "Captain"},
            "reload": True,
        },
    )
    where = [["id", "=", made["id"]]]
    deleted = values(as_alice, "Contact/delete", {"where": where})

    assert made["contact_type"] == "Individual"
    assert changed[0]["job_title"] == "Captain"
    assert deleted == [{"id": made["id"]}]
    assert Contact.objects.get(pk=made["id"]).archived_at is not None
    trashed = values(as_alice, "Contact/get", {"where": where, "select": ["is_deleted"]})
    assert trashed == [{"id": made["id"], "is_deleted": True}]
    living = {"where": [["first_name", "=", "Cleo"]]}
    assert values(as_alice, "Contact/get", living) == []


def test_save_changes_what_matches_and_makes_the_rest(as_alice: Caller, ann: Contact) -> None:
    saved = values(
        as_alice,
        "Contact/save",
        {
            "records": [
                {"first_name": "Ann", "last_name": "Arbor", "job_title": "Boss"},
                {"first_name": "Dan", "last_name": "Dale"},
            ],
            "defaults": {"contact_type": "Individual"},
            "match": ["first_name", "last_name"],
        },
    )

    assert saved[0]["id"] == ann.pk
    assert saved[0]["job_title"] == "Boss"
    assert Contact.objects.filter(first_name="Dan").count() == 1


def test_more_records_than_one_transaction_may_hold_are_refused(
    as_alice: Caller, ann: Contact
) -> None:
    many = {"records": [{"id": ann.pk, "job_title": "Boss"}] * 10_001}
    refused = call(as_alice, "Contact/save", many, 400)
    assert refused["error_message"] == "More than 10000 records at once: save them in several calls"
    emails = {"where": [["contact_id", "=", ann.pk]], "records": [{"email": "a@x.org"}] * 10_001}
    assert "several calls" in call(as_alice, "Email/replace", emails, 400)["error_message"]
    assert Contact.objects.get(pk=ann.pk).job_title == ""
    assert list(ann.emails.values_list("address", flat=True)) == ["ann@x.org"]


def test_replace_leaves_what_is_listed(as_alice: Caller, ann: Contact) -> None:
    kept = values(
        as_alice,
        "Email/replace",
        {
            "where": [["contact_id", "=", ann.pk]],
            "records": [{"email": "new@x.org"}, {"email": "more@x.org"}],
        },
    )

    assert [each["email"] for each in kept] == ["new@x.org", "more@x.org"]
    assert sorted(ann.emails.values_list("address", flat=True)) == ["more@x.org", "new@x.org"]


def test_chained_calls_take_fields_of_the_row(as_alice: Caller, ann: Contact) -> None:
    (record,) = values(
        as_alice,
        "Contact/get",
        {
            "select": ["id"],
            "where": [["id", "=", ann.pk]],
            "chain": {"mails": ["Email", "get", {"where": [["contact_id", "=", "$id"]]}, 0]},
        },
    )

    assert record["mails"]["email"] == "ann@x.org"


def test_failing_chain_undoes_everything(as_alice: Caller, project: Project) -> None:
    answer = call(
        as_alice,
        "Contact/create",
        {
            "values": {"first_name": "Undone"},
            "chain": {"mail": ["Email", "create", {"values": {"contact_id": "$id"}}]},
        },
        400,
    )

    assert "email" in answer["error_message"]
    assert not Contact.objects.filter(first_name="Undone").exists()


def test_index_keys_the_records_or_takes_one(as_alice: Caller, ann: Contact) -> None:
    asked = {"select": ["first_name"], "where": [["id", "=", ann.pk]]}

    assert values(as_alice, "Contact/get", asked, index="0")["first_name"] == "Ann"
    keyed = values(as_alice, "Contact/get", asked, index='"first_name"')
    assert list(keyed) == ["Ann"]


def test_limits_and_the_number_of_all_matches(
    as_alice: Caller, ann: Contact, bert: Contact
) -> None:
    asked = {
        "select": ["id", "row_count"],
        "where": [["id", "IN", [ann.pk, bert.pk]]],
        "orderBy": {"last_name": "DESC"},
        "limit": 1,
    }
    answer = call(as_alice, "Contact/get", asked)

    assert (answer["values"], answer["countFetched"]) == ([{"id": bert.pk}], 1)
    assert answer["countMatched"] == 2


def test_batch_in_which_every_call_fails_answers_as_the_first_of_them(as_alice: Caller) -> None:
    calls = [["Foo", "get", {}], ["Contact", "get", {"where": [["bogus", "=", 1]]}]]
    answers = [
        as_alice.client.post(
            API4, {"calls": json.dumps(each)}, headers={"X-Civi-Auth": f"Bearer {as_alice.api_key}"}
        )
        for each in (calls, calls[::-1], [*calls, ["Contact", "get", {"limit": 1}]])
    ]
    assert [answer.status_code for answer in answers] == [404, 400, 200]
    assert [each["status"] for each in answers[0].json()] == [404, 400]


def test_batch_answers_under_its_keys(as_alice: Caller, ann: Contact) -> None:
    calls = {
        "ann": ["Contact", "get", {"where": [["id", "=", ann.pk]], "select": ["id"]}, 0],
        "bad": ["Foo", "get", {}],
    }
    answer = as_alice.client.post(
        API4, {"calls": json.dumps(calls)}, headers={"X-Civi-Auth": f"Bearer {as_alice.api_key}"}
    ).json()

    assert answer["ann"]["values"] == {"id": ann.pk}
    assert "error_code" not in answer["ann"]
    assert answer["bad"]["error_message"].startswith("API (Foo, get) does not exist (or the ext")


@pytest.mark.parametrize(
    ("path", "params", "status", "message"),
    [
        ("Contact/foo", {}, 404, "Api Contact foo version 4 does not exist."),
        ("Contact/get", {"where": [["bogus", "=", 1]]}, 400, "Invalid field 'bogus'"),
        ("Contact/get", {"orderBy": {"bogus": "ASC"}}, 400, "Invalid field 'bogus'"),
        ("Contact/get", {"bogus": 1}, 400, "Unknown api parameter: setBogus"),
        ("Contact/delete", {}, 400, 'Parameter "where" is required.'),
        ("Contact/get", {"where": [["first_name", "SOUNDS LIKE", "A"]]}, 400, "Illegal operator"),
        ("Contact/get", {"where": "x"}, 400, 'Parameter "where" is not of the correct type.'),
        ("Contact/get", [1], 400, 'Parameter "params" must be a JSON object.'),
    ],
)
def test_bad_call_is_told_by_status_and_words(
    path: str, params: Any, status: int, message: str, as_alice: Caller
) -> None:
    answer = call(as_alice, path, params, status)

    assert answer["error_message"].startswith(message)
    assert (answer["status"], "error_code" in answer) == (status, True)


def test_change_by_get_is_refused(as_alice: Caller, ann: Contact) -> None:
    params = json.dumps({"where": [["id", "=", ann.pk]]})
    headers = {"X-Civi-Auth": f"Bearer {as_alice.api_key}"}

    read = as_alice.client.get(f"{API4}/Contact/get", {"params": params}, headers=headers)
    deleted = as_alice.client.get(f"{API4}/Contact/delete", {"params": params}, headers=headers)

    assert read.json()["count"] == 1
    assert deleted.status_code == 405
    assert Contact.objects.get(pk=ann.pk).archived_at is None


def test_change_that_is_chained_to_a_reading_is_refused_by_get(
    as_alice: Caller, ann: Contact
) -> None:
    chain = {"gone": ["Contact", "delete", {"where": [["id", "=", "$id"]]}]}
    nested = {"again": ["Contact", "get", {"where": [["id", "=", "$id"]], "chain": chain}]}
    for chained in (chain, nested):
        params = json.dumps({"where": [["id", "=", ann.pk]], "chain": chained})
        answer = as_alice.client.get(
            f"{API4}/Contact/get",
            {"params": params},
            headers={"X-Civi-Auth": f"Bearer {as_alice.api_key}"},
        )
        assert answer.status_code == 405
    assert Contact.objects.get(pk=ann.pk).archived_at is None


def test_changes_stop_at_the_limit_in_the_order_asked_for(
    as_alice: Caller, ann: Contact, bert: Contact
) -> None:
    page = {
        "where": [["id", "IN", [ann.pk, bert.pk]]],
        "orderBy": {"last_name": "DESC"},
        "limit": 1,
    }

    changed = values(as_alice, "Contact/update", {**page, "values": {"job_title": "Boss"}})
    deleted = values(as_alice, "Contact/delete", page)

    assert [each["id"] for each in changed] == [bert.pk]
    assert deleted == [{"id": bert.pk}]
    assert Contact.objects.get(pk=ann.pk).archived_at is None


def test_wrong_key_is_told_in_plain_text(as_alice: Caller) -> None:
    answer = as_alice.client.post(f"{API4}/Contact/get", headers={"X-Civi-Auth": "Bearer no"})

    assert (answer.status_code, answer.content) == (401, b"HTTP 401 Invalid credential")


def test_others_see_what_they_may(as_charlie: Caller, ann: Contact) -> None:
    assert values(as_charlie, "Contact/get", {"where": [["id", "=", ann.pk]]}) == []
    call(as_charlie, "Tag/delete", {"where": [["id", ">", 0]]}, 200)


def test_fields_and_actions_are_described(as_alice: Caller) -> None:
    fields = values(
        as_alice, "Contact/getFields", {"where": [["name", "=", "gender_id"]], "loadOptions": True}
    )
    actions = values(as_alice, "Contact/getActions", {"select": ["name"]})

    assert fields[0]["options"]["1"] == "Female"
    assert {"name": "replace"} in actions


def test_entities_are_records(as_ada: Caller) -> None:
    found = values(as_ada, "Entity/get", {"select": ["name"]})

    assert {"Contact", "Email", "GroupContact"} <= {each["name"] for each in found}


def test_a_reference_is_written_by_a_name_of_what_it_points_to(as_ada: Caller) -> None:
    group = {"title": "More", "extends": "Individual"}
    values(as_ada, "CustomGroup/create", {"values": group})
    field = {"label": "Shoe", "data_type": "Int", "html_type": "Text"}
    values(as_ada, "CustomField/create", {"values": {"custom_group_id.title": "More", **field}})
    person = {"first_name": "Alice", "More.Shoe": 41}
    (alice,) = values(as_ada, "Contact/create", {"values": person})

    asked = {"where": [["More.Shoe", ">", 40]], "select": ["More.Shoe"]}
    assert values(as_ada, "Contact/get", asked) == [{"id": alice["id"], "More.Shoe": 41}]
    lost = {"custom_group_id.title": "Nope", **field}
    refused = call(as_ada, "CustomField/create", {"values": lost}, 400)
    assert refused["error_message"] == "custom_group_id.title is not valid : Nope"


def test_a_change_demands_the_version_that_a_record_was_read_in(
    as_alice: Caller, ann: Contact
) -> None:
    where = [["id", "=", ann.pk]]

    def sent(action: str, params: Any, **demands: str) -> HttpResponse:
        headers = {"X-Civi-Auth": f"Bearer {as_alice.api_key}", **demands}
        fields = {"params": json.dumps({"where": where, **params})}
        return as_alice.client.post(f"{API4}/Contact/{action}", fields, headers=headers)

    tag = sent("get", {})["ETag"]
    for name, status in (("Anna", 200), ("Anne", 412)):
        answer = sent("update", {"values": {"first_name": name}}, **{"If-Match": tag})
        assert answer.status_code == status
    assert answer.json()["error_code"] == 412
    ann.refresh_from_db()
    assert ann.first_name == "Anna"
