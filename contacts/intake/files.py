"""Keep the files that a visitor sends with a form, where the form asks for them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO

from django.core.files.uploadedfile import UploadedFile

from contacts.access import form_actor
from contacts.errors import Fault, InvalidError
from contacts.models import Attachment, WebForm
from contacts.services.attachments import store_upload
from contacts.services.files import remove, size_limit
from contacts.services.pictures import rewritten


@contextmanager
def kept_picture(form: WebForm, picture: object) -> Iterator[int | None]:
    """Store a picture while the submission is stored and yield its id, or None without one.

    Only a file counts: the number of a stored file is not a stranger's to name. When the submission
    is refused the file goes too. Raises InvalidError: avatar.
    """
    if not isinstance(picture, UploadedFile):
        yield None
        return
    if (picture.size or 0) > size_limit():
        raise InvalidError([Fault("avatar", "too_large", {"limit": size_limit()})])
    source = BytesIO(rewritten(picture))  # type: ignore[arg-type]  # Django's files read like files
    stored = store_upload(form_actor(form), source, filename=picture.name or "")
    row = Attachment.objects.get(pk=stored["id"])  # type: ignore[misc]  # a document's id
    try:
        yield row.pk
    except BaseException:
        remove([row.file.name or ""])
        raise


@contextmanager
def kept_files(form: WebForm, files: Mapping[str, object]) -> Iterator[dict[str, list[int]]]:
    """Store files while the submission is stored and yield their ids by field.

    When the submission is refused the files go too. Raises InvalidError (too_large).
    """
    names: list[str] = []
    found: dict[str, list[int]] = {}
    try:
        for key, uploads in files.items():
            found[key] = [_store(form, key, each, names) for each in _several(uploads)]
        yield found
    except BaseException:
        remove(names)
        raise


def _several(uploads: object) -> list[UploadedFile]:
    items = uploads if isinstance(uploads, list) else [uploads]
    return [each for each in items if isinstance(each, UploadedFile)]


def _store(form: WebForm, key: str, upload: UploadedFile, names: list[str]) -> int:
    if (upload.size or 0) > size_limit():
        raise InvalidError([Fault(key, "too_large", {"limit": size_limit()})])
    stored = store_upload(
        form_actor(form),
        upload.chunks(),
        filename=upload.name or "",
        content_type=upload.content_type or "",
    )
    row = Attachment.objects.get(pk=stored["id"])  # type: ignore[misc]  # a document's id
    names.append(row.file.name or "")
    return row.pk
