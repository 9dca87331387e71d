"""The fields of a contact that tell of its membership, of levels and of bundles."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from contacts.fields import types
from contacts.fields.declaring import declare
from contacts.fields.field import Choice, Field, Records
from contacts.fields.storage import ChildColumn, Column, Counted
from contacts.models import Membership, MembershipLevel

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

TEXT = types.TextType()
INTEGER = types.IntegerType()
MOMENT = types.DateTimeType()
YES_NO = types.BooleanType()
OPTION = types.ChoiceType()

# What a column of small positive numbers holds on both databases.
PLACE = {"not_negative": True, "largest": 2**31 - 1}


def _memberships() -> Records:
    return Membership.objects.order_by()


def _suspended() -> Records:
    return Membership.objects.filter(is_enabled=False).order_by()


def _kept(
    key: str,
    column: str,
    field_type: types.FieldType,
    label: "StrOrPromise",
    **more: Any,  # the keywords of Field
) -> Field:
    """Return a field of a contact that is kept in the row of its membership."""
    # Each column has an index with the contact behind it.
    storage = ChildColumn(Membership, column, is_in_order=True)
    return Field(key, "contact", field_type, label, storage, **more)


MEMBERSHIP_FIELDS = (
    Field(
        "is_member",
        "contact",
        YES_NO,
        _("Member"),
        Counted(_memberships, "contact_id"),
        is_writable=False,
        is_sortable=False,
    ),
    Field(
        "is_suspended_member",
        "contact",
        YES_NO,
        _("Suspended member"),
        Counted(_suspended, "contact_id"),
        is_writable=False,
        is_sortable=False,
    ),
    _kept(
        "membership_level", "level_id", OPTION, _("Membership level"), list_name="membership_level"
    ),
    _kept(
        "membership_status",
        "status",
        OPTION,
        _("Membership status"),
        choices=tuple(Choice(each.value, each.value, each.label) for each in Membership.Status),
    ),
    _kept("member_since", "since", MOMENT, _("Member since")),
    _kept("renewal_due", "renewal_due", types.DateType(), _("Renewal due")),
    _kept("is_membership_enabled", "is_enabled", YES_NO, _("Membership enabled")),
    _kept("hides_profile", "hides_profile", YES_NO, _("Profile hidden from others")),
    _kept("bundle", "bundle_id", types.RecordType(), _("Bundle"), traits={"target": "bundle"}),
    _kept(
        "member_role",
        "role",
        OPTION,
        _("Role in the bundle"),
        choices=tuple(
            Choice(each.value, each.name.lower(), each.label) for each in Membership.Role
        ),
    ),
    _kept("level_changed_at", "level_changed_at", MOMENT, _("Level changed"), is_writable=False),
    _kept(
        "renewal_changed_at", "renewal_changed_at", MOMENT, _("Renewal changed"), is_writable=False
    ),
)


def _of_level(
    key: str,
    field_type: types.FieldType,
    label: "StrOrPromise",
    **more: Any,  # the keywords of Field
) -> Field:
    more.setdefault("column", key)
    return declare("membership_level", key, field_type, label, **more)


LEVEL_FIELDS = (
    _of_level("id", INTEGER, _("Id"), column="", storage=Column("pk"), is_writable=False),
    _of_level("name", TEXT, _("Name"), is_required=True, max_length=255),
    _of_level("description", types.LongTextType(), _("Description")),
    _of_level(
        "type",
        types.FixedChoiceType(),
        _("Type"),
        choices=tuple(Choice(each.value, each.value, each.label) for each in MembershipLevel.Type),
    ),
    _of_level("bundle_limit", INTEGER, _("Most members of a bundle"), traits=PLACE),
    _of_level(
        "fee",
        types.DecimalType(),
        _("Fee"),
        traits={"places": 2, "not_negative": True, "largest": 10**12},
    ),
    _of_level(
        "renewal_months",
        INTEGER,
        _("Renewed every (months)"),
        traits={"not_negative": True, "largest": 1_200},
    ),
    _of_level("is_open", YES_NO, _("Open to applications")),
    _of_level("is_default", YES_NO, _("Default")),
    _of_level("position", INTEGER, _("Position"), traits=PLACE),
    declare(
        "membership_level",
        "changes_to",
        types.IdsType(),
        _("Members may change to"),
        storage=Column("changes_to"),
        is_multiple=True,
        is_sortable=False,
        traits={"target": "membership_level"},
    ),
)

BUNDLE_FIELDS = (
    declare("bundle", "id", INTEGER, _("Id"), storage=Column("pk"), is_writable=False),
    declare(
        "bundle",
        "level",
        types.RecordType(),
        _("Membership level"),
        storage=Column("level_id"),
        is_writable=False,
        traits={"target": "membership_level"},
    ),
)

MEMBERSHIP_SETUP_FIELDS: dict[str, tuple[Field, ...]] = {
    "membership_level": LEVEL_FIELDS,
    "bundle": BUNDLE_FIELDS,
}
