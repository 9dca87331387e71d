"""The page on which a filter is put together, and its state in the address of a list."""

import json
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _

from contacts.access import Actor
from contacts.admin.address_book.finding.controls import controls_of, fields_to_choose
from contacts.admin.address_book.finding.editor import Editor, act, condition_of, shown, taken
from contacts.admin.visitors import actor_of_request
from contacts.errors import QueryError
from contacts.fields import reference
from contacts.query import Condition, from_json, to_json
from contacts.query.tree import require_bounded

if TYPE_CHECKING:
    from contacts.admin.address_book.screens import ContactAdmin

WHERE = "where"
LONGEST = 4_000


def read_where(actor: Actor, text: str) -> Condition | None:
    """Return the condition that an address holds; raises QueryError for what is none."""
    try:
        kept = json.loads(text[:LONGEST])
        condition = from_json(actor, "contact", kept)
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise QueryError(WHERE) from None
    if condition is not None:
        require_bounded(condition)
    return condition


def written_where(condition: Condition | None) -> str:
    """Return a condition as the address of a list holds it."""
    return json.dumps(to_json(condition), ensure_ascii=False, separators=(",", ":"))


def filter_page(admin: "ContactAdmin", request: HttpRequest) -> HttpResponse:
    """Show the form of a filter; its button "Show" leads to the list."""
    actor = actor_of_request(request)
    back = QueryDict(request.GET.get("back", ""), mutable=True)
    editor, is_used = _editor(actor, request)
    if editor is None:
        return admin.page(request, "admin/contacts/filter.html", _too_special(admin, back))
    condition = condition_of(actor, editor) if is_used else None
    if is_used and not editor.has_faults:
        return HttpResponseRedirect(_list_address(admin, back, condition))
    status = 422 if is_used else 200
    context = {
        "title": _("Filter contacts"),
        "editor": editor,
        "groups": controls_of(actor, editor),
        "choices": fields_to_choose(actor),
        "tags": reference.tags().by_id.values(),
        "back": back.urlencode(),
        "back_url": f"{admin.address('changelist')}?{back.urlencode()}",
        "faults": [("", _("Fill in what is marked."))] if is_used else [],
    }
    return admin.page(request, "admin/contacts/filter.html", context, status=status)


def _editor(actor: Actor, request: HttpRequest) -> tuple[Editor | None, bool]:
    """Return the form as it was sent, or as it stands for a condition; whether to use it."""
    if "groups" in request.GET:
        editor = taken(actor, request.GET)
        is_used = act(editor, request.GET.get("do", ""))
        return editor, is_used
    try:
        return shown(read_where(actor, request.GET.get(WHERE) or "{}")), False
    except QueryError:
        return shown(None), False


def _too_special(admin: "ContactAdmin", back: QueryDict) -> dict[str, object]:
    return {
        "title": _("Filter contacts"),
        "back_url": f"{admin.address('changelist')}?{back.urlencode()}",
    }


def _list_address(admin: "ContactAdmin", back: QueryDict, condition: Condition | None) -> str:
    back.pop("page", None)
    back.pop(WHERE, None)
    if condition is not None:
        back[WHERE] = written_where(condition)
    elif "view" in back:
        # Nothing of the view's own condition is left.
        back[WHERE] = "{}"
    return f"{admin.address('changelist')}?{back.urlencode()}"
