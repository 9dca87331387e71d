"""Credentials: what a program shows to be let in."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Credential(models.Model):
    """A secret of a user or a form.

    `digest` is the SHA-256 of a random secret and is looked up by index. Where a protocol needs
    the secret itself, `ciphertext` holds it encrypted. The secret is shown once, when made.
    """

    class Scope(models.TextChoices):
        """What the credential may be used for."""

        READ = "read", _("read")
        WRITE = "write", _("read and write")

    kind = models.CharField(_("kind"), max_length=32)
    name = models.CharField(_("name"), max_length=255, blank=True, default="")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        related_name="credentials",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("made from"),
        related_name="children",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
    )
    digest = models.CharField(max_length=64, unique=True, null=True, blank=True)
    hint = models.CharField(_("begins with"), max_length=16, blank=True, default="")
    ciphertext = models.BinaryField(null=True, blank=True)
    scope = models.CharField(_("scope"), max_length=8, choices=Scope.choices, default=Scope.WRITE)
    project = models.ForeignKey(
        "contacts.Project",
        verbose_name=_("only in project"),
        related_name="credentials",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
    )
    per_minute = models.PositiveIntegerField(_("most requests a minute"), null=True, blank=True)
    traits = models.JSONField(_("traits"), default=dict, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)
    last_dialect = models.CharField(_("last used through"), max_length=32, blank=True, default="")
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    class Meta:
        verbose_name = _("credential")
        verbose_name_plural = _("credentials")
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["user", "kind"], name="credential_by_user")]

    def __str__(self) -> str:
        return self.name or f"{self.kind} {self.hint}"
