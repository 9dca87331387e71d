"""Addresses of other programs that are told what happens, and what they were told."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Webhook(models.Model):
    """A wish to be told of one action on one kind of record.

    It speaks for its user, as far as the key reaches by which it was made: what that does not see
    is not told. `dialect` names the format of what is sent.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        related_name="webhooks",
        on_delete=models.CASCADE,
    )
    credential = models.ForeignKey(
        "contacts.Credential",
        verbose_name=_("credential"),
        related_name="+",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
    )
    url = models.CharField(_("address"), max_length=2000)
    record_kind = models.CharField(_("kind of record"), max_length=32)
    action = models.CharField(_("action"), max_length=32)
    dialect = models.CharField(_("format"), max_length=32)
    fields = models.JSONField(_("fields"), default=list, blank=True)
    about = models.JSONField(default=dict, blank=True)
    secret = models.BinaryField()
    failures = models.PositiveIntegerField(_("failures in a row"), default=0)
    paused_at = models.DateTimeField(_("paused"), null=True, blank=True)
    delivered_at = models.DateTimeField(_("last success"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["id"]
        indexes = [models.Index(fields=["record_kind", "action"], name="webhook_by_event")]

    def __str__(self) -> str:
        return f"{self.record_kind} {self.action}: {self.url}"


class Delivery(models.Model):
    """One event on its way to one webhook; `body` is what was sent at the first try."""

    class Status(models.TextChoices):
        """What became of it."""

        WAITING = "waiting", _("waiting")
        DONE = "done", _("delivered")
        FAILED = "failed", _("failed")
        DROPPED = "dropped", _("not for this webhook")

    webhook = models.ForeignKey(
        Webhook, verbose_name=_("webhook"), related_name="deliveries", on_delete=models.CASCADE
    )
    record_id = models.PositiveBigIntegerField(_("record"))
    change = models.ForeignKey(
        "contacts.Change", related_name="+", null=True, blank=True, on_delete=models.SET_NULL
    )
    status = models.CharField(
        _("state"), max_length=16, choices=Status.choices, default=Status.WAITING
    )
    body = models.TextField(_("sent"), blank=True, default="")
    answer = models.PositiveSmallIntegerField(_("answer"), null=True, blank=True)
    error = models.CharField(_("error"), max_length=500, blank=True, default="")
    tries = models.PositiveIntegerField(_("tries"), default=0)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.webhook_id} {self.record_id} {self.status}"
