"""Services that take values, where an operation has a function from the document to them."""

from collections.abc import Callable, Mapping

from api.vtiger.mapping.field import Document
from contacts.access import Actor
from contacts.services.one_change import one_change

Values = Mapping[str, object]
Change = Callable[[Document], Values]


def with_present(
    read: Callable[[Actor, int], Document],
    update: Callable[[Actor, int, Values], Document],
) -> Callable[[Actor, int, Change], Document]:
    """Return the service that changes a record by what follows from its document."""

    def change_record(actor: Actor, record_id: int, change: Change) -> Document:
        with one_change():
            return update(actor, record_id, change(read(actor, record_id)))

    return change_record
