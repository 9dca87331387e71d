"""Look up what the records of a page refer to: one statement for each kind of record."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from api.vtiger.mapping.field import Document, WireField
from contacts.access import Actor
from contacts.fields.picking import Pick, picker
from contacts.query import Query, find_contacts, search, where

# Kind and number of a record.
Reference = tuple[str, int]


class PageLook:
    """The records behind the references of a page, as far as the actor sees them."""

    def __init__(
        self,
        actor: Actor,
        documents: Iterable[Document],
        fields: Sequence[WireField],
        further: Iterable[Reference] = (),
    ) -> None:
        self.actor = actor
        self._referring = [
            each for each in fields if type(each).refers_to is not WireField.refers_to
        ]
        wanted: dict[str, set[int]] = {}
        for document in documents:
            for kind, record_id in self.references_in(document):
                wanted.setdefault(kind, set()).add(record_id)
        for kind, record_id in further:
            wanted.setdefault(kind, set()).add(record_id)
        self._texts: dict[Reference, str] = {}
        self._rows: dict[tuple[str, Pick], Callable[[Document], Document]] = {}
        self._found = {kind: find_documents(actor, kind, ids) for kind, ids in wanted.items()}

    def references_in(self, document: Document) -> Iterator[Reference]:
        """Yield what a document of the page refers to."""
        for field in self._referring:
            yield from field.refers_to(document)

    def text_of(self, reference: Reference) -> str:
        """Return a text that is the same while the same is behind a reference."""
        if reference not in self._texts:
            self._texts[reference] = repr(self.find(*reference))
        return self._texts[reference]

    def row_in(self, key: str, pick: Pick) -> Callable[[Document], Document]:
        """Return what finds the channel that is meant; fields of one address share the finding."""
        if (key, pick) not in self._rows:
            self._rows[key, pick] = _finding(key, pick)
        return self._rows[key, pick]

    def find(self, kind: str, record_id: int) -> Document | None:
        """Return the document of a record, or None for one that the actor does not see."""
        return self._found.get(kind, {}).get(record_id)


def _finding(key: str, pick: Pick) -> Callable[[Document], Document]:
    find = picker(pick)
    seen: Document | None = None
    found: Document = {}

    def row(document: Document) -> Document:
        nonlocal seen, found
        if document is not seen:
            seen, found = document, find(document.get(key, ())) or {}
        return found

    return row


def find_documents(actor: Actor, kind: str, ids: Iterable[int]) -> Mapping[int, Document]:
    """Return the documents of those records that the actor sees, by id."""
    asked = list(ids)
    if not asked:
        return {}
    if kind == "contact":
        return find_contacts(actor, asked)
    named = where(actor, "id", "in", asked, kind=kind)
    page = search(actor, Query(kind, named, limit=len(asked)))
    return dict(zip(page.ids, page.documents, strict=True))
