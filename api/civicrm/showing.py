"""Show people how this dialect is spoken: a first request, and under what it knows a contact."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from api.base.dialect import Credentials
from api.base.examples import CodeSample, Known, Step
from api.base.intentions import Intention, Told
from api.civicrm import telling, writing
from api.civicrm.exploring.requests import ADDRESS

if TYPE_CHECKING:
    from contacts.access import Actor


def example(credentials: Credentials) -> Sequence[Step]:
    """Return the requests that list contacts."""
    asked = '{"sequential":1,"options":{"limit":5}}'
    query = {"entity": "Contact", "action": "get", "json": asked}
    return signed(credentials, Step(path=ADDRESS, query=query, keeps={"rows": ("values",)}))


def signed(credentials: Credentials, step: Step) -> Sequence[Step]:
    """Return a request with the key in it."""
    # By the key alone: the site key of the older address is no matter of one person's key.
    key = {
        "X-Civi-Auth": f"Bearer {credentials['api_key']}",
        "X-Requested-With": "XMLHttpRequest",
    }
    return [replace(step, headers={**key, **step.headers})]


def tell(actor: "Actor", intention: Intention) -> Told:
    """Return how this dialect says what is wanted; raises UnsayableError."""
    told = writing.told if intention.writes else telling.told
    return told(actor, intention)


def known_as(document: Mapping[str, object]) -> Known | None:
    """Return id and path of a contact."""
    asked = {"id": document["id"], "sequential": 1}
    query = {"entity": "Contact", "action": "get", "json": json.dumps(asked)}
    return Known(str(document["id"]), f"{ADDRESS}?{urlencode(query)}")


def field_name(number: int, slug: str) -> str:
    """Return what a custom field is called here."""
    return f"custom_{number}"


def clients(base_url: str, credentials: Credentials) -> Sequence[CodeSample]:
    """Return how well-known clients are told of this server."""
    key, site_key = str(credentials["api_key"]), str(credentials["site_key"])
    return [
        CodeSample(
            "civicrmapi",
            "from civicrmapi import HttpApiV4\n"
            f"api = HttpApiV4({json.dumps(base_url)}, {json.dumps(key)})",
        ),
        CodeSample(
            "civipy",
            f"CIVI_REST_BASE={base_url}{ADDRESS}\nCIVI_USER_KEY={key}\n"
            f"CIVI_SITE_KEY={site_key}\nCIVI_API_VERSION=3",
        ),
    ]
