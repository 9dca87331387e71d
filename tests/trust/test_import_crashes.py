"""An import that is killed at any instant and started again takes each row of its file once."""

import csv
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.serving import Server, own_database
from tests.trust.figures import enough, tell
from tests.trust.forking import Parent, parent_of
from tests.trust.recounting import assert_whole

KILLS = enough(2, 50)
ROWS = enough(150, 1_500)
# Every so many rows there is one that has to be refused.
REFUSED_EVERY = 7
KILLED_WITHIN_SECONDS = (0.05, 2.5)


def test_every_row_comes_in_once_however_often_the_import_is_killed(tmp_path: Path) -> None:
    chance, killed, files = random.Random(11), 0, []
    with own_database(tmp_path) as database_url:
        server = Server(tmp_path, database_url)
        server.prepare()
        log = tmp_path / "importing.log"
        with parent_of("tests.trust.importing", server.environment, log) as parent:
            while killed < KILLS:
                files.append(written(tmp_path, len(files)))
                killed += killed_over(parent, files[-1], chance, most=KILLS - killed)
            stored = Counter(parent.call("names"))
        expected = [name for file in range(len(files)) for name in names(file)]
        assert stored == Counter(expected)
        for file in files:
            report = file.with_name(f"{file.name}.rejected.csv").read_text()
            numbers = [int(row[0]) for row in list(csv.reader(report.splitlines()))[1:]]
            assert numbers == [row + 2 for row in range(ROWS) if row % REFUSED_EVERY == 0]
        assert_whole(server)
    refused = len(files) * ROWS - len(expected)
    tell(
        "kill -9 under an import",
        f"{killed} kills, {len(expected):,} rows in once, {refused:,} reported once, 0 lost",
    )


def written(folder: Path, file: int) -> Path:
    """Write a file of people, some of them born on no day."""
    path = folder / f"people {file}.csv"
    lines = [
        f"Row {file} {row},Importproof,{'never' if row % REFUSED_EVERY == 0 else '1990-01-02'}"
        for row in range(ROWS)
    ]
    path.write_text("\n".join(["first_name,last_name,birthday", *lines]) + "\n")
    return path


def names(file: int) -> Iterator[str]:
    """Yield the first names that have to come in."""
    for row in range(ROWS):
        if row % REFUSED_EVERY:
            yield f"Row {file} {row}"


def killed_over(parent: Parent, file: Path, chance: random.Random, *, most: int) -> int:
    """Import a file; return how often the import was killed over it."""
    kills = 0
    while True:
        importer = parent.begin("run", str(file))
        if kills == most:
            importer.result()
            return kills
        if importer.is_over(within=chance.uniform(*KILLED_WITHIN_SECONDS)):
            importer.result()
            return kills
        importer.kill()
        kills += 1
        # Whoever was killed after the last row had nothing left to do: begun again, it would be
        # another import of the same file.
        if parent.call("is_done", str(file.resolve())):
            return kills
