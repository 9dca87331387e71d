"""The shape of a resource: everything in which one kind of record differs from another."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from api.concord.mapping.rules import Rule
from contacts.access import Actor
from contacts.errors import NotFoundError
from contacts.query import Condition, get_contact, get_record

Wire = dict[str, object]
Document = Mapping[str, Any]
Values = dict[str, object]
Sent = Mapping[str, Any]

MAX_ID = 2**63 - 1


@dataclass(frozen=True)
class Shown:
    """How much of records an answer shows: ``is_whole`` with what belongs to a single one.

    ``extra`` are the names in ``with``, ``is_new`` says that the request has made the record.
    """

    is_whole: bool = False
    extra: frozenset[str] = frozenset()
    is_new: bool = False


def everything(_actor: Actor) -> Condition | None:
    """Return the condition of a resource that is all records of its kind."""
    return None


def always(_document: Document) -> bool:
    """Say that every record of the kind is one of the resource."""
    return True


@dataclass(frozen=True, kw_only=True)
class Resource:
    """One resource. Where ``create``, ``update`` or ``delete`` is missing, nobody may do it.

    ``scope`` and ``holds`` say the same of a query and of a document: which records of the kind
    belong here. ``read`` turns a body into values, with the present document on update.
    ``after`` runs once a record is stored, in the same transaction, with the document of
    a record that is new.
    """

    name: str
    model: str
    kind: str
    rules: Mapping[str, Rule]
    order: str
    write: Callable[[Actor, Sequence[Document], Shown], list[Wire]]
    scope: Callable[[Actor], Condition | None] = everything
    holds: Callable[[Document], bool] = always
    read: Callable[[Actor, Sent, Document | None], Values] | None = None
    create: Callable[[Actor, Values], Mapping[str, Any]] | None = None
    update: Callable[[Actor, int, Values], object] | None = None
    delete: Callable[[Actor, int], object] | None = None
    archive: Callable[[Actor, int], object] | None = None
    restore: Callable[[Actor, int], object] | None = None
    after: Callable[[Actor, int, Sent, Document | None], None] | None = None
    links: Sequence[str] = ()
    rights: Mapping[str, str] = field(default_factory=dict)

    def get(self, actor: Actor, record_id: str | int, *, archived: bool = False) -> Document:
        """Return the document of one record; raises NotFoundError for one of another resource."""
        number = id_of(record_id)
        try:
            found: Document = (
                get_contact(actor, number or 0, archived=archived)
                if self.kind == "contact"
                else get_record(actor, self.kind, number or 0, archived=archived)
            )
        except NotFoundError:
            raise NotFoundError(self.model, number) from None
        if not self.holds(found):
            raise NotFoundError(self.model, number)
        return found


def id_of(text: str | int) -> int | None:
    """Return the id in an address, None for what is none."""
    word = str(text)
    if not (word.isascii() and word.isdecimal() and len(word) < 20 and int(word) <= MAX_ID):
        return None
    return int(word)


def authorizations(actor: Actor, resource_rights: Mapping[str, str]) -> Wire:
    """Return what the caller may do with records of a resource."""

    def may(action: str) -> bool:
        right = resource_rights.get(action)
        if actor.is_read_only or right is None:
            return actor.is_administrator and not actor.is_read_only
        return actor.has_anywhere(right)

    may_delete = may("delete")
    return {
        "viewAny": True,
        "view": True,
        "create": may("create"),
        "update": may("update"),
        "delete": may_delete,
        "bulkDelete": may_delete,
        "export": True,
    }
