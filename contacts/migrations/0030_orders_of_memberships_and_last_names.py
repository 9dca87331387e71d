"""Lead along what members are ordered by, and to the few who are no organization and have no last name."""

from django.db import migrations, models

NO_LAST_NAME, LAST_NAME = 40, 3
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
    """Write the keys of whoever is no organization and has no last name."""
    forget_keys(apps, schema_editor)
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(f"{INTO} {WITHOUT}", [NO_LAST_NAME, LAST_NAME])


def forget_keys(apps, schema_editor):
    """Remove them."""
    keys = apps.get_model("contacts", "ContactKey").objects.using(schema_editor.connection.alias)
    keys.filter(code=NO_LAST_NAME).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0029_texts_beside_the_search"),
    ]

    operations = [
        migrations.RunPython(write_keys, forget_keys),
        *(
            migrations.AddIndex(
                model_name="membership",
                index=models.Index(fields=[column, "contact"], name=f"membership_by_{word}"),
            )
            for column, word in ORDERS.items()
        ),
    ]
