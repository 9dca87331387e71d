"""Each script measures what it promises, here on a database of a few contacts.

No figure is held to its bar: a few contacts on a busy machine say nothing about speed.
"""

import json
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from benchmarks import (
    answered,
    command,
    crowds,
    databases,
    dialects,
    duplicates,
    exports,
    filtered,
    goals,
    importing,
    load,
    page,
    plans,
    queries,
    questions,
    screens,
    searching,
    served,
    transfer,
)
from benchmarks.figures import Figure
from tests import migrated
from tools.temporary_postgres import NoPostgresError

pytestmark = pytest.mark.skipif(
    connection.vendor == "postgresql",
    reason="makes databases of both engines itself, whatever the tests run on",
)

# One of the screens is that of contact 77.
SIZE = 80
LARGER = 160


@pytest.fixture(scope="module")
def kept() -> Iterator[Path]:
    """Keep databases in a folder whose name is short enough for PostgreSQL's socket."""
    with tempfile.TemporaryDirectory(prefix="rosetta-bench-", dir="/tmp") as folder:
        Path(folder).chmod(0o755)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(databases, "FOLDER", Path(folder))
            patch.setattr(databases, "PROJECTS", 12)
            patch.setattr(databases, "MOST_LOADED", SIZE)
            yield Path(folder)


@pytest.fixture(scope="module")
def sqlite(kept: Path) -> None:
    """Begin where the tests' own database has been migrated already."""
    if migrated.image().is_file():
        folder = databases.folder_of(SIZE)
        folder.mkdir(parents=True)
        shutil.copyfile(migrated.image(), folder / databases.SQLITE_FILE)
    databases.people(SIZE)


def goals_of(found: list[Figure]) -> set[str]:
    assert all(figure.ours >= 0 and str(figure) for figure in found)
    return {figure.goal for figure in found if figure.goal}


def names_of(found: list[Figure]) -> set[str]:
    return {figure.name for figure in found}


@pytest.mark.usefixtures("sqlite")
def test_pages_in_every_order_and_their_growth_in_a_database_that_was_grown() -> None:
    found = page.measure([SIZE, LARGER], rounds=1)

    assert goals_of(found) == {"1", "2", "3"}
    assert {f"next page: {LARGER} / {SIZE}", f"by created_on: {LARGER} / {SIZE}"} <= names_of(found)
    own = [each for each in found if each.name.endswith("page / its own statements")]
    # A page takes longer than the database for its part of it.
    assert len(own) == 6
    assert all(each.ratio > 1 for each in own)


@pytest.mark.usefixtures("sqlite")
def test_six_questions_of_five_protocols() -> None:
    found = dialects.measure([SIZE], rounds=1)

    assert goals_of(found) == {"1", "1 wide", "18"}
    asked = ("list", "filter", "search", "deep page", "count", "contact")
    promised = {
        f"{dialect} {name} / bare view"
        for dialect in ("redmineup", "concord", "wildapricot", "civicrm", "vtiger")
        for name in asked
    }
    assert promised <= names_of(found)


@pytest.mark.usefixtures("sqlite")
def test_statements_of_every_protocol() -> None:
    found = queries.measure([SIZE], rows=(1, 2))

    assert goals_of(found) == {"17", "17 growth"}
    assert [figure.name for figure in found if not figure.holds] == []


@pytest.mark.usefixtures("sqlite")
def test_lists_totals_deep_pages_and_changes() -> None:
    found = questions.measure([SIZE], rounds=1)

    expected = {"1", "5", "6 end", "6 middle", "7 known", "7 new", "12"}
    assert goals_of(found) == expected


@pytest.mark.usefixtures("sqlite")
def test_the_same_where_nothing_is_spread_evenly() -> None:
    found = questions.measure([SIZE], rounds=1, skewed=True)

    assert "skewed: a surname of one in fifty / page" in names_of(found)
    assert "skewed: a tag of nine in ten / page" in names_of(found)


@pytest.mark.usefixtures("sqlite")
def test_searches_filters_screens_and_duplicates() -> None:
    assert goals_of(searching.measure([SIZE], naive=1)) == {"8"}
    assert goals_of(duplicates.measure([SIZE], rounds=1)) == {"16"}
    assert "count of a filter / bare view" in names_of(filtered.measure([SIZE], rounds=1))
    assert "start: weight / 100 kB" in names_of(screens.measure([SIZE], rounds=1))


def contacts_of(size: int) -> int:
    """Return how many contacts are in the database of that size."""
    with closing(sqlite3.connect(databases.folder_of(size) / databases.SQLITE_FILE)) as database:
        (number,) = database.execute("SELECT count(*) FROM contacts_contact").fetchone()
        return int(number)


@pytest.mark.usefixtures("sqlite")
def test_files_and_their_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transfer, "FORMATS", ("csv",))
    databases.prepared(SIZE)
    before = contacts_of(SIZE)
    found = importing.measure([SIZE], rows=[5, 10]) + exports.measure([SIZE], sample=10)

    assert goals_of(found) == {"13 save", "14 growth", "14 most", "15"}
    assert any(name.startswith("import csv") for name in names_of(transfer.measure([SIZE])))
    assert contacts_of(SIZE) == before, "what writes is measured in a copy"


