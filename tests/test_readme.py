"""The first page that strangers read is true."""

import re
import urllib.request
from pathlib import Path

import pytest

from api.base import discovery
from tests.documents import ROOT, Example, examples_of, rows_of, section_of, text_of
from tests.examples import PRINTED, run_example
from tests.serving import Server

README = "README.md"
TEXT = text_of(README)
EXAMPLES = [example for example in examples_of(README) if example.language == "sh"]
FIRST_SCREEN = 40


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_example_runs(example: Example, server: Server, tmp_path: Path) -> None:
    assert run_example(example, server, tmp_path).strip()


def test_there_are_examples_to_run() -> None:
    assert len(EXAMPLES) >= 3


def test_first_screen_says_why_and_how() -> None:
    screen = "\n".join(TEXT.splitlines()[:FIRST_SCREEN])

    why = screen.index("unmodified")
    assert why < screen.index("make run") < screen.index("make test")


def test_every_door_in_the_table_opens(server: Server) -> None:
    rows = rows_of(section_of(README, "What you see then"))
    paths = [path for _door, where, *_rest in rows for path in re.findall(r"`(/[^`…]*)`", where)]

    assert {"/admin/", "/docs/", "/health/ready"} <= set(paths)
    for path in paths:
        with urllib.request.urlopen(server.base_url + path, timeout=30) as answer:
            assert answer.status == 200, path


def test_commands_in_the_table_of_doors_work(server: Server, tmp_path: Path) -> None:
    commands = re.findall(r"`(curl [^`]+)`", section_of(README, "What you see then"))

    assert commands
    for command in commands:
        run_example(Example(README, 0, "sh", f"{command}\n"), server, tmp_path)


def test_examples_ask_the_address_at_which_the_server_starts() -> None:
    addresses = set(re.findall(r"http://[\w.:]+", TEXT))

    assert addresses == {PRINTED}


def test_every_protocol_has_a_row_with_its_page() -> None:
    table = section_of(README, "Protocols")

    for dialect in discovery.dialects():
        assert f"]({dialect.docs})" in table, dialect.title


def test_what_bootstrap_prints_is_named_rightly(server: Server) -> None:
    named = re.findall(r"`(\w+)\.(\w+)`", section_of(README, "One request per door"))
    printed = {
        (part, name)
        for part, values in server.credentials.items()
        if isinstance(values, dict)
        for name in values
    }

    assert named
    assert set(named) <= printed


def test_version_and_licence_are_what_the_files_say() -> None:
    assert "MIT" in (ROOT / "LICENSE").read_text().splitlines()[0]
    assert "[MIT licence](LICENSE)" in TEXT
