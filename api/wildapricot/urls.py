"""The addresses of the dialect; any version, any case, with or without a slash at the end."""

from django.urls import URLPattern

from api.wildapricot.patterns import at, whole
from api.wildapricot.views.absent import RESOURCES, AbsentSet
from api.wildapricot.views.accounts import AccountSet, VersionSet
from api.wildapricot.views.authorising import AuthoriseSet
from api.wildapricot.views.contact_fields import ContactFieldSet
from api.wildapricot.views.contacts import ContactSet
from api.wildapricot.views.decisions import DecisionSet, TermsSet
from api.wildapricot.views.groups import GroupSet
from api.wildapricot.views.hooks import HookSet
from api.wildapricot.views.levels import BundleSet, LevelSet
from api.wildapricot.views.pictures import AttachmentSet, PictureSet, StagingSet, UploadSet
from api.wildapricot.views.profile import ProfileSet
from api.wildapricot.views.saved_searches import SavedSearchSet
from api.wildapricot.views.tokens import TokenSet

ACCOUNT = "accounts/(?P<account_id>[^/]+)"
RECORD = "(?P<record_id>[^/]+)"
RPC = "rpc/(?P<account_id>[^/]+)"
ABSENT = f"(?P<resource>{'|'.join(RESOURCES)})"
WRITING = dict.fromkeys(("post", "put", "patch", "delete"), "refuse_all")

urlpatterns: list[URLPattern] = [
    whole("auth/token", TokenSet.as_view({"post": "create"})),
    whole("auth/expiretoken", TokenSet.as_view({"get": "expire", "post": "expire"})),
    whole("sys/login/oauthlogin", AuthoriseSet.as_view({"get": "show", "post": "decide"})),
    at("", VersionSet.as_view({"get": "retrieve"}, xml_item="Resource")),
    at("accounts", AccountSet.as_view({"get": "list"})),
    at(ACCOUNT, AccountSet.as_view({"get": "retrieve"})),
    at(
        f"{ACCOUNT}/contacts",
        ContactSet.as_view({"get": "list", "post": "create"}),
    ),
    at(f"{ACCOUNT}/contacts/me", ProfileSet.as_view({"get": "retrieve"})),
    at(
        f"{ACCOUNT}/contacts/{RECORD}",
        ContactSet.as_view(
            {"get": "retrieve", "put": "update", "patch": "update", "delete": "destroy"}
        ),
    ),
    at(f"{ACCOUNT}/contactfields", ContactFieldSet.as_view({"get": "list", "post": "create"})),
    at(
        f"{ACCOUNT}/contactfields/{RECORD}",
        ContactFieldSet.as_view({"get": "retrieve", "put": "update", "delete": "destroy"}),
    ),
    at(f"{ACCOUNT}/membershiplevels", LevelSet.as_view({"get": "list"})),
    at(f"{ACCOUNT}/membershiplevels/{RECORD}", LevelSet.as_view({"get": "retrieve"})),
    at(f"{ACCOUNT}/membergroups", GroupSet.as_view({"get": "list", "post": "create"})),
    at(f"{ACCOUNT}/membergroups/{RECORD}", GroupSet.as_view({"get": "retrieve"})),
    at(f"{ACCOUNT}/bundles", BundleSet.as_view({"get": "list"})),
    at(f"{ACCOUNT}/bundles/{RECORD}", BundleSet.as_view({"get": "retrieve"})),
    at(f"{ACCOUNT}/savedsearches", SavedSearchSet.as_view({"get": "list"})),
    at(f"{ACCOUNT}/savedsearches/{RECORD}", SavedSearchSet.as_view({"get": "retrieve"})),
    at(f"{ACCOUNT}/pictures", StagingSet.as_view({"post": "create"})),
    at(f"{ACCOUNT}/pictures/{RECORD}", PictureSet.as_view({"get": "retrieve"})),
    at(f"{ACCOUNT}/attachments/upload", UploadSet.as_view({"post": "create"})),
    at(f"{ACCOUNT}/attachments/{RECORD}", AttachmentSet.as_view({"get": "retrieve"})),
    at(f"{ACCOUNT}/webhooks", HookSet.as_view({"get": "list", "post": "create"})),
    at(f"{ACCOUNT}/webhooks/{RECORD}", HookSet.as_view({"delete": "destroy"})),
    at(f"{RPC}/approvependingmembership", DecisionSet.as_view({"post": "approve"})),
    at(f"{RPC}/rejectpendingmembership", DecisionSet.as_view({"post": "reject"})),
    at(f"{RPC}/accepttermsofuse", TermsSet.as_view({"post": "accept"})),
    whole(
        f"publicview/v1/{ACCOUNT}/contacts/me",
        ProfileSet.as_view({"get": "retrieve"}, usual_version="v1"),
    ),
    at(f"{ACCOUNT}/{ABSENT}", AbsentSet.as_view({"get": "list", **WRITING})),
    at(f"{ACCOUNT}/{ABSENT}/{RECORD}", AbsentSet.as_view({"get": "refuse_all", **WRITING})),
]
