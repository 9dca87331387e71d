"""Lead to the organizations that have no name of their own: nearly all have one."""

from django.db import migrations

NO_ORGANIZATION_NAME, ORGANIZATION_NAME = 44, 5
INTO = 'INSERT INTO contacts_contactkey (contact_id, code, rank, "text")'
# Whoever has a name that is more than blanks has a key of it.
WITHOUT = """
SELECT c.id, %s, 0, '' FROM contacts_contact c WHERE c.kind = 'organization' AND NOT EXISTS (
    SELECT 1 FROM contacts_contactkey k WHERE k.contact_id = c.id AND k.code = %s
)
"""


def write_keys(apps, schema_editor):
    """Write the keys of organizations without a name."""
    forget_keys(apps, schema_editor)
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(f"{INTO} {WITHOUT}", [NO_ORGANIZATION_NAME, ORGANIZATION_NAME])


def forget_keys(apps, schema_editor):
    """Remove them."""
    keys = apps.get_model("contacts", "ContactKey").objects.using(schema_editor.connection.alias)
    keys.filter(code=NO_ORGANIZATION_NAME).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0034_companies_with_what_persons_have"),
    ]

    operations = [
        migrations.RunPython(write_keys, forget_keys),
    ]
