"""Lists of contacts: at once, only counted, only numbered, or fetched later."""

from rest_framework.response import Response

from api.base.requests import DialectRequest
from api.wildapricot import envelope
from api.wildapricot.filters import Question, is_asked, is_asynchronous
from api.wildapricot.mapping.contacts import ContactWriter, Place, Wire
from api.wildapricot.mapping.table import table_for
from contacts.access import Actor
from contacts.errors import QueryError
from contacts.query import MAX_OFFSET, count_contacts, matching_ids, search
from contacts.services.stored_searches import get_search, keep_search


def answer(request: DialectRequest, place: Place) -> Response:
    """Answer a list in the way that its parameters ask for."""
    actor, asked = request.actor, request.query
    if asked.get("resultid"):
        found = get_search(str(asked["resultid"]))
        question = Question.kept(found["question"]).within(asked)  # type: ignore[arg-type]  # stored by us
        return envelope.single(_fetched(actor, place, found, question))
    question = Question.asked(asked)
    query = question.query(actor, table_for(actor))
    if is_asked(asked, "$count"):
        return envelope.count(count_contacts(actor, query))
    if is_asked(asked, "idsonly", "$ids"):
        end = min(MAX_OFFSET, query.offset + query.limit)
        return envelope.identifiers(matching_ids(actor, query, end)[query.offset :])
    if not is_asynchronous(asked):
        return envelope.contacts(_contacts(actor, place, question))
    return envelope.single(_begun(actor, place, question))


def _contacts(actor: Actor, place: Place, question: Question) -> list[Wire]:
    table = table_for(actor)
    write = ContactWriter(table, place, question.codes(table)).write
    return [write(document) for document in search(actor, question.query(actor, table)).documents]


def _begun(actor: Actor, place: Place, question: Question) -> Wire:
    """Keep a new search; the same one asked again is answered.

    Clients ask the first question again until it is answered; docs/dialects/wildapricot.md,
    "Lists".
    """
    found, is_new = keep_search(actor, question.to_keep())
    if is_new:
        return envelope.search_state(place, found, question, "Waiting")
    return _fetched(actor, place, get_search(str(found["key"])), question)


def _fetched(actor: Actor, place: Place, found: Wire, question: Question) -> Wire:
    try:
        contacts = _contacts(actor, place, question)
    except QueryError as error:
        # A field of the filter is gone since, or not this caller's to read.
        failed = envelope.search_state(place, found, question, "Failed")
        return {**failed, "ErrorDetails": f"The search cannot be made any more: {error.name}"}
    complete = envelope.search_state(place, found, question, "Complete")
    return {**complete, "Contacts": contacts}
