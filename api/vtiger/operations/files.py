"""Fetch the file of a document."""

import base64

from api.vtiger.errors import VtigerError
from api.vtiger.mapping.field import Wire
from api.vtiger.mapping.ids import read_id
from api.vtiger.modules.documents import DOCUMENT
from api.vtiger.registry import Context, vtiger_operation
from contacts.errors import NotFoundError
from contacts.query.attachments import open_attachment
from contacts.services.documents import count_download


@vtiger_operation("files_retrieve", params=[("id", "string", "file_id")])
def files_retrieve(ctx: Context, file_id: str) -> list[Wire]:
    """Return a file with its content."""
    asked = read_id(file_id)
    if asked is None or asked.module != DOCUMENT.number or asked.record is None:
        raise _not_found()
    try:
        document, opened = open_attachment(ctx.actor, asked.record)
    except NotFoundError:
        raise _not_found() from None
    with opened:
        content = opened.read()
    count_download(asked.record)
    return [
        {
            "fileid": str(document["id"]),
            "filename": document["filename"],
            "filetype": document["content_type"],
            "filesize": document["size"],
            "filecontents": base64.b64encode(content).decode(),
        }
    ]


def _not_found() -> VtigerError:
    return VtigerError("RECORD_NOT_FOUND", "Record you are trying to access is not found")
