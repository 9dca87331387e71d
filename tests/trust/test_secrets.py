"""No password, key or token stands in the log or in the database after everything was used."""

import json
import re
import tarfile
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serving import Server, own_database
from tests.trust.conversations import ask, ask_everything, vtiger_session
from tests.trust.creating import creators, visitor
from tests.trust.figures import tell

WRONG = "a-wrong-password-in-clear"


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Server]:
    """Serve, and write down as much as the log can hold."""
    with own_database(tmp_path) as address:
        found = Server(tmp_path, address, {"LOG_LEVEL": "DEBUG"})
        found.prepare()
        found.start()
        yield found
        found.stop()


def test_secrets_are_neither_in_the_log_nor_in_the_database(
    running: Server, tmp_path: Path
) -> None:
    secrets = use_everything(running)
    log = running.log.read_text(errors="replace")
    archive = tmp_path / "copy.backup"
    running.manage("backup", str(archive))
    stored = text_of(archive)
    assert len(log) > 1_000
    assert "Secretive" in stored
    assert [name for name, secret in secrets.items() if secret in log] == []
    assert [name for name, secret in secrets.items() if secret in stored] == []
    tell(
        "secrets in log and database",
        f"{len(secrets)} secrets, {len(log):,} characters of log, {len(stored):,} of rows, 0 found",
    )


def use_everything(server: Server) -> dict[str, str]:
    """Use every credential of the instance in every way, and return them by name."""
    ask_everything(server)
    for creator in [*creators(server), visitor(server)]:
        creator.create("Secretive", creator.dialect, key=f"secrets-{creator.dialect}")
    keys = server.credentials
    found = {
        "password": str(keys["password"]),
        "RedmineUP key": keys["redmineup"]["api_key"],
        "Concord token": keys["concord"]["token"],
        "Wild Apricot key": keys["wildapricot"]["api_key"],
        "Vtiger key": keys["vtiger"]["access_key"],
        "CiviCRM key": keys["civicrm"]["api_key"],
        "CiviCRM site key": keys["civicrm"]["site_key"],
        "form key": keys["webform"]["key"],
        "Vtiger session": vtiger_session(server),
        "wrong password": WRONG,
    }
    # In the query string, where some programs put it.
    ask(server, f"/contacts.json?key={found['RedmineUP key']}")
    query = {"key": found["CiviCRM site key"], "api_key": found["CiviCRM key"]}
    asked = urllib.parse.urlencode({**query, "entity": "Contact", "action": "get", "json": "1"})
    ask(server, f"/civicrm/extern/rest.php?{asked}")
    refused(server, f"/contacts.json?key={WRONG}", None)
    login = {"username": "admin", "accessKey": WRONG, "operation": "login"}
    ask(server, "/webservice.php", login)
    for password in (WRONG, found["password"]):
        refused(server, "/api/token", {"email": "admin", "password": password, "device_name": "x"})
    found["browser session"] = sign_in(server, found["password"])
    return found


def refused(server: Server, path: str, fields: dict[str, str] | None) -> None:
    """Send what may be refused."""
    try:
        ask(server, path, fields)
    except urllib.error.HTTPError as error:
        error.close()


def sign_in(server: Server, password: str) -> str:
    """Sign in by the page for people, wrongly and rightly, and return the session's cookie."""
    keeper = urllib.request.HTTPCookieProcessor()
    opener = urllib.request.build_opener(keeper)
    cookies: dict[str, str] = {}
    for tried in (WRONG, password):
        with opener.open(f"{server.base_url}/admin/login/", timeout=60) as page:
            token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.read().decode())
        assert token is not None
        fields = {"username": "admin", "password": tried, "csrfmiddlewaretoken": token[1]}
        request = urllib.request.Request(
            f"{server.base_url}/admin/login/",
            data=urllib.parse.urlencode(fields).encode(),
            headers={"Referer": f"{server.base_url}/admin/login/"},
        )
        opener.open(request, timeout=60).close()
        cookies = {cookie.name: str(cookie.value) for cookie in keeper.cookiejar}
    (session,) = [value for name, value in cookies.items() if "session" in name]
    return session


def text_of(archive: Path) -> str:
    """Return all rows of an archive as text."""
    with tarfile.open(archive) as opened:
        members = [opened.extractfile(member) for member in opened if member.isfile()]
        parts = [file.read().decode("utf-8", "replace") for file in members if file is not None]
    return "\n".join(json.dumps(part, ensure_ascii=False) for part in parts)
