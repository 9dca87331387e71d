"""Tell whoever started the server where it is and how to try it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from api.base import discovery


def announcement(credentials: Mapping[str, Any] | None) -> str:  # Any: JSON of bootstrap
    """Return the lines for the terminal; the credentials are there on the first run only."""
    lines = ["", f"Rosetta CRM is at {settings.BASE_URL}/", ""]
    if credentials is None:
        lines += [
            "Sign in as you did before. For a new password or new credentials:",
            "  .venv/bin/python manage.py bootstrap --username NAME --password PASSWORD",
        ]
    else:
        lines += [
            f"  Sign in as   {credentials['username']}",
            f"  Password     {credentials['password']}",
            "",
            "Write both down: they are not shown again.",
        ]
        lines += sample_requests(credentials)
    return "\n".join([*lines, "", "Stop with Ctrl+C.", ""])


def sample_requests(credentials: Mapping[str, Any]) -> list[str]:  # Any: JSON of bootstrap
    """Return one request to paste into a shell for every dialect."""
    lines = []
    for dialect in discovery.dialects():
        request = dialect.sample_request(settings.BASE_URL, credentials[dialect.name])
        lines += ["", f"{dialect.title}, ready to paste:", f"  {request}"]
    return lines
