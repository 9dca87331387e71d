"""Keep the picture that a visitor sends with a form, where the form allows files."""

from collections.abc import Iterator
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
