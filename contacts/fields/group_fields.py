"""The built-in fields of groups of contacts, and of which contact has which group and tag."""

from django.utils.translation import gettext_lazy as _

from contacts.fields import types
from contacts.fields.declaring import declare
from contacts.fields.field import Choice, Field
from contacts.fields.storage import Column, Links
from contacts.models import Group, GroupMember

TEXT = types.TextType()
LONG = types.LongTextType()
INTEGER = types.IntegerType()
YES_NO = types.BooleanType()
MOMENT = types.DateTimeType()
FIXED = types.FixedChoiceType()

GROUP_FIELDS = (
    declare("group", "id", INTEGER, _("Id"), storage=Column("pk"), is_writable=False),
    declare("group", "name", TEXT, _("Name"), column="name", max_length=64),
    declare("group", "title", TEXT, _("Title"), column="title", is_required=True, max_length=255),
    declare("group", "description", LONG, _("Description"), column="description"),
    declare(
        "group", "public_title", TEXT, _("Public title"), column="public_title", max_length=255
    ),
    declare(
        "group",
        "public_description",
        LONG,
        _("Public description"),
        column="public_description",
    ),
    declare(
        "group",
        "visibility",
        FIXED,
        _("Visible for"),
        column="visibility",
        choices=tuple(Choice(each.value, each.value, each.label) for each in Group.Visibility),
    ),
    declare("group", "is_mailing_list", YES_NO, _("Mailing list"), column="is_mailing_list"),
    declare("group", "is_access_list", YES_NO, _("For access rules"), column="is_access_list"),
    declare("group", "is_active", YES_NO, _("Active"), column="is_active"),
    declare("group", "is_hidden", YES_NO, _("Hidden"), column="is_hidden"),
    declare("group", "is_reserved", YES_NO, _("Reserved"), column="is_reserved"),
    declare(
        "group",
        "parents",
        types.IdsType(),
        _("Above it"),
        storage=Links(Group.parents.through, "to_group_id", "from_group_id"),
        is_sortable=False,
        is_multiple=True,
        traits={"target": "group"},
    ),
    declare(
        "group", "author", types.UserType(), _("Author"), column="author_id", is_writable=False
    ),
    declare("group", "created_at", MOMENT, _("Created"), column="created_at", is_writable=False),
    declare("group", "updated_at", MOMENT, _("Updated"), column="updated_at", is_writable=False),
)

GROUP_MEMBER_FIELDS = (
    declare("group_member", "id", INTEGER, _("Id"), storage=Column("pk"), is_writable=False),
    declare(
        "group_member",
        "group",
        types.RecordType(),
        _("Group"),
        column="group_id",
        is_required=True,
        traits={"target": "group"},
    ),
    declare(
        "group_member",
        "contact",
        types.ContactType(),
        _("Contact"),
        column="contact_id",
        is_required=True,
    ),
    declare(
        "group_member",
        "status",
        FIXED,
        _("Status"),
        column="status",
        choices=tuple(Choice(each.value, each.value, each.label) for each in GroupMember.Status),
    ),
    declare("group_member", "added_at", MOMENT, _("Added"), column="added_at", is_writable=False),
    declare(
        "group_member", "removed_at", MOMENT, _("Removed"), column="removed_at", is_writable=False
    ),
    declare(
        "group_member",
        "pending_at",
        MOMENT,
        _("Waiting since"),
        column="pending_at",
        is_writable=False,
    ),
    declare("group_member", "through", TEXT, _("Through"), column="through", is_writable=False),
)

CONTACT_TAG_FIELDS = (
    declare("contact_tag", "id", INTEGER, _("Id"), storage=Column("pk"), is_writable=False),
    declare(
        "contact_tag",
        "tag",
        types.RecordType(),
        _("Tag"),
        column="tag_id",
        traits={"target": "tag"},
        is_writable=False,
    ),
    declare(
        "contact_tag",
        "contact",
        types.ContactType(),
        _("Contact"),
        column="contact_id",
        is_writable=False,
    ),
)

GROUPS: dict[str, tuple[Field, ...]] = {
    "group": GROUP_FIELDS,
    "group_member": GROUP_MEMBER_FIELDS,
    "contact_tag": CONTACT_TAG_FIELDS,
}
