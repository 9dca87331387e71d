"""The picture of a contact, by the name of its file."""

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO

from api.vtiger.grammar import Comparison
from api.vtiger.mapping.comparing import is_empty, is_so
from api.vtiger.mapping.field import Document, Draft, Look, Wire
from api.vtiger.mapping.ids import write_id
from api.vtiger.mapping.plain import KeyField
from api.wire.multipart import FilePart
from contacts.access import Actor
from contacts.query import Condition, Not, Or
from contacts.services.attachments import store_upload

DOCUMENTS = 15


@dataclass(frozen=True, kw_only=True)
class ImageField(KeyField):
    """The file that is a contact's picture; it comes as a part of a form, or by other doors."""

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

    def take(self, draft: Draft) -> None:
        """Store the picture that came along; an empty part of a form is none."""
        part = draft.file
        if isinstance(part, FilePart) and part.content:
            stored = store_upload(
                draft.actor,
                BytesIO(part.content),
                filename=part.filename,
                content_type=part.content_type,
            )
            draft.values[self.key] = stored["id"]

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
