"""An import reads on while what it has read is being stored; nobody can tell."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection
from django.utils import timezone

from contacts.access import system_actor
from contacts.index import drifts_of
from contacts.jobs import Work, ask_to_cancel, enqueue, store
from contacts.models import Change, Contact, Job
from contacts.services import new_contacts
from contacts.transfer import importing
from contacts.transfer.importing import Source, import_file
from contacts.transfer.saying import Said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("project", "small")]

BATCH, AT_ONCE = 10, 4
# A table of 21 rows and more is sent as a whole: each of these has six comparison keys.
HEADINGS = "first_name,last_name,emails,phones,birthday,tags"


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "BATCH", BATCH)
    monkeypatch.setattr(importing, "TIMES_SENT", 1)
    monkeypatch.setattr(new_contacts, "AT_ONCE", AT_ONCE)


def table(folder: Path, rows: int, *, refused: frozenset[int] = frozenset()) -> Path:
    path = folder / "people.csv"
    lines = [
        f"P{n},Lee,p{n}@example.com,+1 555 {n:04d},{'never' if n in refused else ''},new; t{n}"
        for n in range(rows)
    ]
    path.write_text("\n".join([HEADINGS, *lines]) + "\n")
    return path


def run(path: Path) -> dict[str, Any]:
    out = StringIO()
    call_command("import", str(path), "--json", stdout=out, stderr=StringIO())
    answer: dict[str, Any] = json.loads(out.getvalue())
    return answer


def first_names() -> list[str]:
    return list(Contact.objects.order_by("pk").values_list("first_name", flat=True))


def test_rows_are_in_in_their_order_but_those_that_are_refused(tmp_path: Path) -> None:
    refused = frozenset({0, 3, 4, 10, 19, 24})

    answer = run(table(tmp_path, 25, refused=refused))

    assert (answer["imported"], answer["rejected"]) == (19, 6)
    assert first_names() == [f"P{n}" for n in range(25) if n not in refused]
    ids = list(Contact.objects.values_list("pk", flat=True))
    assert drifts_of(ids) == []
    assert Change.objects.filter(record_id__in=ids).count() == 2 * len(ids)


def test_what_is_wrong_further_down_leaves_the_rows_before_it(tmp_path: Path) -> None:
    path = tmp_path / "people.json"
    lines = [json.dumps({"first_name": f"P{n}"}) for n in range(2 * BATCH)]
    path.write_text("\n".join([*lines, '{"first_name": "Bo']))

    with pytest.raises(CommandError, match="middle of a record"):
        run(path)
    assert first_names() == [f"P{n}" for n in range(2 * BATCH)]


def test_a_batch_that_cannot_be_stored_leaves_those_before_it(tmp_path: Path) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE contacts_phone ADD CHECK (digits <> '15550013')")
        else:
            cursor.execute(
                "CREATE TRIGGER refuse BEFORE INSERT ON contacts_phone"
                " WHEN NEW.digits = '15550013' BEGIN SELECT RAISE(ABORT, 'no'); END"
            )
    path = table(tmp_path, 3 * BATCH)
    said = Said("csv")
    row = enqueue("import", {"path": str(path), "said": said.to_json()})
    assert store.take(row, timezone.now())
    work = Work(row)

    with pytest.raises(IntegrityError):
        import_file(work, system_actor("test"), Source(path, said))
    assert first_names() == [f"P{n}" for n in range(BATCH)]
    assert Job.objects.get(pk=row.pk).done == BATCH


def test_an_import_that_is_cancelled_ends_with_its_batch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Cancelled(Work):
        def _note(self) -> None:
            super()._note()
            ask_to_cancel(self.job.pk)

    monkeypatch.setattr("contacts.jobs.running.Work", Cancelled)
    with pytest.raises(CommandError, match="cancelled"):
        run(table(tmp_path, 3 * BATCH))
    assert first_names() == [f"P{n}" for n in range(BATCH)]
