"""Say what happened, with a way back."""

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest

UNDO = "undo:"


def said(request: HttpRequest, text: str, *, can_undo: bool = False) -> None:
    """Show a message on the next page; with Undo for everything that this request changed."""
    request_id = request.META.get("HTTP_X_REQUEST_ID", "")
    tags = f"{UNDO}{request_id}" if can_undo and request_id else ""
    messages.success(request, text, extra_tags=tags)


def warned(request: HttpRequest, text: str) -> None:
    """Show a warning on the next page."""
    messages.warning(request, text)


def undo_of(message: Message) -> str:
    """Return the id of the request that a message offers to undo, or ""."""
    tags = message.extra_tags or ""
    return tags.removeprefix(UNDO) if tags.startswith(UNDO) else ""
