"""Deals, and the pipelines, stages, statuses and categories that order them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from contacts.models.belonging import Belonging
from contacts.models.references import user_key


class Pipeline(models.Model):
    """A way that deals go, stage by stage."""

    name = models.CharField(_("name"), max_length=255, unique=True)
    position = models.PositiveIntegerField(_("position"), default=0)
    is_default = models.BooleanField(_("default"), default=False)

    class Meta:
        verbose_name = _("pipeline")
        verbose_name_plural = _("pipelines")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name


class Stage(models.Model):
    """One step of a pipeline."""

    pipeline = models.ForeignKey(
        Pipeline, verbose_name=_("pipeline"), related_name="stages", on_delete=models.CASCADE
    )
    name = models.CharField(_("name"), max_length=255)
    position = models.PositiveIntegerField(_("position"), default=0)
    probability = models.PositiveSmallIntegerField(_("probability, %"), default=0)

    class Meta:
        verbose_name = _("stage")
        verbose_name_plural = _("stages")
        ordering = ["pipeline", "position", "id"]
        constraints = [models.UniqueConstraint(fields=["pipeline", "name"], name="stage_name_once")]

    def __str__(self) -> str:
        return self.name


class DealStatus(models.Model):
    """What has become of a deal; `outcome` says whether it is open, won or lost."""

    class Outcome(models.IntegerChoices):
        """The numbers are stable and part of the wire."""

        OPEN = 0, _("open")
        WON = 1, _("won")
        LOST = 2, _("lost")

    name = models.CharField(_("name"), max_length=255, unique=True)
    outcome = models.PositiveSmallIntegerField(
        _("outcome"), choices=Outcome.choices, default=Outcome.OPEN
    )
    position = models.PositiveIntegerField(_("position"), default=0)
    is_default = models.BooleanField(_("default"), default=False)
    color = models.CharField(_("colour"), max_length=7, blank=True, default="")

    class Meta:
        verbose_name = _("deal status")
        verbose_name_plural = _("deal statuses")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name


class DealCategory(models.Model):
    """A category of deals within one project."""

    project = models.ForeignKey(
        "contacts.Project",
        verbose_name=_("project"),
        related_name="deal_categories",
        on_delete=models.CASCADE,
    )
    name = models.CharField(_("name"), max_length=255)

    class Meta:
        verbose_name = _("deal category")
        verbose_name_plural = _("deal categories")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["project", "name"], name="deal_category_once")
        ]

    def __str__(self) -> str:
        return self.name


class Deal(Belonging):
    """Business that may come about with a contact."""

    class TaxMode(models.TextChoices):
        """Whether the prices of a deal's products hold the tax."""

        EXCLUSIVE = "exclusive", _("added to the prices")
        INCLUSIVE = "inclusive", _("within the prices")
        NONE = "no_tax", _("none")

    name = models.CharField(_("name"), max_length=255)
    name_key = models.CharField(max_length=255, blank=True, default="")
    project = models.ForeignKey(
        "contacts.Project",
        verbose_name=_("project"),
        related_name="deals",
        on_delete=models.CASCADE,
    )
    contact = models.ForeignKey(
        "contacts.Contact",
        verbose_name=_("contact"),
        related_name="deals",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )
    amount = models.DecimalField(
        _("amount"), max_digits=15, decimal_places=2, null=True, blank=True
    )
    currency = models.CharField(_("currency"), max_length=3, blank=True, default="")
    price_type = models.PositiveSmallIntegerField(_("price type"), default=0)
    duration = models.PositiveIntegerField(_("duration"), null=True, blank=True)
    probability = models.PositiveSmallIntegerField(_("probability, %"), null=True, blank=True)
    due_on = models.DateField(_("due date"), null=True, blank=True)
    background = models.TextField(_("background"), blank=True, default="")
    status = models.ForeignKey(
        DealStatus, verbose_name=_("status"), related_name="deals", on_delete=models.PROTECT
    )
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    lost_reason = models.CharField(_("reason of the loss"), max_length=255, blank=True, default="")
    stage = models.ForeignKey(
        Stage,
        verbose_name=_("stage"),
        related_name="deals",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    stage_changed_at = models.DateTimeField(_("in the stage since"), null=True, blank=True)
    # Seconds by the id of each stage that it has left, besides those of the present stay.
    stage_seconds = models.JSONField(_("time in stages"), default=dict, blank=True)
    board_position = models.PositiveIntegerField(_("place in the stage"), default=0)
    color = models.CharField(_("colour"), max_length=7, blank=True, default="")
    tags = models.ManyToManyField(
        "contacts.Tag", verbose_name=_("tags"), related_name="deals", blank=True
    )
    tax_mode = models.CharField(
        _("taxes"), max_length=16, choices=TaxMode.choices, default=TaxMode.EXCLUSIVE
    )
    category = models.ForeignKey(
        DealCategory,
        verbose_name=_("category"),
        related_name="deals",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )
    owner = user_key(_("owner"))
    author = user_key(_("author"))
    contacts = models.ManyToManyField(
        "contacts.Contact",
        verbose_name=_("related contacts"),
        related_name="related_deals",
        through="contacts.DealContact",
    )
    created_at = models.DateTimeField(_("created"))
    updated_at = models.DateTimeField(_("updated"))
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True)

    class Meta:
        verbose_name = _("deal")
        verbose_name_plural = _("deals")
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["project", "id"], name="deal_by_project"),
            models.Index(fields=["contact", "id"], name="deal_by_contact"),
            models.Index(fields=["name_key", "id"], name="deal_by_name"),
            models.Index(fields=["created_at", "id"], name="deal_by_created"),
        ]

    def __str__(self) -> str:
        return self.name


class DealContact(models.Model):
    """A further contact of a deal."""

    deal = models.ForeignKey(Deal, related_name="contact_links", on_delete=models.CASCADE)
    contact = models.ForeignKey(
        "contacts.Contact", related_name="deal_links", on_delete=models.CASCADE
    )
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["deal", "contact"], name="deal_contact_once")
        ]

    def __str__(self) -> str:
        return f"{self.deal_id} {self.contact_id}"
