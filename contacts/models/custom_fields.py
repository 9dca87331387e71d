"""Custom fields: their definitions, their options, and their values as typed rows."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

# Longer text is kept whole in `given` and `folded`; the indexed column stays below what a
# PostgreSQL index entry may hold (performance was measured with short keys).
TEXT_KEY_LENGTH = 255


class CustomFieldGroup(models.Model):
    """A titled set of custom fields."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    title = models.CharField(_("title"), max_length=255)
    object_kind = models.CharField(_("of"), max_length=20, default="contact")
    kinds = models.JSONField(_("kinds of contact"), default=list, blank=True)
    style = models.CharField(_("style"), max_length=20, blank=True, default="")
    help_text = models.TextField(_("help"), blank=True, default="")
    is_collapsed = models.BooleanField(_("folded at first"), default=False)
    is_multiple = models.BooleanField(_("several sets of values"), default=False)
    created_at = models.DateTimeField(_("created"), null=True, blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("custom field group")
        verbose_name_plural = _("custom field groups")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.title


class CustomField(models.Model):
    """One field that an administrator added; its id is the same small number everywhere."""

    class Access(models.TextChoices):
        """Who may read the values."""

        ADMINISTRATORS = "administrators", _("administrators")
        MEMBERS = "members", _("members")
        PUBLIC = "public", _("everybody")

    class Control(models.TextChoices):
        """How a value is typed in or chosen, where the type leaves it open."""

        USUAL = "", _("as usual for the type")
        DROPDOWN = "dropdown", _("list that opens")
        RADIO = "radio", _("buttons, one of which is pressed")
        CHECKBOXES = "checkboxes", _("boxes to tick")
        AGREEMENT = "agreement", _("terms to agree to")
        PICTURE = "picture", _("picture")
        CHARGE = "charge", _("amount to be paid")

    object_kind = models.CharField(_("of"), max_length=20, default="contact")
    label = models.CharField(_("label"), max_length=255)
    slug = models.SlugField(_("short name"), max_length=100)
    type = models.CharField(_("type"), max_length=20, default="text")
    group = models.ForeignKey(
        CustomFieldGroup,
        verbose_name=_("group"),
        related_name="fields",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )
    help_text = models.CharField(_("help"), max_length=500, blank=True, default="")
    terms_url = models.CharField(_("address of the terms"), max_length=500, blank=True, default="")
    is_required = models.BooleanField(_("required"), default=False)
    # People must fill it in, programs need not.
    is_required_in_forms = models.BooleanField(_("required in forms"), default=False)
    is_multiple = models.BooleanField(_("several values"), default=False)
    default = models.CharField(_("default"), max_length=500, blank=True, default="")
    pattern = models.CharField(_("pattern"), max_length=500, blank=True, default="")
    min_length = models.PositiveIntegerField(_("least length"), null=True, blank=True)
    max_length = models.PositiveIntegerField(_("greatest length"), null=True, blank=True)
    is_unique = models.BooleanField(_("no value twice"), default=False)
    appearance = models.CharField(_("shown as"), max_length=20, blank=True, default="")
    is_searchable = models.BooleanField(_("searchable"), default=False)
    is_filterable = models.BooleanField(_("usable as a filter"), default=True)
    is_in_form = models.BooleanField(_("shown in forms"), default=True)
    is_in_list = models.BooleanField(_("offered as a column"), default=True)
    is_active = models.BooleanField(_("active"), default=True)
    control = models.CharField(
        _("control"), max_length=20, choices=Control.choices, blank=True, default=""
    )
    is_for_members = models.BooleanField(_("only for members"), default=False)
    access = models.CharField(
        _("readable by"), max_length=20, choices=Access.choices, default=Access.MEMBERS
    )
    kinds = models.JSONField(_("kinds of contact"), default=list, blank=True)
    projects = models.ManyToManyField(
        "contacts.Project", verbose_name=_("only in projects"), related_name="+", blank=True
    )
    levels = models.ManyToManyField(
        "contacts.MembershipLevel",
        verbose_name=_("only for members at"),
        related_name="+",
        blank=True,
    )
    position = models.PositiveIntegerField(_("position"), default=0)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    class Meta:
        verbose_name = _("custom field")
        verbose_name_plural = _("custom fields")
        ordering = ["object_kind", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["object_kind", "slug"], name="custom_field_slug_once"),
        ]

    def __str__(self) -> str:
        return self.label


