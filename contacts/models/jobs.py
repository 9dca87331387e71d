"""Work that outlives a request: what is to be done, how far it is, who holds it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Job(models.Model):
    """One piece of work.

    `due_at` says when a worker may take it: for a waiting job its time, for a running one the end
    of its lease, for a finished one never. `lease` names the try that holds it. `state` is where
    the next step begins, and is stored in the transaction of the step before.
    """

    class Status(models.TextChoices):
        """Where a job stands."""

        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", _("cancelled")

    name = models.CharField(_("kind"), max_length=64)
    parameters = models.JSONField(_("parameters"), default=dict, blank=True)
    # Of several unfinished jobs with the same key there is only one; blank ones are not compared.
    key = models.CharField(max_length=128, blank=True, default="")
    status = models.CharField(
        _("state"), max_length=16, choices=Status.choices, default=Status.WAITING
    )
    state = models.JSONField(default=dict, blank=True)
    result = models.JSONField(_("result"), default=dict, blank=True)
    done = models.PositiveBigIntegerField(_("done"), default=0)
    total = models.PositiveBigIntegerField(_("of"), null=True, blank=True)
    message = models.CharField(_("message"), max_length=500, blank=True, default="")
    error = models.TextField(_("error"), blank=True, default="")
    # Tries since the last step that was stored: a long job may be cut off any number of times.
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    lease = models.CharField(max_length=32, blank=True, default="")
    # It goes with whom it was started by: nothing is done on behalf of somebody who is gone.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("started by"),
        related_name="+",
        null=True,
        blank=True,
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
    dialect = models.CharField(_("through"), max_length=32, blank=True, default="")
    created_at = models.DateTimeField(_("created"))
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    cancel_asked_at = models.DateTimeField(_("to be cancelled since"), null=True, blank=True)

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                condition=Q(finished_at=None) & ~Q(key=""),
                name="one_unfinished_job_a_key",
            )
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(due_at__isnull=False), name="job_by_due_time"
            ),
            models.Index(fields=["name", "-id"], name="job_by_name"),
            models.Index(fields=["finished_at"], name="job_by_end"),
        ]

    def __str__(self) -> str:
        return f"{self.name} #{self.pk}"

    @property
    def is_finished(self) -> bool:
        """Tell whether nothing will happen to it any more."""
        return self.finished_at is not None
