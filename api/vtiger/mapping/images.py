"""The picture of a contact, by the name of its file."""

from collections.abc import Iterable
from dataclasses import dataclass

from api.vtiger.grammar import Comparison
from api.vtiger.mapping.comparing import is_empty, is_so
from api.vtiger.mapping.field import Document, Draft, Look, Wire
from api.vtiger.mapping.ids import write_id
from api.vtiger.mapping.plain import KeyField
from contacts.access import Actor
from contacts.query import Condition, Not, Or

DOCUMENTS = 15


@dataclass(frozen=True, kw_only=True)
class ImageField(KeyField):
    """The file that is a contact's picture; it is put there in the browser or by other doors."""

    type: str = "image"

    def refers_to(self, document: Document) -> Iterable[tuple[str, int]]:
        """Yield the file."""
        file_id = document.get(f"{self.key}_id")
        if file_id is not None:
            yield "attachment", file_id

    def shown(self, document: Document, look: Look) -> str:
        """Return the name of the file."""
        file_id = document.get(f"{self.key}_id")
        found = look.find("attachment", file_id) if file_id is not None else None
        return str(found["filename"]) if found else ""

    def put(self, text: str, draft: Draft) -> None:
        """Leave it: a name is no picture."""

    def condition(self, actor: Actor, comparison: Comparison) -> Condition:
        """Tell contacts with a picture from those without; names are not compared."""
        field = self.field(actor)
        without = [is_empty(field)] if is_so("", comparison) else []
        asks_for_any = comparison.operator in ("!=", ">", "like") and not without
        return Or((*without, *([Not(is_empty(field))] if asks_for_any else [])))


def picture_ids(document: Document) -> Wire:
    """Return the id under which the picture is fetched; nothing where there is none."""
    file_id = document.get("avatar_id")
    return {} if file_id is None else {"imageattachmentids": write_id(DOCUMENTS, file_id)}
