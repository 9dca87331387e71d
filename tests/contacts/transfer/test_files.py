"""Contacts go out to files and come in again as they were, whatever happens on the way."""

import csv
import json
from io import StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from contacts.access import system_actor
from contacts.fields import reference
from contacts.jobs import Work, store
from contacts.models import Contact, Job, Project, User
from contacts.query import get_contact
from contacts.transfer import exporting, importing
from contacts.transfer.exporting import export_contacts
from tests.builders import make_contact

pytestmark = pytest.mark.django_db

SYSTEM = system_actor("test")
FORMATS = ["csv", "json", "vcf", "xlsx"]


def run(command: str, *words: str) -> dict[str, Any]:
    out = StringIO()
    call_command(command, *words, "--json", stdout=out, stderr=StringIO())
    answer: dict[str, Any] = json.loads(out.getvalue())
    return answer


@pytest.fixture
def known(project: Project) -> None:
    """Have two contacts with everything that all formats can hold."""
    make_contact(
        first_name="Zoë",
        last_name="O'Hara, Jr",
        emails=[{"address": "zoe@example.com"}, {"address": "z@example.org"}],
        phones=[{"number": "+1 003 322"}],
        addresses=[{"street1": "1 High St; rear", "city": "Kiel", "postcode": "24103"}],
        tags=["vip", "fair"],
        birthday="1980-02-03",
        background="Two\nlines",
    )
    make_contact(kind="organization", organization_name="=Acme", websites=["https://acme.example"])


def shape(document: dict[str, Any]) -> dict[str, Any]:
    """Return what files keep of a document."""
    names = ("display_name", "birthday", "background", "tags")
    lists = {"emails": "address", "phones": "number", "websites": "url", "addresses": "city"}
    return {name: document.get(name) for name in names} | {
        name: [item[main] for item in document.get(name, ())] for name, main in lists.items()
    }


def shapes() -> list[dict[str, Any]]:
    ids = Contact.objects.order_by("pk").values_list("pk", flat=True)
    return [shape(get_contact(SYSTEM, pk)) for pk in ids]


@pytest.mark.parametrize("file_format", FORMATS)
def test_kinds_streets_and_departments_come_back_too(
    file_format: str, project: Project, tmp_path: Path
) -> None:
    make_contact(
        first_name="Ann",
        company="Acme",
        department="Sales",
        emails=[{"address": "ann@example.com", "location": "work"}],
        phones=[{"number": "+1 003 322", "type": "mobile", "location": "home"}],
        addresses=[{"street1": "High St 1", "street2": "rear, left", "location": "billing"}],
    )
    path = tmp_path / f"contacts.{file_format}"
    run("export", str(path))
    Contact.objects.all().delete()
    run("import", str(path))

    back = get_contact(SYSTEM, Contact.objects.get().pk)
    (email,), (phone,), (address,) = back["emails"], back["phones"], back["addresses"]
    assert (back["company"], back["department"]) == ("Acme", "Sales")
    assert kind_names(email) == ["work"]
    assert kind_names(phone) == ["mobile", "home"]
    assert kind_names(address) == ["billing"]
    assert (address["street1"], address["street2"]) == ("High St 1", "rear, left")


def kind_names(channel: dict[str, Any]) -> list[str]:
    options = reference.options().by_id
    return [options[channel[key]].name for key in ("type_id", "location_id") if channel.get(key)]


@pytest.mark.parametrize("file_format", FORMATS)
@pytest.mark.usefixtures("known")
def test_contacts_come_back_from_a_file_as_they_went_into_it(
    file_format: str, tmp_path: Path
) -> None:
    path = tmp_path / f"contacts.{file_format}"
    before = shapes()

    assert run("export", str(path)) == {"contacts": 2, "file": str(path)}
    Contact.objects.all().delete()
    answer = run("import", str(path))

    assert answer == {"imported": 2, "rejected": 0, "report": None}
    assert shapes() == before
    assert sorted(each.name for each in tmp_path.iterdir()) == [path.name]


@pytest.mark.usefixtures("known")
def test_cells_that_spreadsheets_would_run_are_written_as_text(tmp_path: Path) -> None:
    for ending in ("csv", "xlsx"):
        run("export", str(tmp_path / f"contacts.{ending}"))

    text = (tmp_path / "contacts.csv").read_text(encoding="utf-8-sig")
    assert "'=Acme" in text
    book = openpyxl.load_workbook(tmp_path / "contacts.xlsx")
    cells = [str(cell) for row in book.worksheets[0].iter_rows(values_only=True) for cell in row]
    assert "'=Acme" in cells


