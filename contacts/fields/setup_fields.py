"""The built-in fields of tags, options, saved filters, credentials and ties."""

from django.utils.translation import gettext_lazy as _

from contacts.fields import types
from contacts.fields.declaring import declare
from contacts.fields.field import Choice, Field
from contacts.fields.storage import Column, NamesColumn
from contacts.models import Contact, Credential, Relationship

TEXT = types.TextType()
INTEGER = types.IntegerType()
YES_NO = types.BooleanType()
MOMENT = types.DateTimeType()

COLOR_PATTERN = r"^#[0-9a-fA-F]{6}$"

# What a column of small positive numbers holds on both databases.
PLACE = {"not_negative": True, "largest": 2**31 - 1}


def _id(kind: str) -> Field:
    return declare(kind, "id", INTEGER, _("Id"), storage=Column("pk"), is_writable=False)


def _name(kind: str, max_length: int = 255) -> Field:
    return declare(
        kind, "name", TEXT, _("Name"), column="name", is_required=True, max_length=max_length
    )


PIPELINE_FIELDS = (
    _id("pipeline"),
    _name("pipeline"),
    declare("pipeline", "position", INTEGER, _("Position"), column="position", traits=PLACE),
    declare("pipeline", "is_default", YES_NO, _("Default"), column="is_default"),
)

STAGE_FIELDS = (
    _id("stage"),
    _name("stage"),
    declare(
        "stage",
        "pipeline",
        types.RecordType(),
        _("Pipeline"),
        column="pipeline_id",
        is_required=True,
        traits={"target": "pipeline"},
    ),
    declare("stage", "position", INTEGER, _("Position"), column="position", traits=PLACE),
    declare(
        "stage",
        "probability",
        INTEGER,
        _("Probability, %"),
        column="probability",
        traits={"not_negative": True, "largest": 100},
    ),
)

TICKET_CATEGORY_FIELDS = (
    _id("ticket_category"),
    _name("ticket_category", max_length=60),
    declare(
        "ticket_category",
        "project",
        types.ProjectType(),
        _("Project"),
        column="project_id",
        is_required=True,
    ),
)

TAG_FIELDS = (
    _id("tag"),
    _name("tag"),
    declare("tag", "color", TEXT, _("Colour"), column="color", pattern=COLOR_PATTERN, max_length=7),
    declare("tag", "position", INTEGER, _("Position"), column="position", traits=PLACE),
    declare("tag", "type", TEXT, _("Type"), column="type", max_length=50),
    declare("tag", "description", types.LongTextType(), _("Description"), column="description"),
    declare(
        "tag",
        "parent",
        types.RecordType(),
        _("Above it"),
        column="parent_id",
        traits={"target": "tag"},
    ),
    declare(
        "tag",
        "used_for",
        types.TagsType(),
        _("Used for"),
        column="used_for",
        storage=NamesColumn("used_for"),
        is_multiple=True,
        is_sortable=False,
    ),
    declare("tag", "is_selectable", YES_NO, _("May be chosen"), column="is_selectable"),
    declare("tag", "is_reserved", YES_NO, _("Reserved"), column="is_reserved"),
    declare("tag", "is_set", YES_NO, _("A set of tags"), column="is_set"),
    declare("tag", "author", types.UserType(), _("Author"), column="author_id", is_writable=False),
    declare("tag", "created_at", MOMENT, _("Created"), column="created_at", is_writable=False),
)

OPTION_FIELDS = (
    _id("option"),
    declare("option", "list_name", TEXT, _("List"), column="list_name", is_required=True),
    declare("option", "number", INTEGER, _("Number"), column="number", traits=PLACE),
    declare(
        "option",
        "name",
        TEXT,
        _("Name"),
        column="name",
        max_length=100,
        pattern=r"^[A-Za-z0-9][A-Za-z0-9_]*$",
    ),
    declare("option", "label", TEXT, _("Label"), column="label", is_required=True, max_length=255),
    declare("option", "description", TEXT, _("Description"), column="description", max_length=500),
    declare("option", "position", INTEGER, _("Position"), column="position", traits=PLACE),
    declare(
        "option", "color", TEXT, _("Colour"), column="color", pattern=COLOR_PATTERN, max_length=7
    ),
    declare("option", "is_default", YES_NO, _("Default"), column="is_default"),
    declare("option", "is_active", YES_NO, _("Active"), column="is_active"),
    # Kept among the option's traits; only some lists ask for it.
    declare("option", "is_closed", YES_NO, _("Closed"), storage=Column("traits")),
    declare(
        "option",
        "card_name",
        TEXT,
        _("On address cards"),
        storage=Column("traits"),
        max_length=64,
    ),
    # What programs call an option where that is no machine name, or none that follows from it.
    declare(
        "option",
        "given_name",
        TEXT,
        _("Name for programs"),
        storage=Column("traits"),
        max_length=100,
    ),
    declare(
        "option",
        "code",
        TEXT,
        _("Value for programs"),
        storage=Column("traits"),
        max_length=255,
    ),
)

OPTION_LIST_FIELDS = (
    _id("option_list"),
    declare(
        "option_list",
        "name",
        TEXT,
        _("Name"),
        column="name",
        max_length=50,
        pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$",
    ),
    declare(
        "option_list", "title", TEXT, _("Title"), column="title", is_required=True, max_length=255
    ),
    declare(
        "option_list", "description", TEXT, _("Description"), column="description", max_length=500
    ),
    declare(
        "option_list", "is_reserved", YES_NO, _("Built in"), column="is_reserved", is_writable=False
    ),
    declare("option_list", "is_active", YES_NO, _("Active"), column="is_active"),
)

