"""The Undo button: of a message, and of an entry in the history."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from contacts.access import Actor
from contacts.admin.messages import said, warned
from contacts.admin.visitors import actor_of_request
from contacts.services.background import start_job
from contacts.services.bulk import MOST_AT_ONCE
from contacts.services.undoing import changes_by_request, undo_change, undo_request


@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take back what the message or the entry is about, and go back to where the button was."""
    actor = actor_of_request(request)
    change_id = request.POST.get("change", "")
    if change_id.isascii() and change_id.isdigit():
        count, refused = int(undo_change(actor, int(change_id))), 0
    else:
        undo_id = request.POST.get("request", "")
        if changes_by_request(actor, undo_id)[MOST_AT_ONCE : MOST_AT_ONCE + 1].exists():
            return _undo_later(actor, undo_id)
        undone = undo_request(actor, undo_id)
        count, refused = undone.count, undone.refused
    if count:
        text = ngettext("%(count)s change taken back.", "%(count)s changes taken back.", count)
        said(request, text % {"count": count}, can_undo=True)
    if refused or not count:
        warned(request, _("What has been changed again since was left as it is."))
    return HttpResponseRedirect(_way_back(request))


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
