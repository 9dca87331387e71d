"""The programs that people are given to paste do what they say, in every dialect and language."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.http import HttpResponse

from api.base import discovery, in_house
from api.base.code_samples import samples_of
from api.base.dialect import Dialect
from api.base.examples import steps_of
from api.base.shell_code import shell_code
from tests.serving import Server

SHOWN = [
    dialect
    for dialect in discovery.dialects()
    if (Path(__file__).parents[2] / "api" / dialect.name / "showing.py").exists()
]
COMMANDS = {
    "Python": ([sys.executable], "example.py"),
    "JavaScript": (["node"], "example.mjs"),
    "PHP": (["php"], "example.php"),
}


def test_every_dialect_can_be_shown() -> None:
    assert [dialect.name for dialect in SHOWN] == [each.name for each in discovery.dialects()]


@pytest.mark.parametrize("language", COMMANDS)
@pytest.mark.parametrize("dialect", SHOWN, ids=lambda dialect: dialect.name)
def test_program_lists_contacts(
    server: Server, tmp_path: Path, dialect: Dialect, language: str
) -> None:
    command, name = COMMANDS[language]
    if shutil.which(command[0]) is None:
        if os.environ.get("REQUIRE_CLIENTS"):
            pytest.fail(f"{command[0]} is not installed")
        pytest.skip(f"{command[0]} is not installed")
    steps = steps_of(dialect.part("showing"), server.credentials[dialect.name])
    samples = samples_of(steps, server.base_url)
    code = next(each.code for each in samples if each.language == language)
    path = tmp_path / name
    path.write_text(code)

    done = subprocess.run([*command, str(path)], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    if language == "PHP":
        assert done.stdout.startswith("Array")
    else:
        assert json.loads(done.stdout) is not None


@pytest.mark.parametrize("dialect", SHOWN, ids=lambda dialect: dialect.name)
def test_commands_list_contacts(server: Server, dialect: Dialect) -> None:
    steps = steps_of(dialect.part("showing"), server.credentials[dialect.name])
    commands = shell_code(steps, server.base_url)

    done = subprocess.run(["bash", "-c", commands], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert in_house.is_good(HttpResponse(done.stdout))
    assert json.loads(done.stdout)


@pytest.mark.parametrize("dialect", SHOWN, ids=lambda dialect: dialect.name)
def test_settings_of_well_known_clients_name_the_server_and_the_key(dialect: Dialect) -> None:
    credentials = {
        name: f"my-{name}" for name in ("api_key", "token", "site_key", "username", "access_key")
    }
    settings = dialect.part("showing").clients("https://crm.example", credentials)

    assert settings
    for each in settings:
        assert "https://crm.example" in each.code
        assert credentials[dialect.key_name] in each.code
        if "import " in each.code:
            compile(each.code, each.language, "exec")
