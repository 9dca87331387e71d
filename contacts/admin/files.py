"""Hand out files that are attached to records, to whoever sees the record."""

from django.http import FileResponse, HttpRequest
from django.views.decorators.http import require_safe

from contacts.admin.visitors import actor_of_request
from contacts.query.attachments import open_attachment


@require_safe
def download(request: HttpRequest, attachment_id: int) -> FileResponse:
    """Answer a file for saving: never as a page of ours, whatever somebody uploaded."""
    document, file = open_attachment(actor_of_request(request), attachment_id)
    return FileResponse(
        file,
        as_attachment=True,
        filename=str(document["filename"]),
        content_type="application/octet-stream",
    )
