"""How contacts belong to each other."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

# The tie by which a person belongs to companies; the migration that seeds the types gives it.
EMPLOYEE_OF = "Employee of"

# Stands for "not said" where days are told apart: databases take nothing for unlike anything.
NO_DAY = date(1, 1, 1)


class RelationshipType(models.Model):
    """A kind of tie with one name in each direction ("Employee of", "Employer of")."""

    name_a_b = models.CharField(_("name, first to second"), max_length=100, unique=True)
    name_b_a = models.CharField(_("name, second to first"), max_length=100)
    label_a_b = models.CharField(
        _("label, first to second"), max_length=100, blank=True, default=""
    )
    label_b_a = models.CharField(
        _("label, second to first"), max_length=100, blank=True, default=""
    )
    kind_a = models.CharField(_("kind of the first"), max_length=16, blank=True, default="")
    kind_b = models.CharField(_("kind of the second"), max_length=16, blank=True, default="")
    description = models.CharField(_("description"), max_length=255, blank=True, default="")
    is_reserved = models.BooleanField(_("built in"), default=False)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("relationship type")
        verbose_name_plural = _("relationship types")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name_a_b


class Relationship(models.Model):
    """A tie between two contacts; `position` orders the ties of the first one.

    The same two may be tied several times, at different times.

    The permissions are kept for those who manage access by ties; they open nothing here.
    """

    class Permission(models.IntegerChoices):
        """What one contact may do with the other."""

        NONE = 0, _("nothing")
        EDIT = 1, _("see and change")
        VIEW = 2, _("see")

    type = models.ForeignKey(
        RelationshipType,
        verbose_name=_("type"),
        related_name="relationships",
        on_delete=models.PROTECT,
    )
    contact_a = models.ForeignKey(
        "contacts.Contact", related_name="ties_from", on_delete=models.CASCADE
    )
    contact_b = models.ForeignKey(
        "contacts.Contact", related_name="ties_to", on_delete=models.CASCADE
    )
    position = models.PositiveIntegerField(_("position"), default=0)
    is_active = models.BooleanField(_("active"), default=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    description = models.CharField(_("description"), max_length=255, blank=True, default="")
    permission_a_b = models.PositiveSmallIntegerField(
        _("first may, of the second"), choices=Permission.choices, default=Permission.NONE
    )
    permission_b_a = models.PositiveSmallIntegerField(
        _("second may, of the first"), choices=Permission.choices, default=Permission.NONE
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("relationship")
        verbose_name_plural = _("relationships")
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(contact_a=F("contact_b")), name="relationship_of_two"
            ),
            models.UniqueConstraint(
                F("type"),
                F("contact_a"),
                F("contact_b"),
                Coalesce("starts_on", NO_DAY),
                Coalesce("ends_on", NO_DAY),
                condition=Q(is_active=True),
                name="relationship_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contact_a_id} {self.type} {self.contact_b_id}"
