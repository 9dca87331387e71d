"""The ways to reach a contact: e-mail, phone, postal address, website, messenger.

`traits` holds the facts about one that are only shown, never searched by index.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contacts.models.references import option_key


class EmailAddress(models.Model):
    """An e-mail address as given; `address_key` is what comparisons use."""

    contact = models.ForeignKey("contacts.Contact", related_name="emails", on_delete=models.CASCADE)
    position = models.PositiveIntegerField(_("position"), default=0)
    location = option_key(_("location"))
    is_primary = models.BooleanField(_("primary"), default=False)
    address = models.CharField(_("e-mail address"), max_length=254)
    address_key = models.CharField(max_length=254)
    is_on_hold = models.BooleanField(_("on hold"), default=False)
    is_billing = models.BooleanField(_("for billing"), default=False)
    is_bulk = models.BooleanField(_("for bulk mail"), default=False)
    traits = models.JSONField(_("traits"), default=dict, blank=True)

    class Meta:
        verbose_name = _("e-mail address")
        verbose_name_plural = _("e-mail addresses")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["contact"], condition=Q(is_primary=True), name="email_one_primary"
            )
        ]
        indexes = [
            models.Index(fields=["address_key", "contact"], name="email_by_address"),
            # Hardly any is.
            models.Index(fields=["contact"], condition=Q(is_on_hold=True), name="email_on_hold"),
        ]

    def __str__(self) -> str:
        return self.address


class Phone(models.Model):
    """A phone number as given, with the digits and the E.164 form used for finding it."""

    contact = models.ForeignKey("contacts.Contact", related_name="phones", on_delete=models.CASCADE)
    position = models.PositiveIntegerField(_("position"), default=0)
    location = option_key(_("location"))
    type = option_key(_("type"))
    is_primary = models.BooleanField(_("primary"), default=False)
    is_billing = models.BooleanField(_("for billing"), default=False)
    number = models.CharField(_("phone number"), max_length=191)
    extension = models.CharField(_("extension"), max_length=16, blank=True, default="")
    digits = models.CharField(max_length=191, blank=True, default="")
    e164 = models.CharField(max_length=20, blank=True, default="")
    traits = models.JSONField(_("traits"), default=dict, blank=True)

    class Meta:
        verbose_name = _("phone")
        verbose_name_plural = _("phones")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["contact"], condition=Q(is_primary=True), name="phone_one_primary"
            )
        ]
        indexes = [
            models.Index(fields=["digits", "contact"], name="phone_by_digits"),
            models.Index(fields=["e164", "contact"], name="phone_by_e164"),
        ]

    def __str__(self) -> str:
        return self.number


class PostalAddress(models.Model):
    """A postal address; a country that is not known keeps its text."""

    contact = models.ForeignKey(
        "contacts.Contact", related_name="addresses", on_delete=models.CASCADE
    )
    position = models.PositiveIntegerField(_("position"), default=0)
    location = option_key(_("location"))
    is_primary = models.BooleanField(_("primary"), default=False)
    is_billing = models.BooleanField(_("for billing"), default=False)
    street1 = models.CharField(_("street"), max_length=255, blank=True, default="")
    street2 = models.CharField(_("street, second line"), max_length=255, blank=True, default="")
    street3 = models.CharField(_("street, third line"), max_length=255, blank=True, default="")
    city = models.CharField(_("city"), max_length=255, blank=True, default="")
    region = models.CharField(_("region"), max_length=255, blank=True, default="")
    postcode = models.CharField(_("postcode"), max_length=64, blank=True, default="")
    po_box = models.CharField(_("PO box"), max_length=64, blank=True, default="")
    country = models.ForeignKey(
        "contacts.Country",
        verbose_name=_("country"),
        related_name="+",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    country_text = models.CharField(_("country as given"), max_length=255, blank=True, default="")
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    traits = models.JSONField(_("traits"), default=dict, blank=True)

    class Meta:
        verbose_name = _("address")
        verbose_name_plural = _("addresses")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["contact"], condition=Q(is_primary=True), name="address_one_primary"
            )
        ]
        indexes = [
            models.Index(fields=["country", "contact"], name="address_by_country"),
        ]

    def __str__(self) -> str:
        return ", ".join(part for part in (self.street1, self.city, self.postcode) if part)


class Website(models.Model):
    """An address on the web."""

    contact = models.ForeignKey(
        "contacts.Contact", related_name="websites", on_delete=models.CASCADE
    )
    position = models.PositiveIntegerField(_("position"), default=0)
    type = option_key(_("type"))
    url = models.CharField(_("address"), max_length=500)

    class Meta:
        verbose_name = _("website")
        verbose_name_plural = _("websites")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.url


class Messenger(models.Model):
    """A handle in a messaging service."""

    contact = models.ForeignKey(
        "contacts.Contact", related_name="messengers", on_delete=models.CASCADE
    )
    position = models.PositiveIntegerField(_("position"), default=0)
    location = option_key(_("location"))
    is_primary = models.BooleanField(_("primary"), default=False)
    service = option_key(_("service"))
    handle = models.CharField(_("name there"), max_length=255)

    class Meta:
        verbose_name = _("messenger")
        verbose_name_plural = _("messengers")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.handle
