"""Tell browsers what pages may load, without putting the same words together for every answer."""

from __future__ import annotations

from typing import Any

from csp.constants import HEADER
from csp.middleware import CheckableLazyObject, CSPMiddleware
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

# What decorators and views leave on an answer that has a policy of its own.
OWN = "_csp"


class PolicyMiddleware(CSPMiddleware):
    """Write the policy of the settings from memory; what differs from it is left to the package."""

    # The settings that it was made of, and the text.
    known: tuple[object, str] | None = None

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Add the header, unless the answer has one."""
        if not self._is_plain(request, response):
            return super().process_response(request, response)
        policy = settings.CONTENT_SECURITY_POLICY
        if self.known is None or self.known[0] is not policy:
            answer = super().process_response(request, response)
            self.known = policy, answer.headers[HEADER]
            return answer
        response.headers[HEADER] = self.known[1]
        # Too late for a script that the header does not name: reading it is an error from now on.
        asked: Any = request
        asked.csp_nonce = CheckableLazyObject(self._csp_nonce_post_response)
        return response

    def _is_plain(self, request: HttpRequest, response: HttpResponseBase) -> bool:
        is_own = OWN in " ".join(vars(response))
        has_nonce = getattr(request, "_csp_nonce", None) is not None
        return not (is_own or has_nonce or settings.DEBUG or HEADER in response.headers)
