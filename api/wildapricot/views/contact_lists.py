"""Lists of contacts: at once, only counted, only numbered, or fetched later."""

from collections.abc import Iterator
from itertools import chain, islice

from orjson import Fragment

from api.base.kept_writing import KeptWriting
from api.base.requests import DialectRequest
from api.wildapricot import envelope
from api.wildapricot.filters import Question, is_asked, is_asynchronous
from api.wildapricot.mapping.contacts import Place, Wire, writer_for
from api.wildapricot.mapping.table import table_for
from api.wire.json_text import write_json
from contacts.errors import QueryError
from contacts.query import MAX_OFFSET, count_contacts, iter_contacts, matching_ids, search
from contacts.services.stored_searches import get_search, keep_search

# Longer lists are written while they are read: a hundred thousand contacts would fill the memory.
HELD = 1_000

# Contacts of shorter ones, as JSON.
_kept: KeptWriting[Fragment] = KeptWriting()


def answer(request: DialectRequest, place: Place) -> envelope.Answer:
    """Answer a list in the way that its parameters ask for."""
    actor, asked = request.actor, request.query
    if asked.get("resultid"):
        found = get_search(str(asked["resultid"]))
        question = Question.kept(found["question"]).within(asked)  # type: ignore[arg-type]  # stored by us
        return _fetched(request, place, found, question)
    question = Question.asked(asked)
    query = question.query(actor, table_for(actor))
    if is_asked(asked, "$count"):
        return envelope.count(count_contacts(actor, query))
    if is_asked(asked, "idsonly", "$ids"):
        end = min(MAX_OFFSET, query.offset + query.limit)
        return envelope.identifiers(matching_ids(actor, query, end)[query.offset :])
    if not is_asynchronous(asked):
        return _listed(request, {}, _contacts(request, place, question))
    # What cannot be read is refused now: a client that polls learns nothing from a later refusal.
    question.codes(table_for(actor))
    return _begun(request, place, question)


def _contacts(
    request: DialectRequest, place: Place, question: Question
) -> Iterator[envelope.Record]:
    """Return the contacts of the answer; raises QueryError before the first of them is read."""
    actor = request.actor
    table = table_for(actor)
    codes = question.codes(table)
    write = writer_for(table, place, codes)
    query = question.query(actor, table)
    if query.limit > HELD:
        return map(write, iter_contacts(actor, query))
    documents = search(actor, query).documents
    if request.accepted_renderer.format != "json":
        return map(write, documents)
    manner = (place, None if codes is None else frozenset(codes))
    return iter(
        _kept.written(actor, manner, documents, lambda each: Fragment(write_json(write(each))))
    )


def _listed(
    request: DialectRequest, before: Wire, contacts: Iterator[envelope.Record]
) -> envelope.Answer:
    """Return the list behind what else is in the answer; a long one is written bit by bit."""
    first = list(islice(contacts, HELD + 1))
    if len(first) <= HELD:
        return envelope.contacts(first, before)
    whole = chain(first, contacts)
    if request.accepted_renderer.format != "json":
        return envelope.contacts(list(whole), before)
    return envelope.streamed(whole, before)


def _begun(request: DialectRequest, place: Place, question: Question) -> envelope.Answer:
    """Keep a new search; the same one asked again is answered.

    Clients ask the first question again until it is answered; docs/dialects/wildapricot.md,
    "Lists".
    """
    found, is_new = keep_search(request.actor, question.to_keep())
    if is_new:
        return envelope.single(envelope.search_state(place, found, question, "Waiting"))
    return _fetched(request, place, get_search(str(found["key"])), question)


def _fetched(
    request: DialectRequest, place: Place, found: Wire, question: Question
) -> envelope.Answer:
    try:
        contacts = _contacts(request, place, question)
    except QueryError as error:
        # A field of the filter is gone since, or not this caller's to read.
        failed = envelope.search_state(place, found, question, "Failed")
        words = f"The search cannot be made any more: {error.name}"
        return envelope.single({**failed, "ErrorDetails": words})
    complete = envelope.search_state(place, found, question, "Complete")
    return _listed(request, complete, contacts)
