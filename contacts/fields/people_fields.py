"""The built-in fields of users, user groups, roles and members of projects."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from contacts.fields import types
from contacts.fields.declaring import declare
from contacts.fields.field import Field
from contacts.fields.storage import Column, FoldedColumn, FullName

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

TEXT = types.TextType()
INTEGER = types.IntegerType()
YES_NO = types.BooleanType()
MOMENT = types.DateTimeType()
NAMES = types.TagsType()
IDS = types.IdsType()

# Nobody but administrators finds people by these, or changes them through the catalogue.
PRIVATE = "administrators"


def _id(kind: str) -> Field:
    return declare(kind, "id", INTEGER, _("Id"), storage=Column("pk"), is_writable=False)


def _moment(kind: str, key: str, label: "StrOrPromise", column: str) -> Field:
    return declare(kind, key, MOMENT, label, column=column, is_writable=False)


def _flag(key: str, label: "StrOrPromise", column: str) -> Field:
    return declare("user", key, YES_NO, label, column=column, access=PRIVATE)


USER_FIELDS = (
    _id("user"),
    declare(
        "user",
        "username",
        TEXT,
        _("User name"),
        column="username",
        storage=FoldedColumn("username"),
        is_required=True,
        is_searchable=True,
        max_length=150,
        pattern=r"^[\w.@+-]+$",
        access=PRIVATE,
    ),
    declare(
        "user",
        "first_name",
        TEXT,
        _("First name"),
        column="first_name",
        storage=FoldedColumn("first_name"),
        is_searchable=True,
        max_length=150,
    ),
    declare(
        "user",
        "last_name",
        TEXT,
        _("Last name"),
        column="last_name",
        storage=FoldedColumn("last_name"),
        is_searchable=True,
        max_length=150,
    ),
    declare(
        "user",
        "email",
        TEXT,
        _("E-mail"),
        column="email",
        storage=FoldedColumn("email"),
        is_searchable=True,
        max_length=254,
        pattern=r"^[^@\s]+@[^@\s]+$",
        access=PRIVATE,
    ),
    # Whoever sees a user may find it by its whole address, though not by a part of it.
    declare(
        "user",
        "address",
        TEXT,
        _("Whole e-mail address"),
        storage=FoldedColumn("email"),
        is_writable=False,
    ),
    declare("user", "full_name", TEXT, _("Full name"), storage=FullName(""), is_writable=False),
    declare(
        "user",
        "contact",
        types.ContactType(),
        _("Own contact"),
        column="contact_id",
        is_writable=False,
        access=PRIVATE,
    ),
    _flag("is_administrator", _("Administrator"), "is_superuser"),
    _flag("is_active", _("Active"), "is_active"),
    _flag("may_use_api", _("May use the API"), "may_use_api"),
    _flag("must_change_password", _("Must change the password"), "must_change_password"),
    declare("user", "language", TEXT, _("Language"), column="language", max_length=16),
    declare("user", "time_zone", TEXT, _("Time zone"), column="time_zone", max_length=64),
    declare(
        "user",
        "user_groups",
        IDS,
        _("User groups"),
        storage=Column("teams"),
        is_multiple=True,
        is_sortable=False,
        traits={"target": "user_group"},
    ),
    _moment("user", "created_at", _("Created"), "date_joined"),
    _moment("user", "updated_at", _("Updated"), "updated_at"),
    _moment("user", "last_seen_at", _("Last sign-in"), "last_login"),
)

USER_GROUP_FIELDS = (
    _id("user_group"),
    declare(
        "user_group",
        "name",
        TEXT,
        _("Name"),
        column="name",
        is_required=True,
        is_searchable=True,
        max_length=255,
    ),
    declare(
        "user_group", "description", types.LongTextType(), _("Description"), column="description"
    ),
    declare("user_group", "manager", types.UserType(), _("Manager"), column="manager_id"),
    declare(
        "user_group",
        "users",
        IDS,
        _("Users"),
        storage=Column("users"),
        is_multiple=True,
        is_sortable=False,
        traits={"target": "user"},
    ),
)

ROLE_FIELDS = (
    _id("role"),
    declare("role", "name", TEXT, _("Name"), column="name", is_required=True, max_length=255),
    declare("role", "position", INTEGER, _("Position"), column="position"),
    declare(
        "role",
        "rights",
        NAMES,
        _("Rights"),
        column="rights",
        is_multiple=True,
        is_filterable=False,
        is_sortable=False,
    ),
)

MEMBER_FIELDS = (
    _id("member"),
    declare(
        "member",
        "project",
        types.ProjectType(),
        _("Project"),
        column="project_id",
        is_required=True,
    ),
    declare("member", "user", types.UserType(), _("User"), column="user_id"),
    declare("member", "group", types.UserGroupType(), _("User group"), column="group_id"),
    declare(
        "member",
        "roles",
        IDS,
        _("Roles"),
        storage=Column("roles"),
        is_required=True,
        is_multiple=True,
        is_sortable=False,
        traits={"target": "role"},
    ),
)

PEOPLE_FIELDS: dict[str, tuple[Field, ...]] = {
    "user": USER_FIELDS,
    "user_group": USER_GROUP_FIELDS,
    "role": ROLE_FIELDS,
    "member": MEMBER_FIELDS,
}
