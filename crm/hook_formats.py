"""Tell webhooks in the words of dialects that have no webhooks of their own.

What is sent names the event and holds the contact exactly as the dialect answers a read of it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from http import HTTPStatus
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest

from api.base import in_house
from api.base.examples import Known
from contacts.access import Actor
from contacts.query import find_contacts
from contacts.services.webhook_formats import Event, Write, name_of, offer_format

KnownAs = Callable[[Mapping[str, Any]], Known | None]


def offer_answers(dialect: str, known_as: KnownAs) -> None:
    """Let webhooks be told of contacts in a dialect's words, unless it says that itself."""
    offer_format(dialect, _answer_of(known_as), kinds=["contact"])


def _answer_of(known_as: KnownAs) -> Write:
    def write(actor: Actor, event: Event) -> Mapping[str, object] | None:
        document = find_contacts(actor, [event.record_id], archived=None).get(event.record_id)
        if document is None and not (event.happened == "deleted" and actor.is_administrator):
            return None
        known = known_as(document) if document is not None else None
        record: object = None
        # Not every protocol still answers for what is archived.
        if known is not None:
            response = in_house.read_as(actor, _at_home(), known.path)
            if response.status_code == HTTPStatus.OK:
                with suppress(ValueError):
                    record = json.loads(response.content)
        wire_id = known.id if known is not None else str(event.record_id)
        return {"event": name_of(event), "id": wire_id, "record": record}

    return write


def _at_home() -> HttpRequest:
    """Return a request as somebody makes it who uses the address of this server."""
    parts = urlsplit(settings.BASE_URL)
    return WSGIRequest(
        {
            "REQUEST_METHOD": "GET",
            "SERVER_NAME": parts.hostname or "localhost",
            "SERVER_PORT": str(parts.port or (443 if parts.scheme == "https" else 80)),
            "HTTP_HOST": parts.netloc,
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.url_scheme": parts.scheme,
            "wsgi.input": BytesIO(),
        }
    )
