"""Serve each dialect's OpenAPI document, and a page on which to read and try it."""

from importlib.util import find_spec
from typing import Any, ClassVar, cast

from django.conf import settings
from django.urls import URLPattern, path
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.plumbing import normalize_result_object
from drf_spectacular.views import SpectacularJSONAPIView, SpectacularSwaggerView
from rest_framework.request import Request

from api.base.dialect import Dialect
from api.base.discovery import dialects
from api.base.openapi import document_of


class DialectGenerator(SchemaGenerator):
    """Take the document from the dialect's tables instead of guessing it from views."""

    dialect: ClassVar[Dialect]

    def get_schema(self, request: Request | None = None, public: bool = False) -> dict[str, Any]:
        """Return the document, normalised as drf-spectacular's renderers expect it."""
        document = document_of(self.dialect, settings.BASE_URL)
        # The package has no types of its own.
        finish = cast(Any, normalize_result_object)
        return cast(dict[str, Any], finish(document))


class ReadingPage(SpectacularSwaggerView):
    """Show Swagger UI from our own address.

    The template keeps script and style out of the page, as our content security policy demands,
    and has no token of the reader's session: requests carry the credentials of the dialect.
    """

    template_name = "api_documentation.html"
    authentication_classes = ()
    permission_classes = ()


class DocumentView(SpectacularJSONAPIView):
    """Answer the document; it describes the protocol and no data, so anybody may read it."""

    authentication_classes = ()
    permission_classes = ()


def documented(package: str = "api") -> list[Dialect]:
    """Return the dialects that describe themselves."""
    return [dialect for dialect in dialects(package) if find_spec(f"{dialect.package}.openapi")]


def urlpatterns(package: str = "api") -> list[URLPattern]:
    """Return the addresses of the documentation, for mounting at the root.

    ``/docs/<dialect>/`` is the page and ``/docs/<dialect>/openapi.json`` the document.
    """
    found: list[URLPattern] = []
    for dialect in documented(package):
        generator = type("Generator", (DialectGenerator,), {"dialect": dialect})
        document = f"docs/{dialect.name}/openapi.json"
        name = f"docs-{dialect.name}"
        found.append(
            path(document, DocumentView.as_view(generator_class=generator), name=f"{name}-document")
        )
        page = ReadingPage.as_view(title=dialect.title, url=f"/{document}")
        found.append(path(f"docs/{dialect.name}/", page, name=name))
    return found
