"""The shape of a resource: everything in which one kind of record differs from another."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from api.concord.mapping.rules import Rule
from contacts.access import Actor
from contacts.errors import ForbiddenError, NotFoundError
from contacts.query import Condition, get_contact, get_record

Wire = dict[str, object]
Document = Mapping[str, Any]
Values = dict[str, object]
Sent = Mapping[str, Any]

# Whoever wrote or owns one of these may change it.
OWN = frozenset({"edit_activities", "delete_activities", "delete_notes", "delete_own_notes"})
MAX_ID = 2**63 - 1


@dataclass(frozen=True)
class Shown:
    """How much of records an answer shows: ``is_whole`` with what belongs to a single one.

    ``extra`` are the names in ``with``, ``is_new`` says that the request has made the record.
    With ``as_text`` nobody looks into the records: they may be JSON texts already.
    """

    is_whole: bool = False
    extra: frozenset[str] = frozenset()
    is_new: bool = False
    as_text: bool = False

    def shows(self, name: str) -> bool:
        """Tell whether linked records of a resource are shown."""
        return self.is_whole or name in self.extra


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
    ``remove`` deletes as a request says, where it may say more than which record.
    ``after`` runs once a record is stored, in the same transaction, with the document of
    a record that is new. ``rights`` are those that changes need, by action; what is
    ``administered`` is changed by administrators only, what is ``private`` read by them only.
    ``keys`` are those that may be selected besides the names of rules.
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
    remove: Callable[[Actor, int, Sent], object] | None = None
    archive: Callable[[Actor, int], object] | None = None
    restore: Callable[[Actor, int], object] | None = None
    after: Callable[[Actor, int, Sent, Document | None], None] | None = None
    links: Sequence[str] = ()
    rights: Mapping[str, str] = field(default_factory=dict)
    administered: bool = False
    private: bool = False
    keys: frozenset[str] = frozenset()

    def writes(self, name: str) -> bool:
        """Tell whether records have a key, as far as that is known without one."""
        return name in self.keys

    def get(self, actor: Actor, record_id: str | int, *, archived: bool = False) -> Document:
        """Return the document of one record; raises NotFoundError for one of another resource.

        Raises ForbiddenError before that for who may not look into the resource.
        """
        if self.private:
            actor.require_administrator()
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

    def require(self, actor: Actor, action: str, document: Document | None = None) -> None:
        """Raise ForbiddenError for what the actor may not do, before its values are looked at."""
        if self.administered:
            actor.require_administrator()
        actor.require_write()
        right = self.rights.get(action)
        if right is not None and not may(actor, right, document):
            raise ForbiddenError(right, self.kind)


def id_of(text: str | int) -> int | None:
    """Return the id in an address, None for what is none."""
    word = str(text)
    if not (word.isascii() and word.isdecimal() and len(word) < 20 and int(word) <= MAX_ID):
        return None
    return int(word)


def may(actor: Actor, right: str, document: Document | None = None) -> bool:
    """Tell whether an actor holds a right where a record is, or anywhere for a new one."""
    if document is None:
        return actor.has_anywhere(right)
    people = (document.get("author_id"), document.get("owner_id"))
    if right in OWN and actor.user_id is not None and actor.user_id in people:
        return True
    projects = document.get("projects") or [document.get("project_id")]
    known = [pk for pk in projects if pk]
    return actor.has(right, known) if known else actor.has_anywhere(right)


def authorizer(actor: Actor, rights: Mapping[str, str]) -> Callable[[Document], Wire]:
    """Return what tells the authorizations of many records: the same where nothing differs."""
    known: dict[object, Wire] = {}

    def told(document: Document) -> Wire:
        places = document.get("projects") or [document.get("project_id")]
        alike = (*places, "of", document.get("author_id"), document.get("owner_id"))
        if alike not in known:
            known[alike] = authorizations(actor, rights, document)
        return known[alike].copy()

    return told


def authorizations(
    actor: Actor, rights: Mapping[str, str], document: Document | None = None
) -> Wire:
    """Return what the caller may do with a record, or with records of a resource."""

    def allowed(action: str) -> bool:
        right = rights.get(action)
        if actor.is_read_only or right is None:
            return actor.is_administrator and not actor.is_read_only
        return may(actor, right, None if action == "create" else document)

    may_delete = allowed("delete")
    return {
        "viewAny": True,
        "view": True,
        "create": allowed("create"),
        "update": allowed("update"),
        "delete": may_delete,
        "bulkDelete": may_delete,
        "export": True,
    }
