"""Let postal addresses and ties between contacts have custom fields."""

import django.db.models.deletion
from django.db import migrations, models

_COLUMNS = [
    ("text", lambda: models.CharField(blank=True, default="", max_length=255)),
    ("folded", lambda: models.TextField(blank=True, default="")),
    ("given", lambda: models.TextField(blank=True, default="")),
    ("number", lambda: models.FloatField(blank=True, null=True)),
    ("date", lambda: models.DateTimeField(blank=True, null=True)),
    ("position", lambda: models.PositiveIntegerField(default=0)),
]


def _values_of(model: str, owner: str, target: str, word: str) -> migrations.CreateModel:
    """Return the table of the values of one kind of record."""
    cascade = django.db.models.deletion.CASCADE
    return migrations.CreateModel(
        name=model,
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            *((name, make()) for name, make in _COLUMNS),
            (
                "field",
                models.ForeignKey(
                    db_index=False,
                    on_delete=cascade,
                    related_name="+",
                    to="contacts.customfield",
                ),
            ),
            (
                "option",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=cascade,
                    related_name="+",
                    to="contacts.customfieldoption",
                ),
            ),
            (
                owner,
                models.ForeignKey(
                    db_index=False,
                    on_delete=cascade,
                    related_name="custom_values",
                    to=target,
                ),
            ),
        ],
        options={
            "ordering": ["position", "id"],
            "indexes": [
                models.Index(fields=["field", "text", owner], name=f"{word}_value_by_text"),
                models.Index(fields=[owner, "field"], name=f"{word}_value_by_{word}"),
            ],
        },
    )


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0020_required_in_forms"),
    ]

    operations = [
        _values_of("AddressValue", "address", "contacts.postaladdress", "address"),
        _values_of("TieValue", "relationship", "contacts.relationship", "tie"),
    ]
