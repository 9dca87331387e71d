"""The addresses of this dialect; every one may end with a slash."""

from collections.abc import Mapping

from django.urls import URLPattern, re_path

from api.concord.views.actions import ActionSet
from api.concord.views.associations import AssociationSet, LinkSet
from api.concord.views.base import ConcordViewSet
from api.concord.views.comments import CommentSet, CommentsSet
from api.concord.views.engine import ResourceSet
from api.concord.views.everything import AddressSearchSet, EverythingSet
from api.concord.views.forms import FormSet
from api.concord.views.hooks import HookSet
from api.concord.views.lists import CountrySet, CurrencySet, TimeZoneSet
from api.concord.views.media import MediaSet
from api.concord.views.metadata import FieldSet
from api.concord.views.pins import PinSet
from api.concord.views.products import BillableSet, CloneSet
from api.concord.views.shortcuts import ShortcutSet
from api.concord.views.tags import TagSet
from api.concord.views.teams import TeamSet
from api.concord.views.timelines import TimelineSet
from api.concord.views.tokens import MeSet, SignInSet, TokenSet, ValidateSet
from api.concord.views.trash import TrashSet
from api.concord.views.web_forms import WebFormSet

NAME = r"(?P<resource>[A-Za-z_-]+)"
ID = r"(?P<record_id>[^/]+)"
# Where an address of fewer parts has the same beginning, what no resource is called is not found.
ANY_NAME = r"(?P<resource>[^/]+)"
OTHER = r"(?P<other>[A-Za-z_-]+)"

RECORD = {"get": "retrieve", "put": "update", "patch": "update", "delete": "destroy"}
TRASHED = {"get": "retrieve", "post": "restore", "delete": "destroy"}


def address(pattern: str, view: type[ConcordViewSet], actions: Mapping[str, str]) -> URLPattern:
    """Return one address of a view set."""
    return re_path(rf"^api/{pattern}/?$", view.as_view(dict(actions)))


# The first that fits counts: fixed words win over names of resources and ids.
urlpatterns = [
    address("token", SignInSet, {"post": "create"}),
    address("me", MeSet, {"get": "retrieve"}),
    address("auth/validate", ValidateSet, {"get": "retrieve"}),
    re_path(
        r"^forms/f/(?P<form_id>[A-Za-z0-9_-]+)/?$",
        WebFormSet.as_view({"get": "retrieve", "post": "create"}),
    ),
    address("personal-access-tokens", TokenSet, {"get": "list", "post": "create"}),
    address(f"personal-access-tokens/{ID}", TokenSet, {"delete": "destroy"}),
    address("countries", CountrySet, {"get": "list"}),
    address("currencies", CurrencySet, {"get": "list"}),
    address("timezones", TimeZoneSet, {"get": "list"}),
    address("search", EverythingSet, {"get": "list"}),
    address("search/email-address", AddressSearchSet, {"get": "list"}),
    address("teams", TeamSet, {"get": "list", "post": "create"}),
    address(
        f"teams/{ID}",
        TeamSet,
        {"get": "retrieve", "put": "update", "patch": "update", "delete": "destroy"},
    ),
    address("timeline/pin", PinSet, {"post": "create"}),
    address("timeline/unpin", PinSet, {"post": "destroy"}),
    address(f"zapier/hooks/{ANY_NAME}/(?P<action>[^/]+)", HookSet, {"post": "create"}),
    address(f"zapier/hooks/{ID}", HookSet, {"delete": "destroy"}),
    address("forms", FormSet, {"get": "list", "post": "create"}),
    address(f"forms/{ID}", FormSet, RECORD),
    address(f"forms/{ID}/clone", FormSet, {"post": "clone"}),
    address("tags", TagSet, {"get": "list", "post": "create"}),
    address("tags/order", TagSet, {"post": "order"}),
    address(f"tags/{ID}", TagSet, {"post": "create", "put": "update", "delete": "destroy"}),
    address(f"trashed/{ANY_NAME}/search", TrashSet, {"get": "search"}),
    address(f"trashed/{NAME}", TrashSet, {"get": "list", "delete": "clear"}),
    address(f"trashed/{ANY_NAME}/{ID}", TrashSet, TRASHED),
    address(
        f"associations/{ANY_NAME}/{ID}",
        AssociationSet,
        {"get": "retrieve", "put": "attach", "delete": "detach", "post": "sync"},
    ),
    address(f"activities/{ID}/complete", ShortcutSet, {"post": "complete"}),
    address(f"activities/{ID}/incomplete", ShortcutSet, {"post": "incomplete"}),
    address(f"deals/{ID}/status/(?P<status>[^/]+)", ShortcutSet, {"put": "status"}),
    address(f"deals/{ID}/billable", BillableSet, {"get": "retrieve", "post": "create"}),
    address(
        f"comments/{ID}",
        CommentSet,
        {"get": "retrieve", "put": "update", "patch": "update", "delete": "destroy"},
    ),
    address(f"fields/{NAME}/create", FieldSet, {"get": "create_fields"}),
    address(f"fields/{NAME}/update", FieldSet, {"get": "update_fields"}),
    address(f"{NAME}/create-fields", FieldSet, {"get": "create_fields"}),
    address(f"{NAME}/{ID}/update-fields", FieldSet, {"get": "update_fields"}),
    address(f"{ANY_NAME}/actions/(?P<action>[^/]+)/run", ActionSet, {"post": "create"}),
    address(f"{NAME}/{ID}/timeline", TimelineSet, {"get": "list"}),
    address(f"{NAME}/{ID}/clone", CloneSet, {"post": "create"}),
    address(f"{NAME}/{ID}/comments", CommentsSet, {"get": "list", "post": "create"}),
    address(f"{NAME}/{ID}/media", MediaSet, {"post": "create"}),
    address(
        f"{NAME}/{ID}/media/(?P<media_id>[^/]+)",
        MediaSet,
        {"get": "retrieve", "delete": "destroy"},
    ),
    address(f"{NAME}/search", ResourceSet, {"get": "search"}),
    address(f"{NAME}/trashed", TrashSet, {"get": "list"}),
    address(f"{NAME}/{ID}/restore", TrashSet, {"post": "restore"}),
    address(f"{NAME}/{ID}/force", TrashSet, {"delete": "force"}),
    address(
        f"{NAME}/{ID}/associations/{OTHER}",
        LinkSet,
        {"post": "attach", "put": "sync", "delete": "detach"},
    ),
    address(NAME, ResourceSet, {"get": "list", "post": "create"}),
    address(f"{NAME}/{ID}", ResourceSet, RECORD),
    address(f"{NAME}/{ID}/{OTHER}", ResourceSet, {"get": "linked"}),
]
