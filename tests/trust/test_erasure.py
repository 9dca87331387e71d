"""Everything that is kept about one person is told to them, and nothing of it is left behind."""

import json
import sqlite3
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.serving import Server
from tests.trust.conversations import ask
from tests.trust.creating import creators
from tests.trust.figures import tell
from tests.trust.quillfeather import EMAIL, SHARED, WORD

BUILD = "from tests.trust.quillfeather import build; build()"
# What a trigram index holds of the word.
TRIGRAM = "llf"


def traces(server: Server) -> list[str]:
    """Return where the word or the address still stands: files on the disk, rows of tables."""
    needles = [WORD.lower().encode(), EMAIL.encode()]
    found = [
        str(path.relative_to(server.folder))
        for path in sorted(server.folder.rglob("*"))
        if path.is_file() and path.name != server.log.name
        if any(needle in path.read_bytes().lower() for needle in needles)
    ]
    if server.database_url.startswith("sqlite"):
        return found + _trigrams(Path(server.database_url.removeprefix("sqlite:///")))
    return found + _rows(server.database_url)


def _trigrams(database: Path) -> list[str]:
    """Return which indexes have a trigram of the word, or are in pieces: one may say what went."""
    found = []
    with sqlite3.connect(database) as connection:
        for index in ("contacts_search", "contacts_beside"):
            connection.execute(
                f"CREATE VIRTUAL TABLE temp.of_{index} USING fts5vocab(main, {index}, row)"
            )
            terms = f"SELECT count(*) FROM temp.of_{index} WHERE term = ?"  # noqa: S608 -- ours
            (count,) = connection.execute(terms, [TRIGRAM]).fetchone()
            pieces = f"SELECT count(DISTINCT segid) FROM {index}_idx"  # noqa: S608 -- ours
            (segments,) = connection.execute(pieces).fetchone()
            found += [index] * count + [f"{index} in pieces"] * (segments > 1)
    connection.close()
    return found


def _rows(address: str) -> list[str]:
    from psycopg import connect, sql  # noqa: PLC0415 - not installed where only SQLite is tested

    found = []
    with connect(address) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in tables.fetchall():
            rows = sql.SQL("SELECT count(*) FROM {} AS t WHERE t::text ILIKE %s").format(
                sql.Identifier(table)
            )
            row = connection.execute(rows, [f"%{WORD}%"]).fetchone()
            found += [table] * bool(row and row[0])
    return found


@pytest.fixture(scope="module")
def person(running: Server) -> dict[str, int]:
    """Make the person, some of it as a program does that may ask again."""
    numbers: dict[str, int] = json.loads(
        running.manage("shell", "--no-imports", "-v", "0", "-c", BUILD)
    )
    for creator in creators(running):
        answer = creator.create("Passing", f"{WORD} {creator.dialect}", key=creator.dialect)
        assert answer
    return numbers


def test_everything_is_told_and_then_nothing_is_left_but_what_others_share(
    running: Server, person: dict[str, int], tmp_path: Path
) -> None:
    archive = tmp_path / "person.zip"
    before = traces(running)
    running.manage("disclose", str(person["twin"]), str(archive), "--json")
    told = json.loads(running.manage("erase", str(person["person"]), "--json"))
    assert told["erased"] is False
    assert traces(running) == before, "looking at what would go has changed something"

    _erase_everybody(running, person["person"])

    _require_complete(archive)
    assert traces(running) == []
    _require_that_only_links_went(running, person["other"])
    count = sum(told["rows"].values())
    tell("erasure of a person", f"{count} rows in {len(told['rows'])} kinds, 0 traces left")


def _erase_everybody(server: Server, person: int) -> None:
    """Erase the person, and those whom the programs have made."""
    key = {"X-Redmine-API-Key": server.credentials["redmineup"]["api_key"]}
    path = f"/contacts.json?limit=100&search={WORD}"
    found = json.loads(ask(server, path, headers=key))["contacts"]
    ids = {contact["id"] for contact in found}
    assert person in ids
    assert len(ids) > 3
    server.manage("erase", *map(str, sorted(ids)), "--yes", "--json")
    assert ask(server, f"/contacts/{person}.json", headers=key).startswith(b"404")


def _require_complete(archive: Path) -> None:
    """Fail unless the archive holds rows of every kind, the history, and the files."""
    with ZipFile(archive) as opened:
        names = opened.namelist()
        contents = json.loads(opened.read("person.json"))
        files = [opened.read(name) for name in names if name.startswith("files/")]
    expected = {"contact", "emailaddress", "phone", "note", "comment", "attachment", "deal"}
    expected |= {"ticket", "activity", "relationship", "submission", "contactdocument"}
    expected |= {"contactaccess", "contacttext"}
    assert expected - contents["rows"].keys() == set()
    assert [contact["last_name"] for contact in contents["contacts"]] == [WORD, f"{WORD} too"]
    assert len(contents["rows"]["submission"]) == 2
    assert len(contents["deleted"]) == 2
    assert len(contents["history"]) > 10
    assert len(files) == 3
    assert all(WORD.encode() in file for file in files)


def _require_that_only_links_went(running: Server, other: int) -> None:
    """Fail unless what the person shared with somebody is there, without the person."""
    key = {"X-Redmine-API-Key": running.credentials["redmineup"]["api_key"]}
    deals = json.loads(ask(running, "/deals.json?limit=100", headers=key))["deals"]
    (shared,) = [deal for deal in deals if deal["name"] == SHARED]
    assert not shared.get("contact")
    shown = json.loads(ask(running, f"/contacts/{other}.json", headers=key))
    assert shown["contact"]["last_name"] == "Somebody"
