"""The Undo button: of a message, and of an entry in the history."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from contacts import query
from contacts.access import Actor
from contacts.admin.messages import said, warned
from contacts.admin.visitors import actor_of_request
from contacts.errors import ConflictError, InvalidError
from contacts.fields import catalogue
from contacts.services.background import start_job
from contacts.services.bulk import MOST_AT_ONCE
from contacts.services.undoing import Left, Undone, changes_by_request, undo_change, undo_request

# More would be no sentence; a job lists all of them.
MOST_NAMED = 20


@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take back what the message or the entry is about, and go back to where the button was."""
    actor = actor_of_request(request)
    change_id = request.POST.get("change", "")
    is_one = change_id.isascii() and change_id.isdigit()
    if is_one:
        undone = Undone(_undo_one(actor, int(change_id)), 0)
    else:
        undo_id = request.POST.get("request", "")
        if changes_by_request(actor, undo_id)[MOST_AT_ONCE : MOST_AT_ONCE + 1].exists():
            return _undo_later(actor, undo_id)
        undone = undo_request(actor, undo_id)
    count = undone.count
    if count:
        text = ngettext("%(count)s change taken back.", "%(count)s changes taken back.", count)
        said(request, text % {"count": count}, can_undo=True)
    if undone.left:
        warned(request, _told(actor, undone.left))
    elif undone.refused or (is_one and not count):
        warned(request, _("What has been changed again since was left as it is."))
    elif not count:
        warned(request, _("Nothing is left to take back."))
    return HttpResponseRedirect(_way_back(request))


def left_of(actor: Actor, left: Sequence[Left]) -> list[tuple[int, str, str]]:
    """Return the contacts that were left: number, name, and what was changed since."""
    names = query.names_of_contacts(actor, [each.contact_id for each in left], archived=None)
    return [
        (each.contact_id, names.get(each.contact_id) or f"#{each.contact_id}", _why(each))
        for each in left
    ]


def _why(left: Left) -> str:
    if left.keys:
        fields = catalogue("contact")
        found = [fields.find(key) or fields.find(key.removesuffix("_id")) for key in left.keys]
        return ", ".join(str(field.label) for field in found if field is not None)
    return _("changed since") if left.is_edited else _("cannot be changed")


def _told(actor: Actor, left: Sequence[Left]) -> str:
    """Return in a sentence which contacts were left, and why."""
    told = [f"{name} ({why})" for _pk, name, why in left_of(actor, left[:MOST_NAMED])]
    more = len(left) - len(told)
    if more:
        told.append(ngettext("%(count)s more", "%(count)s more", more) % {"count": more})
    return _("What has been changed since was left as it is: %(contacts)s.") % {
        "contacts": "; ".join(told)
    }


def _undo_one(actor: Actor, change_id: int) -> int:
    """Take back one change; what does not fit what is there now is left."""
    try:
        return int(undo_change(actor, change_id))
    except (InvalidError, ConflictError):
        return 0


def _undo_later(actor: Actor, undo_id: str) -> HttpResponse:
    """Let a job take back what is too much to wait for, and show how far it is."""
    parameters = {"undo": undo_id, "own_request": actor.request_id}
    number = start_job(actor, "undo_changes", parameters, key=f"undo {undo_id}")
    return HttpResponseRedirect(reverse("admin:contacts_job_page", args=[number]))


def _way_back(request: HttpRequest) -> str:
    address = request.POST.get("next", "")
    if address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        return address
    return reverse("admin:index")
