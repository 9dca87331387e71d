"""Show people how this dialect is spoken: a token first, and under what it knows a contact."""

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from api.base.dialect import Credentials
from api.base.examples import CodeSample, Joined, Kept, Known, Step
from api.base.intentions import Intention, Told
from api.wildapricot import telling, writing

if TYPE_CHECKING:
    from contacts.access import Actor

# Of the search for any text.
SEARCHES = _("It looks into its usual fields alone, and forgives no slips.")


def example(credentials: Credentials) -> Sequence[Step]:
    """Return the requests that get a token for the key and list contacts with it."""
    step = Step(
        path=f"{_account()}/contacts",
        query={"$async": "false", "$top": "5"},
        headers={"Accept": "application/json"},
    )
    return signed(credentials, step)


def signed(credentials: Credentials, step: Step) -> Sequence[Step]:
    """Return the request that gets a token before another one."""
    key = b64encode(f"APIKEY:{credentials['api_key']}".encode()).decode()
    token = Joined(("Bearer ", Kept("token")))
    return [
        Step(
            path="/auth/token",
            method="POST",
            headers={"Authorization": f"Basic {key}"},
            form={"grant_type": "client_credentials", "scope": "auto"},
            keeps={"token": ("access_token",)},
        ),
        replace(step, headers={"Authorization": token, **step.headers}),
    ]


def tell(actor: "Actor", intention: Intention) -> Told:
    """Return how this dialect says what is wanted; raises UnsayableError."""
    told = writing.told if intention.writes else telling.told
    return told(actor, intention)


def known_as(document: Mapping[str, object]) -> Known | None:
    """Return id and path of a contact."""
    return Known(str(document["id"]), f"{_account()}/contacts/{document['id']}")


def _account() -> str:
    return f"/v2.2/accounts/{settings.WILDAPRICOT_ACCOUNT_ID}"


def field_name(number: int, slug: str) -> str:
    """Return what a custom field is called here."""
    return f"custom-{10_000 + number}"


def clients(base_url: str, credentials: Credentials) -> Sequence[CodeSample]:
    """Return how well-known clients are told of this server."""
    key = json.dumps(str(credentials["api_key"]))
    return [
        CodeSample(
            "WaApi.py",
            "import WaApi\n"
            f"WaApi.WaApiClient.auth_endpoint = {json.dumps(f'{base_url}/auth/token')}\n"
            f"WaApi.WaApiClient.api_endpoint = {json.dumps(base_url)}\n"
            'api = WaApi.WaApiClient("", "")\n'
            f"api.authenticate_with_apikey({key})",
        )
    ]
