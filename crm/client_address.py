"""Tell where a request comes from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings


def client_address(environ: Mapping[str, Any]) -> str:
    """Return the address of the client, believing as many proxies as there are.

    Each proxy appends the address that it saw, so what counts from the right was written by ours;
    everything further left may be the client's invention.
    """
    direct: str = environ.get("REMOTE_ADDR") or ""
    forwarded = [part.strip() for part in environ.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    if not settings.PROXY_COUNT or len(forwarded) < settings.PROXY_COUNT:
        return direct
    return forwarded[-settings.PROXY_COUNT] or direct
