"""Give a dialect's view the request in the shape that all dialects need."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from django.http.request import HttpHeaders, RawPostDataException
from django.utils.functional import cached_property
from rest_framework.request import Request

from api.base.errors import TooLargeError
from api.wire.urlencoded import Fields, read_fields

if TYPE_CHECKING:
    from api.base.views import DialectView
    from contacts.access import Actor

MAX_QUERY_BYTES = 16_384


class DialectRequest(Request):
    """A request with its actor, its raw body, and its query string in the order it was sent.

    ``data`` is the body as the dialect's parsers read it, ``query`` the query string nested by the
    dialect's grammar, ``params`` both together with the body winning.
    """

    actor: "Actor"
    # Of the record that the answer shows, where it shows a single one.
    shown_version: object = None
    # What is asked for, in the words of a protocol that has one address for everything.
    operation_name = ""

    # Asked for many times in each request; DRF looks for them in three places each time.
    @cached_property
    def META(self) -> dict[str, Any]:  # type: ignore[override]  # noqa: N802 -- Django's own, never written
        """Return what the server tells of the request."""
        return self._request.META

    @cached_property
    def headers(self) -> HttpHeaders:
        """Return the headers that were sent."""
        return self._request.headers

    @property
    def view(self) -> "DialectView":
        """Return the view that answers this request."""
        return cast("DialectView", self.parser_context["view"])

    @cached_property
    def raw(self) -> bytes:
        """Return the body; parsers, credentials and retries share the bytes.

        A request that is refused before anything of it is read is still answered in the format
        that its body asks for.
        """
        try:
            return self._request.body
        except RawPostDataException:
            # A page before us has read it as a form, and broke.
            return b""

    @property
    def request_id(self) -> str:
        """Return the id under which the server logs this request."""
        return cast(str, self.META.get("HTTP_X_REQUEST_ID", ""))

    @cached_property
    def query_fields(self) -> Fields:
        """Return the pairs of the query string in their order."""
        text = cast(str, self.META.get("QUERY_STRING", ""))
        if not text:
            return []
        # WSGI hands over bytes dressed as Latin-1; what is beyond came over ASGI as real text.
        raw = text.encode("latin-1" if max(text, default="") <= "\xff" else "utf-8")
        if len(raw) > MAX_QUERY_BYTES:
            raise TooLargeError("query string")
        return read_fields(raw, drop_nul=self.view.drops_nul)

    @cached_property
    def query(self) -> dict[str, Any]:
        """Return the query string nested by the dialect's grammar."""
        return self.view.form_grammar(self.query_fields)

    @cached_property
    def params(self) -> dict[str, Any]:
        """Return query string and body as one; a body that is no mapping adds nothing."""
        body = self.data if self.raw else {}
        return {**self.query, **body} if isinstance(body, Mapping) else dict(self.query)
