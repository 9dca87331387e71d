"""Pictures that arrive before the contact that they are of: staged now, named soon after."""

from datetime import timedelta
from io import SEEK_END
from typing import BinaryIO

from django.db.models import QuerySet
from django.utils import timezone
from PIL import Image

from contacts.access import Actor
from contacts.errors import Fault, InvalidError
from contacts.models import Attachment
from contacts.services.attachments import store_upload
from contacts.services.pictures import DAMAGED, FORMATS, MOST_PIXELS
from contacts.services.records import Document

STAGED_FOR = timedelta(minutes=30)
MOST_BYTES = 10 * 1024 * 1024


def stage_picture(
    actor: Actor, source: BinaryIO, *, filename: str = "", content_type: str = ""
) -> Document:
    """Store a picture that belongs to nobody yet, and return its document.

    Raises ForbiddenError, InvalidError (file: too_large, invalid).
    """
    actor.require_write()
    _require_small(source)
    _require_picture(source)
    return store_upload(actor, source, filename=filename, content_type=content_type)


def find_staged_picture(actor: Actor, picture_id: int) -> int | None:
    """Return the id of a picture that the actor staged not long ago and did not use, or None."""
    staged = _staged(actor, picture_id).filter(content_type__startswith="image/")
    return picture_id if staged.exists() else None


def find_staged_file(actor: Actor, file_id: int) -> int | None:
    """Return the id of any file that the actor stored not long ago and did not use, or None."""
    return file_id if _staged(actor, file_id).exists() else None


def _staged(actor: Actor, file_id: int) -> QuerySet[Attachment]:
    unused = Attachment.objects.filter(
        contact=None, deal=None, note=None, ticket=None, is_document=False
    )
    since = timezone.now() - STAGED_FOR
    return unused.filter(pk=file_id, author_id=actor.user_id, created_at__gte=since)


def _require_small(source: BinaryIO) -> None:
    size = source.seek(0, SEEK_END)
    source.seek(0)
    if size > MOST_BYTES:
        raise InvalidError([Fault("file", "too_large", {"limit": MOST_BYTES})])


def _require_picture(source: BinaryIO) -> None:
    """Raise InvalidError for what is no picture, or one with too many pixels."""
    try:
        with Image.open(source, formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise InvalidError([Fault("file", "too_large", {"limit": MOST_PIXELS})])
            image.verify()
    except DAMAGED:
        raise InvalidError([Fault("file", "invalid")]) from None
    source.seek(0)
