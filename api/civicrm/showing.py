"""Show people how this dialect is spoken: a first request, and under what it knows a contact."""

import json
from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from api.base.dialect import Credentials
from api.base.examples import Known, Step

ADDRESS = "/civicrm/ajax/rest"


def example(credentials: Credentials) -> Sequence[Step]:
    """Return the requests that list contacts."""
    # By the key alone: the site key of the older address is no matter of one person's key.
    headers = {
        "X-Civi-Auth": f"Bearer {credentials['api_key']}",
        "X-Requested-With": "XMLHttpRequest",
    }
    asked = '{"sequential":1,"options":{"limit":5}}'
    query = {"entity": "Contact", "action": "get", "json": asked}
    return [Step(path=ADDRESS, query=query, headers=headers, keeps={"rows": ("values",)})]


def known_as(document: Mapping[str, object]) -> Known | None:
    """Return id and path of a contact."""
    asked = {"id": document["id"], "sequential": 1}
    query = {"entity": "Contact", "action": "get", "json": json.dumps(asked)}
    return Known(str(document["id"]), f"{ADDRESS}?{urlencode(query)}")


def field_name(number: int, slug: str) -> str:
    """Return what a custom field is called here."""
    return f"custom_{number}"