@pytest.mark.usefixtures("project")
def test_refused_rows_are_reported_and_the_others_are_in(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(
        "Given Name;Surname;E-mail Address;birthday;unheard of\n"
        "Ann;Lee;ann@example.com;1990-01-02;x\n"
        "Bob;Lee;;never;x\n"
        ";;;1990-01-02;\n"
    )

    answer = run("import", str(path))

    report = list(csv.reader(StringIO((tmp_path / "people.csv.rejected.csv").read_text())))
    assert (answer["imported"], answer["rejected"]) == (1, 2)
    assert [row[0] for row in report] == ["row", "3", "4"]
    assert report[1][1] == "birthday: not_a_date"
    assert Contact.objects.get().display_name == "Ann Lee"


@pytest.mark.usefixtures("project")
def test_one_broken_card_does_not_end_the_file(tmp_path: Path) -> None:
    card = "BEGIN:VCARD\nVERSION:3.0\nN:Lee;{name};;;\nFN:{name} Lee\n{more}END:VCARD\n"
    broken = card.format(name="Bob", more="PHOTO;ENCODING=b:%%%\n")
    path = tmp_path / "people.vcf"
    path.write_text(card.format(name="Ann", more="") + broken + card.format(name="Cid", more=""))

    answer = run("import", str(path))

    assert answer["imported"] + answer["rejected"] == 3
    assert {"Ann Lee", "Cid Lee"} <= set(Contact.objects.values_list("display_name", flat=True))


@pytest.mark.usefixtures("project")
def test_import_that_was_cut_off_goes_on_and_takes_each_row_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "people.csv"
    rows = [f"Person {number},{'never' if number % 5 == 0 else ''}" for number in range(20)]
    path.write_text("\n".join(["first_name,birthday", *rows]) + "\n")
    monkeypatch.setattr(importing, "BATCH", 3)
    monkeypatch.setattr(importing, "TIMES_SENT", 1)
    number_of = iter(range(100))

    class Dying(importing.Work):
        def _note(self) -> None:
            # After the rows and the report were written, before anything is sure.
            if next(number_of) == 3:
                raise KeyboardInterrupt
            super()._note()

    monkeypatch.setattr("contacts.jobs.running.Work", Dying)
    with pytest.raises(KeyboardInterrupt):
        run("import", str(path))
    assert 0 < Contact.objects.count() < 16
    answer = run("import", str(path))

    assert (answer["imported"], answer["rejected"]) == (16, 4)
    assert Contact.objects.count() == 16
    report = list(csv.reader(StringIO((tmp_path / "people.csv.rejected.csv").read_text())))
    assert [row[0] for row in report] == ["row", "2", "7", "12", "17"]
    assert Job.objects.count() == 1


@pytest.mark.parametrize("file_format", ["csv", "json", "vcf"])
def test_export_that_was_cut_off_goes_on(
    file_format: str, project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(7):
        make_contact(first_name=f"Person {number}")
    monkeypatch.setattr(exporting, "BATCH", 2)
    whole, cut = tmp_path / "whole", tmp_path / "cut"
    assert list(export_contacts(SYSTEM, whole, file_format))[-1] == 7

    run_of = export_contacts(SYSTEM, cut, file_format)
    next(run_of)
    next(run_of)
    run_of.close()
    with (tmp_path / "cut.part").open("ab") as file:
        file.write(b"half a rec")
    counts = list(export_contacts(SYSTEM, cut, file_format))

    assert counts == [6, 7, 7]
    assert cut.read_bytes() == whole.read_bytes()


def test_export_of_a_user_holds_what_that_user_sees(
    project: Project, charlie: User, tmp_path: Path
) -> None:
    make_contact(first_name="Hidden", visibility="private")

    assert run("export", str(tmp_path / "all.json"))["contacts"] == 1
    assert run("export", str(tmp_path / "his.json"), "--as", "charlie")["contacts"] == 0
    assert json.loads((tmp_path / "his.json").read_text()) == []


@pytest.mark.usefixtures("project")
def test_import_held_by_another_worker_is_not_run_twice(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("first_name\nAnn\n")
    run("import", str(path))
    job = Job.objects.get()
    Job.objects.filter(pk=job.pk).update(
        status="running", lease="another", due_at=timezone.now() + store.LEASE, finished_at=None
    )

    held = Job.objects.get(pk=job.pk)
    assert Work(held).job.lease == "another"
    assert store.claim() is None


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.csv", "nothing known\n1\n"), ("a.json", '[{"first_name": "A'), ("a.xlsx", "no book")],
)
@pytest.mark.usefixtures("project")
def test_file_of_another_kind_is_refused_with_a_reason(
    name: str, content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / name).write_text(content)

    with pytest.raises(CommandError):
        call_command("import", str(tmp_path / name))
    # At once: what is wrong with the file will be wrong the next time as well.
    assert [job.attempts for job in Job.objects.all()] == [1]


def test_unknown_endings_users_and_projects_are_said(tmp_path: Path) -> None:
    (tmp_path / "a.doc").write_text("")
    (tmp_path / "a.csv").write_text("first_name\nAnn\n")
    with pytest.raises(CommandError, match="doc"):
        call_command("import", str(tmp_path / "a.doc"))
    with pytest.raises(CommandError, match="nobody"):
        call_command("import", str(tmp_path / "a.csv"), "--as", "nobody")
    with pytest.raises(CommandError, match="nowhere"):
        call_command("import", str(tmp_path / "a.csv"), "--project", "nowhere")
