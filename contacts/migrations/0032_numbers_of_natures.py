"""Let access rows say kind and stage of their contact, and keep how many of each a circle has.

Most are people and no leads, which is what a row says without being written: only the others' are.
"""

from django.db import DEFAULT_DB_ALIAS, migrations, models
from django.db.models import Sum

from contacts.index.circles import mend

# What the column of a contact adds to its number.
ADDED = {
    "kind": {"organization": 1, "household": 2},
    "stage": {"lead": 3, "converted": 6},
}
COLUMN = "ALTER TABLE contacts_contactaccess ADD COLUMN nature smallint DEFAULT 0 NOT NULL"
SAY = (
    "UPDATE contacts_contactaccess SET nature = nature + %s"
    " WHERE contact_id IN (SELECT id FROM contacts_contact WHERE {column} = %s)"
)


def add_nature(apps, schema_editor):
    """Add the column to the access rows; neither database writes them anew for it."""
    schema_editor.execute(COLUMN)
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE contacts_contactaccess ALTER COLUMN nature DROP DEFAULT")


def drop_nature(apps, schema_editor):
    """Remove it."""
    schema_editor.execute("ALTER TABLE contacts_contactaccess DROP COLUMN nature")


def say_natures(apps, schema_editor):
    """Let the rows of those who are no people, or leads, say so."""
    with schema_editor.connection.cursor() as cursor:
        for column, numbers in ADDED.items():
            for value, number in numbers.items():
                cursor.execute(SAY.format(column=column), [number, value])


def count_all(apps, schema_editor):
    """Write the numbers: one pass over the access rows, with few rows to write."""
    if schema_editor.connection.alias == DEFAULT_DB_ALIAS:
        mend()


def forget_numbers(apps, schema_editor):
    """Remove the numbers without natures."""
    _counts(apps, schema_editor).delete()


def join_natures(apps, schema_editor):
    """Put the numbers of natures together."""
    counts = _counts(apps, schema_editor)
    sums = list(counts.values("principal", "circle").annotate(number=Sum("number")))
    counts.delete()
    counts.bulk_create(counts.model(**each) for each in sums)


def _counts(apps, schema_editor):
    model = apps.get_model("contacts", "CircleCount")
    return model.objects.using(schema_editor.connection.alias).order_by()


def index(*fields):
    """Return the operation that makes the index of who sees contacts by their numbers."""
    found = models.Index(fields=fields, name="contact_access_by_id")
    return migrations.AddIndex(model_name="contactaccess", index=found)


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0031_beginnings_of_long_texts"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(add_nature, drop_nature)],
            state_operations=[
                migrations.AddField(
                    model_name="contactaccess",
                    name="nature",
                    field=models.SmallIntegerField(default=0),
                )
            ],
        ),
        # Before the rows are written, or each of them would be put into it anew.
        migrations.RemoveIndex(model_name="contactaccess", name="contact_access_by_id"),
        migrations.RunPython(say_natures, migrations.RunPython.noop),
        index("principal", "contact", "nature"),
        migrations.RunPython(forget_numbers, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name="circlecount", name="circle_count_once"),
        migrations.AddField(
            model_name="circlecount", name="nature", field=models.SmallIntegerField(default=0)
        ),
        migrations.AddConstraint(
            model_name="circlecount",
            constraint=models.UniqueConstraint(
                fields=["principal", "circle", "nature", "writer"], name="circle_count_once"
            ),
        ),
        migrations.RunPython(count_all, join_natures),
    ]
