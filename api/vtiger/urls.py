"""The one address of this dialect, also below the folders in which clients expect the system."""

from typing import Any

from django.urls import URLPattern, re_path

from api.vtiger.views import WebServiceSet

# DRF's own type of them is not to be had without its stubs.
ACTIONS: dict[str, Any] = {"get": "answer_call", "post": "answer_call"}

urlpatterns: list[URLPattern] = [
    re_path(r"^webservice\.php/?$", WebServiceSet.as_view(ACTIONS)),
    re_path(r"^(?P<folder>[\s\S]+)/webservice\.php/?$", WebServiceSet.as_view(ACTIONS)),
]
