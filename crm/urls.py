"""Mount the dialects at the root and the pages for people beside them."""

from __future__ import annotations

from django.urls import include, path, re_path

from api.base import discovery, documentation
from contacts.admin import site
from contacts.admin.navigation import add_link
from crm.doors import open_doors
from crm.pages import docs, errors, explorer, form_preview, health, list_requests, start
from crm.routing import Entry, Mounted

open_doors()
add_link(explorer.link)

addresses: list[Entry] = [
    re_path(r"^(?:index\.php)?$", start.start, name="start"),
    path("admin/form-preview/", site.admin_view(form_preview.preview), name="form_preview"),
    path("admin/form-trial/<int:form_id>/", site.admin_view(form_preview.trial), name="form_trial"),
    path(
        "admin/list-requests/", site.admin_view(list_requests.list_requests), name="list_requests"
    ),
    path("admin/", site.urls),
    path("forms/", include("contacts.intake.urls")),
    path("docs/", docs.index, name="docs"),
    path("explorer/", site.admin_view(explorer.explorer), name="explorer"),
    re_path(r"^civicrm/api(?P<version>3|4|/explorer)?/?$", explorer.lead),
    path("health/live", health.live),
    path("health/ready", health.ready),
    *documentation.urlpatterns(),
    *discovery.urlpatterns(),
]
urlpatterns = [Mounted(addresses)]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
