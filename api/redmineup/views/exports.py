"""Answer contacts as a table or as business cards."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rest_framework.response import Response

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


def export(request: DialectRequest, documents: Documents) -> Response:
    """Return the contacts as a file."""
    kind = request.accepted_renderer.format
    text = WRITERS[kind](documents, writing_for(request))
    name = f"contacts.{kind}" if len(documents) != 1 else f"contact-{documents[0]['id']}.{kind}"
    return Response(text, headers={"Content-Disposition": f'attachment; filename="{name}"'})