SAVED_FILTER_FIELDS = (
    _id("saved_filter"),
    _name("saved_filter"),
    declare(
        "saved_filter",
        "object_kind",
        types.FixedChoiceType(),
        _("Of"),
        column="object_kind",
        choices=tuple(
            Choice(kind, kind, label)
            for kind, label in (
                ("contact", _("Contact")),
                ("deal", _("Deal")),
                ("ticket", _("Ticket")),
                ("activity", _("Activity")),
                ("note", _("Note")),
                ("project", _("Project")),
            )
        ),
    ),
    declare("saved_filter", "is_public", YES_NO, _("For everybody"), column="is_public"),
    declare("saved_filter", "project", types.ProjectType(), _("Project"), column="project_id"),
    declare("saved_filter", "search", TEXT, _("Search"), column="search", max_length=500),
    declare(
        "saved_filter", "owner", types.UserType(), _("Owner"), column="owner_id", is_writable=False
    ),
)

CREDENTIAL_FIELDS = (
    _id("credential"),
    declare("credential", "kind", TEXT, _("Kind"), column="kind", is_writable=False),
    declare("credential", "name", TEXT, _("Name"), column="name", max_length=255),
    declare("credential", "user", types.UserType(), _("User"), column="user_id"),
    declare(
        "credential",
        "scope",
        types.FixedChoiceType(),
        _("Scope"),
        column="scope",
        choices=tuple(
            Choice(each.value, each.value, each.label)
            for each in (Credential.Scope.WRITE, Credential.Scope.READ)
        ),
    ),
    declare(
        "credential", "project", types.ProjectType(), _("Only in project"), column="project_id"
    ),
    declare(
        "credential",
        "parent",
        types.RecordType(),
        _("Made from"),
        storage=Column("parent_id"),
        is_writable=False,
        traits={"target": "credential"},
    ),
    declare("credential", "expires_at", MOMENT, _("Expires"), column="expires_at"),
    declare(
        "credential",
        "per_minute",
        types.IntegerType(),
        _("Most requests a minute"),
        column="per_minute",
    ),
    declare(
        "credential", "created_at", MOMENT, _("Created"), column="created_at", is_writable=False
    ),
    declare(
        "credential",
        "last_used_at",
        MOMENT,
        _("Last used"),
        column="last_used_at",
        is_writable=False,
    ),
    declare(
        "credential", "revoked_at", MOMENT, _("Revoked"), column="revoked_at", is_writable=False
    ),
)

RELATIONSHIP_TYPE_FIELDS = (
    _id("relationship_type"),
    *(
        declare(
            "relationship_type",
            key,
            TEXT,
            label,
            column=key,
            max_length=100,
            is_required=key.startswith("name"),
        )
        for key, label in (
            ("name_a_b", _("Name, first to second")),
            ("name_b_a", _("Name, second to first")),
            ("label_a_b", _("Label, first to second")),
            ("label_b_a", _("Label, second to first")),
        )
    ),
    *(
        declare(
            "relationship_type",
            key,
            types.FixedChoiceType(),
            label,
            column=key,
            # The first is what a type gets that says nothing: every kind.
            choices=(
                Choice("", "any", _("any kind")),
                *(Choice(each.value, each.value, each.label) for each in Contact.Kind),
            ),
        )
        for key, label in (
            ("kind_a", _("Kind of the first")),
            ("kind_b", _("Kind of the second")),
        )
    ),
    declare(
        "relationship_type",
        "description",
        TEXT,
        _("Description"),
        column="description",
        max_length=255,
    ),
    declare(
        "relationship_type",
        "is_reserved",
        YES_NO,
        _("Built in"),
        column="is_reserved",
        is_writable=False,
    ),
    declare("relationship_type", "is_active", YES_NO, _("Active"), column="is_active"),
)

RELATIONSHIP_FIELDS = (
    _id("relationship"),
    declare(
        "relationship",
        "type",
        types.RecordType(),
        _("Type"),
        column="type_id",
        is_required=True,
        traits={"target": "relationship_type"},
    ),
    declare(
        "relationship",
        "contact_a",
        types.ContactType(),
        _("First"),
        column="contact_a_id",
        is_required=True,
    ),
    declare(
        "relationship",
        "contact_b",
        types.ContactType(),
        _("Second"),
        column="contact_b_id",
        is_required=True,
    ),
    declare("relationship", "is_active", YES_NO, _("Active"), column="is_active"),
    declare("relationship", "starts_on", types.DateType(), _("From"), column="starts_on"),
    declare("relationship", "ends_on", types.DateType(), _("Until"), column="ends_on"),
    declare(
        "relationship", "description", TEXT, _("Description"), column="description", max_length=255
    ),
    *(
        declare(
            "relationship",
            key,
            types.FixedChoiceType(),
            label,
            column=key,
            choices=tuple(
                Choice(each.value, each.name.lower(), each.label)
                for each in Relationship.Permission
            ),
        )
        for key, label in (
            ("permission_a_b", _("First may, of the second")),
            ("permission_b_a", _("Second may, of the first")),
        )
    ),
    declare(
        "relationship", "created_at", MOMENT, _("Created"), column="created_at", is_writable=False
    ),
)

SETUP_FIELDS: dict[str, tuple[Field, ...]] = {
    "tag": TAG_FIELDS,
    "option": OPTION_FIELDS,
    "option_list": OPTION_LIST_FIELDS,
    "saved_filter": SAVED_FILTER_FIELDS,
    "credential": CREDENTIAL_FIELDS,
    "relationship": RELATIONSHIP_FIELDS,
    "relationship_type": RELATIONSHIP_TYPE_FIELDS,
    "pipeline": PIPELINE_FIELDS,
    "stage": STAGE_FIELDS,
    "ticket_category": TICKET_CATEGORY_FIELDS,
}
