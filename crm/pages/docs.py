"""Lead developers to the protocols of this server: a first request, every operation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from api.base import discovery
from api.base.dialect import Dialect
from api.base.openapi import description_of
from api.base.operations import Operation
from crm.doors import docs_url_of

Group = tuple[str, Sequence[Operation]]


class Placeholders(dict[str, str | int | None]):
    """Stand in for credentials: each is called by its name, such as ``YOUR-API-KEY``."""

    def __missing__(self, name: str) -> str:
        """Return what the reader has to put there."""
        return f"YOUR-{name.replace('_', '-').upper()}"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What the page says of one protocol; without a description it has a sample only."""

    name: str
    title: str
    version: str
    sample: str
    page_url: str
    groups: Sequence[Group]

    @property
    def document_url(self) -> str:
        """Return where the description for programs is."""
        return f"{self.page_url}openapi.json"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show every protocol that is spoken here.

    The page names no record, so it may be shown to anybody.
    """
    entries = [entry_of(dialect) for dialect in discovery.dialects()]
    return render(request, "docs/index.html", {"base_url": settings.BASE_URL, "entries": entries})


def entry_of(dialect: Dialect) -> Entry:
    """Return what the page says of a dialect."""
    page_url = docs_url_of(dialect)
    operations = description_of(dialect).operations if page_url else ()
    return Entry(
        name=dialect.name,
        title=dialect.title,
        version=dialect.version,
        sample=dialect.sample_request(settings.BASE_URL, Placeholders()),
        page_url=page_url,
        groups=grouped(operations),
    )


def grouped(operations: Sequence[Operation]) -> list[Group]:
    """Return the operations under their tags, both in the order of the description."""
    groups: dict[str, list[Operation]] = {}
    for operation in operations:
        groups.setdefault(operation.tag, []).append(operation)
    return [(tag.replace("_", " "), found) for tag, found in groups.items()]
