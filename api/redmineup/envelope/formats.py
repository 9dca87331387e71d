"""Choose the format of an answer; docs/dialects/redmineup.md, "Formats"."""

import re
from typing import TYPE_CHECKING, cast

from api.base.negotiation import essence
from api.base.requests import DialectRequest

if TYPE_CHECKING:
    from api.redmineup.views.base import RedmineUpView

HTML = "html"
SUFFIX = re.compile(r"\.([A-Za-z][A-Za-z0-9]*)/?$")
NAMED = {"application/json": "json", "application/xml": "xml"}
FILES = frozenset({"csv", "vcf"})
READING = frozenset({"GET", "HEAD", "POST"})


def format_of(request: DialectRequest, _suffix: str | None) -> str:
    """Return the format: by suffix, by ``Accept``, by the type of the body, else a page."""
    view = cast("RedmineUpView", request.view)
    suffix = SUFFIX.search(request.path) if view.has_suffix else None
    if suffix:
        return _readable(suffix[1].lower(), request)
    wanted = _accepted(request.headers.get("Accept", ""))
    if wanted == HTML and not view.has_pages:
        return "json"
    if wanted:
        return wanted
    if wanted is None and request.raw:
        sent = NAMED.get(essence(request.content_type))
        if sent:
            return sent
    # A form can only send these; whoever can say PUT is a program.
    return HTML if request.method in READING and view.has_pages else "json"


def wants_page(request: DialectRequest) -> bool:
    """Say whether a browser asks, also where nothing but data is written."""
    view = cast("RedmineUpView", request.view)
    has_suffix = view.has_suffix and SUFFIX.search(request.path) is not None
    return not has_suffix and _accepted(request.headers.get("Accept", "")) == HTML


def is_page(request: DialectRequest) -> bool:
    """Say whether the answer is a page for people."""
    renderer = getattr(request, "accepted_renderer", None)
    return renderer is not None and renderer.format == HTML


def _readable(suffix: str, request: DialectRequest) -> str:
    """Return the suffix, or what no renderer writes: files are for reading only."""
    is_file = suffix in FILES and request.method not in ("GET", "HEAD")
    return f"no {suffix}" if is_file else suffix


def _accepted(header: str) -> str | None:
    """Return ``json``, ``xml``, ``html``, or None where anything will do."""
    ranges = [part for part in header.split(",") if part.strip()]
    if not ranges:
        return None
    weighed = sorted(
        ((_weight(part), -place, part) for place, part in enumerate(ranges)), reverse=True
    )
    names = [essence(part) for _weight_, _place, part in weighed]
    # Browsers name XML beside HTML and mean HTML.
    if "text/html" in names:
        return HTML
    if names[0] == "*/*":
        return None
    return NAMED.get(names[0], HTML)


def _weight(media_range: str) -> float:
    found = re.search(r";\s*q=([0-9.]+)", media_range)
    try:
        return float(found[1]) if found else 1.0
    except ValueError:
        return 0.0
