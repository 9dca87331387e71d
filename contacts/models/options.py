"""Small reference tables: options by list name, the countries of the world with their states."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class OptionList(models.Model):
    """A list of options; `name` is its stable machine name, the `list_name` of its options."""

    name = models.CharField(_("name"), max_length=50, unique=True)
    title = models.CharField(_("title"), max_length=255)
    description = models.CharField(_("description"), max_length=500, blank=True, default="")
    is_reserved = models.BooleanField(_("built in"), default=False)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("list of options")
        verbose_name_plural = _("lists of options")
        ordering = ["title", "id"]

    def __str__(self) -> str:
        return self.title


class Option(models.Model):
    """One choice of one list (`phone_type`, `lead_source`, `ticket_status`, ...).

    `number` is the choice's stable small integer within its list, `name` its stable machine name,
    `label` what people read. `traits` holds what only some lists know (`is_closed`).
    """

    list_name = models.CharField(_("list"), max_length=50)
    number = models.PositiveIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=100)
    label = models.CharField(_("label"), max_length=255)
    description = models.CharField(_("description"), max_length=500, blank=True, default="")
    position = models.PositiveIntegerField(_("position"), default=0)
    color = models.CharField(_("colour"), max_length=7, blank=True, default="")
    is_default = models.BooleanField(_("default"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    traits = models.JSONField(_("traits"), default=dict, blank=True)

    class Meta:
        verbose_name = _("option")
        verbose_name_plural = _("options")
        ordering = ["list_name", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["list_name", "number"], name="option_number_once"),
            models.UniqueConstraint(fields=["list_name", "name"], name="option_name_once"),
            models.UniqueConstraint(
                fields=["list_name"], condition=Q(is_default=True), name="option_one_default"
            ),
        ]

    def __str__(self) -> str:
        return self.label


class Country(models.Model):
    """A country of ISO 3166-1; `atlas_id` is its number in the address books of others."""

    code = models.CharField(_("code"), max_length=2, unique=True)
    number = models.PositiveIntegerField(_("numeric code"), unique=True)
    name = models.CharField(_("English name"), max_length=100)
    atlas_id = models.PositiveIntegerField(_("number in address books"), unique=True, null=True)
    world_region = models.PositiveSmallIntegerField(_("part of the world"), default=99)

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class State(models.Model):
    """A state, province or the like of a country; its id is its number in address books."""

    country = models.ForeignKey(Country, related_name="states", on_delete=models.CASCADE)
    code = models.CharField(_("abbreviation"), max_length=10, blank=True, default="")
    name = models.CharField(_("name"), max_length=150)

    class Meta:
        verbose_name = _("state")
        verbose_name_plural = _("states")
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name
