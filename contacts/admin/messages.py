"""Say what happened, with a way back."""

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest

UNDO = "undo:"
UNDO_AT = "undo-at:"


def said(request: HttpRequest, text: str, *, can_undo: bool = False, undo_at: str = "") -> None:
    """Show a message on the next page; with Undo for everything that this request changed.

    `undo_at` is the address of a button of its own that takes it back when it is sent `undo`.
    """
    request_id = request.META.get("HTTP_X_REQUEST_ID", "")
    tags = f"{UNDO}{request_id}" if can_undo and request_id else ""
    messages.success(request, text, extra_tags=f"{UNDO_AT}{undo_at}" if undo_at else tags)


def warned(request: HttpRequest, text: str) -> None:
    """Show a warning on the next page."""
    messages.warning(request, text)


def undo_of(message: Message) -> str:
    """Return the id of the request that a message offers to undo, or ""."""
    tags = message.extra_tags or ""
    return tags.removeprefix(UNDO) if tags.startswith(UNDO) else ""


def undo_address_of(message: Message) -> str:
    """Return the address of the button that takes back what a message is about, or ""."""
    tags = message.extra_tags or ""
    return tags.removeprefix(UNDO_AT) if tags.startswith(UNDO_AT) else ""
