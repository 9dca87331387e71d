"""Schemathesis sends what the OpenAPI documents allow, and what they do not, to the real server."""

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serving import ROOT, Server
from tests.trust.conftest import serving_unlimited
from tests.trust.conversations import ask
from tests.trust.creating import creators
from tests.trust.figures import LONG, enough, tell

PROGRAM = ROOT / ".venv-clients" / "schemathesis" / "bin" / "st"
DIALECTS = ("redmineup", "concord", "wildapricot", "vtiger", "civicrm")
SECONDS = enough(12, 300)
# What every answer has to hold, whatever was asked.
CHECKS = (
    "not_a_server_error",
    "content_type_conformance",
    "status_code_conformance",
    "response_schema_conformance",
)
# They would end the credential with which everything else is asked.
ENDING = "logout|expiretoken|/api/(token|personal-access-tokens)"
OPTIONS = (
    f"--checks={','.join(CHECKS)}",
    f"--phases={'examples,coverage,fuzzing' if LONG else 'fuzzing'}",
    f"--max-examples={enough(1, 20)}",
    f"--max-time={SECONDS}",
    "--request-timeout=60",
    "--seed=20261128",
    "--suppress-health-check=all",
    "--generation-database=none",
    "--generation-with-security-parameters=false",
    f"--exclude-path-regex={ENDING}",
)


@pytest.fixture(scope="function" if LONG else "module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve to all dialects, in a long run to each by itself.

    In five minutes an administrator also renames themselves, which others could not sign in after.
    """
    with serving_unlimited(tmp_path_factory.mktemp("running")) as server:
        yield server


def headers_of(server: Server, dialect: str) -> list[str]:
    """Return the options that carry the credentials of an administrator."""
    if dialect == "civicrm":
        key = server.credentials["civicrm"]["api_key"]
        return ["--header", f"X-Civi-Auth:Bearer {key}"]
    (program,) = [each for each in creators(server) if each.dialect == dialect]
    _path, headers, _body = program.request("x", "y")
    told = {
        name: value for name, value in headers.items() if name not in ("Accept", "Content-Type")
    }
    return [part for name, value in told.items() for part in ("--header", f"{name}:{value}")]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_no_request_within_or_beside_the_document_breaks_the_server(
    dialect: str, running: Server, tmp_path: Path
) -> None:
    if not PROGRAM.exists():
        reason = "schemathesis is not installed: run `make install-clients`"
        if os.environ.get("REQUIRE_CLIENTS"):
            pytest.fail(reason)
        pytest.skip(reason)
    # Fetched here: on a busy machine the program does not wait long enough for it.
    document = tmp_path / "openapi.json"
    document.write_bytes(ask(running, f"/docs/{dialect}/openapi.json"))
    place = f"--url={running.base_url}"
    command = [str(PROGRAM), "run", str(document), place, *OPTIONS, *headers_of(running, dialect)]
    done = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=20 * SECONDS
    )
    assert done.returncode == 0, done.stdout[-8_000:] + done.stderr[-2_000:]
    told = re.search(r"([\d,]+) generated", done.stdout)
    tell(
        "schema fuzzing",
        f"{told[1] if told else '?'} requests in {dialect}, 0 outside of the document",
    )
