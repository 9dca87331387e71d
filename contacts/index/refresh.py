"""Write, rebuild and verify what is derived from the contacts.

Services call `refresh` inside the transaction of the change. `rebuild` and `verify` go over all
contacts in batches; `verify` compares what is stored with what follows from the tables.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import orjson
from django.db import transaction
from django.db.models import Exists, F, Model, OuterRef, Subquery

from contacts.access.circles import NATURES
from contacts.access.visibility import principals_seeing
from contacts.index.circles import (
    Counted,
    Numbers,
    differences,
    mend,
    numbers_of,
    settle,
    take_access_rows,
)
from contacts.index.circles import add as add_numbers
from contacts.index.documents import Document, document_of
from contacts.index.inserting import Inserts
from contacts.index.keys import keys_of, text_of
from contacts.index.naming import DERIVED_COLUMNS, derive_names
from contacts.index.parts import ContactParts, load_parts
from contacts.models import (
    Contact,
    ContactAccess,
    ContactDocument,
    ContactKey,
    ContactProject,
    ContactTag,
    ContactText,
)

BATCH = 1_000

KEY_COLUMNS = ("contact_id", "code", "rank", "text")
ACCESS_COLUMNS = ("principal", "contact_id", "sort_name", "nature")


def refresh(contact_ids: Sequence[int]) -> dict[int, Document]:
    """Recompute and store everything derived of some contacts; returns their documents.

    The contacts are locked: whoever changed one between reading and writing here would have its
    derived data replaced by what was before.
    """
    parts = load_parts(contact_ids, lock=True)
    _store_names(parts)
    ids = [each.contact.pk for each in parts]
    _clear(ids)
    counted = take_access_rows(ids)
    with Inserts() as inserts:
        return write(parts, inserts, counted=counted)


def locked_documents(contact_ids: Sequence[int]) -> dict[int, Document]:
    """Return the documents of contacts as they are now, locked until the transaction ends."""
    if not contact_ids:
        return {}
    return {each.contact.pk: document_of(each) for each in load_parts(contact_ids, lock=True)}


def write(
    parts: Sequence[ContactParts], inserts: Inserts, *, counted: Numbers | None = None
) -> dict[int, Document]:
    """Insert the derived rows of contacts that have none yet; returns their documents.

    `counted` is what they were counted for, where they had some.
    """
    documents: dict[int, Document] = {}
    texts, keys, access, counts = [], [], [], []
    for each in parts:
        # All of one contact after the other: its rows are at hand, and folded texts as well. `id`
        # and not `pk`, which looks for the name of the key each time.
        pk, sort_name = each.contact.id, each.contact.sort_name
        documents[pk] = document_of(each)
        texts.append(text_of(each))
        keys += [(pk, *key) for key in keys_of(each)]
        counts.append(counted_by(each))
        principals, nature = counts[-1]
        access += [(principal, pk, sort_name, nature) for principal in principals]
    bodies = [(pk, dumped(body)) for pk, body in documents.items()]
    inserts.add(ContactDocument, ("contact_id", "body"), bodies)
    inserts.add_rows(ContactText, texts)
    inserts.add(ContactKey, KEY_COLUMNS, keys)
    inserts.add(ContactAccess, ACCESS_COLUMNS, access)
    add_numbers(numbers_of(counts), inserts, less=counted or Numbers())
    return documents


def access_rows(parts: ContactParts) -> list[tuple[int, int, str, int]]:
    """Return the rows that say who sees a contact."""
    pk, sort_name = parts.contact.id, parts.contact.sort_name
    principals, nature = counted_by(parts)
    return [(principal, pk, sort_name, nature) for principal in principals]


def counted_by(parts: ContactParts) -> Counted:
    """Return the principals that see a contact, in ascending order, and its nature."""
    contact = parts.contact
    seeing = sorted(principals_seeing(contact, parts.project_ids))
    return Counted(tuple(seeing), NATURES[contact.kind, contact.stage])


def dumped(document: Document) -> str:
    """Return a document as it is stored."""
    return orjson.dumps(document).decode()


def named_from(parts: ContactParts) -> None:
    """Set the derived names of a contact from its own facts and its first channels."""
    email = parts.emails[0].address if parts.emails else ""
    phone = parts.phones[0].number if parts.phones else ""
    derive_names(parts.contact, email=email, phone=phone)


def _store_names(parts: Sequence[ContactParts]) -> None:
    for each in parts:
        store_derived_names(each)
    ids = [each.contact.pk for each in parts]
    current = Contact.objects.filter(pk=OuterRef("contact_id")).values("sort_name")
    for links in (ContactTag, ContactProject):
        # One statement for all contacts: most of them are called what they were called before.
        stale = links.objects.filter(contact_id__in=ids).exclude(sort_name=F("contact__sort_name"))
        stale.update(sort_name=Subquery(current))


def store_derived_names(parts: ContactParts) -> bool:
    """Derive the names of a contact and store them where they differ; tells whether they did."""
    contact = parts.contact
    before = [getattr(contact, name) for name in DERIVED_COLUMNS]
    named_from(parts)
    values = {name: getattr(contact, name) for name in DERIVED_COLUMNS}
    if before == list(values.values()):
        return False
    Contact.objects.filter(pk=contact.pk).update(**values)
    return True


def _clear(ids: Sequence[int]) -> None:
    for model in (ContactDocument, ContactText, ContactKey):
        model.objects.filter(contact_id__in=ids).delete()


def count() -> int:
    """Return the number of all contacts, archived ones too: what there is to rebuild."""
    return Contact.objects.count()


def rebuild() -> Iterator[int]:
    """Recompute everything derived, batch by batch; yields how many contacts are done."""
    done = 0
    for ids in _batches():
        with transaction.atomic():
            refresh(ids)
        done += len(ids)
        yield done
    with transaction.atomic():
        for model, ids in _left_behind():
            model._default_manager.filter(contact_id__in=ids).delete()
    mend()
    settle()


@dataclass(frozen=True, slots=True)
class Drift:
    """A derived row that is not what follows from the tables; of no contact where of all."""

    contact_id: int | None
    what: str


def verify() -> Iterator[Drift | int]:
    """Compare everything derived with the tables; yields drifts, and the last id of each batch."""
    for ids in _batches():
        yield from drifts_of(ids)
        yield ids[-1]
    for pk in sorted({pk for _model, ids in _left_behind() for pk in ids}):
        yield Drift(pk, "the contact is gone")
    if differences():
        yield Drift(None, "numbers of contacts")


def _left_behind() -> list[tuple[type[Model], list[int]]]:
    """Return the contacts that are gone and of which a table has rows all the same.

    The database keeps nobody from deleting a contact past the collector.
    """
    gone = ~Exists(Contact.objects.filter(pk=OuterRef("contact_id")))
    found: list[tuple[type[Model], list[int]]] = []
    models: tuple[type[Model], ...] = (ContactDocument, ContactText, ContactKey, ContactAccess)
    for model in models:
        ids = model._default_manager.order_by().filter(gone).values_list("contact_id", flat=True)
        found.append((model, list(ids.distinct())))
    return found


def drifts_of(contact_ids: Sequence[int]) -> list[Drift]:
    """Return what is wrong in the derived data of some contacts."""
    drifts = []
    for each in load_parts(contact_ids):
        pk = each.contact.pk
        before = [getattr(each.contact, name) for name in DERIVED_COLUMNS]
        named_from(each)
        if before != [getattr(each.contact, name) for name in DERIVED_COLUMNS]:
            drifts.append(Drift(pk, "names"))
        drifts += [Drift(pk, what) for what in _differing(each)]
    return drifts


def _differing(parts: ContactParts) -> Iterator[str]:
    pk = parts.contact.pk
    stored = ContactDocument.objects.filter(contact_id=pk).values_list("body", flat=True)
    if [orjson.loads(body) for body in stored] != [orjson.loads(dumped(document_of(parts)))]:
        yield "document"
    wanted = text_of(parts)
    names = ("narrow", "wide", "beside", "sort_name")
    texts = ContactText.objects.filter(contact_id=pk).values_list(*names)
    if list(texts) != [tuple(getattr(wanted, name) for name in names)]:
        yield "search text"
    keys = ContactKey.objects.filter(contact_id=pk).values_list("code", "rank", "text")
    if sorted(keys) != sorted(keys_of(parts)):
        yield "comparison keys"
    access = ContactAccess.objects.filter(contact_id=pk).values_list(*ACCESS_COLUMNS)
    if sorted(access) != access_rows(parts):
        yield "access rows"
    for model in (ContactTag, ContactProject):
        links = model.objects.filter(contact_id=pk).exclude(sort_name=parts.contact.sort_name)
        if links.exists():
            yield "sort names of links"


def _batches() -> Iterator[list[int]]:
    last = 0
    while ids := list(_ids_after(last)):
        yield ids
        last = ids[-1]


def _ids_after(last: int) -> Iterable[int]:
    following = Contact.objects.filter(pk__gt=last).order_by("pk")
    return following.values_list("pk", flat=True)[:BATCH]
