"""Memberships: levels, who is a member at which level, and bundles that share one."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class MembershipLevel(models.Model):
    """What one can be a member as; there is always one that new members get unless told."""

    class Type(models.TextChoices):
        """Whether one contact holds the membership, or several share it."""

        INDIVIDUAL = "individual", _("individual")
        BUNDLE = "bundle", _("bundle")

    name = models.CharField(_("name"), max_length=255)
    description = models.TextField(_("description"), blank=True, default="")
    type = models.CharField(_("type"), max_length=16, choices=Type.choices, default=Type.INDIVIDUAL)
    bundle_limit = models.PositiveIntegerField(_("most members of a bundle"), null=True, blank=True)
    fee = models.DecimalField(_("fee"), max_digits=15, decimal_places=2, default=0)
    renewal_months = models.PositiveSmallIntegerField(
        _("renewed every (months)"), null=True, blank=True
    )
    is_open = models.BooleanField(_("open to applications"), default=True)
    is_default = models.BooleanField(_("default"), default=False)
    position = models.PositiveIntegerField(_("position"), default=0)
    changes_to = models.ManyToManyField(
        "self",
        verbose_name=_("members may change to"),
        related_name="+",
        symmetrical=False,
        blank=True,
    )

    class Meta:
        verbose_name = _("membership level")
        verbose_name_plural = _("membership levels")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"],
                condition=Q(is_default=True),
                name="membership_level_one_default",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Bundle(models.Model):
    """Members who share one membership of a level; gone with its last member."""

    level = models.ForeignKey(MembershipLevel, related_name="bundles", on_delete=models.PROTECT)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("bundle")
        verbose_name_plural = _("bundles")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"bundle {self.pk}"


class Membership(models.Model):
    """That a contact is a member; whoever has none is not."""

    class Status(models.TextChoices):
        """Where the membership stands."""

        ACTIVE = "active", _("active")
        LAPSED = "lapsed", _("lapsed")
        PENDING_NEW = "pending_new", _("pending: new")
        PENDING_RENEWAL = "pending_renewal", _("pending: renewal")
        PENDING_UPGRADE = "pending_upgrade", _("pending: change of level")

    class Role(models.IntegerChoices):
        """What a member is in its bundle; none for whoever is a member alone."""

        ADMINISTRATOR = 1, _("bundle administrator")
        MEMBER = 2, _("bundle member")

    contact = models.OneToOneField(
        "contacts.Contact", related_name="membership", on_delete=models.CASCADE
    )
    level = models.ForeignKey(MembershipLevel, related_name="members", on_delete=models.PROTECT)
    status = models.CharField(
        _("status"), max_length=20, choices=Status.choices, default=Status.ACTIVE
    )
    since = models.DateTimeField(_("member since"), null=True, blank=True)
    renewal_due = models.DateField(_("renewal due"), null=True, blank=True)
    is_enabled = models.BooleanField(_("enabled"), default=True)
    hides_profile = models.BooleanField(_("profile hidden from others"), default=False)
    bundle = models.ForeignKey(
        Bundle, related_name="members", null=True, blank=True, on_delete=models.PROTECT
    )
    role = models.PositiveSmallIntegerField(
        _("role in the bundle"), choices=Role.choices, null=True, blank=True
    )
    level_changed_at = models.DateTimeField(null=True, blank=True)
    renewal_changed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["contact_id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(bundle__isnull=True, role__isnull=True)
                | Q(bundle__isnull=False, role__isnull=False),
                name="membership_role_in_bundle",
            ),
        ]
        indexes = [
            models.Index(fields=["level", "contact"], name="membership_by_level"),
            models.Index(fields=["status", "contact"], name="membership_by_status"),
            models.Index(fields=["since", "contact"], name="membership_by_since"),
            models.Index(fields=["renewal_due", "contact"], name="membership_by_renewal"),
            models.Index(fields=["is_enabled", "contact"], name="membership_by_enabled"),
            models.Index(fields=["hides_profile", "contact"], name="membership_by_hidden"),
            models.Index(fields=["bundle", "contact"], name="membership_by_bundle"),
            models.Index(fields=["role", "contact"], name="membership_by_role"),
            models.Index(fields=["level_changed_at", "contact"], name="membership_by_change"),
            models.Index(fields=["renewal_changed_at", "contact"], name="membership_by_extension"),
        ]

    def __str__(self) -> str:
        return f"{self.contact_id} {self.level_id}"
