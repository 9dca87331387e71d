"""The Undo button: of a message, and of an entry in the history."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from contacts.admin.messages import said, warned
from contacts.admin.visitors import actor_of_request
from contacts.services.undoing import undo_change, undo_request


@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take back what the message or the entry is about, and go back to where the button was."""
    actor = actor_of_request(request)
    change_id = request.POST.get("change", "")
    if change_id.isascii() and change_id.isdigit():
        count, refused = int(undo_change(actor, int(change_id))), 0
    else:
        undone = undo_request(actor, request.POST.get("request", ""))
        count, refused = undone.count, undone.refused
    if count:
        text = ngettext("%(count)s change taken back.", "%(count)s changes taken back.", count)
        said(request, text % {"count": count}, can_undo=True)
    if refused or not count:
        warned(request, _("What has been changed again since was left as it is."))
    return HttpResponseRedirect(_way_back(request))


def _way_back(request: HttpRequest) -> str:
    address = request.POST.get("next", "")
    if address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        return address
    return reverse("admin:index")
