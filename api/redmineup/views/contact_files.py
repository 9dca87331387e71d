"""Attach uploaded files to contacts: one may be the picture, the others are attachments."""

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any

from api.base.requests import DialectRequest
from api.redmineup.mapping.attachments import uploads_of
from contacts.access import Actor
from contacts.errors import Fault, InvalidError
from contacts.index import Document
from contacts.services.attachments import Upload, attach_uploads, find_upload_id
from contacts.services.contacts import update_contact
from contacts.services.pictures import holds_picture
from contacts.services.records import together

AVATAR = "avatar"


@dataclass(frozen=True)
class Files:
    """The uploads that a request names, apart by what becomes of them."""

    picture: Upload | None
    # Described as the picture without holding one. The original shows whatever it is given
    # (docs/dialects/redmineup.md, "Files"), so it is attached as it is and stands there.
    stand_in: Upload | None
    others: tuple[Upload, ...]

    @classmethod
    def of(cls, request: DialectRequest, sent: Mapping[str, Any]) -> "Files":
        """Return the uploads of a request; the last one described as "avatar" is the picture."""
        uploads = uploads_of(sent, request.params)
        pictures = [each for each in uploads if each.description.strip().lower() == AVATAR]
        others = tuple(each for each in uploads if each not in pictures)
        picture = pictures[-1] if pictures else None
        upload_id = find_upload_id(request.actor, picture.token) if picture else None
        if upload_id is not None and not holds_picture(upload_id):
            return cls(None, picture, others)
        return cls(picture, None, others)

    def values(self, actor: Actor) -> dict[str, object]:
        """Return the value of the picture; raises InvalidError for a token that is no use."""
        if self.picture is None:
            return {}
        upload_id = find_upload_id(actor, self.picture.token)
        if upload_id is None:
            raise InvalidError([Fault("uploads", "unknown")])
        return {"avatar": upload_id}

    def together(self) -> AbstractContextManager[None]:
        """Make the change of the contact and of its attachments one, where there are any."""
        return together() if self.others or self.stand_in else nullcontext()

    def attach(self, actor: Actor, document: Document) -> Document:
        """Attach everything but the picture and return the document after it.

        Raises InvalidError.
        """
        contact_id = int(str(document["id"]))
        if self.others:
            attach_uploads(actor, "contact", contact_id, self.others)
        if self.stand_in is None:
            return document
        (file,) = attach_uploads(actor, "contact", contact_id, [self.stand_in])
        return update_contact(actor, contact_id, {"avatar": file["id"]})