@pytest.fixture(scope="module")
def running(sqlite: None) -> Iterator[served.Served]:
    """Serve the small database, with the floors beside the product."""
    settings = {"DJANGO_SETTINGS_MODULE": answered.FLOORS, "WEB_CONCURRENCY": "1"}
    with served.serving(SIZE, **settings) as server:
        yield server


@pytest.fixture(scope="module")
def header(sqlite: None) -> str:
    return f"X-Redmine-API-Key: {databases.prepared(SIZE)['redmineup']['api_key']}"


def test_a_server_s_processor_time_of_each_request(running: served.Served, header: str) -> None:
    name, _colon, key = header.partition(": ")
    headers = {name: key, "Content-Type": "application/json"}

    with answered.Client(running.address, headers) as client:
        times = answered.times_of(client, running, rounds=1)

    assert set(times) == {"constant", "contact", "create", "update"}
    assert all(each > 0 for each in times.values())


def test_a_crowd_around_a_server_at_an_address_loses_nothing(
    running: served.Served, header: str, tmp_path: Path
) -> None:
    kept = tmp_path / "figures.json"
    words = ["--address", running.address, "--header", header, "--seconds", "1"]
    run(crowds.main, *words, "--json", str(kept))

    found = {each["goal"]: each["ratio"] for each in json.loads(kept.read_text())}
    assert set(found) == {"11 failed", "11 lost", "11 slowest"}
    assert (found["11 failed"], found["11 lost"]) == (0, 0)


def test_load_on_a_server_at_an_address_with_bars_of_the_command_line(
    running: served.Served, header: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--header", header, "--clients", "1", "--seconds", "0.5"]
    words += ["--get", "/contacts.json?limit=5"]

    assert run(load.main, running.address, *words, "--max", "1.5") == 0
    assert run(load.main, running.address, *words, "--max", "0.5") == 1
    assert "0 failed" in capsys.readouterr().out


def test_a_server_reads_creates_and_changes_for_many_at_once(
    running: served.Served, header: str
) -> None:
    name, _colon, key = header.partition(": ")
    found = served.loaded(running.address, {name: key}, 0.1, "sqlite")

    assert len(found) == 3 * len(served.CLIENTS)
    assert {each.name.partition(" ")[0] for each in found} == {"GET", "POST", "PUT"}
    assert [each.name for each in found if ": 0 failed" not in each.name] == []


@pytest.mark.postgres
def test_the_other_engine_beside_copy(kept: Path) -> None:
    try:
        with databases.on("postgresql"):
            found = importing.measure([SIZE], rows=[5])
            found += dialects.measure([SIZE], rounds=1)
            found += plans.measure([SIZE], "sort last_name")
    except NoPostgresError as error:
        pytest.skip(str(error))
    assert {"13 floor", "13 save", "1", "1 wide", "18"} <= goals_of(found)
    offering = ("redmineup", "concord contacts", "civicrm", "screen")
    assert names_of(found) >= {
        f"{name} sort last_name{way} / plain page"
        for name, way in zip(offering, (":desc", "|desc", " DESC", ""), strict=True)
    }
    assert {figure.engine for figure in found} == {"postgresql"}


def test_a_request_grows_where_it_takes_more_pages_of_more_contacts() -> None:
    names = {
        "slow": {10: 20.0, 1000: 80.0},
        "quick": {10: 2.0, 1000: 9.0},
        "same": {10: 8.0, 1000: 20.0},
    }
    found = [plans.growth(name, pages) for name, pages in names.items()]

    assert [figure.name for figure in plans.told(found)] == ["slow: 1000 / 10"]


def run(main: object, *words: str) -> int:
    """Run a script as its command line does."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["script", *words])
        assert callable(main)
        return int(main())


def report(*words: str) -> int:
    options = command.parser("", [1]).parse_args(list(words))
    figures = [
        Figure("slow page", 5.0, 5.0, 1.0, "ms", 1, most=4.0, goal="1"),
        Figure("page", 3.0, 3.0, 1.0, "ms", 1, most=4.0, goal="1"),
    ]
    return command.report(options, figures)


def test_the_exit_status_tells_whether_a_bar_is_missed() -> None:
    assert report() == 1


def test_a_bar_of_the_command_line_takes_the_place_of_the_design() -> None:
    assert report("--max", "6") == 0
    assert report("--min", "4") == 1
    assert report("--min", "2") == 0


def test_only_some_figures_are_asked_for() -> None:
    assert report("--only", "slow") == 1
    assert report("--only", "slow", "--max", "5") == 0


def test_figures_are_written_as_json(tmp_path: Path) -> None:
    report("--json", str(tmp_path / "figures.json"))

    slow, fast = json.loads((tmp_path / "figures.json").read_text())
    assert (slow["holds"], fast["holds"], slow["goal"]) == (False, True, "1")


def test_the_table_tells_of_every_goal_what_was_reached() -> None:
    text = goals.table(
        [
            Figure("slow page", 5.0, 5.0, 1.0, "ms", 1, most=4.0, goal="1"),
            Figure("page", 3.0, 3.0, 1.0, "ms", 1, most=4.0, goal="2"),
        ]
    )

    assert "MISSED     5.00     <= 4" in text
    assert "18          not measured in this run" in text
    assert text.endswith("1 reached, 1 missed")
