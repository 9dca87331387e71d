"""Say for each filter of issues which field of tickets it looks at."""

from collections.abc import Callable, Mapping

from api.redmineup import grammar
from api.redmineup.grammar import Clause
from api.redmineup.mapping import options
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
    yes_or_no,
)
from contacts.access import Actor
from contacts.query import Condition, Not, Or, where

KIND = "ticket"


def open_issues(actor: Actor) -> Condition:
    """Return "has a status that does not end it", which a list means that names no status."""
    return where(actor, "status", "in", options.closing_ids(closed=False), kind=KIND)


def _compare_status(actor: Actor, rule: Rule, clause: Clause) -> Condition:
    operator = grammar.status_operator(clause)
    if operator in ("o", "c"):
        return where(actor, "status", "in", options.closing_ids(closed=operator == "c"), kind=KIND)
    ids = [options.option_id(options.STATUS, value) for value in clause.values]
    known = [pk for pk in ids if pk]
    found: Condition = where(actor, "status", "in", known, kind=KIND) if known else Or(())
    return Not(found) if operator == "!" else found


def _option(list_name: str) -> Callable[[Actor, str], object]:
    return lambda _actor, word: options.option_id(list_name, word) or None


ISSUE_FILTERS: Mapping[str, Rule] = {
    "status_id": Rule(
        ("status",),
        grammar.STATUS_LIST,
        _compare_status,
        "`open` (when it is missing), `closed`, `*` all, or ids",
        KIND,
    ),
    "tracker_id": listed("tracker", read=_option(options.TRACKER), about="Ids", kind=KIND),
    "priority_id": listed("priority", read=_option(options.PRIORITY), about="Ids", kind=KIND),
    "category_id": listed("category", read=record_id, about="Id of the category", kind=KIND),
    "contact_id": listed("contact", read=record_id, about="Id of the contact", kind=KIND),
    "assigned_to_id": listed("owner", read=user_id, about="Id of the assignee, or `me`", kind=KIND),
    "author_id": listed("author", read=user_id, about="Id of the author, or `me`", kind=KIND),
    "issue_id": ids("id", about="Ids", kind=KIND),
    "subject": text("subject", about="Subject", kind=KIND),
    "description": text("description", about="Description", kind=KIND),
    "start_date": day("starts_on", about="Start date", kind=KIND),
    "due_date": day("due_on", about="Due date", kind=KIND),
    "done_ratio": number("done_ratio", about="How much is done, in percent", kind=KIND),
    "is_private": listed(
        "is_private", read=yes_or_no, about="`1` or `0`", kind=KIND, operators=grammar.LIST
    ),
    "created_on": moment("created_at", about="When it was created", kind=KIND),
    "updated_on": moment("updated_at", about="When it was changed", kind=KIND),
    "closed_on": moment("closed_at", about="When it was closed", kind=KIND),
}

ISSUE_COLUMNS: Mapping[str, str] = {
    "id": "id",
    "subject": "subject",
    "project": "project",
    "tracker": "tracker",
    "status": "status",
    "priority": "priority",
    "author": "author",
    "assigned_to": "owner",
    "start_date": "starts_on",
    "due_date": "due_on",
    "done_ratio": "done_ratio",
    "created_on": "created_at",
    "updated_on": "updated_at",
    "closed_on": "closed_at",
}