class CustomFieldOption(models.Model):
    """One choice of a custom field; its id never changes, its label may."""

    field = models.ForeignKey(CustomField, related_name="options", on_delete=models.CASCADE)
    label = models.CharField(_("label"), max_length=255)
    value = models.CharField(_("value"), max_length=255, blank=True, default="")
    color = models.CharField(_("colour"), max_length=7, blank=True, default="")
    position = models.PositiveIntegerField(_("position"), default=0)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("option of a custom field")
        verbose_name_plural = _("options of custom fields")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["field", "label"], name="custom_option_once")
        ]

    def __str__(self) -> str:
        return self.label


class ValueColumns(models.Model):
    """The columns that hold one value, whatever its type.

    `text` is the comparison key (folded, shortened), `folded` the whole of it where it is longer,
    `given` the value as given. A number, yes/no or record id is in `number`; a day or moment in
    `date`.
    """

    text = models.CharField(max_length=TEXT_KEY_LENGTH, blank=True, default="")
    folded = models.TextField(blank=True, default="")
    given = models.TextField(blank=True, default="")
    number = models.FloatField(null=True, blank=True)
    date = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


class TypedValue(ValueColumns):
    """One value of a custom field; a choice is in `option`."""

    field = models.ForeignKey(
        CustomField, related_name="+", on_delete=models.CASCADE, db_index=False
    )
    position = models.PositiveIntegerField(default=0)
    option = models.ForeignKey(
        CustomFieldOption, related_name="+", null=True, blank=True, on_delete=models.CASCADE
    )

    class Meta:
        abstract = True


class CustomValue(TypedValue):
    """A value of a contact."""

    contact = models.ForeignKey(
        "contacts.Contact", related_name="custom_values", on_delete=models.CASCADE, db_index=False
    )

    class Meta:
        ordering = ["position", "id"]
        indexes = [
            models.Index(
                fields=["field", "text", "contact", "position"], name="custom_value_by_text"
            ),
            models.Index(
                fields=["field", "number", "contact", "position"],
                condition=Q(number__isnull=False),
                name="custom_value_by_number",
            ),
            models.Index(
                fields=["field", "date", "contact", "position"],
                condition=Q(date__isnull=False),
                name="custom_value_by_date",
            ),
            models.Index(fields=["contact", "field"], name="custom_value_by_contact"),
        ]

    def __str__(self) -> str:
        return f"{self.contact_id} {self.field_id}"


class DealValue(TypedValue):
    """A value of a deal."""

    deal = models.ForeignKey(
        "contacts.Deal", related_name="custom_values", on_delete=models.CASCADE, db_index=False
    )

    class Meta:
        ordering = ["position", "id"]
        indexes = [
            models.Index(fields=["field", "text", "deal"], name="deal_value_by_text"),
            models.Index(fields=["deal", "field"], name="deal_value_by_deal"),
        ]

    def __str__(self) -> str:
        return f"{self.deal_id} {self.field_id}"


class ActivityValue(TypedValue):
    """A value of an activity."""

    activity = models.ForeignKey(
        "contacts.Activity", related_name="custom_values", on_delete=models.CASCADE, db_index=False
    )

    class Meta:
        ordering = ["position", "id"]
        indexes = [
            models.Index(fields=["field", "text", "activity"], name="activity_value_by_text"),
            models.Index(fields=["activity", "field"], name="activity_value_by_activity"),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.field_id}"


class ProductValue(TypedValue):
    """A value of a product."""

    product = models.ForeignKey(
        "contacts.Product", related_name="custom_values", on_delete=models.CASCADE, db_index=False
    )

    class Meta:
        ordering = ["position", "id"]
        indexes = [
            models.Index(fields=["field", "text", "product"], name="product_value_by_text"),
            models.Index(fields=["product", "field"], name="product_value_by_product"),
        ]

    def __str__(self) -> str:
        return f"{self.product_id} {self.field_id}"


class AddressValue(TypedValue):
    """A value of a postal address."""

    address = models.ForeignKey(
        "contacts.PostalAddress",
        related_name="custom_values",
        on_delete=models.CASCADE,
        db_index=False,
    )

    class Meta:
        ordering = ["position", "id"]
        indexes = [
            models.Index(fields=["field", "text", "address"], name="address_value_by_text"),
            models.Index(fields=["address", "field"], name="address_value_by_address"),
        ]

    def __str__(self) -> str:
        return f"{self.address_id} {self.field_id}"


class TieValue(TypedValue):
    """A value of a tie between two contacts."""

    relationship = models.ForeignKey(
        "contacts.Relationship",
        related_name="custom_values",
        on_delete=models.CASCADE,
        db_index=False,
    )

    class Meta:
        ordering = ["position", "id"]
        indexes = [
            models.Index(fields=["field", "text", "relationship"], name="tie_value_by_text"),
            models.Index(fields=["relationship", "field"], name="tie_value_by_tie"),
        ]

    def __str__(self) -> str:
        return f"{self.relationship_id} {self.field_id}"
