"""What operators are told exists: commands, settings, files, addresses, lines of the log."""

import configparser
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.test import Client

from crm import settings as crm_settings
from tests.documents import DOCUMENTS, ROOT, examples_of, name_of, section_of, text_of
from tests.serving import Server

PAGE = "docs/operations.md"
COMMAND = re.compile(r"manage\.py ([a-z_]+)")
# Names with underscores alone, so that words such as HTTP do not look like settings.
SETTING = re.compile(r"`([A-Z]+(?:_[A-Z]+)+)`")
# Names of variables that are nobody's setting.
NO_SETTINGS = {"FORM_KEY", "SOAK_SECONDS", "TEST_DATABASE_URL"}


@pytest.mark.parametrize("document", [name_of(document) for document in DOCUMENTS])
def test_commands_and_settings_that_a_document_names_exist(document: str) -> None:
    text = text_of(document)

    assert set(COMMAND.findall(text)) <= set(get_commands())
    assert set(SETTING.findall(text)) - NO_SETTINGS <= crm_settings.environment.asked


def test_printed_service_starts_what_there_is() -> None:
    (example,) = [example for example in examples_of(PAGE) if example.language == "ini"]
    unit = configparser.ConfigParser(interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]  # keys keep their case
    unit.read_string(example.code)
    service = unit["Service"]
    home = service["WorkingDirectory"]

    for line in (service["ExecStartPre"], service["ExecStart"]):
        program, script, command, *_rest = line.split()
        assert program == f"{home}/.venv/bin/python"
        assert (ROOT / script).is_file()
        assert command in get_commands()
    assert service["ReadWritePaths"] == f"{home}/var"


def test_lines_in_printed_env_file_are_accepted(tmp_path: Path) -> None:
    examples = [example.code for example in examples_of(PAGE) if "BASE_URL=" in example.code]
    lines = "".join(code for code in examples if re.fullmatch(r"(?:[A-Z_]+=\S+\n)+", code))
    assert lines
    (tmp_path / "env").write_text(lines)

    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "ENV_FILE": str(tmp_path / "env"),
            "VAR_DIR": str(tmp_path),
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr


def test_addresses_to_watch_answer(client: Client, db: None) -> None:
    paths = set(re.findall(r"\| `(/[^`]+)` \|", section_of(PAGE, "Watching it")))

    assert paths == {"/health/live", "/health/ready"}
    assert {client.get(path).status_code for path in paths} == {200}


def test_printed_line_of_the_log_has_the_names_that_the_server_writes(server: Server) -> None:
    (example,) = [example for example in examples_of(PAGE) if example.language == "json"]
    lines = [line for line in server.log.read_text().splitlines() if line.startswith("{")]
    written = next(line for line in map(json.loads, lines) if line["event"] == "request")

    assert json.loads(example.code).keys() == written.keys()


@pytest.mark.parametrize(
    ("line", "driver"),
    [
        ("DATABASE_URL=postgres://crm:password@localhost:5432/crm", "postgres"),
        ("CACHE_URL=redis://localhost:6379/0", "redis"),
    ],
)
def test_driver_is_fetched_for_an_address_in_the_env_file(
    line: str, driver: str, tmp_path: Path
) -> None:
    """An address that stood in `.env` alone was not seen, and the server then had no driver."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    variables = {"PATH": os.environ["PATH"]}

    def installed() -> list[str]:
        done = subprocess.run(
            ["make", "--dry-run", "run"],
            cwd=tmp_path,
            env=variables,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.splitlines()[0].split()

    (tmp_path / ".env").write_text(f"#{line}\n")
    assert driver not in installed()
    (tmp_path / ".env").write_text(f"{line}\n")
    assert driver in installed()
