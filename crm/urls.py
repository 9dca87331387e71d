"""Mount the dialects at the root and the pages for people beside them."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from api.base import discovery
from crm.pages import errors, health

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/live", health.live),
    path("health/ready", health.ready),
    *discovery.urlpatterns(),
]

handler500 = errors.server_error
