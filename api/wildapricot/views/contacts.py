"""Contacts: list, show, create, change, delete."""

from typing import Any

from rest_framework.response import Response

from api.base.requests import DialectRequest
from api.base.versions import mark_version
from api.wildapricot import auth, envelope
from api.wildapricot.errors import NotArchivedError
from api.wildapricot.filters import is_asked
from api.wildapricot.mapping.bodies import draft_of, mapping_of
from api.wildapricot.mapping.contacts import Document, writer_for
from api.wildapricot.mapping.drafts import Draft
from api.wildapricot.mapping.faults import told_as_sent
from api.wildapricot.mapping.memberships import extended
from api.wildapricot.mapping.rules import require_rules
from api.wildapricot.mapping.table import table_for
from api.wildapricot.mapping.users import with_user
from api.wildapricot.views import contact_lists
from api.wildapricot.views.base import READING, WildApricotViewSet, id_of, number_of
from contacts.access import NEEDED, Actor
from contacts.errors import NotFoundError
from contacts.query import get_contact, known_part
from contacts.query.own_contacts import get_own_contact, own_contact_of
from contacts.services.contacts import delete_contact
from contacts.services.revising import Revision, add_contact, revise_contact

# What upstream's accounts hold is seen by everybody who sees contacts at all.
PUBLIC = 1


class ContactSet(WildApricotViewSet):
    """Contacts of the account."""

    reading_scope = "contacts_view"
    writing_scope = "contacts_edit"
    xml_item = "Contact"

    def needed_scope(self, actor: Actor) -> str:
        """Let tokens for one's own contact alone read that one by its number too."""
        is_reading = self.request.method in READING
        own = is_reading and _is_own(actor, self.kwargs.get("record_id"))
        if own and auth.has_scope(actor, "contacts_me"):
            return ""
        return super().needed_scope(actor)

    def list(self, request: DialectRequest, version: str, account_id: str) -> envelope.Answer:
        """List contacts."""
        return contact_lists.answer(request, self.place)

    def create(self, request: DialectRequest, version: str, account_id: str) -> Response:
        """Create a contact; the answer has status 200, as upstream's."""
        actor, table = request.actor, table_for(request.actor)
        draft = draft_of(actor, table, mapping_of(request.data))
        require_rules(draft)
        values = {"visibility": PUBLIC, **draft.finish()}
        with told_as_sent([draft]):
            made = add_contact(actor, Revision(values, draft.archived))
        return self._answer(request, made)

    def retrieve(
        self, request: DialectRequest, version: str, account_id: str, record_id: str
    ) -> Response:
        """Show a contact, archived or not."""
        found = _shown(request.actor, record_id)
        answer = self._answer(request, found)
        if is_asked(request.query, "getextendedmembershipinfo"):
            answer.data["ExtendedMembershipInfo"] = extended(found, self.call_url)
        return answer

    def update(
        self, request: DialectRequest, version: str, account_id: str, record_id: str
    ) -> Response:
        """Change what the body names."""
        actor, body, contact_id = request.actor, mapping_of(request.data), id_of(record_id)
        drafts: list[Draft] = []

        def change(document: Document) -> Revision:
            drafts.append(draft_of(actor, table_for(actor), body, document))
            require_rules(drafts[-1])
            return Revision(drafts[-1].finish(), drafts[-1].archived)

        with told_as_sent(drafts):
            changed = revise_contact(actor, contact_id, change)
        return self._answer(request, changed)

    def destroy(
        self, request: DialectRequest, version: str, account_id: str, record_id: str
    ) -> Response:
        """Delete an archived contact for good."""
        contact_id = id_of(record_id)
        found = get_contact(request.actor, contact_id, archived=None)
        # Whoever may delete nothing is not told to archive first.
        places: Any = found.get("projects") or []
        request.actor.require(NEEDED["contact", "delete"], places, "contact")
        if "archived_at" not in found:
            raise NotArchivedError
        delete_contact(request.actor, contact_id)
        return envelope.single(True)

    def _answer(self, request: DialectRequest, document: Document) -> Response:
        actor = request.actor
        write = writer_for(table_for(actor), self.place)
        response = envelope.single(write(with_user(actor, known_part(actor, document))))
        mark_version(response, document["updated_at"])
        return response


def _is_own(actor: Actor, asked: str | None) -> bool:
    """Tell whether an address names the contact that the caller has of its own."""
    number = None if asked is None else number_of(asked)
    return number is not None and number == own_contact_of(actor.user_id)


def _shown(actor: Actor, asked: str) -> Document:
    """Return a contact that the caller sees, or that is its own; raises NotFoundError."""
    try:
        return get_contact(actor, id_of(asked), archived=None)
    except NotFoundError:
        if not _is_own(actor, asked):
            raise
        return get_own_contact(actor)
