"""Answer what is asked about users and the account of who asks."""

from collections.abc import Mapping
from typing import Any

from django.http.response import HttpResponseBase

from api.base.requests import DialectRequest
from api.base.versions import mark_version
from api.redmineup import auth, envelope
from api.redmineup.filters.users import user_list
from api.redmineup.mapping import people as mapping
from api.redmineup.mapping.shapes import Items, Wire
from api.redmineup.views.base import RedmineUpViewSet, body_of, included, record_id, window_of
from contacts.errors import ForbiddenError, NotFoundError
from contacts.query import Query, get_record, search, where
from contacts.services.passwords import change_password
from contacts.services.records import together
from contacts.services.users import create_user, delete_user, update_user

ALL = 1_000
CURRENT = "current"


class UserSet(RedmineUpViewSet):
    """List, show, create, change and delete users."""

    # The answers can hold keys.
    hides_answers = True

    def list(self, request: DialectRequest) -> HttpResponseBase:
        """Return a page of users, to administrators."""
        if not request.actor.is_administrator:
            raise ForbiddenError("administrator")
        asked = user_list(request, window=window_of(request))
        page = search(request.actor, asked.query)
        items = Items("user", [mapping.to_wire(each) for each in page.documents])
        answer = envelope.page(
            "users", items, total=page.total, offset=page.offset, limit=page.limit
        )
        return envelope.with_ignored(answer, asked.ignored)

    def retrieve(self, request: DialectRequest, user_id: str = CURRENT) -> HttpResponseBase:
        """Return one user, or who asks."""
        document = get_record(request.actor, "user", _id(request, user_id))
        shown = mapping.to_wire(document)
        key = auth.shown_key(request, document)
        if key is not None:
            shown["api_key"] = key
        response = envelope.single("user", shown | _includes(request, document))
        if "updated_at" in document:
            mark_version(response, document["updated_at"])
        return response

    def create(self, request: DialectRequest) -> HttpResponseBase:
        """Create a user."""
        request.actor.require_administrator()
        sent = body_of(request, "user")
        # Nobody is told a password that is made up; another way in may set one.
        made_up = mapping.wants_password(sent)
        password = None if made_up else mapping.password_of(sent) or ""
        # The original asks for the length alone, and programs send what it takes.
        document = create_user(
            request.actor, mapping.from_wire(sent), password=password, checks_strength=False
        )
        written = mapping.to_wire(document)
        return envelope.created(request, "user", written, f"/users/{document['id']}")

    def update(self, request: DialectRequest, user_id: str) -> HttpResponseBase:
        """Change what is sent and leave the rest."""
        return _changed(request, user_id, body_of(request, "user"))

    def update_account(self, request: DialectRequest) -> HttpResponseBase:
        """Change who asks; what is for administrators to say is left out, as in the original.

        So an account may be sent back as it was read.
        """
        sent = body_of(request, "user")
        if not request.actor.is_administrator:
            sent = mapping.own_of(sent)
        return _changed(request, CURRENT, sent)

    def destroy(self, request: DialectRequest, user_id: str) -> HttpResponseBase:
        """Delete a user who has left no traces."""
        delete_user(request.actor, _id(request, user_id))
        return envelope.empty(request)


def _changed(request: DialectRequest, user_id: str, sent: Mapping[str, Any]) -> HttpResponseBase:
    pk, password = _id(request, user_id), mapping.password_of(sent)
    with together():
        update_user(request.actor, pk, mapping.from_wire(sent))
        if password is not None:
            current = str(sent.get("current_password") or "")
            change_password(request.actor, pk, password, current=current, checks_strength=False)
    return envelope.empty(request)


def _id(request: DialectRequest, named: str) -> int:
    if named != CURRENT:
        return record_id(named)
    if request.actor.user_id is None:
        raise NotFoundError("user", CURRENT)
    return request.actor.user_id


def _includes(request: DialectRequest, document: Mapping[str, Any]) -> Wire:
    """Return what ``include`` adds; what has nothing to show adds no key."""
    wanted = included(request)
    added: dict[str, Items] = {}
    if "memberships" in wanted:
        condition = where(request.actor, "user", "eq", document["id"], kind="member")
        found = list(search(request.actor, Query("member", condition, limit=ALL)).documents)
        added["memberships"] = mapping.memberships(found)
    if "groups" in wanted:
        added["groups"] = mapping.groups(document.get("user_groups", []))
    return {name: items for name, items in added.items() if items}
