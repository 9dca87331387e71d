"""Hand out, list and revoke personal access tokens."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from rest_framework.response import Response

from api.base.requests import DialectRequest
from api.concord import auth, envelope
from api.concord.errors import RejectedError
from api.concord.mapping.bodies import Body
from api.concord.resources.table import Shown, Wire
from api.concord.resources.users import write
from api.concord.views.base import ConcordViewSet, number_of, sent_of
from contacts.access import Actor, actor_of_password, system_actor
from contacts.access.guessing import guarded_sign_in
from contacts.errors import AuthenticationError, NotFoundError
from contacts.query import Condition, Query, all_of, get_record, search, where
from contacts.services.credentials import create_credential, revoke_credential

MOST_TOKENS = 1_000
WRONG = "These credentials do not match our records."
LABELS = {"email": "email", "password": "password"}


class SignInSet(ConcordViewSet):
    """Give a token for an address and a password."""

    is_public = True
    keeps_answers = False

    def create(self, request: DialectRequest) -> Response:
        """Make a token named after the device."""
        body = Body(sent_of(request), creating=True, labels=LABELS)
        body.require("email", "password", "device_name")
        email, password, device = (body.text(key) for key in ("email", "password", "device_name"))
        if body.messages and email is not None:
            # A name to sign in with does as well; it is no address to somebody who asks wrongly.
            body.email("email")
        body.finish()
        actor = _signed_in(request, str(email), str(password))
        document, secret = create_credential(actor, auth.KEY, {"name": device})
        user = get_record(actor, "user", actor.user_id or 0)
        return Response(
            {
                "accessToken": auth.written(int(str(document["id"])), secret),
                "userId": actor.user_id,
                "email": user.get("email"),
                "name": user["name"],
            }
        )


class TokenSet(ConcordViewSet):
    """The caller's own tokens."""

    hides_answers = True

    def list(self, request: DialectRequest) -> Response:
        """Return the tokens, never the texts of them."""
        actor = request.actor
        found = search(actor, Query("credential", _own(actor), limit=MOST_TOKENS)).documents
        return envelope.listed([_token(row) for row in found if row["revoked_at"] is None])

    def create(self, request: DialectRequest) -> Response:
        """Make a token; this is the only answer that shows it."""
        body = Body(sent_of(request), creating=True)
        body.require("name")
        name = body.text("name")
        body.finish()
        document, secret = create_credential(request.actor, auth.KEY, {"name": name})
        plain = auth.written(int(str(document["id"])), secret)
        answer = {"accessToken": _token(document), "plainTextToken": plain}
        return Response(answer, status=HTTPStatus.CREATED)

    def destroy(self, request: DialectRequest, record_id: str) -> Response:
        """Revoke a token at once."""
        number = number_of(record_id, "PersonalAccessToken")
        actor = request.actor
        mine = all_of(_own(actor), where(actor, "id", "eq", number, kind="credential"))
        rows = search(actor, Query("credential", mine, limit=1)).documents
        if not rows or rows[0]["revoked_at"] is not None:
            raise NotFoundError("PersonalAccessToken", number)
        revoke_credential(actor, number)
        return envelope.empty()


class MeSet(ConcordViewSet):
    """The caller."""

    def retrieve(self, request: DialectRequest) -> Response:
        """Return the caller's user."""
        actor = request.actor
        (user,) = write(actor, [get_record(actor, "user", actor.user_id or 0)], Shown())
        return envelope.single(user)


class ValidateSet(ConcordViewSet):
    """A client's test of its token."""

    def retrieve(self, request: DialectRequest) -> Response:
        """Say that the token is good."""
        return envelope.single({"valid": True})


def _signed_in(request: DialectRequest, email: str, password: str) -> Actor:
    """Return the actor of an address, or user name, and a password."""
    refused = RejectedError({"email": [WRONG]})
    try:
        with guarded_sign_in(request, email):
            return actor_of_password(
                _username_of(email),
                password,
                dialect=auth.DIALECT_NAME,
                request_id=request.request_id,
            )
    except AuthenticationError:
        raise refused from None


def _username_of(email: str) -> str:
    """Return the user name of an address; an address of several users is nobody's."""
    everybody = system_actor()
    same = where(everybody, "email", "eq", email, kind="user")
    found = search(everybody, Query("user", same, limit=2)).documents
    return str(found[0]["username"]) if len(found) == 1 else email


def _own(actor: Actor) -> Condition | None:
    return all_of(
        where(actor, "user", "eq", actor.user_id, kind="credential"),
        where(actor, "kind", "eq", auth.KEY, kind="credential"),
    )


def _token(row: Mapping[str, Any]) -> Wire:
    return {
        "id": row["id"],
        "name": row["name"],
        "abilities": ["*"],
        "last_used_at": row["last_used_at"],
        "expires_at": row["expires_at"],
        "created_at": row["created_at"],
        "updated_at": row["created_at"],
    }
