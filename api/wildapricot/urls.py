"""The addresses of the dialect; any version, any case, with or without a slash at the end."""

from django.urls import URLPattern

from api.wildapricot.patterns import at, whole
from api.wildapricot.views.accounts import AccountSet, VersionSet
from api.wildapricot.views.contact_fields import ContactFieldSet
from api.wildapricot.views.contacts import ContactSet
from api.wildapricot.views.tokens import TokenSet

ACCOUNT = "accounts/(?P<account_id>[^/]+)"
RECORD = "(?P<record_id>[^/]+)"

urlpatterns: list[URLPattern] = [
    whole("auth/token", TokenSet.as_view({"post": "create"})),
    whole("auth/expiretoken", TokenSet.as_view({"get": "expire", "post": "expire"})),
    at("", VersionSet.as_view({"get": "retrieve"})),
    at("accounts", AccountSet.as_view({"get": "list"})),
    at(ACCOUNT, AccountSet.as_view({"get": "retrieve"})),
    at(
        f"{ACCOUNT}/contacts",
        ContactSet.as_view({"get": "list", "post": "create"}),
    ),
    at(
        f"{ACCOUNT}/contacts/{RECORD}",
        ContactSet.as_view(
            {"get": "retrieve", "put": "update", "patch": "update", "delete": "destroy"}
        ),
    ),
    at(f"{ACCOUNT}/contactfields", ContactFieldSet.as_view({"get": "list"})),
    at(f"{ACCOUNT}/contactfields/{RECORD}", ContactFieldSet.as_view({"get": "retrieve"})),
]
