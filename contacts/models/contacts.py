"""The contact: a person, an organization or a household in one table."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contacts.models.references import option_key, user_key

NAME_LENGTH = 255
# Not on the shelf of the living, on which nearly all contacts stand.
STANDS_APART = Q(is_user=True) | ~Q(stage="contact") | Q(archived_at__isnull=False)
# Columns that are NULL for most, and what their indexes are called.
FEW_HAVE = {
    "birthday": "birthday",
    "deceased_on": "deceased",
    "owner_assigned_at": "assigned",
    "employee_count": "employees",
    "annual_revenue": "revenue",
}


class Contact(models.Model):
    """Whoever is kept in the address book.

    Empty text is "", never NULL. `sort_name`, `display_name` and what is called a key follow from
    the other columns; only the room `index` says how.
    """

    class Kind(models.TextChoices):
        """What the contact is."""

        PERSON = "person", _("person")
        ORGANIZATION = "organization", _("organization")
        HOUSEHOLD = "household", _("household")

    class Stage(models.TextChoices):
        """Whether it is a contact, a lead that may become one, or a lead that has become one."""

        CONTACT = "contact", _("contact")
        LEAD = "lead", _("lead")
        CONVERTED = "converted", _("converted lead")

    class Visibility(models.IntegerChoices):
        """Who sees the contact; the numbers are stable and part of the wire."""

        PROJECT = 0, _("members of its projects")
        PUBLIC = 1, _("everybody")
        PRIVATE = 2, _("author and owner")

    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices, default=Kind.PERSON)
    stage = models.CharField(
        _("stage"), max_length=16, choices=Stage.choices, default=Stage.CONTACT
    )

    prefix = models.CharField(_("prefix"), max_length=64, blank=True, default="")
    first_name = models.CharField(_("first name"), max_length=NAME_LENGTH, blank=True, default="")
    first_name_key = models.CharField(max_length=NAME_LENGTH, blank=True, default="")
    middle_name = models.CharField(_("middle name"), max_length=NAME_LENGTH, blank=True, default="")
    last_name = models.CharField(_("last name"), max_length=NAME_LENGTH, blank=True, default="")
    suffix = models.CharField(_("suffix"), max_length=64, blank=True, default="")
    formal_title = models.CharField(_("formal title"), max_length=64, blank=True, default="")
    nickname = models.CharField(_("nickname"), max_length=NAME_LENGTH, blank=True, default="")
    organization_name = models.CharField(
        _("organization name"), max_length=NAME_LENGTH, blank=True, default=""
    )
    legal_name = models.CharField(_("legal name"), max_length=NAME_LENGTH, blank=True, default="")
    household_name = models.CharField(
        _("household name"), max_length=NAME_LENGTH, blank=True, default=""
    )
    display_name = models.CharField(_("name"), max_length=600, blank=True, default="")
    sort_name = models.CharField(max_length=600, blank=True, default="")
    name_key = models.CharField(max_length=600, blank=True, default="")

    job_title = models.CharField(_("job title"), max_length=NAME_LENGTH, blank=True, default="")
    department = models.CharField(_("department"), max_length=NAME_LENGTH, blank=True, default="")
    company = models.CharField(_("company"), max_length=NAME_LENGTH, blank=True, default="")
    company_key = models.CharField(max_length=NAME_LENGTH, blank=True, default="")
    employer = models.ForeignKey(
        "self",
        verbose_name=_("employer"),
        related_name="employees",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )

    birthday = models.DateField(_("birthday"), null=True, blank=True)
    is_deceased = models.BooleanField(_("deceased"), default=False)
    deceased_on = models.DateField(_("date of death"), null=True, blank=True)
    gender = option_key(_("gender"))
    background = models.TextField(_("background"), blank=True, default="")
    avatar = models.ForeignKey(
        "contacts.Attachment",
        verbose_name=_("picture"),
        related_name="+",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )
    preferred_language = models.CharField(
        _("preferred language"), max_length=16, blank=True, default=""
    )
    preferred_channels = models.JSONField(_("preferred channels"), default=list, blank=True)

    owner = user_key(_("owner"))
    owner_group = models.ForeignKey(
        "contacts.UserGroup",
        verbose_name=_("owning user group"),
        related_name="+",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )
    owner_assigned_at = models.DateTimeField(_("owner assigned"), null=True, blank=True)
    author = user_key(_("author"))
    editor = user_key(_("last editor"))
    created_at = models.DateTimeField(_("created"))
    updated_at = models.DateTimeField(_("updated"))
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True)
    is_user = models.BooleanField(_("contact of a user"), default=False)
    visibility = models.PositiveSmallIntegerField(
        _("visibility"), choices=Visibility.choices, default=Visibility.PROJECT
    )

    lead_source = option_key(_("how we met"))
    source = models.CharField(_("source"), max_length=NAME_LENGTH, blank=True, default="")
    entry_channel = models.CharField(_("came through"), max_length=32, blank=True, default="")
    external_identifier = models.CharField(
        _("external identifier"), max_length=NAME_LENGTH, null=True, blank=True, unique=True
    )

    do_not_phone = models.BooleanField(_("do not phone"), default=False)
    do_not_email = models.BooleanField(_("do not e-mail"), default=False)
    do_not_mail = models.BooleanField(_("do not mail"), default=False)
    do_not_sms = models.BooleanField(_("do not text"), default=False)
    do_not_trade = models.BooleanField(_("do not pass on"), default=False)
    is_opt_out = models.BooleanField(_("no mass e-mail"), default=False)
    no_event_news = models.BooleanField(_("no announcements of events"), default=False)
    no_newsletters = models.BooleanField(_("no newsletters"), default=False)

    balance = models.DecimalField(_("balance"), max_digits=15, decimal_places=2, default=0)
    total_donated = models.DecimalField(
        _("total donated"), max_digits=15, decimal_places=2, default=0
    )

    domain = models.CharField(_("domain"), max_length=NAME_LENGTH, blank=True, default="")
    industry = option_key(_("industry"))
    parent = models.ForeignKey(
        "self",
        verbose_name=_("parent organization"),
        related_name="subsidiaries",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )
    employee_count = models.PositiveIntegerField(_("employees"), null=True, blank=True)
    annual_revenue = models.DecimalField(
        _("annual revenue"), max_digits=18, decimal_places=2, null=True, blank=True
    )
    reports_to = models.ForeignKey(
        "self",
        verbose_name=_("reports to"),
        related_name="reports",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["sort_name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["person", "organization", "household"]),
                name="contact_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(visibility__in=[0, 1, 2]), name="contact_visibility_known"
            ),
            models.CheckConstraint(
                condition=Q(owner__isnull=True) | Q(owner_group__isnull=True),
                name="contact_one_owner",
            ),
        ]
        # Every index that serves a sort ends in the id: paging stays stable and keyset is possible.
        indexes = [
            models.Index(fields=["sort_name", "id"], name="contact_by_sort_name"),
            models.Index(fields=["name_key", "id"], name="contact_by_name"),
            models.Index(fields=["first_name_key", "id"], name="contact_by_first_name"),
            models.Index(
                fields=["kind", "first_name_key", "id"], name="contact_by_kind_first_name"
            ),
            models.Index(fields=["created_at", "id"], name="contact_by_created"),
            models.Index(fields=["updated_at", "id"], name="contact_by_updated"),
            models.Index(fields=["company_key", "id"], name="contact_by_company"),
            models.Index(fields=["owner", "sort_name", "id"], name="contact_by_owner"),
            models.Index(fields=["owner", "id"], name="contact_by_owner_id"),
            models.Index(fields=["author", "id"], name="contact_by_author"),
            models.Index(fields=["balance", "id"], name="contact_by_balance"),
            models.Index(fields=["entry_channel", "id"], name="contact_by_channel"),
            models.Index(fields=["total_donated", "id"], name="contact_by_donated"),
            models.Index(fields=["kind", "sort_name", "id"], name="contact_by_kind"),
            *(
                models.Index(
                    fields=[column, "id"],
                    condition=Q(**{f"{column}__isnull": False}),
                    name=f"contact_by_{word}",
                )
                for column, word in FEW_HAVE.items()
            ),
            models.Index(
                fields=["archived_at", "id"],
                condition=Q(archived_at__isnull=False),
                name="contact_archived",
            ),
            models.Index(
                fields=["sort_name", "id"],
                condition=Q(archived_at__isnull=False),
                name="contact_archived_by_name",
            ),
            # Few beside all others: these are counted instead of the others.
            models.Index(fields=["id"], condition=STANDS_APART, name="contact_apart"),
        ]

    def __str__(self) -> str:
        return self.display_name
