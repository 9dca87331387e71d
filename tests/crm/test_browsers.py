"""Browsers are told to be strict."""

import re
import runpy
from pathlib import Path

import pytest
from django.test import Client

ROOT = Path(__file__).resolve().parent.parent.parent
LIVE = "/health/live"


def test_policy_allows_nothing_inline_and_nothing_from_elsewhere(client: Client) -> None:
    policy = client.get(LIVE)["Content-Security-Policy"]

    directives = dict(part.strip().partition(" ")[::2] for part in policy.split(";"))
    assert directives["default-src"] == "'none'"
    assert directives["frame-ancestors"] == "'none'"
    assert directives["base-uri"] == "'none'"
    assert "unsafe" not in policy
    assert not re.search(r"https?:|\*", policy)


def test_answers_are_taken_for_what_they_say_they_are(client: Client) -> None:
    answer = client.get(LIVE)

    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"


def test_pages_of_other_origins_may_read_nothing_by_default(client: Client) -> None:
    answer = client.get(LIVE, headers={"Origin": "https://elsewhere.example"})

    assert "Access-Control-Allow-Origin" not in answer


def settings_for(monkeypatch: pytest.MonkeyPatch, **environment: str) -> dict[str, object]:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return runpy.run_path(str(ROOT / "crm" / "settings.py"))


@pytest.mark.parametrize(
    ("base_url", "secure"), [("https://crm.example.com", True), ("http://127.0.0.1:8000", False)]
)
def test_cookies_are_for_encrypted_connections_where_there_are_any(
    monkeypatch: pytest.MonkeyPatch, base_url: str, secure: bool
) -> None:
    settings = settings_for(monkeypatch, BASE_URL=base_url)

    assert settings["SESSION_COOKIE_SECURE"] is secure
    assert settings["CSRF_COOKIE_SECURE"] is secure
    assert bool(settings["SECURE_HSTS_SECONDS"]) is secure


def test_host_of_the_base_address_is_allowed_beside_the_named_ones(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    named = {"BASE_URL": "https://crm.example.com:8443", "ALLOWED_HOSTS": "intranet"}

    assert settings_for(monkeypatch, **named)["ALLOWED_HOSTS"] == ["intranet", "crm.example.com"]


def test_scheme_is_believed_from_a_proxy_only(monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings_for(monkeypatch, PROXY_COUNT="0")["SECURE_PROXY_SSL_HEADER"] is None
    assert settings_for(monkeypatch, PROXY_COUNT="1")["SECURE_PROXY_SSL_HEADER"] is not None
