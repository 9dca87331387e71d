"""Lead along what members are ordered by, to who has a box at the post, and to who has no last name.

Whoever is no organization has a last name, but for a few.
"""

from django.db import migrations, models

from contacts.fields.text import key_of

NO_LAST_NAME, LAST_NAME, PO_BOX = 40, 3, 41
BATCH = 1_000
IN_ORDER = ("position", "id")
INTO = 'INSERT INTO contacts_contactkey (contact_id, code, rank, "text")'
# Whoever has a last name that is more than blanks has a key of it.
WITHOUT = """
SELECT c.id, %s, 0, '' FROM contacts_contact c WHERE c.kind <> 'organization' AND NOT EXISTS (
    SELECT 1 FROM contacts_contactkey k WHERE k.contact_id = c.id AND k.code = %s
)
"""
ORDERS = {
    "is_enabled": "enabled",
    "hides_profile": "hidden",
    "bundle": "bundle",
    "role": "role",
    "level_changed_at": "change",
    "renewal_changed_at": "extension",
}


def write_keys(apps, schema_editor):
    """Write the keys of whoever is no organization and has no last name, and of boxes."""
    forget_keys(apps, schema_editor)
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(f"{INTO} {WITHOUT}", [NO_LAST_NAME, LAST_NAME])
        keys = [(pk, PO_BOX, *key) for pk, *key in _boxes(apps, schema_editor.connection.alias)]
        for start in range(0, len(keys), BATCH):
            values = "VALUES (%s, %s, %s, %s)"
            cursor.executemany(f"{INTO} {values}", keys[start : start + BATCH])


def _boxes(apps, using):
    """Yield contact, rank and key of boxes; the primary address of a contact has rank 0."""
    addresses = apps.get_model("contacts", "PostalAddress").objects.using(using)
    having = addresses.exclude(po_box="").values("contact_id")
    rows = addresses.filter(contact_id__in=having).order_by("contact_id", "-is_primary", *IN_ORDER)
    ranks = {}
    for contact, text in rows.values_list("contact_id", "po_box").iterator():
        rank = ranks[contact] = ranks.get(contact, -1) + 1
        if key := key_of(text):
            yield contact, rank, key


def forget_keys(apps, schema_editor):
    """Remove them."""
    keys = apps.get_model("contacts", "ContactKey").objects.using(schema_editor.connection.alias)
    keys.filter(code__in=(NO_LAST_NAME, PO_BOX)).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0029_texts_beside_the_search"),
    ]

    operations = [
        migrations.RunPython(write_keys, forget_keys),
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(fields=["entry_channel", "id"], name="contact_by_channel"),
        ),
        *(
            migrations.AddIndex(
                model_name="membership",
                index=models.Index(fields=[column, "contact"], name=f"membership_by_{word}"),
            )
            for column, word in ORDERS.items()
        ),
    ]
