"""Contacts that are known already come in from a file once more, as the rule says."""

import csv
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from contacts.access import system_actor
from contacts.history import changes_of
from contacts.models import Change, Contact, Project, User
from contacts.query import get_contact
from contacts.services.contacts import archive_contact
from contacts.transfer import importing
from tests.builders import make_contact

pytestmark = pytest.mark.django_db

SYSTEM = system_actor("test")


@pytest.fixture
def file(project: Project, tmp_path: Path) -> Path:
    return tmp_path / "people.csv"


@pytest.fixture
def ann(project: Project) -> Contact:
    """Be known by everything that there is to be known by."""
    return make_contact(
        first_name="Ann",
        last_name="Lee",
        company="Acme",
        emails=["Ann@X.org", "lee@x.org"],
        phones=["+49 30 7654321"],
        external_identifier="A-7",
        tags=["old"],
    )


def taken(file: Path, text: str, *words: str) -> dict[str, Any]:
    """Take a table in; returns what the command tells."""
    out = StringIO()
    file.write_text(text)
    call_command("import", str(file), "--json", *words, stdout=out)
    answer: dict[str, Any] = json.loads(out.getvalue())
    return answer


def document(contact: Contact) -> dict[str, Any]:
    return get_contact(SYSTEM, contact.pk)


ROWS = {
    "email": "emails,job title\nANN@x.org,Boss\n",
    "phone": "phone,job title\n+49 (30) 765-4321,Boss\n",
    "name": "first name,last name,company,job title\nann,LEE,acme,Boss\n",
    "identifier": "external_identifier,job title\nA-7,Boss\n",
}


@pytest.mark.parametrize("rule", ROWS)
def test_the_gaps_of_a_known_contact_are_filled(rule: str, ann: Contact, file: Path) -> None:
    answer = taken(file, ROWS[rule], "--match", rule)

    assert (answer["imported"], answer["changed"], answer["rejected"]) == (0, 1, 0)
    assert Contact.objects.get().job_title == "Boss"
    # Another time nothing is new.
    assert taken(file, ROWS[rule], "--match", rule)["unchanged"] == 1
    assert changes_of("contact", ann.pk).count() == 2


@pytest.mark.parametrize(
    ("rule", "row"),
    [
        ("email", "emails,last name\nann@y.org,Lee\n"),
        ("phone", "phone,last name\n+49 30 7654322,Lee\n"),
        ("name", "first name,last name,company\nAnn,Lee,Other\n"),
        ("identifier", "external_identifier,last name\nA-70,Lee\n"),
        ("", "emails,last name\nann@x.org,Lee\n"),
    ],
)
def test_whoever_is_not_known_is_new(rule: str, row: str, ann: Contact, file: Path) -> None:
    words = ("--match", rule) if rule else ()
    assert taken(file, row, *words)["imported"] == 1
    assert Contact.objects.count() == 2


def test_own_values_stay_and_lists_grow_where_gaps_are_filled(ann: Contact, file: Path) -> None:
    text = "emails,first name,phones,tags\nann@x.org,Anna,+1 212 555 0100,new\n"
    taken(file, text, "--match", "email")

    now = document(ann)
    assert now["first_name"] == "Ann"
    assert [item["number"] for item in now["phones"]] == ["+49 30 7654321", "+1 212 555 0100"]
    assert len(now["tags"]) == 2
    assert len(now["emails"]) == 2


def test_what_is_written_wins_where_it_overwrites_and_nothing_is_lost(
    ann: Contact, file: Path
) -> None:
    text = "emails,first name,phones,job title\nann@x.org,Anna,+1 212 555 0100,\n"
    answer = taken(file, text, "--match", "email", "--on-match", "overwrite")

    now = document(ann)
    assert answer["changed"] == 1
    assert (now["first_name"], now["last_name"]) == ("Anna", "Lee")
    assert [item["number"] for item in now["phones"]] == ["+1 212 555 0100", "+49 30 7654321"]
    assert [item.get("is_primary", False) for item in now["phones"]] == [True, False]
    assert [item["address"] for item in now["emails"]] == ["Ann@X.org", "lee@x.org"]


def test_known_contacts_are_skipped_or_left_to_decide(ann: Contact, file: Path) -> None:
    text = "emails,first name\nann@x.org,Anna\nbob@x.org,Bob\n"
    skipped = taken(file, text, "--match", "email", "--on-match", "skip")
    asked = taken(file, text, "--match", "email", "--on-match", "ask")

    assert (skipped["imported"], skipped["passed_over"]) == (1, 1)
    assert (asked["imported"], asked["to_decide"]) == (0, 2)
    rows = list(csv.reader(StringIO(Path(asked["report"]).read_text())))
    assert rows[0] == ["row", "problem", "emails", "first name"]
    assert rows[1] == ["2", f"known: contact {ann.pk}", "ann@x.org", "Anna"]
    assert document(ann)["first_name"] == "Ann"


