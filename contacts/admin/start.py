"""The start page: where things stand, and what to do next."""

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from contacts.admin.site import CrmSite


def context_of(request: HttpRequest, site: "CrmSite") -> dict[str, object]:
    """Return what the start page shows to this person."""
    return {"title": _("Start")}
