"""Tell which companies and households have what only persons have as a rule.

Each gets the rows that the room `index` writes from now on; mostly there are none.
"""

from django.db import migrations
from django.db.models import Exists, OuterRef, Q

IMPERSONAL = 43
BATCH = 1_000
# In the order of the catalogue, which numbers the rows.
TEXTS = ("prefix", "first_name", "middle_name", "last_name", "suffix", "formal_title")
WORK = ("job_title", "department", "company")
VALUES = ("employer_id", "reports_to_id", "birthday", "deceased_on", "gender_id")
COLUMNS = (*TEXTS, *WORK, *VALUES)
NAMES = (*COLUMNS, "membership")


def write_keys(apps, schema_editor):
    """Write the rows, some at a time."""
    forget_keys(apps, schema_editor)
    alias = schema_editor.connection.alias
    key = apps.get_model("contacts", "ContactKey")
    having = Q()
    for column in (*TEXTS, *WORK):
        having |= ~Q(**{column: ""})
    for column in VALUES:
        having |= Q(**{f"{column}__isnull": False})
    member = Exists(apps.get_model("contacts", "Membership").objects.filter(contact=OuterRef("pk")))
    others = apps.get_model("contacts", "Contact").objects.using(alias).exclude(kind="person")
    others = others.annotate(is_member=member).filter(having | Q(is_member=True))
    rows = others.order_by("id").values_list("id", *COLUMNS, "is_member")
    last = 0
    while found := list(rows.filter(id__gt=last)[:BATCH]):
        key.objects.using(alias).bulk_create(
            key(contact_id=pk, code=IMPERSONAL, rank=rank, text=name.removesuffix("_id"))
            for pk, *values in found
            for rank, name in enumerate(
                name for name, value in zip(NAMES, values, strict=True) if value
            )
        )
        last = found[-1][0]


def forget_keys(apps, schema_editor):
    """Remove them."""
    keys = apps.get_model("contacts", "ContactKey").objects.using(schema_editor.connection.alias)
    keys.filter(code=IMPERSONAL).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0033_emails_on_hold"),
    ]

    operations = [
        migrations.RunPython(write_keys, forget_keys),
    ]
