"""Lead along the first letters of backgrounds, by which they are put in order.

Whoever has one gets the row that the room `index` writes from now on.
"""

from django.db import migrations

from contacts.fields.text import beginning_of

BACKGROUND = 42
BATCH = 1_000
INTO = 'INSERT INTO contacts_contactkey (contact_id, code, rank, "text") VALUES (%s, %s, 0, %s)'


def write_keys(apps, schema_editor):
    """Write the keys of all backgrounds, some at a time: they may be long."""
    forget_keys(apps, schema_editor)
    connection = schema_editor.connection
    contacts = apps.get_model("contacts", "Contact").objects.using(connection.alias)
    having = contacts.exclude(background="").order_by("id").values_list("id", "background")
    last = 0
    with connection.cursor() as cursor:
        while rows := list(having.filter(id__gt=last)[:BATCH]):
            keys = [(pk, BACKGROUND, key) for pk, text in rows if (key := beginning_of(text))]
            cursor.executemany(INTO, keys)
            last = rows[-1][0]


def forget_keys(apps, schema_editor):
    """Remove them."""
    keys = apps.get_model("contacts", "ContactKey").objects.using(schema_editor.connection.alias)
    keys.filter(code=BACKGROUND).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0030_orders_of_memberships_and_last_names"),
    ]

    operations = [
        migrations.RunPython(write_keys, forget_keys),
    ]