@pytest.mark.parametrize("batch", [1, 500])
def test_who_stands_in_a_file_twice_comes_in_once(
    batch: int, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH_OF_KNOWN", batch)
    text = "emails,first name,job title\na@x.org,Ann,\nb@x.org,Bob,\nA@x.org,Ann,Boss\n"
    checked = taken(file, text, "--match", "email", "--check")
    answer = taken(file, text, "--match", "email")

    assert (checked["accepted"], checked["repeated"]) == (2, 1)
    assert (answer["imported"], answer["repeated"]) == (2, 1)
    assert Contact.objects.count() == 2
    assert Contact.objects.get(first_name="Ann").job_title == "Boss"


def test_a_check_counts_what_would_be_done_and_keeps_nothing(ann: Contact, file: Path) -> None:
    text = "emails,first name,birthday\nann@x.org,Ann,1990-01-02\nb@x.org,Bob,\nc@x.org,C,never\n"
    before = Change.objects.count()
    answer = taken(file, text, "--match", "email", "--check")

    assert answer | {"report": None} == {
        **{"accepted": 1, "would_change": 1, "unchanged": 0, "repeated": 0, "rejected": 1},
        "report": None,
    }
    assert Change.objects.count() == before
    assert "birthday" not in document(ann)


def test_contacts_that_are_hidden_or_archived_are_not_known(
    ann: Contact, charlie: User, file: Path
) -> None:
    row = "emails,first name\nann@x.org,Anna\n"
    assert taken(file, row, "--match", "email", "--as", "charlie")["imported"] == 1
    archive_contact(SYSTEM, ann.pk)
    Contact.objects.exclude(pk=ann.pk).delete()
    assert taken(file, row, "--match", "email")["imported"] == 1


def test_of_several_known_ones_the_oldest_counts(ann: Contact, file: Path) -> None:
    make_contact(first_name="Ann too", emails=["ann@x.org"])
    taken(file, ROWS["email"], "--match", "email")

    assert document(ann)["job_title"] == "Boss"


def test_a_known_contact_that_the_file_makes_invalid_is_refused(ann: Contact, file: Path) -> None:
    text = "emails,birthday\nann@x.org,never\n"
    answer = taken(file, text, "--match", "email", "--on-match", "overwrite")
    assert (answer["changed"], answer["rejected"]) == (0, 1)


@pytest.mark.parametrize("file_format", ["csv", "json", "xlsx"])
def test_our_own_file_changes_nothing(file_format: str, ann: Contact, tmp_path: Path) -> None:
    make_contact(kind="organization", organization_name="Acme", websites=["acme.example"])
    path = tmp_path / f"own.{file_format}"
    call_command("export", str(path), stdout=StringIO(), stderr=StringIO())
    before = Change.objects.count()
    out = StringIO()
    words = ("--match", "number", "--on-match", "overwrite", "--json")
    call_command("import", str(path), *words, stdout=out)

    assert json.loads(out.getvalue())["unchanged"] == 2
    assert Change.objects.count() == before


def test_the_history_tells_from_which_row_a_contact_is(file: Path) -> None:
    taken(file, "first name,nobody knows\nAnn,this\n")

    told = Change.objects.get(record_kind="import")
    assert told.contact_id == Contact.objects.get().pk
    assert told.after == {
        **{"file": "people.csv", "row": 2},
        "written": [["first name", "Ann"], ["nobody knows", "this"]],
    }


def test_numbers_and_addresses_are_of_the_country_that_is_said(file: Path) -> None:
    text = "first name;phone;city;street\nAnn;030 7654321;Berlin;Main St 1\n"
    taken(file, text, "--country", "de")

    now = document(Contact.objects.get())
    assert [item["number"] for item in now["phones"]] == ["+49 30 7654321"]
    (address,) = now["addresses"]
    assert (address["street1"], address["city"]) == ("Main St 1", "Berlin")
    assert address["country_id"]


def test_columns_in_other_words_and_several_of_a_kind(file: Path) -> None:
    text = (
        "ФИО,E-mail 1,E-mail 2,Мобильный,Дата рождения\n"
        "Анна Петрова,a@x.org,b@x.org,+7 495 111-22-33,1990-01-02\n"
        '"Otto von Bismarck",,,,\n'
    )
    taken(file, text)

    anna, otto = Contact.objects.order_by("pk")
    assert (anna.first_name, anna.last_name) == ("Анна", "Петрова")
    assert (otto.first_name, otto.last_name) == ("Otto", "von Bismarck")
    now = document(anna)
    assert [item["address"] for item in now["emails"]] == ["a@x.org", "b@x.org"]
    assert now["birthday"] == "1990-01-02"


def test_other_encodings_and_delimiters_are_read(file: Path, project: Project) -> None:
    file.write_bytes("first name#last name\nИван#Петров\n".encode("cp1251"))
    call_command("import", str(file), "--encoding", "cp1251", "--delimiter", "#")
    assert Contact.objects.get().display_name == "Иван Петров"

    for words in (("--encoding", "none"), ("--delimiter", "##"), ("--country", "XX")):
        with pytest.raises(CommandError):
            call_command("import", str(file), *words)
