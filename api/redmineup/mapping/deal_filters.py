"""Say for each filter of deals which field it looks at."""

from collections.abc import Mapping

from api.redmineup import grammar
from api.redmineup.grammar import Clause
from api.redmineup.mapping.rules import (
    Rule,
    day,
    ids,
    listed,
    moment,
    number,
    record_id,
    text,
    user_id,
)
from contacts.access import Actor
from contacts.query import Condition, Not, Or, where

KIND = "deal"
OPEN = 0


def open_deals(actor: Actor) -> Condition:
    """Return "neither won nor lost", which a list means that names no status."""
    return where(actor, "outcome", "eq", OPEN, kind=KIND)


def _compare_status(actor: Actor, rule: Rule, clause: Clause) -> Condition:
    operator = grammar.status_operator(clause)
    if operator == "o":
        return open_deals(actor)
    if operator == "c":
        return Not(open_deals(actor))
    ids = [pk for pk in (record_id(actor, value) for value in clause.values) if pk]
    found: Condition = where(actor, "status", "in", ids, kind=KIND) if ids else Or(())
    return Not(found) if operator == "!" else found


DEAL_FILTERS: Mapping[str, Rule] = {
    "status_id": Rule(
        ("status",),
        grammar.STATUS_LIST,
        _compare_status,
        "`o` open (when it is missing), `c` won or lost, `*` all, or ids",
        KIND,
    ),
    "name": text("name", about="Name", kind=KIND),
    "price": number("amount", about="Price", kind=KIND),
    "currency": text("currency", about="Currency", kind=KIND),
    "duration": number("duration", about="Duration", kind=KIND),
    "probability": number("probability", about="Probability in percent", kind=KIND),
    "due_date": day("due_on", about="Due date", kind=KIND),
    "background": text("background", about="Background", kind=KIND),
    "contact_id": listed("contact", read=record_id, about="Id of the contact", kind=KIND),
    "category_id": listed("category", read=record_id, about="Id of the category", kind=KIND),
    "assigned_to_id": listed("owner", read=user_id, about="Id of the assignee, or `me`", kind=KIND),
    "author_id": listed("author", read=user_id, about="Id of the author, or `me`", kind=KIND),
    "ids": ids("id", about="Ids", kind=KIND),
    "created_on": moment("created_at", about="When it was created", kind=KIND),
    "updated_on": moment(
        "updated_at", about="When it was changed", kind=KIND, operators=grammar.PAST
    ),
}

DEAL_COLUMNS: Mapping[str, str] = {
    "id": "id",
    "name": "name",
    "price": "amount",
    "currency": "currency",
    "duration": "duration",
    "probability": "probability",
    "due_date": "due_on",
    "project": "project",
    "status": "status",
    "category": "category",
    "contact": "contact",
    "assigned_to": "owner",
    "author": "author",
    "created_on": "created_at",
    "updated_on": "updated_at",
}
