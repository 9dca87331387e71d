"""Take over the files that fields name: the picture of a contact, files in custom fields.

Pictures are decoded and written anew: whatever else the file held (scripts, places, a second
format) is gone, and everybody gets the same small format.
"""

import struct
import zlib
from collections.abc import Mapping
from io import BytesIO
from pathlib import PurePath
from typing import Any, BinaryIO

from django.db.models import Q, QuerySet
from PIL import Image, ImageOps

from contacts.access import Actor
from contacts.errors import Fault, InvalidError
from contacts.fields import catalogue
from contacts.models import Attachment, Contact, Deal
from contacts.services.files import remove, remove_when_committed, store

FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP")
# A picture of a phone has 12 to 50 million pixels; a small file can claim to have a billion.
MOST_PIXELS = 50_000_000
EDGE = 512
QUALITY = 85
# What a browser takes for an image and nothing else, whatever is in the file.
SHOWN_TYPES = frozenset({"image/gif", "image/jpeg", "image/png", "image/webp"})

# What Pillow raises for damaged images, depending on the format.
DAMAGED = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    TypeError,
    IndexError,
    KeyError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


def take_files(
    actor: Actor, contact: Contact, cleaned: Mapping[str, object], old: int | None
) -> None:
    """Attach the files that a change of a contact names; `old` is the picture before it.

    Raises InvalidError.
    """
    if "avatar" in cleaned:
        _take_picture(actor, contact, cleaned["avatar"], old)  # type: ignore[arg-type]  # a cleaned id
    take_custom_files("contact", contact, cleaned)


def take_custom_files(kind: str, row: Contact | Deal, cleaned: Mapping[str, object]) -> None:
    """Attach the uploads that custom fields name to the record that has the fields."""
    named = [pk for field in catalogue(kind).filed for pk in _several(cleaned.get(field.key))]
    if named:
        _unused().filter(pk__in=named).update(**{kind: row})


def names_of_files(contact: Contact) -> list[str]:
    """Return the names on the disk of everything that goes when a contact is deleted for good."""
    going = Q(contact=contact) | Q(note__contact=contact)
    return [each.file.name or "" for each in Attachment.objects.filter(going)]


def _several(value: object) -> list[Any]:  # ids, as the catalogue cleaned them
    items = value if isinstance(value, list | tuple) else [value]
    return [item for item in items if item is not None]


def _unused() -> QuerySet[Attachment]:
    return Attachment.objects.filter(
        contact=None, deal=None, note=None, ticket=None, is_document=False
    )


def _take_picture(
    actor: Actor, contact: Contact, attachment_id: int | None, old: int | None
) -> None:
    """Turn an upload of the actor, or a file of the contact, into the picture; drop the old one."""
    if attachment_id == old:
        return
    if attachment_id is not None:
        file = Attachment.objects.filter(pk=attachment_id, contact=contact).first()
        if file is None:
            file = _unused_upload(actor, attachment_id)
            _rewrite(file)
            file.contact = contact
        elif file.content_type not in SHOWN_TYPES:
            # It stands where the picture is as it came; nothing but an image is ever made of it.
            file.content_type = "application/octet-stream"
        file.save()
    if old is not None:
        dropped = Attachment.objects.filter(pk=old, contact=contact)
        remove_when_committed([each.file.name or "" for each in dropped])
        dropped.delete()


def _unused_upload(actor: Actor, attachment_id: int) -> Attachment:
    upload = _unused().filter(pk=attachment_id).select_for_update().first()
    if upload is None or (upload.author_id != actor.user_id and not actor.is_administrator):
        raise InvalidError([Fault("avatar", "unknown", {"value": attachment_id})])
    return upload


def holds_picture(upload_id: int) -> bool:
    """Tell whether an upload could be taken for a picture."""
    upload = _unused().filter(pk=upload_id).first()
    if upload is None:
        return False
    try:
        with upload.file.open("rb") as source:
            rewritten(source)  # type: ignore[arg-type]  # Django's File reads like a file
    except InvalidError:
        return False
    return True


def _rewrite(upload: Attachment) -> None:
    with upload.file.open("rb") as source:
        picture = rewritten(source)  # type: ignore[arg-type]  # Django's File reads like a file
    stored = store(BytesIO(picture))
    before = upload.file.name or ""
    try:
        upload.file.name = stored.name
        upload.filename = f"{PurePath(upload.filename).stem[:250]}.webp"
        upload.content_type = "image/webp"
        upload.size = stored.size
        upload.digest = stored.digest
        upload.save()
    except BaseException:
        remove([stored.name])
        raise
    remove_when_committed([before])


def rewritten(source: BinaryIO, form: str = "WEBP") -> bytes:
    """Return the image upright, at most 512 pixels wide and high, in a format of Pillow.

    Raises InvalidError: invalid, too_large.
    """
    try:
        with Image.open(source, formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise InvalidError([Fault("avatar", "too_large", {"limit": MOST_PIXELS})])
            image.draft("RGB", (2 * EDGE, 2 * EDGE))
            upright = ImageOps.exif_transpose(image)
            has_alpha = "A" in upright.getbands() or "transparency" in upright.info
            plain = upright.convert("RGBA" if has_alpha else "RGB")
            plain.thumbnail((EDGE, EDGE))
            written = BytesIO()
            plain.save(written, form, quality=QUALITY)
    except DAMAGED:
        raise InvalidError([Fault("avatar", "invalid")]) from None
    return written.getvalue()
