"""Facts that few records have: built-in fields whose values are rows instead of columns.

`code` is the number of the field in the catalogue (`fields/fact_fields.py`). A record without a row
has no value there.
"""

from django.db import models
from django.db.models import Q

from contacts.models.custom_fields import ValueColumns


class Fact(ValueColumns):
    """One value of one such field."""

    code = models.PositiveSmallIntegerField()

    class Meta:
        abstract = True


class ContactFact(Fact):
    """A fact of a contact."""

    contact = models.ForeignKey(
        "contacts.Contact", related_name="facts", on_delete=models.CASCADE, db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contact", "code"], name="contact_fact_once")
        ]
        indexes = [
            models.Index(fields=["code", "text", "contact"], name="contact_fact_by_text"),
            models.Index(
                fields=["code", "number", "contact"],
                condition=Q(number__isnull=False),
                name="contact_fact_by_number",
            ),
            models.Index(
                fields=["code", "date", "contact"],
                condition=Q(date__isnull=False),
                name="contact_fact_by_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contact_id} {self.code}"


class DealFact(Fact):
    """A fact of a deal."""

    deal = models.ForeignKey(
        "contacts.Deal", related_name="facts", on_delete=models.CASCADE, db_index=False
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["deal", "code"], name="deal_fact_once")]
        indexes = [models.Index(fields=["code", "text", "deal"], name="deal_fact_by_text")]

    def __str__(self) -> str:
        return f"{self.deal_id} {self.code}"


class TicketFact(Fact):
    """A fact of a ticket."""

    ticket = models.ForeignKey(
        "contacts.Ticket", related_name="facts", on_delete=models.CASCADE, db_index=False
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "code"], name="ticket_fact_once")]
        indexes = [models.Index(fields=["code", "text", "ticket"], name="ticket_fact_by_text")]

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.code}"


class ActivityFact(Fact):
    """A fact of an activity."""

    activity = models.ForeignKey(
        "contacts.Activity", related_name="facts", on_delete=models.CASCADE, db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "code"], name="activity_fact_once")
        ]
        indexes = [models.Index(fields=["code", "text", "activity"], name="activity_fact_by_text")]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.code}"
