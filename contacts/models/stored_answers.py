"""Answers that are remembered for a retried request."""

from django.db import models


class StoredAnswer(models.Model):
    """The first answer to a request that carried an idempotency key."""

    actor_key = models.CharField(max_length=64)
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    body = models.BinaryField(default=b"")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor_key", "key"], name="answer_once")]
        indexes = [models.Index(fields=["created_at"], name="answer_by_time")]

    def __str__(self) -> str:
        return self.key
