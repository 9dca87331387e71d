"""Who follows which record: a mark that each user sets for itself."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Follower(models.Model):
    """One user who follows one record."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        related_name="+",
        on_delete=models.CASCADE,
    )

    class Meta:
        abstract = True


class ContactFollower(Follower):
    """Somebody who follows a contact."""

    contact = models.ForeignKey("contacts.Contact", related_name="+", on_delete=models.CASCADE)
    # The number of the last change that this user knows of.
    seen = models.BigIntegerField(_("seen"), default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contact", "user"], name="contact_followed_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} follows {self.contact_id}"


class DealFollower(Follower):
    """Somebody who follows a deal."""

    deal = models.ForeignKey("contacts.Deal", related_name="+", on_delete=models.CASCADE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["deal", "user"], name="deal_followed_once")]

    def __str__(self) -> str:
        return f"{self.user_id} follows {self.deal_id}"


class TicketFollower(Follower):
    """Somebody who follows a ticket."""

    ticket = models.ForeignKey("contacts.Ticket", related_name="+", on_delete=models.CASCADE)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ticket", "user"], name="ticket_followed_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} follows {self.ticket_id}"


class ActivityFollower(Follower):
    """Somebody who follows an activity."""

    activity = models.ForeignKey("contacts.Activity", related_name="+", on_delete=models.CASCADE)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "user"], name="activity_followed_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} follows {self.activity_id}"


class AttachmentFollower(Follower):
    """Somebody who follows a file."""

    attachment = models.ForeignKey(
        "contacts.Attachment", related_name="+", on_delete=models.CASCADE
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["attachment", "user"], name="attachment_followed_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} follows {self.attachment_id}"
