"""What is repeated so that reading is fast.

The room `index` writes these tables; the other tables are the truth. What follows from a contact is
written and deleted in the transaction of the contact, so the database does not check that it is
there (`docs/decisions/009-derived-rows-without-constraints.md`); `reindex --verify` does.
"""

from django.db import models

from contacts.models.shared_key import SharedKey


class ContactDocument(models.Model):
    """One contact as canonical JSON text: what every list and read is answered from."""

    contact = SharedKey(
        "contacts.Contact",
        related_name="document",
        primary_key=True,
        on_delete=models.CASCADE,
        db_constraint=False,
    )
    body = models.TextField()

    def __str__(self) -> str:
        return f"document {self.pk}"


class ContactAccess(models.Model):
    """One principal that sees one contact (see `contacts.access.visibility`).

    `nature` is the number of the contact's kind and stage (`contacts.access.circles`), for whoever
    counts.
    """

    principal = models.BigIntegerField()
    contact = models.ForeignKey(
        "contacts.Contact",
        related_name="access_rows",
        on_delete=models.CASCADE,
        db_index=False,
        db_constraint=False,
    )
    sort_name = models.CharField(max_length=600, blank=True, default="")
    nature = models.SmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contact", "principal"], name="contact_access_once")
        ]
        indexes = [
            models.Index(
                fields=["principal", "sort_name", "contact"], name="contact_access_by_name"
            ),
            models.Index(fields=["principal", "contact", "nature"], name="contact_access_by_id"),
        ]

    def __str__(self) -> str:
        return f"{self.principal} sees {self.contact_id}"


class CircleCount(models.Model):
    """A part of how many contacts of a nature a circle has, under a principal.

    The circles and the numbers of natures are those of `contacts.access.circles`.

    Whoever writes at the same time as others does so in rows of its own; the number is the sum.
    """

    principal = models.BigIntegerField()
    circle = models.BigIntegerField()
    nature = models.SmallIntegerField(default=0)
    writer = models.BigIntegerField(default=0)
    number = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["principal", "circle", "nature", "writer"], name="circle_count_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} of {self.nature} for {self.principal} in {self.circle}"


class ContactKey(models.Model):
    """The comparison key of one text of one contact: folded, shortened, indexed.

    `code` is the number of the field in the catalogue; `rank` is 0 for the primary or only value.
    Both databases compare these keys byte by byte, so both find and order the same.
    """

    contact = models.ForeignKey(
        "contacts.Contact",
        related_name="keys",
        on_delete=models.CASCADE,
        db_index=False,
        db_constraint=False,
    )
    code = models.PositiveSmallIntegerField()
    rank = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(max_length=255)

    class Meta:
        indexes = [
            models.Index(fields=["code", "text", "contact", "rank"], name="contact_key_by_text"),
            models.Index(fields=["contact", "code", "rank"], name="contact_key_by_contact"),
        ]

    def __str__(self) -> str:
        return f"{self.contact_id} {self.code} {self.text}"


class ContactText(models.Model):
    """The folded text of one contact in which searches look.

    `narrow` holds names, company, job title, e-mails and phones (with their bare digits);
    `wide` also tags, addresses, websites and searchable custom fields. `beside` holds what filters
    look inside of and searches do not (`contacts.index.beside`); most contacts have nothing there.
    PostgreSQL's indexes of `narrow` and `wide` also lead by how `sort_name` begins (migration 27).
    """

    contact = SharedKey(
        "contacts.Contact",
        related_name="search",
        primary_key=True,
        on_delete=models.CASCADE,
        db_constraint=False,
    )
    narrow = models.TextField()
    wide = models.TextField()
    beside = models.TextField(blank=True, default="")
    sort_name = models.CharField(max_length=600, blank=True, default="")

    def __str__(self) -> str:
        return f"text {self.pk}"


class Stamp(models.Model):
    """A version number; a process keeps small tables in memory until their stamp moves."""

    name = models.CharField(max_length=32, primary_key=True)
    version = models.BigIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.name} {self.version}"
