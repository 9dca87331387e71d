"""The addresses of this dialect.

Every address may end with ``.json``, ``.xml`` or another suffix, and with a slash.
"""

from collections.abc import Mapping

from django.urls import URLPattern, re_path

from api.redmineup.views.attachments import AttachmentSet, DownloadSet, UploadSet
from api.redmineup.views.base import RedmineUpViewSet
from api.redmineup.views.contact_projects import ContactProjectSet
from api.redmineup.views.contacts import ContactSet
from api.redmineup.views.custom_fields import CustomFieldSet
from api.redmineup.views.deal_setup import DealCategorySet, DealStatusSet
from api.redmineup.views.deals import DealSet
from api.redmineup.views.groups import GroupSet
from api.redmineup.views.issues import IssueSet
from api.redmineup.views.memberships import MembershipSet
from api.redmineup.views.notes import NoteSet
from api.redmineup.views.options import IssuePrioritySet, IssueStatusSet, TrackerSet
from api.redmineup.views.projects import ProjectSet
from api.redmineup.views.roles import RoleSet
from api.redmineup.views.saved_queries import SavedQuerySet
from api.redmineup.views.search import SearchSet
from api.redmineup.views.tags import TagSet
from api.redmineup.views.users import UserSet

# An id or an identifier; neither has a dot.
PROJECT = r"projects/(?P<project>[^/.]+)"
END = r"(?:\.[A-Za-z0-9]+)?/?$"

LIST = {"get": "list", "post": "create"}
ACCOUNT = {"put": "update_account", "patch": "update_account"}
RECORD = {"get": "retrieve", "put": "update", "patch": "update", "delete": "destroy"}


def address(pattern: str, view: type[RedmineUpViewSet], actions: Mapping[str, str]) -> URLPattern:
    """Return one address of a view set."""
    return re_path(rf"^{pattern}{END}", view.as_view(dict(actions)))


urlpatterns = [
    address(r"contacts", ContactSet, LIST),
    address(rf"{PROJECT}/contacts", ContactSet, LIST),
    address(r"contacts/(?P<contact_id>[^/.]+)", ContactSet, RECORD),
    address(rf"{PROJECT}/contacts/(?P<contact_id>[^/.]+)", ContactSet, RECORD),
    address(r"contacts/(?P<contact_id>[^/.]+)/projects", ContactProjectSet, {"post": "create"}),
    address(
        rf"contacts/(?P<contact_id>[^/.]+)/{PROJECT}", ContactProjectSet, {"delete": "destroy"}
    ),
    address(r"contacts_tags", TagSet, {"get": "list"}),
    address(r"contacts/(?P<contact_id>[^/.]+)/notes", NoteSet, {"get": "list"}),
    address(r"notes", NoteSet, LIST),
    address(r"notes/(?P<note_id>[^/.]+)", NoteSet, RECORD),
    address(r"uploads", UploadSet, {"post": "create"}),
    address(r"attachments/(?P<attachment_id>[^/.]+)", AttachmentSet, RECORD),
    re_path(
        r"^attachments/download/(?P<attachment_id>[0-9]+)(?:/(?P<filename>[^/]*))?/?$",
        DownloadSet.as_view({"get": "retrieve"}),
    ),
    address(r"deals", DealSet, LIST),
    address(rf"{PROJECT}/deals", DealSet, LIST),
    address(r"deals/(?P<deal_id>[^/.]+)", DealSet, RECORD),
    address(r"deal_statuses", DealStatusSet, {"get": "list"}),
    address(rf"{PROJECT}/deal_categories", DealCategorySet, LIST),
    address(r"deal_categories/(?P<category_id>[^/.]+)", DealCategorySet, RECORD),
    address(r"custom_fields", CustomFieldSet, LIST),
    address(r"custom_fields/(?P<field_id>[^/.]+)", CustomFieldSet, RECORD),
    address(r"trackers", TrackerSet, {"get": "list"}),
    address(r"issue_statuses", IssueStatusSet, {"get": "list"}),
    address(r"enumerations/issue_priorities", IssuePrioritySet, {"get": "list"}),
    address(r"search", SearchSet, {"get": "list"}),
    address(r"projects", ProjectSet, LIST),
    address(PROJECT, ProjectSet, RECORD),
    address(rf"{PROJECT}/close", ProjectSet, {"put": "close", "post": "close"}),
    address(rf"{PROJECT}/reopen", ProjectSet, {"put": "reopen", "post": "reopen"}),
    address(rf"{PROJECT}/archive", ProjectSet, {"put": "archive", "post": "archive"}),
    address(rf"{PROJECT}/unarchive", ProjectSet, {"put": "reopen", "post": "reopen"}),
    address(rf"{PROJECT}/memberships", MembershipSet, LIST),
    address(r"memberships/(?P<member_id>[^/.]+)", MembershipSet, RECORD),
    address(r"roles", RoleSet, {"get": "list"}),
    address(r"roles/(?P<role_id>[^/.]+)", RoleSet, {"get": "retrieve"}),
    address(r"users", UserSet, LIST),
    address(r"my/account", UserSet, {"get": "retrieve", **ACCOUNT}),
    address(r"users/(?P<user_id>[^/.]+)", UserSet, RECORD),
    address(r"groups", GroupSet, LIST),
    address(r"groups/(?P<group_id>[^/.]+)", GroupSet, RECORD),
    address(r"groups/(?P<group_id>[^/.]+)/users", GroupSet, {"post": "add"}),
    address(r"groups/(?P<group_id>[^/.]+)/users/(?P<user>[^/.]+)", GroupSet, {"delete": "remove"}),
    address(r"issues", IssueSet, LIST),
    address(rf"{PROJECT}/issues", IssueSet, LIST),
    address(r"issues/(?P<issue_id>[^/.]+)", IssueSet, RECORD),
    address(r"crm_queries", SavedQuerySet, {"get": "list"}),
]
