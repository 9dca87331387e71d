"""A wrong setting is refused with one line that names it; a right one is read."""

import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from crm.environment import Environment, SettingError

ROOT = Path(__file__).resolve().parent.parent.parent

WRONG = {
    "DEBUG": "perhaps",
    "PORT": "80a",
    "WEB_CONCURRENCY": "0",
    "BASE_URL": "crm.example.com",
    "ALLOWED_HOSTS": "https://crm.example.com",
    "CSRF_TRUSTED_ORIGINS": "crm.example.com",
    "CORS_ALLOWED_ORIGINS": "https://crm.example.com/path",
    "CREDENTIAL_RATE": "many",
    "ADDRESS_RATE": "10/fortnight",
    "DATABASE_URL": "mysql://localhost/crm",
    "DATABASE_REPLICA_URL": "localhost",
    "CACHE_URL": "memcache://localhost",
    "EMAIL_URL": "smtp.example.com",
    "SQLITE_SYNCHRONOUS": "OFF",
    "COUNT_TIMEOUT": "two",
    "STATEMENT_TIMEOUT": "-1",
    "MEDIA_ROOT": str(Path(__file__)),
    "MAX_UPLOAD_MB": "0",
    "PROXY_COUNT": "one",
    "HSTS_SECONDS": "a year",
    "LANGUAGE_CODE": "xx",
    "TIME_ZONE": "Mars/Olympus",
    "LOG_LEVEL": "LOUD",
    "DIALECTS": "esperanto",
    "REDMINEUP_XML_CHANNELS": "both",
    "REDMINEUP_PAGE_SIZE": "0",
    "WILDAPRICOT_ACCOUNT_ID": "0",
    "WILDAPRICOT_TOKEN_SECONDS": "soon",
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_setting_is_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, WRONG[name])

    with pytest.raises(SystemExit, match=f"^Wrong setting. {name}: .+"):
        runpy.run_path(str(ROOT / "crm" / "settings.py"))


def test_start_stops_with_one_line_at_a_wrong_setting() -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env={**os.environ, "PORT": "80a"},
        capture_output=True,
        text=True,
        check=False,
    )

    fault = "Wrong setting. PORT: '80a' is not a whole number from 1 to 65535\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, "", fault)


def test_fault_in_an_address_does_not_repeat_the_password_in_it() -> None:
    environment = Environment({"DATABASE_URL": "postgres://crm:hunter2@db:not-a-port/crm"})

    with pytest.raises(SettingError) as caught:
        environment.database("DATABASE_URL")

    assert "hunter2" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_spaces_around_a_value_do_not_count() -> None:
    environment = Environment({"PORT": " 8080 ", "ALLOWED_HOSTS": " a.example , b.example ,"})

    assert environment.number("PORT", 8000, least=1, most=65535) == 8080
    assert environment.hosts("ALLOWED_HOSTS", []) == ["a.example", "b.example"]


def test_empty_value_counts_as_none_given() -> None:
    environment = Environment({"DEBUG": "", "PORT": "", "CACHE_URL": ""})

    assert environment.flag("DEBUG") is False
    assert environment.number("PORT", 8000, least=1, most=65535) == 8000
    assert environment.cache("CACHE_URL") is None


def test_slash_at_the_end_of_the_base_address_is_forgiven() -> None:
    environment = Environment({"BASE_URL": "https://crm.example.com/"})

    assert environment.origin("BASE_URL", "") == "https://crm.example.com"


@pytest.mark.parametrize("host", ["2001:db8::1", "crm.example.com:8000", "crm.example.com/"])
def test_host_with_a_port_or_a_path_is_refused(host: str) -> None:
    with pytest.raises(SettingError):
        Environment({"ALLOWED_HOSTS": host}).hosts("ALLOWED_HOSTS", [])
