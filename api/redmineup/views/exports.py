"""Answer contacts as a table or as business cards."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.http import HttpResponse

from api.base.requests import DialectRequest
from api.redmineup.envelope.styles import writing_for
from api.redmineup.mapping.contacts import Writing
from api.redmineup.mapping.tables import table
from api.redmineup.mapping.vcards import cards

MOST_EXPORTED = 5_000

Documents = Sequence[Mapping[str, Any]]
WRITERS: dict[str, Callable[[Documents, Writing], str]] = {"csv": table, "vcf": cards}


def exported(request: DialectRequest) -> bool:
    """Say whether the format is one for files."""
    return request.accepted_renderer.format in WRITERS


def export(request: DialectRequest, documents: Documents) -> HttpResponse:
    """Return the contacts as a file; without contacts it is empty, and still of its type."""
    renderer = request.accepted_renderer
    kind = renderer.format
    text = WRITERS[kind](documents, writing_for(request))
    name = f"contacts.{kind}" if len(documents) != 1 else f"contact-{documents[0]['id']}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, f"{renderer.media_type}; charset=utf-8", headers=headers)
