"""Tell whether a page of another site sent a request."""

from urllib.parse import urlsplit

from django.conf import settings

from api.base.requests import DialectRequest


def is_foreign(request: DialectRequest) -> bool:
    """Say whether the browser names another site as the sender; silence is no proof of one."""
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        return True
    named = request.headers.get("Origin") or request.headers.get("Referer")
    if not named:
        return False
    sent = urlsplit(named)
    origin = f"{sent.scheme}://{sent.netloc}"
    own = f"{request.scheme}://{request.get_host()}"
    return origin != own and origin not in settings.CSRF_TRUSTED_ORIGINS
