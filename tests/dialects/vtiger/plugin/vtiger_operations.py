"""Operations of an app: found when the server starts."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy

from api.vtiger.operations import Context, VtigerError, vtiger_operation


@vtiger_operation(
    "Echo",
    method="POST",
    params=[
        ("words", "Encoded"),
        ("times", "string"),
        ("since", "datetime"),
        ("kindOf", "string", "kind"),
    ],
)
def echo(ctx: Context, words: Any, times: str, since: str, kind: str) -> dict[str, Any]:
    """Return what came, and what JSON does not know."""
    return {
        "words": words,
        "times": times,
        "since": since,
        "kind": kind,
        "user": ctx.user.username if ctx.user else None,
        "has_session": ctx.session is not None,
        "verb": ctx.request.method,
        "day": date(2026, 1, 31),
        "price": Decimal("1.50"),
        "lazy": gettext_lazy("Name"),
        "several": {1},
    }


@vtiger_operation("add", params=[("left", "string"), ("right", "string")], prelogin=True)
def add(ctx: Context, left: str, right: str) -> int:
    """Return a sum, without a session."""
    return int(left) + int(right)


@vtiger_operation("admins_only", permission="contacts.delete_contact")
def admins_only(ctx: Context) -> str:
    """Return a word to whom Django's own permissions let."""
    return "welcome"


@vtiger_operation("ada_only", permission=lambda ctx: ctx.actor.username == "ada")
def ada_only(ctx: Context) -> str:
    """Return a word to one person."""
    return "hello"


@vtiger_operation("refuse")
def refuse(ctx: Context) -> None:
    """Refuse in words of its own."""
    raise VtigerError("NOT_TODAY", "Come back tomorrow")
