"""Run the examples of documents as a reader does who pastes them."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.documents import Example
from tests.serving import Server

PRINTED = "http://127.0.0.1:8000"
# A refusal, which curl takes for a success, is a failure of the example.
PRELUDE = 'set -eu\ncurl() { command curl --silent --show-error --fail-with-body "$@"; }\n'

# By language: the program, the end of the file's name, what stands before the code.
PROGRAMS = {
    "sh": ("sh", ".sh", PRELUDE),
    "python": (sys.executable, ".py", ""),
    "js": ("node", ".mjs", ""),
    "php": ("php", ".php", ""),
}


def run_example(example: Example, server: Server, folder: Path) -> str:
    """Run an example against a server, in a folder of its own; return what it printed."""
    program, ending, prelude = PROGRAMS[example.language]
    if shutil.which(program) is None or (example.language == "sh" and not shutil.which("curl")):
        pytest.skip(f"{program} is not installed")
    path = folder / f"example{ending}"
    path.write_text(prelude + example.code.replace(PRINTED, server.base_url))
    done = subprocess.run(
        [program, str(path)],
        cwd=folder,
        env={
            **os.environ,
            "KEY": server.credentials["redmineup"]["api_key"],
            "APIKEY": server.credentials["wildapricot"]["api_key"],
            "TOKEN": server.credentials["concord"]["token"],
            "ACCESSKEY": server.credentials["vtiger"]["access_key"],
            "SITE_KEY": server.credentials["civicrm"]["site_key"],
            "API_KEY": server.credentials["civicrm"]["api_key"],
            "FORM_KEY": server.credentials["webform"]["key"],
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, f"{example}\n{done.stdout}\n{done.stderr}"
    return done.stdout
