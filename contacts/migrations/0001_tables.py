import django.contrib.auth.models
import django.contrib.auth.validators
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import contacts.models.projects


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.CreateModel(
            name="Country",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=2, unique=True, verbose_name="code")),
                ("number", models.PositiveIntegerField(unique=True, verbose_name="numeric code")),
                ("name", models.CharField(max_length=100, verbose_name="English name")),
                (
                    "atlas_id",
                    models.PositiveIntegerField(
                        null=True, unique=True, verbose_name="number in address books"
                    ),
                ),
                (
                    "world_region",
                    models.PositiveSmallIntegerField(default=99, verbose_name="part of the world"),
                ),
            ],
            options={
                "verbose_name": "country",
                "verbose_name_plural": "countries",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Currency",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=3, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                (
                    "symbol",
                    models.CharField(blank=True, default="", max_length=10, verbose_name="symbol"),
                ),
                (
                    "rate",
                    models.DecimalField(
                        decimal_places=5, default=1, max_digits=18, verbose_name="rate"
                    ),
                ),
                ("is_default", models.BooleanField(default=False, verbose_name="default")),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
            ],
            options={
                "verbose_name": "currency",
                "verbose_name_plural": "currencies",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_default", True)),
                        fields=("is_default",),
                        name="currency_one_default",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CustomFieldGroup",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100, unique=True, verbose_name="name")),
                ("title", models.CharField(max_length=255, verbose_name="title")),
                (
                    "object_kind",
                    models.CharField(default="contact", max_length=20, verbose_name="of"),
                ),
                (
                    "kinds",
                    models.JSONField(blank=True, default=list, verbose_name="kinds of contact"),
                ),
                (
                    "style",
                    models.CharField(blank=True, default="", max_length=20, verbose_name="style"),
                ),
                ("help_text", models.TextField(blank=True, default="", verbose_name="help")),
                (
                    "is_collapsed",
                    models.BooleanField(default=False, verbose_name="folded at first"),
                ),
                (
                    "is_multiple",
                    models.BooleanField(default=False, verbose_name="several sets of values"),
                ),
                ("created_at", models.DateTimeField(blank=True, null=True, verbose_name="created")),
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
            ],
            options={
                "verbose_name": "custom field group",
                "verbose_name_plural": "custom field groups",
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="DealStatus",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=255, unique=True, verbose_name="name")),
                (
                    "outcome",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "open"), (1, "won"), (2, "lost")],
                        default=0,
                        verbose_name="outcome",
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
                ("is_default", models.BooleanField(default=False, verbose_name="default")),
                (
                    "color",
                    models.CharField(blank=True, default="", max_length=7, verbose_name="colour"),
                ),
            ],
            options={
                "verbose_name": "deal status",
                "verbose_name_plural": "deal statuses",
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="MembershipLevel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=255, verbose_name="name")),
                (
                    "description",
                    models.TextField(blank=True, default="", verbose_name="description"),
                ),
                (
                    "type",
                    models.CharField(
                        choices=[("individual", "individual"), ("bundle", "bundle")],
                        default="individual",
                        max_length=16,
                        verbose_name="type",
                    ),
                ),
                (
                    "bundle_limit",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="most members of a bundle"
                    ),
                ),
                (
                    "fee",
                    models.DecimalField(
                        decimal_places=2, default=0, max_digits=15, verbose_name="fee"
                    ),
                ),
                (
                    "renewal_months",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="renewed every (months)"
                    ),
                ),
                ("is_open", models.BooleanField(default=True, verbose_name="open to applications")),
                ("is_default", models.BooleanField(default=False, verbose_name="default")),
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
                (
                    "changes_to",
                    models.ManyToManyField(
                        blank=True,
                        related_name="+",
                        to="contacts.membershiplevel",
                        verbose_name="members may change to",
                    ),
                ),
            ],
            options={
                "verbose_name": "membership level",
                "verbose_name_plural": "membership levels",
                "ordering": ["position", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_default", True)),
                        fields=("is_default",),
                        name="membership_level_one_default",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Bundle",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "level",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bundles",
                        to="contacts.membershiplevel",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
            ],
            options={
                "verbose_name": "bundle",
                "verbose_name_plural": "bundles",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Option",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("list_name", models.CharField(max_length=50, verbose_name="list")),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("label", models.CharField(max_length=255, verbose_name="label")),
                (
                    "description",
                    models.CharField(
                        blank=True, default="", max_length=500, verbose_name="description"
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
                (
                    "color",
                    models.CharField(blank=True, default="", max_length=7, verbose_name="colour"),
                ),
                ("is_default", models.BooleanField(default=False, verbose_name="default")),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                ("traits", models.JSONField(blank=True, default=dict, verbose_name="traits")),
            ],
            options={
                "verbose_name": "option",
                "verbose_name_plural": "options",
                "ordering": ["list_name", "position", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("list_name", "number"), name="option_number_once"
                    ),
                    models.UniqueConstraint(fields=("list_name", "name"), name="option_name_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("is_default", True)),
                        fields=("list_name",),
                        name="option_one_default",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OptionList",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=50, unique=True, verbose_name="name")),
                ("title", models.CharField(max_length=255, verbose_name="title")),
                (
                    "description",
                    models.CharField(
                        blank=True, default="", max_length=500, verbose_name="description"
                    ),
                ),
                ("is_reserved", models.BooleanField(default=False, verbose_name="built in")),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
            ],
            options={
                "verbose_name": "list of options",
                "verbose_name_plural": "lists of options",
                "ordering": ["title", "id"],
            },
        ),
        migrations.CreateModel(
            name="Pipeline",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=255, unique=True, verbose_name="name")),
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
                ("is_default", models.BooleanField(default=False, verbose_name="default")),
            ],
            options={
                "verbose_name": "pipeline",
                "verbose_name_plural": "pipelines",
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="Project",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "identifier",
                    models.CharField(
                        help_text="Small letters, digits, - and _; not only digits.",
                        max_length=100,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator("^(?!\\d+$)[a-z0-9\\-_]{1,100}$")
                        ],
                        verbose_name="identifier",
                    ),
                ),
                ("name", models.CharField(max_length=255, verbose_name="name")),
                (
                    "description",
                    models.TextField(blank=True, default="", verbose_name="description"),
                ),
                (
                    "homepage",
                    models.CharField(
                        blank=True, default="", max_length=500, verbose_name="homepage"
                    ),
                ),
                ("is_public", models.BooleanField(default=False, verbose_name="public")),
                (
                    "status",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "active"), (5, "closed"), (9, "archived")],
                        default=1,
                        verbose_name="status",
                    ),
                ),
                (
                    "inherit_members",
                    models.BooleanField(default=False, verbose_name="inherit members"),
                ),
                (
                    "modules",
                    models.JSONField(
                        blank=True,
                        default=contacts.models.projects.all_modules,
                        verbose_name="modules",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="children",
                        to="contacts.project",
                        verbose_name="parent project",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated")),
            ],
            options={
                "verbose_name": "project",
                "verbose_name_plural": "projects",
                "ordering": ["name", "id"],
            },
        ),
        migrations.CreateModel(
            name="CustomField",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "object_kind",
                    models.CharField(default="contact", max_length=20, verbose_name="of"),
                ),
                ("label", models.CharField(max_length=255, verbose_name="label")),
                ("slug", models.SlugField(max_length=100, verbose_name="short name")),
                ("type", models.CharField(default="text", max_length=20, verbose_name="type")),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="fields",
                        to="contacts.customfieldgroup",
                        verbose_name="group",
                    ),
                ),
                (
                    "help_text",
                    models.CharField(blank=True, default="", max_length=500, verbose_name="help"),
                ),
                (
                    "terms_url",
                    models.CharField(
                        blank=True, default="", max_length=500, verbose_name="address of the terms"
                    ),
                ),
                ("is_required", models.BooleanField(default=False, verbose_name="required")),
                ("is_multiple", models.BooleanField(default=False, verbose_name="several values")),
                (
                    "default",
                    models.CharField(
                        blank=True, default="", max_length=500, verbose_name="default"
                    ),
                ),
                (
                    "pattern",
                    models.CharField(
                        blank=True, default="", max_length=500, verbose_name="pattern"
                    ),
                ),
                (
                    "min_length",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="least length"),
                ),
                (
                    "max_length",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="greatest length"
                    ),
                ),
                ("is_unique", models.BooleanField(default=False, verbose_name="no value twice")),
                (
                    "appearance",
                    models.CharField(
                        blank=True, default="", max_length=20, verbose_name="shown as"
                    ),
                ),
                ("is_searchable", models.BooleanField(default=False, verbose_name="searchable")),
                (
                    "is_filterable",
                    models.BooleanField(default=True, verbose_name="usable as a filter"),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                (
                    "control",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "as usual for the type"),
                            ("dropdown", "list that opens"),
                            ("radio", "buttons, one of which is pressed"),
                            ("checkboxes", "boxes to tick"),
                            ("agreement", "terms to agree to"),
                            ("picture", "picture"),
                            ("charge", "amount to be paid"),
                        ],
                        default="",
                        max_length=20,
                        verbose_name="control",
                    ),
                ),
                (
                    "is_for_members",
                    models.BooleanField(default=False, verbose_name="only for members"),
                ),
                (
                    "access",
                    models.CharField(
                        choices=[
                            ("administrators", "administrators"),
                            ("members", "members"),
                            ("public", "everybody"),
                        ],
                        default="members",
                        max_length=20,
                        verbose_name="readable by",
                    ),
                ),
                (
                    "kinds",
                    models.JSONField(blank=True, default=list, verbose_name="kinds of contact"),
                ),
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated")),
                (
                    "projects",
                    models.ManyToManyField(
                        blank=True,
                        related_name="+",
                        to="contacts.project",
                        verbose_name="only in projects",
                    ),
                ),
                (
                    "levels",
                    models.ManyToManyField(
                        blank=True,
                        related_name="+",
                        to="contacts.membershiplevel",
                        verbose_name="only for members at",
                    ),
                ),
            ],
            options={
                "verbose_name": "custom field",
                "verbose_name_plural": "custom fields",
                "ordering": ["object_kind", "position", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("object_kind", "slug"), name="custom_field_slug_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CustomFieldOption",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "field",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="options",
                        to="contacts.customfield",
                    ),
                ),
                ("label", models.CharField(max_length=255, verbose_name="label")),
                (
                    "value",
                    models.CharField(blank=True, default="", max_length=255, verbose_name="value"),
                ),
                (
                    "color",
                    models.CharField(blank=True, default="", max_length=7, verbose_name="colour"),
                ),
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
            ],
            options={
                "verbose_name": "option of a custom field",
                "verbose_name_plural": "options of custom fields",
                "ordering": ["position", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("field", "label"), name="custom_option_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="DealCategory",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deal_categories",
                        to="contacts.project",
                        verbose_name="project",
                    ),
                ),
                ("name", models.CharField(max_length=255, verbose_name="name")),
            ],
            options={
                "verbose_name": "deal category",
                "verbose_name_plural": "deal categories",
                "ordering": ["name", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("project", "name"), name="deal_category_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="RelationshipType",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name_a_b",
                    models.CharField(
                        max_length=100, unique=True, verbose_name="name, first to second"
                    ),
                ),
                (
                    "name_b_a",
                    models.CharField(max_length=100, verbose_name="name, second to first"),
                ),
                (
                    "label_a_b",
                    models.CharField(
                        blank=True,
                        default="",
                        max_length=100,
                        verbose_name="label, first to second",
                    ),
                ),
                (
                    "label_b_a",
                    models.CharField(
                        blank=True,
                        default="",
                        max_length=100,
                        verbose_name="label, second to first",
                    ),
                ),
                (
                    "kind_a",
                    models.CharField(
                        blank=True, default="", max_length=16, verbose_name="kind of the first"
                    ),
                ),
                (
                    "kind_b",
                    models.CharField(
                        blank=True, default="", max_length=16, verbose_name="kind of the second"
                    ),
                ),
                (
                    "description",
                    models.CharField(
                        blank=True, default="", max_length=255, verbose_name="description"
                    ),
                ),
                ("is_reserved", models.BooleanField(default=False, verbose_name="built in")),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
            ],
            options={
                "verbose_name": "relationship type",
                "verbose_name_plural": "relationship types",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="RequestCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(verbose_name="day")),
                ("dialect", models.CharField(max_length=32, verbose_name="through")),
                ("credential_id", models.BigIntegerField(default=0, verbose_name="credential")),
                ("requests", models.PositiveIntegerField(default=0, verbose_name="requests")),
                ("failed", models.PositiveIntegerField(default=0, verbose_name="failed")),
                (
                    "last_address",
                    models.GenericIPAddressField(
                        blank=True, null=True, verbose_name="last used from"
                    ),
                ),
                ("last_at", models.DateTimeField(verbose_name="last used")),
            ],
            options={
                "verbose_name": "number of requests",
                "verbose_name_plural": "numbers of requests",
                "indexes": [
                    models.Index(fields=["credential_id", "day"], name="request_count_by_key")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("day", "dialect", "credential_id"), name="request_count_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Role",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=255, unique=True, verbose_name="name")),
                ("rights", models.JSONField(blank=True, default=list, verbose_name="rights")),
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
            ],
            options={
                "verbose_name": "role",
                "verbose_name_plural": "roles",
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="Stage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "pipeline",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stages",
                        to="contacts.pipeline",
                        verbose_name="pipeline",
                    ),
                ),
                ("name", models.CharField(max_length=255, verbose_name="name")),
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
                (
                    "probability",
                    models.PositiveSmallIntegerField(default=0, verbose_name="probability, %"),
                ),
            ],
            options={
                "verbose_name": "stage",
                "verbose_name_plural": "stages",
                "ordering": ["pipeline", "position", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("pipeline", "name"), name="stage_name_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Stamp",
            fields=[
                ("name", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("version", models.BigIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name="State",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "country",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="states",
                        to="contacts.country",
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        blank=True, default="", max_length=10, verbose_name="abbreviation"
                    ),
                ),
                ("name", models.CharField(max_length=150, verbose_name="name")),
            ],
            options={
                "verbose_name": "state",
                "verbose_name_plural": "states",
                "ordering": ["name", "id"],
            },
        ),
        migrations.CreateModel(
            name="StoredAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("actor_key", models.CharField(max_length=64)),
                ("key", models.CharField(max_length=255)),
                ("fingerprint", models.CharField(max_length=64)),
                ("status", models.PositiveSmallIntegerField(default=0)),
                ("headers", models.JSONField(default=dict)),
                ("body", models.BinaryField(default=b"")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "indexes": [models.Index(fields=["created_at"], name="answer_by_time")],
                "constraints": [
                    models.UniqueConstraint(fields=("actor_key", "key"), name="answer_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="TicketCategory",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ticket_categories",
                        to="contacts.project",
                        verbose_name="project",
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="name")),
            ],
            options={
                "verbose_name": "ticket category",
                "verbose_name_plural": "ticket categories",
                "ordering": ["name", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("project", "name"), name="ticket_category_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "A user with that username already exists."},
                        help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                        max_length=150,
                        unique=True,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="username",
                    ),
                ),
                (
                    "first_name",
                    models.CharField(blank=True, max_length=150, verbose_name="first name"),
                ),
                (
                    "last_name",
                    models.CharField(blank=True, max_length=150, verbose_name="last name"),
                ),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="email address"),
                ),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                (
                    "date_joined",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="date joined"
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        blank=True, default="", max_length=16, verbose_name="language"
                    ),
                ),
                (
                    "time_zone",
                    models.CharField(
                        blank=True, default="", max_length=64, verbose_name="time zone"
                    ),
                ),
                ("may_use_api", models.BooleanField(default=True, verbose_name="may use the API")),
                (
                    "must_change_password",
                    models.BooleanField(default=False, verbose_name="must change the password"),
                ),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated")),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "user",
                "verbose_name_plural": "users",
                "abstract": False,
            },
            managers=[
                ("objects", django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name="Credential",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=32, verbose_name="kind")),
                (
                    "name",
                    models.CharField(blank=True, default="", max_length=255, verbose_name="name"),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="credentials",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="children",
                        to="contacts.credential",
                        verbose_name="made from",
                    ),
                ),
                ("digest", models.CharField(blank=True, max_length=64, null=True, unique=True)),
                (
                    "hint",
                    models.CharField(
                        blank=True, default="", max_length=16, verbose_name="begins with"
                    ),
                ),
                ("ciphertext", models.BinaryField(blank=True, null=True)),
                (
                    "scope",
                    models.CharField(
                        choices=[("read", "read"), ("write", "read and write")],
                        default="write",
                        max_length=8,
                        verbose_name="scope",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="credentials",
                        to="contacts.project",
                        verbose_name="only in project",
                    ),
                ),
                ("traits", models.JSONField(blank=True, default=dict, verbose_name="traits")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("expires_at", models.DateTimeField(blank=True, null=True, verbose_name="expires")),
                (
                    "last_used_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="last used"),
                ),
                (
                    "last_dialect",
                    models.CharField(
                        blank=True, default="", max_length=32, verbose_name="last used through"
                    ),
                ),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="revoked")),
            ],
            options={
                "verbose_name": "credential",
                "verbose_name_plural": "credentials",
                "ordering": ["-created_at", "-id"],
                "indexes": [models.Index(fields=["user", "kind"], name="credential_by_user")],
            },
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("record_kind", models.CharField(max_length=20, verbose_name="record")),
                ("record_id", models.BigIntegerField(verbose_name="id")),
                (
                    "contact_id",
                    models.BigIntegerField(blank=True, null=True, verbose_name="contact"),
                ),
                ("action", models.CharField(max_length=20, verbose_name="action")),
                ("before", models.JSONField(blank=True, default=dict, verbose_name="before")),
                ("after", models.JSONField(blank=True, default=dict, verbose_name="after")),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                (
                    "credential",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="contacts.credential",
                        verbose_name="credential",
                    ),
                ),
                (
                    "dialect",
                    models.CharField(blank=True, default="", max_length=32, verbose_name="through"),
                ),
                (
                    "request_id",
                    models.CharField(blank=True, default="", max_length=64, verbose_name="request"),
                ),
                ("at", models.DateTimeField(verbose_name="time")),
            ],
            options={
                "verbose_name": "change",
                "verbose_name_plural": "changes",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(
                        fields=["record_kind", "record_id", "id"], name="change_by_record"
                    ),
                    models.Index(fields=["contact_id", "id"], name="change_by_contact"),
                    models.Index(
                        condition=models.Q(("action", "deleted")),
                        fields=["record_kind", "at"],
                        name="change_deleted",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DeletedRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=20, verbose_name="record")),
                ("record_id", models.BigIntegerField(verbose_name="id")),
                (
                    "contact_id",
                    models.BigIntegerField(blank=True, null=True, verbose_name="contact"),
                ),
                ("rows", models.JSONField(verbose_name="rows")),
                ("files", models.JSONField(blank=True, default=list, verbose_name="files")),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="deleted by",
                    ),
                ),
                (
                    "request_id",
                    models.CharField(blank=True, default="", max_length=64, verbose_name="request"),
                ),
                ("deleted_at", models.DateTimeField(auto_now_add=True, verbose_name="deleted")),
            ],
            options={
                "verbose_name": "deleted record",
                "verbose_name_plural": "deleted records",
                "indexes": [
                    models.Index(fields=["request_id"], name="deleted_record_by_request"),
                    models.Index(fields=["contact_id"], name="deleted_record_by_contact"),
                    models.Index(fields=["deleted_at"], name="deleted_record_by_time"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "record_id"), name="deleted_record_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Folder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=255, unique=True, verbose_name="name")),
                (
                    "description",
                    models.CharField(
                        blank=True, default="", max_length=1000, verbose_name="description"
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="author",
                    ),
                ),
            ],
            options={
                "verbose_name": "folder",
                "verbose_name_plural": "folders",
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="Group",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=64, unique=True, verbose_name="name")),
                ("title", models.CharField(max_length=255, verbose_name="title")),
                (
                    "description",
                    models.TextField(blank=True, default="", verbose_name="description"),
                ),
                (
                    "public_title",
                    models.CharField(
                        blank=True, default="", max_length=255, verbose_name="public title"
                    ),
                ),
                (
                    "public_description",
                    models.TextField(blank=True, default="", verbose_name="public description"),
                ),
                (
                    "visibility",
                    models.CharField(
                        choices=[("staff", "those who work here"), ("public", "everybody")],
                        default="staff",
                        max_length=16,
                        verbose_name="visibility",
                    ),
                ),
                (
                    "is_mailing_list",
                    models.BooleanField(default=False, verbose_name="mailing list"),
                ),
                (
                    "is_access_list",
                    models.BooleanField(default=False, verbose_name="for access rules"),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                ("is_hidden", models.BooleanField(default=False, verbose_name="hidden")),
                ("is_reserved", models.BooleanField(default=False, verbose_name="reserved")),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="author",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated")),
                (
                    "parents",
                    models.ManyToManyField(
                        blank=True,
                        related_name="children",
                        to="contacts.group",
                        verbose_name="above it",
                    ),
                ),
            ],
            options={
                "verbose_name": "group",
                "verbose_name_plural": "groups",
                "ordering": ["title", "id"],
            },
        ),
        migrations.CreateModel(
            name="Job",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=64, verbose_name="kind")),
                (
                    "parameters",
                    models.JSONField(blank=True, default=dict, verbose_name="parameters"),
                ),
                ("key", models.CharField(blank=True, default="", max_length=128)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("running", "running"),
                            ("done", "done"),
                            ("failed", "failed"),
                            ("cancelled", "cancelled"),
                        ],
                        default="waiting",
                        max_length=16,
                        verbose_name="state",
                    ),
                ),
                ("state", models.JSONField(blank=True, default=dict)),
                ("result", models.JSONField(blank=True, default=dict, verbose_name="result")),
                ("done", models.PositiveBigIntegerField(default=0, verbose_name="done")),
                ("total", models.PositiveBigIntegerField(blank=True, null=True, verbose_name="of")),
                (
                    "message",
                    models.CharField(
                        blank=True, default="", max_length=500, verbose_name="message"
                    ),
                ),
                ("error", models.TextField(blank=True, default="", verbose_name="error")),
                ("attempts", models.PositiveIntegerField(default=0, verbose_name="attempts")),
                ("due_at", models.DateTimeField(blank=True, null=True, verbose_name="due")),
                ("lease", models.CharField(blank=True, default="", max_length=32)),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="started by",
                    ),
                ),
                (
                    "credential",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="contacts.credential",
                        verbose_name="credential",
                    ),
                ),
                (
                    "dialect",
                    models.CharField(blank=True, default="", max_length=32, verbose_name="through"),
                ),
                ("created_at", models.DateTimeField(verbose_name="created")),
                ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="started")),
                (
                    "finished_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="finished"),
                ),
                (
                    "cancel_asked_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="to be cancelled since"
                    ),
                ),
            ],
            options={
                "verbose_name": "job",
                "verbose_name_plural": "jobs",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("due_at__isnull", False)),
                        fields=["due_at"],
                        name="job_by_due_time",
                    ),
                    models.Index(fields=["name", "-id"], name="job_by_name"),
                    models.Index(fields=["finished_at"], name="job_by_end"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("finished_at", None), models.Q(("key", ""), _negated=True)
                        ),
                        fields=("key",),
                        name="one_unfinished_job_a_key",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Product",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=255, verbose_name="name")),
                ("name_key", models.CharField(blank=True, default="", max_length=255)),
                (
                    "sku",
                    models.CharField(
                        blank=True, default="", max_length=255, verbose_name="article number"
                    ),
                ),
                (
                    "description",
                    models.TextField(blank=True, default="", verbose_name="description"),
                ),
                (
                    "unit_price",
                    models.DecimalField(
                        decimal_places=3, default=0, max_digits=15, verbose_name="price"
                    ),
                ),
                (
                    "direct_cost",
                    models.DecimalField(
                        blank=True, decimal_places=3, max_digits=15, null=True, verbose_name="cost"
                    ),
                ),
                (
                    "tax_rate",
                    models.DecimalField(
                        decimal_places=3, default=0, max_digits=6, verbose_name="tax, %"
                    ),
                ),
                (
                    "tax_label",
                    models.CharField(
                        blank=True, default="", max_length=255, verbose_name="name of the tax"
                    ),
                ),
                (
                    "unit",
                    models.CharField(blank=True, default="", max_length=255, verbose_name="unit"),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="author",
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="created")),
                ("updated_at", models.DateTimeField(verbose_name="updated")),
                (
                    "archived_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="archived"),
                ),
            ],
            options={
                "verbose_name": "product",
                "verbose_name_plural": "products",
                "ordering": ["name_key", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("archived_at", None)),
                        fields=("name_key",),
                        name="product_name_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("archived_at", None), models.Q(("sku", ""), _negated=True)
                        ),
                        fields=("sku",),
                        name="product_sku_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProductValue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(blank=True, default="", max_length=255)),
                ("folded", models.TextField(blank=True, default="")),
                ("given", models.TextField(blank=True, default="")),
                ("number", models.FloatField(blank=True, null=True)),
                ("date", models.DateTimeField(blank=True, null=True)),
                (
                    "field",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="contacts.customfield",
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0)),
                (
                    "option",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="contacts.customfieldoption",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="custom_values",
                        to="contacts.product",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "id"],
                "indexes": [
                    models.Index(fields=["field", "text", "product"], name="product_value_by_text"),
                    models.Index(fields=["product", "field"], name="product_value_by_product"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedFilter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "object_kind",
                    models.CharField(default="contact", max_length=20, verbose_name="of"),
                ),
                ("name", models.CharField(max_length=255, verbose_name="name")),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_filters",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner",
                    ),
                ),
                ("is_public", models.BooleanField(default=False, verbose_name="for everybody")),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_filters",
                        to="contacts.project",
                        verbose_name="project",
                    ),
                ),
                ("condition", models.JSONField(blank=True, default=dict, verbose_name="condition")),
                (
                    "search",
                    models.CharField(blank=True, default="", max_length=500, verbose_name="search"),
                ),
                ("sort", models.JSONField(blank=True, default=list, verbose_name="sort")),
                ("columns", models.JSONField(blank=True, default=list, verbose_name="columns")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated")),
            ],
            options={
                "verbose_name": "saved filter",
                "verbose_name_plural": "saved filters",
                "ordering": ["name", "id"],
            },
        ),
        migrations.CreateModel(
            name="StoredSearch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=64, unique=True)),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked by",
                    ),
                ),
                ("question", models.JSONField(default=dict, verbose_name="question")),
                ("digest", models.CharField(max_length=64)),
                ("created_at", models.DateTimeField(verbose_name="asked")),
                (
                    "evaluated_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="first answered"),
                ),
                ("expires_at", models.DateTimeField(verbose_name="expires")),
            ],
            options={
                "verbose_name": "stored search",
                "verbose_name_plural": "stored searches",
                "ordering": ["-created_at", "-id"],
                "indexes": [
                    models.Index(fields=["digest", "created_at"], name="stored_search_by_digest"),
                    models.Index(fields=["expires_at"], name="stored_search_by_end"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Tag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=255, verbose_name="name")),
                ("name_key", models.CharField(max_length=255, unique=True)),
                (
                    "color",
                    models.CharField(blank=True, default="", max_length=7, verbose_name="colour"),
                ),
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
                (
                    "type",
                    models.CharField(blank=True, default="", max_length=50, verbose_name="type"),
                ),
                (
                    "description",
                    models.TextField(blank=True, default="", verbose_name="description"),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="children",
                        to="contacts.tag",
                        verbose_name="above it",
                    ),
                ),
                ("used_for", models.JSONField(blank=True, default=list, verbose_name="used for")),
                (
                    "is_selectable",
                    models.BooleanField(default=True, verbose_name="may be put on records"),
                ),
                ("is_reserved", models.BooleanField(default=False, verbose_name="reserved")),
                ("is_set", models.BooleanField(default=False, verbose_name="a set of tags")),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="author",
                    ),
                ),
                ("created_at", models.DateTimeField(blank=True, null=True, verbose_name="created")),
            ],
            options={
                "verbose_name": "tag",
                "verbose_name_plural": "tags",
                "ordering": ["name_key"],
            },
        ),
        migrations.CreateModel(
            name="UserGroup",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=255, unique=True, verbose_name="name")),
                (
                    "description",
                    models.TextField(blank=True, default="", verbose_name="description"),
                ),
                (
                    "manager",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="manager",
                    ),
                ),
                (
                    "users",
                    models.ManyToManyField(
                        blank=True,
                        related_name="teams",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="users",
                    ),
                ),
            ],
            options={
                "verbose_name": "user group",
                "verbose_name_plural": "user groups",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="ProjectMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="members",
                        to="contacts.project",
                        verbose_name="project",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="contacts.usergroup",
                        verbose_name="user group",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                (
                    "roles",
                    models.ManyToManyField(
                        related_name="members", to="contacts.role", verbose_name="roles"
                    ),
                ),
            ],
            options={
                "verbose_name": "member",
                "verbose_name_plural": "members",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("group__isnull", True), ("user__isnull", False)),
                            models.Q(("group__isnull", False), ("user__isnull", True)),
                            _connector="OR",
                        ),
                        name="member_is_user_or_group",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("user__isnull", False)),
                        fields=("project", "user"),
                        name="member_user_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("group__isnull", False)),
                        fields=("project", "group"),
                        name="member_group_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WebForm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=255, verbose_name="title")),
                ("intro", models.TextField(blank=True, default="", verbose_name="introduction")),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="web_forms",
                        to="contacts.project",
                        verbose_name="project",
                    ),
                ),
                (
                    "credential",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="web_form",
                        to="contacts.credential",
                        verbose_name="form key",
                    ),
                ),
                ("public_id", models.CharField(max_length=64, unique=True, verbose_name="address")),
                ("fields", models.JSONField(blank=True, default=list, verbose_name="fields")),
                (
                    "submit_label",
                    models.CharField(blank=True, default="", max_length=100, verbose_name="button"),
                ),
                ("consent", models.TextField(blank=True, default="", verbose_name="consent text")),
                (
                    "thanks_title",
                    models.CharField(
                        blank=True, default="", max_length=255, verbose_name="heading after sending"
                    ),
                ),
                ("thanks", models.TextField(blank=True, default="", verbose_name="after sending")),
                (
                    "accent_color",
                    models.CharField(
                        blank=True, default="", max_length=7, verbose_name="colour of the button"
                    ),
                ),
                (
                    "background_color",
                    models.CharField(
                        blank=True, default="", max_length=7, verbose_name="colour of the page"
                    ),
                ),
                (
                    "logo",
                    models.CharField(
                        blank=True,
                        choices=[("", "none"), ("dark", "dark"), ("light", "light")],
                        default="",
                        max_length=8,
                        verbose_name="logo",
                    ),
                ),
                (
                    "repeats_values",
                    models.BooleanField(default=False, verbose_name="show what was received"),
                ),
                (
                    "redirect_to",
                    models.CharField(
                        blank=True, default="", max_length=500, verbose_name="redirect to"
                    ),
                ),
                (
                    "redirect_hosts",
                    models.JSONField(
                        blank=True, default=list, verbose_name="allowed redirect hosts"
                    ),
                ),
                (
                    "allowed_sites",
                    models.JSONField(
                        blank=True, default=list, verbose_name="sites that may embed the form"
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        blank=True, default="", max_length=16, verbose_name="language"
                    ),
                ),
                ("tags", models.JSONField(blank=True, default=list, verbose_name="tags")),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner of new contacts",
                    ),
                ),
                (
                    "notify",
                    models.JSONField(
                        blank=True, default=list, verbose_name="mail addresses to notify"
                    ),
                ),
                (
                    "on_duplicate",
                    models.CharField(
                        choices=[
                            ("create", "always a new contact"),
                            ("note", "add a note"),
                            ("merge", "complete the contact"),
                        ],
                        default="create",
                        max_length=16,
                        verbose_name="same e-mail again",
                    ),
                ),
                (
                    "deal_stage",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="contacts.stage",
                        verbose_name="stage of new deals",
                    ),
                ),
                (
                    "deal_prefix",
                    models.CharField(
                        blank=True,
                        default="",
                        max_length=191,
                        verbose_name="before the name of new deals",
                    ),
                ),
                (
                    "honeypot",
                    models.CharField(
                        blank=True, default="", max_length=50, verbose_name="honeypot field"
                    ),
                ),
                (
                    "min_seconds",
                    models.PositiveIntegerField(default=2, verbose_name="least seconds to fill in"),
                ),
                (
                    "per_hour",
                    models.PositiveIntegerField(
                        default=0, verbose_name="limit per address and hour"
                    ),
                ),
                (
                    "max_length",
                    models.PositiveIntegerField(
                        default=0, verbose_name="greatest length of a field"
                    ),
                ),
                (
                    "blocked_words",
                    models.JSONField(blank=True, default=list, verbose_name="blocked words"),
                ),
                ("allows_files", models.BooleanField(default=False, verbose_name="files allowed")),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="author",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated")),
            ],
            options={
                "verbose_name": "web form",
                "verbose_name_plural": "web forms",
                "ordering": ["title", "id"],
            },
        ),
        migrations.CreateModel(
            name="Webhook",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="webhooks",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                ("url", models.CharField(max_length=2000, verbose_name="address")),
                ("record_kind", models.CharField(max_length=32, verbose_name="kind of record")),
                ("action", models.CharField(max_length=32, verbose_name="action")),
                ("dialect", models.CharField(max_length=32, verbose_name="format")),
                ("about", models.JSONField(blank=True, default=dict)),
                ("secret", models.BinaryField()),
                (
                    "failures",
                    models.PositiveIntegerField(default=0, verbose_name="failures in a row"),
                ),
                ("paused_at", models.DateTimeField(blank=True, null=True, verbose_name="paused")),
                (
                    "delivered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="last success"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
            ],
            options={
                "verbose_name": "webhook",
                "verbose_name_plural": "webhooks",
                "ordering": ["id"],
                "indexes": [
                    models.Index(fields=["record_kind", "action"], name="webhook_by_event")
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "webhook",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="contacts.webhook",
                        verbose_name="webhook",
                    ),
                ),
                ("record_id", models.PositiveBigIntegerField(verbose_name="record")),
                (
                    "change",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="contacts.change",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("done", "delivered"),
                            ("failed", "failed"),
                            ("dropped", "not for this webhook"),
                        ],
                        default="waiting",
                        max_length=16,
                        verbose_name="state",
                    ),
                ),
                ("body", models.TextField(blank=True, default="", verbose_name="sent")),
                (
                    "answer",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="answer"),
                ),
                (
                    "error",
                    models.CharField(blank=True, default="", max_length=500, verbose_name="error"),
                ),
                ("tries", models.PositiveIntegerField(default=0, verbose_name="tries")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                (
                    "finished_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="finished"),
                ),
            ],
            options={
                "verbose_name": "delivery",
                "verbose_name_plural": "deliveries",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("person", "person"),
                            ("organization", "organization"),
                            ("household", "household"),
                        ],
                        default="person",
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("contact", "contact"),
                            ("lead", "lead"),
                            ("converted", "converted lead"),
                        ],
                        default="contact",
                        max_length=16,
                        verbose_name="stage",
                    ),
                ),
                (
                    "prefix",
                    models.CharField(blank=True, default="", max_length=64, verbose_name="prefix"),
                ),
                (
                    "first_name",
                    models.CharField(
                        blank=True, default="", max_length=255, verbose_name="first name"
                    ),
                ),
                (
                    "middle_name",
                    models.CharField(
                        blank=True, default="", max_length=255, verbose_name="middle name"
                    ),
                ),
                (
                    "last_name",
                    models.CharField(
                        blank=True, default="", max_length=255, verbose_name="last name"
                    ),
                ),
                (
                    "suffix",
                    models.CharField(blank=True, default="", max_length=64, verbose_name="suffix"),
                ),
                (
                    "formal_title",
                    models.CharField(
                        blank=True, default="", max_length=64, verbose_name="formal title"
                    ),
                ),
                (
                    "nickname",
                    models.CharField(
                        blank=True, default="", max_length=255, verbose_name="nickname"
                    ),
                ),
                (
                    "organization_name",
                    models.CharField(
                        blank=True, default="", max_length=255, verbose_name="organization name"
                    ),
                ),
                (
                    "legal_name",
                    models.CharField(
                        blank=True, default="", max_length=255, verbose_name="legal name"
                    ),
                ),
                (
                    "household_name",
                    models.CharField(
                        blank=True, default="", max_length=255, verbose_name="household name"
                    ),
                ),
                (
                    "display_name",
                    models.CharField(blank=True, default="", max_length=600, verbose_name="name"),
                ),
                ("sort_name", models.CharField(blank=True, default="", max_length=600)),
                ("name_key", models.CharField(blank=True, default="", max_length=600)),
                (
                    "job_title",
                    models.CharField(
                        blank=True, default="", max_length=255, verbose_name="job title"
                    ),
                ),
                (
                    "department",
                    models.CharField(
                        blank=True, default="", max_length=255, verbose_name="department"
                    ),
                ),
                (
                    "company",
                    models.CharField(
                        blank=True, default="", max_length=255, verbose_name="company"
                    ),
                ),
                ("company_key", models.CharField(blank=True, default="", max_length=255)),
                (
                    "employer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="employees",
                        to="contacts.contact",
                        verbose_name="employer",
                    ),
                ),
                ("birthday", models.DateField(blank=True, null=True, verbose_name="birthday")),
                ("is_deceased", models.BooleanField(default=False, verbose_name="deceased")),
                (
                    "deceased_on",
                    models.DateField(blank=True, null=True, verbose_name="date of death"),
                ),
                (
                    "gender",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="contacts.option",
                        verbose_name="gender",
                    ),
                ),
                ("background", models.TextField(blank=True, default="", verbose_name="background")),
                (
                    "preferred_language",
                    models.CharField(
                        blank=True, default="", max_length=16, verbose_name="preferred language"
                    ),
                ),
                (
                    "preferred_channels",
                    models.JSONField(blank=True, default=list, verbose_name="preferred channels"),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner",
                    ),
                ),
                (
                    "owner_group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="contacts.usergroup",
                        verbose_name="owning user group",
                    ),
                ),
                (
                    "owner_assigned_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="owner assigned"),
                ),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="author",
                    ),
                ),
                (
                    "editor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="last editor",
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="created")),
                ("updated_at", models.DateTimeField(verbose_name="updated")),
                (
                    "archived_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="archived"),
                ),
                ("is_user", models.BooleanField(default=False, verbose_name="contact of a user")),
                (
                    "visibility",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "members of its projects"),
                            (1, "everybody"),
                            (2, "author and owner"),
                        ],
                        default=0,
                        verbose_name="visibility",
                    ),
                ),
                (
                    "lead_source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="contacts.option",
                        verbose_name="how we met",
                    ),
                ),
                (
                    "source",
                    models.CharField(blank=True, default="", max_length=255, verbose_name="source"),
                ),
                (
                    "entry_channel",
                    models.CharField(
                        blank=True, default="", max_length=32, verbose_name="came through"
                    ),
                ),
                (
                    "external_identifier",
                    models.CharField(
                        blank=True,
                        max_length=255,
                        null=True,
                        unique=True,
                        verbose_name="external identifier",
                    ),
                ),
                ("do_not_phone", models.BooleanField(default=False, verbose_name="do not phone")),
                ("do_not_email", models.BooleanField(default=False, verbose_name="do not e-mail")),
                ("do_not_mail", models.BooleanField(default=False, verbose_name="do not mail")),
                ("do_not_sms", models.BooleanField(default=False, verbose_name="do not text")),
                ("do_not_trade", models.BooleanField(default=False, verbose_name="do not pass on")),
                ("is_opt_out", models.BooleanField(default=False, verbose_name="no mass e-mail")),
                (
                    "no_event_news",
                    models.BooleanField(default=False, verbose_name="no announcements of events"),
                ),
                (
                    "no_newsletters",
                    models.BooleanField(default=False, verbose_name="no newsletters"),
                ),
                (
                    "balance",
                    models.DecimalField(
                        decimal_places=2, default=0, max_digits=15, verbose_name="balance"
                    ),
                ),
                (
                    "total_donated",
                    models.DecimalField(
                        decimal_places=2, default=0, max_digits=15, verbose_name="total donated"
                    ),
                ),
                (
                    "domain",
                    models.CharField(blank=True, default="", max_length=255, verbose_name="domain"),
                ),
                (
                    "industry",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="contacts.option",
                        verbose_name="industry",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="subsidiaries",
                        to="contacts.contact",
                        verbose_name="parent organization",
                    ),
                ),
                (
                    "employee_count",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="employees"),
                ),
                (
                    "annual_revenue",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=18,
                        null=True,
                        verbose_name="annual revenue",
                    ),
                ),
                (
                    "reports_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="reports",
                        to="contacts.contact",
                        verbose_name="reports to",
                    ),
                ),
            ],
            options={
                "verbose_name": "contact",
                "verbose_name_plural": "contacts",
                "ordering": ["sort_name", "id"],
                "indexes": [
                    models.Index(fields=["sort_name", "id"], name="contact_by_sort_name"),
                    models.Index(fields=["name_key", "id"], name="contact_by_name"),
                    models.Index(fields=["created_at", "id"], name="contact_by_created"),
                    models.Index(fields=["updated_at", "id"], name="contact_by_updated"),
                    models.Index(fields=["company_key", "id"], name="contact_by_company"),
                    models.Index(fields=["owner", "sort_name", "id"], name="contact_by_owner"),
                    models.Index(fields=["author", "id"], name="contact_by_author"),
                    models.Index(fields=["kind", "sort_name", "id"], name="contact_by_kind"),
                    models.Index(
                        condition=models.Q(("birthday__isnull", False)),
                        fields=["birthday", "id"],
                        name="contact_by_birthday",
                    ),
                    models.Index(
                        condition=models.Q(("archived_at__isnull", False)),
                        fields=["archived_at", "id"],
                        name="contact_archived",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["person", "organization", "household"])),
                        name="contact_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("visibility__in", [0, 1, 2])),
                        name="contact_visibility_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("owner__isnull", True), ("owner_group__isnull", True), _connector="OR"
                        ),
                        name="contact_one_owner",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="User",
            name="contact",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="user",
                to="contacts.contact",
                verbose_name="own contact",
            ),
        ),
        migrations.CreateModel(
            name="ContactAccess",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("principal", models.BigIntegerField()),
                (
                    "contact",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="access_rows",
                        to="contacts.contact",
                    ),
                ),
                ("sort_name", models.CharField(blank=True, default="", max_length=600)),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["principal", "sort_name", "contact"], name="contact_access_by_name"
                    ),
                    models.Index(fields=["principal", "contact"], name="contact_access_by_id"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("contact", "principal"), name="contact_access_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactDocument",
            fields=[
                (
                    "contact",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="document",
                        serialize=False,
                        to="contacts.contact",
                    ),
                ),
                ("body", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="ContactFact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(blank=True, default="", max_length=255)),
                ("folded", models.TextField(blank=True, default="")),
                ("given", models.TextField(blank=True, default="")),
                ("number", models.FloatField(blank=True, null=True)),
                ("date", models.DateTimeField(blank=True, null=True)),
                ("code", models.PositiveSmallIntegerField()),
                (
                    "contact",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="facts",
                        to="contacts.contact",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["code", "text", "contact"], name="contact_fact_by_text"),
                    models.Index(
                        condition=models.Q(("number__isnull", False)),
                        fields=["code", "number", "contact"],
                        name="contact_fact_by_number",
                    ),
                    models.Index(
                        condition=models.Q(("date__isnull", False)),
                        fields=["code", "date", "contact"],
                        name="contact_fact_by_date",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("contact", "code"), name="contact_fact_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactFollower",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="contacts.contact",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("contact", "user"), name="contact_followed_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="keys",
                        to="contacts.contact",
                    ),
                ),
                ("code", models.PositiveSmallIntegerField()),
                ("rank", models.PositiveSmallIntegerField(default=0)),
                ("text", models.CharField(max_length=255)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["code", "text", "contact"], name="contact_key_by_text"),
                    models.Index(fields=["contact", "code", "rank"], name="contact_key_by_contact"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactProject",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="project_links",
                        to="contacts.contact",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contact_links",
                        to="contacts.project",
                    ),
                ),
                ("sort_name", models.CharField(blank=True, default="", max_length=600)),
            ],
            options={
                "ordering": ["id"],
                "indexes": [
                    models.Index(
                        fields=["project", "sort_name", "contact"], name="contact_project_by_name"
                    ),
                    models.Index(fields=["project", "contact"], name="contact_project_by_id"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("contact", "project"), name="contact_project_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactTag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tag_links",
                        to="contacts.contact",
                    ),
                ),
                (
                    "tag",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contact_links",
                        to="contacts.tag",
                    ),
                ),
                ("sort_name", models.CharField(blank=True, default="", max_length=600)),
            ],
            options={
                "ordering": ["id"],
                "indexes": [
                    models.Index(
                        fields=["tag", "sort_name", "contact"], name="contact_tag_by_name"
                    ),
                    models.Index(fields=["tag", "contact"], name="contact_tag_by_id"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("contact", "tag"), name="contact_tag_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactText",
            fields=[
                (
                    "contact",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search",
                        serialize=False,
                        to="contacts.contact",
                    ),
                ),
                ("narrow", models.TextField()),
                ("wide", models.TextField()),
                ("background", models.TextField(blank=True, default="")),
            ],
        ),
        migrations.CreateModel(
            name="CustomValue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(blank=True, default="", max_length=255)),
                ("folded", models.TextField(blank=True, default="")),
                ("given", models.TextField(blank=True, default="")),
                ("number", models.FloatField(blank=True, null=True)),
                ("date", models.DateTimeField(blank=True, null=True)),
                (
                    "field",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="contacts.customfield",
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0)),
                (
                    "option",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="contacts.customfieldoption",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="custom_values",
                        to="contacts.contact",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "id"],
                "indexes": [
                    models.Index(fields=["field", "text", "contact"], name="custom_value_by_text"),
                    models.Index(
                        condition=models.Q(("number__isnull", False)),
                        fields=["field", "number", "contact"],
                        name="custom_value_by_number",
                    ),
                    models.Index(
                        condition=models.Q(("date__isnull", False)),
                        fields=["field", "date", "contact"],
                        name="custom_value_by_date",
                    ),
                    models.Index(fields=["contact", "field"], name="custom_value_by_contact"),
                ],
            },
        ),
        migrations.CreateModel(
            name="EmailAddress",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="emails",
                        to="contacts.contact",
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
                (
                    "location",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="contacts.option",
                        verbose_name="location",
                    ),
                ),
                ("is_primary", models.BooleanField(default=False, verbose_name="primary")),
                ("address", models.CharField(max_length=254, verbose_name="e-mail address")),
                ("address_key", models.CharField(max_length=254)),
                ("is_on_hold", models.BooleanField(default=False, verbose_name="on hold")),
                ("is_billing", models.BooleanField(default=False, verbose_name="for billing")),
                ("is_bulk", models.BooleanField(default=False, verbose_name="for bulk mail")),
                ("traits", models.JSONField(blank=True, default=dict, verbose_name="traits")),
            ],
            options={
                "verbose_name": "e-mail address",
                "verbose_name_plural": "e-mail addresses",
                "ordering": ["position", "id"],
                "indexes": [
                    models.Index(fields=["address_key", "contact"], name="email_by_address")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_primary", True)),
                        fields=("contact",),
                        name="email_one_primary",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FormerContact",
            fields=[
                (
                    "former_id",
                    models.BigIntegerField(
                        primary_key=True, serialize=False, verbose_name="former id"
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former_ids",
                        to="contacts.contact",
                        verbose_name="merged into",
                    ),
                ),
                ("moved", models.JSONField(blank=True, default=dict, verbose_name="handed over")),
                (
                    "change",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="contacts.change",
                        verbose_name="change",
                    ),
                ),
                ("merged_at", models.DateTimeField(verbose_name="merged")),
            ],
            options={
                "verbose_name": "former contact",
                "verbose_name_plural": "former contacts",
            },
        ),
        migrations.CreateModel(
            name="GroupMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="member_links",
                        to="contacts.group",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="group_links",
                        to="contacts.contact",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("added", "in the group"),
                            ("removed", "removed"),
                            ("pending", "waiting"),
                        ],
                        default="added",
                        max_length=16,
                        verbose_name="status",
                    ),
                ),
                ("added_at", models.DateTimeField(blank=True, null=True, verbose_name="added")),
                ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="removed")),
                (
                    "pending_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="waiting since"),
                ),
                (
                    "through",
                    models.CharField(blank=True, default="", max_length=32, verbose_name="through"),
                ),
            ],
            options={
                "verbose_name": "member of a group",
                "verbose_name_plural": "members of groups",
                "ordering": ["id"],
                "indexes": [
                    models.Index(
                        fields=["group", "status", "contact"], name="group_member_by_status"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("group", "contact"), name="group_member_once"),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["added", "removed", "pending"])),
                        name="group_member_status_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "contact",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="membership",
                        to="contacts.contact",
                    ),
                ),
                (
                    "level",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="contacts.membershiplevel",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("active", "active"),
                            ("lapsed", "lapsed"),
                            ("pending_new", "pending: new"),
                            ("pending_renewal", "pending: renewal"),
                            ("pending_upgrade", "pending: change of level"),
                        ],
                        default="active",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("since", models.DateTimeField(blank=True, null=True, verbose_name="member since")),
                (
                    "renewal_due",
                    models.DateField(blank=True, null=True, verbose_name="renewal due"),
                ),
                ("is_enabled", models.BooleanField(default=True, verbose_name="enabled")),
                (
                    "hides_profile",
                    models.BooleanField(default=False, verbose_name="profile hidden from others"),
                ),
                (
                    "bundle",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="contacts.bundle",
                    ),
                ),
                (
                    "role",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[(1, "bundle administrator"), (2, "bundle member")],
                        null=True,
                        verbose_name="role in the bundle",
                    ),
                ),
                ("level_changed_at", models.DateTimeField(blank=True, null=True)),
                ("renewal_changed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "membership",
                "verbose_name_plural": "memberships",
                "ordering": ["contact_id"],
                "indexes": [
                    models.Index(fields=["level", "contact"], name="membership_by_level"),
                    models.Index(fields=["status", "contact"], name="membership_by_status"),
                    models.Index(fields=["since", "contact"], name="membership_by_since"),
                    models.Index(fields=["renewal_due", "contact"], name="membership_by_renewal"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("bundle__isnull", True), ("role__isnull", True)),
                            models.Q(("bundle__isnull", False), ("role__isnull", False)),
                            _connector="OR",
                        ),
                        name="membership_role_in_bundle",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Messenger",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messengers",
                        to="contacts.contact",
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
                (
                    "location",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="contacts.option",
                        verbose_name="location",
                    ),
                ),
                ("is_primary", models.BooleanField(default=False, verbose_name="primary")),
                (
                    "service",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="contacts.option",
                        verbose_name="service",
                    ),
                ),
                ("handle", models.CharField(max_length=255, verbose_name="name there")),
            ],
            options={
                "verbose_name": "messenger",
                "verbose_name_plural": "messengers",
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="Phone",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="phones",
                        to="contacts.contact",
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
                (
                    "location",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="contacts.option",
                        verbose_name="location",
                    ),
                ),
                (
                    "type",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="contacts.option",
                        verbose_name="type",
                    ),
                ),
                ("is_primary", models.BooleanField(default=False, verbose_name="primary")),
                ("is_billing", models.BooleanField(default=False, verbose_name="for billing")),
                ("number", models.CharField(max_length=191, verbose_name="phone number")),
                (
                    "extension",
                    models.CharField(
                        blank=True, default="", max_length=16, verbose_name="extension"
                    ),
                ),
                ("digits", models.CharField(blank=True, default="", max_length=191)),
                ("e164", models.CharField(blank=True, default="", max_length=20)),
                ("traits", models.JSONField(blank=True, default=dict, verbose_name="traits")),
            ],
            options={
                "verbose_name": "phone",
                "verbose_name_plural": "phones",
                "ordering": ["position", "id"],
                "indexes": [
                    models.Index(fields=["digits", "contact"], name="phone_by_digits"),
                    models.Index(fields=["e164", "contact"], name="phone_by_e164"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_primary", True)),
                        fields=("contact",),
                        name="phone_one_primary",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PostalAddress",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="addresses",
                        to="contacts.contact",
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
                (
                    "location",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="contacts.option",
                        verbose_name="location",
                    ),
                ),
                ("is_primary", models.BooleanField(default=False, verbose_name="primary")),
                ("is_billing", models.BooleanField(default=False, verbose_name="for billing")),
                (
                    "street1",
                    models.CharField(blank=True, default="", max_length=255, verbose_name="street"),
                ),
                (
                    "street2",
                    models.CharField(
                        blank=True, default="", max_length=255, verbose_name="street, second line"
                    ),
                ),
                (
                    "street3",
                    models.CharField(
                        blank=True, default="", max_length=255, verbose_name="street, third line"
                    ),
                ),
                (
                    "city",
                    models.CharField(blank=True, default="", max_length=255, verbose_name="city"),
                ),
                (
                    "region",
                    models.CharField(blank=True, default="", max_length=255, verbose_name="region"),
                ),
                (
                    "postcode",
                    models.CharField(
                        blank=True, default="", max_length=64, verbose_name="postcode"
                    ),
                ),
                (
                    "po_box",
                    models.CharField(blank=True, default="", max_length=64, verbose_name="PO box"),
                ),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contacts.country",
                        verbose_name="country",
                    ),
                ),
                (
                    "country_text",
                    models.CharField(
                        blank=True, default="", max_length=255, verbose_name="country as given"
                    ),
                ),
                ("latitude", models.FloatField(blank=True, null=True, verbose_name="latitude")),
                ("longitude", models.FloatField(blank=True, null=True, verbose_name="longitude")),
                ("traits", models.JSONField(blank=True, default=dict, verbose_name="traits")),
            ],
            options={
                "verbose_name": "address",
                "verbose_name_plural": "addresses",
                "ordering": ["position", "id"],
                "indexes": [models.Index(fields=["country", "contact"], name="address_by_country")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_primary", True)),
                        fields=("contact",),
                        name="address_one_primary",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Relationship",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="relationships",
                        to="contacts.relationshiptype",
                        verbose_name="type",
                    ),
                ),
                (
                    "contact_a",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ties_from",
                        to="contacts.contact",
                    ),
                ),
                (
                    "contact_b",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ties_to",
                        to="contacts.contact",
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "description",
                    models.CharField(
                        blank=True, default="", max_length=255, verbose_name="description"
                    ),
                ),
                (
                    "permission_a_b",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "nothing"), (1, "see and change"), (2, "see")],
                        default=0,
                        verbose_name="first may, of the second",
                    ),
                ),
                (
                    "permission_b_a",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "nothing"), (1, "see and change"), (2, "see")],
                        default=0,
                        verbose_name="second may, of the first",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
            ],
            options={
                "verbose_name": "relationship",
                "verbose_name_plural": "relationships",
                "ordering": ["position", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("contact_a", models.F("contact_b")), _negated=True),
                        name="relationship_of_two",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_active", True)),
                        fields=("type", "contact_a", "contact_b"),
                        name="relationship_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Ticket",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "owner_group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="contacts.usergroup",
                        verbose_name="owning user group",
                    ),
                ),
                (
                    "editor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="last editor",
                    ),
                ),
                (
                    "entry_channel",
                    models.CharField(
                        blank=True, default="", max_length=32, verbose_name="came through"
                    ),
                ),
                ("subject", models.CharField(max_length=255, verbose_name="subject")),
                (
                    "description",
                    models.TextField(blank=True, default="", verbose_name="description"),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tickets",
                        to="contacts.project",
                        verbose_name="project",
                    ),
                ),
                (
                    "tracker",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="contacts.option",
                        verbose_name="tracker",
                    ),
                ),
                (
                    "status",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="contacts.option",
                        verbose_name="status",
                    ),
                ),
                (
                    "priority",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="contacts.option",
                        verbose_name="priority",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="tickets",
                        to="contacts.ticketcategory",
                        verbose_name="category",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="tickets",
                        to="contacts.contact",
                        verbose_name="contact",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="author",
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="start date")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="due date")),
                ("done_ratio", models.PositiveSmallIntegerField(default=0, verbose_name="done, %")),
                ("is_private", models.BooleanField(default=False, verbose_name="private")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed")),
                ("created_at", models.DateTimeField(verbose_name="created")),
                ("updated_at", models.DateTimeField(verbose_name="updated")),
                (
                    "archived_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="archived"),
                ),
                (
                    "contacts",
                    models.ManyToManyField(
                        blank=True,
                        related_name="related_tickets",
                        to="contacts.contact",
                        verbose_name="further contacts",
                    ),
                ),
                (
                    "tags",
                    models.ManyToManyField(
                        blank=True, related_name="tickets", to="contacts.tag", verbose_name="tags"
                    ),
                ),
            ],
            options={
                "verbose_name": "ticket",
                "verbose_name_plural": "tickets",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["project", "id"], name="ticket_by_project"),
                    models.Index(fields=["contact", "id"], name="ticket_by_contact"),
                ],
            },
        ),
        migrations.CreateModel(
            name="TicketFact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(blank=True, default="", max_length=255)),
                ("folded", models.TextField(blank=True, default="")),
                ("given", models.TextField(blank=True, default="")),
                ("number", models.FloatField(blank=True, null=True)),
                ("date", models.DateTimeField(blank=True, null=True)),
                ("code", models.PositiveSmallIntegerField()),
                (
                    "ticket",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="facts",
                        to="contacts.ticket",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["code", "text", "ticket"], name="ticket_fact_by_text")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("ticket", "code"), name="ticket_fact_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="TicketFollower",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="contacts.ticket",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("ticket", "user"), name="ticket_followed_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Website",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="websites",
                        to="contacts.contact",
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
                (
                    "type",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="contacts.option",
                        verbose_name="type",
                    ),
                ),
                ("url", models.CharField(max_length=500, verbose_name="address")),
            ],
            options={
                "verbose_name": "website",
                "verbose_name_plural": "websites",
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="Deal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "owner_group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="contacts.usergroup",
                        verbose_name="owning user group",
                    ),
                ),
                (
                    "editor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="last editor",
                    ),
                ),
                (
                    "entry_channel",
                    models.CharField(
                        blank=True, default="", max_length=32, verbose_name="came through"
                    ),
                ),
                ("name", models.CharField(max_length=255, verbose_name="name")),
                ("name_key", models.CharField(blank=True, default="", max_length=255)),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deals",
                        to="contacts.project",
                        verbose_name="project",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="deals",
                        to="contacts.contact",
                        verbose_name="contact",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=15,
                        null=True,
                        verbose_name="amount",
                    ),
                ),
                (
                    "currency",
                    models.CharField(blank=True, default="", max_length=3, verbose_name="currency"),
                ),
                (
                    "price_type",
                    models.PositiveSmallIntegerField(default=0, verbose_name="price type"),
                ),
                (
                    "duration",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="duration"),
                ),
                (
                    "probability",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="probability, %"
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="due date")),
                ("background", models.TextField(blank=True, default="", verbose_name="background")),
                (
                    "status",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deals",
                        to="contacts.dealstatus",
                        verbose_name="status",
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed")),
                (
                    "lost_reason",
                    models.CharField(
                        blank=True, default="", max_length=255, verbose_name="reason of the loss"
                    ),
                ),
                (
                    "stage",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deals",
                        to="contacts.stage",
                        verbose_name="stage",
                    ),
                ),
                (
                    "stage_changed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="in the stage since"),
                ),
                (
                    "stage_seconds",
                    models.JSONField(blank=True, default=dict, verbose_name="time in stages"),
                ),
                (
                    "board_position",
                    models.PositiveIntegerField(default=0, verbose_name="place in the stage"),
                ),
                (
                    "color",
                    models.CharField(blank=True, default="", max_length=7, verbose_name="colour"),
                ),
                (
                    "tax_mode",
                    models.CharField(
                        choices=[
                            ("exclusive", "added to the prices"),
                            ("inclusive", "within the prices"),
                            ("no_tax", "none"),
                        ],
                        default="exclusive",
                        max_length=16,
                        verbose_name="taxes",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="deals",
                        to="contacts.dealcategory",
                        verbose_name="category",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="author",
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="created")),
                ("updated_at", models.DateTimeField(verbose_name="updated")),
                (
                    "archived_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="archived"),
                ),
                (
                    "tags",
                    models.ManyToManyField(
                        blank=True, related_name="deals", to="contacts.tag", verbose_name="tags"
                    ),
                ),
            ],
            options={
                "verbose_name": "deal",
                "verbose_name_plural": "deals",
                "ordering": ["-created_at", "-id"],
                "indexes": [
                    models.Index(fields=["project", "id"], name="deal_by_project"),
                    models.Index(fields=["contact", "id"], name="deal_by_contact"),
                    models.Index(fields=["name_key", "id"], name="deal_by_name"),
                    models.Index(fields=["created_at", "id"], name="deal_by_created"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Activity",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "owner_group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="contacts.usergroup",
                        verbose_name="owning user group",
                    ),
                ),
                (
                    "editor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="last editor",
                    ),
                ),
                (
                    "entry_channel",
                    models.CharField(
                        blank=True, default="", max_length=32, verbose_name="came through"
                    ),
                ),
                (
                    "type",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="contacts.option",
                        verbose_name="type",
                    ),
                ),
                ("subject", models.CharField(max_length=255, verbose_name="subject")),
                ("details", models.TextField(blank=True, default="", verbose_name="details")),
                (
                    "remarks",
                    models.TextField(blank=True, default="", verbose_name="remarks for colleagues"),
                ),
                (
                    "location",
                    models.CharField(blank=True, default="", max_length=255, verbose_name="place"),
                ),
                ("starts_at", models.DateTimeField(blank=True, null=True, verbose_name="start")),
                ("ends_at", models.DateTimeField(blank=True, null=True, verbose_name="end")),
                ("is_all_day", models.BooleanField(default=False, verbose_name="all day")),
                (
                    "duration",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="minutes"),
                ),
                (
                    "status",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="contacts.option",
                        verbose_name="status",
                    ),
                ),
                (
                    "priority",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="contacts.option",
                        verbose_name="priority",
                    ),
                ),
                (
                    "medium",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="contacts.option",
                        verbose_name="medium",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="followed_by",
                        to="contacts.activity",
                        verbose_name="follows from",
                    ),
                ),
                (
                    "outcome",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="contacts.option",
                        verbose_name="outcome",
                    ),
                ),
                (
                    "reminder_minutes",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="remind before, minutes"
                    ),
                ),
                (
                    "completed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="completed"),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="activities",
                        to="contacts.project",
                        verbose_name="project",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="author",
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="created")),
                ("updated_at", models.DateTimeField(verbose_name="updated")),
                (
                    "archived_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="archived"),
                ),
                (
                    "deals",
                    models.ManyToManyField(
                        blank=True,
                        related_name="activities",
                        to="contacts.deal",
                        verbose_name="deals",
                    ),
                ),
                (
                    "tickets",
                    models.ManyToManyField(
                        blank=True,
                        related_name="activities",
                        to="contacts.ticket",
                        verbose_name="tickets",
                    ),
                ),
                (
                    "tags",
                    models.ManyToManyField(
                        blank=True,
                        related_name="activities",
                        to="contacts.tag",
                        verbose_name="tags",
                    ),
                ),
            ],
            options={
                "verbose_name": "activity",
                "verbose_name_plural": "activities",
                "ordering": ["-starts_at", "-id"],
                "indexes": [
                    models.Index(fields=["owner", "starts_at", "id"], name="activity_by_owner"),
                    models.Index(fields=["starts_at", "id"], name="activity_by_start"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActivityContact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contact_links",
                        to="contacts.activity",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="activity_links",
                        to="contacts.contact",
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("source", "added by"),
                            ("target", "with"),
                            ("assignee", "assigned to"),
                            ("guest", "guest"),
                        ],
                        default="target",
                        max_length=16,
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0)),
            ],
            options={
                "ordering": ["position", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("activity", "contact", "part"), name="activity_contact_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("part__in", ["source", "target", "assignee", "guest"])),
                        name="activity_part_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActivityFact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(blank=True, default="", max_length=255)),
                ("folded", models.TextField(blank=True, default="")),
                ("given", models.TextField(blank=True, default="")),
                ("number", models.FloatField(blank=True, null=True)),
                ("date", models.DateTimeField(blank=True, null=True)),
                ("code", models.PositiveSmallIntegerField()),
                (
                    "activity",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="facts",
                        to="contacts.activity",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["code", "text", "activity"], name="activity_fact_by_text")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("activity", "code"), name="activity_fact_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ActivityFollower",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="contacts.activity",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("activity", "user"), name="activity_followed_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ActivityValue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(blank=True, default="", max_length=255)),
                ("folded", models.TextField(blank=True, default="")),
                ("given", models.TextField(blank=True, default="")),
                ("number", models.FloatField(blank=True, null=True)),
                ("date", models.DateTimeField(blank=True, null=True)),
                (
                    "field",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="contacts.customfield",
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0)),
                (
                    "option",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="contacts.customfieldoption",
                    ),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="custom_values",
                        to="contacts.activity",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "id"],
                "indexes": [
                    models.Index(
                        fields=["field", "text", "activity"], name="activity_value_by_text"
                    ),
                    models.Index(fields=["activity", "field"], name="activity_value_by_activity"),
                ],
            },
        ),
        migrations.CreateModel(
            name="DealContact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "deal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contact_links",
                        to="contacts.deal",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deal_links",
                        to="contacts.contact",
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0)),
            ],
            options={
                "ordering": ["position", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("deal", "contact"), name="deal_contact_once")
                ],
            },
        ),
        migrations.AddField(
            model_name="Deal",
            name="contacts",
            field=models.ManyToManyField(
                related_name="related_deals",
                through="contacts.DealContact",
                to="contacts.contact",
                verbose_name="related contacts",
            ),
        ),
        migrations.CreateModel(
            name="DealFact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(blank=True, default="", max_length=255)),
                ("folded", models.TextField(blank=True, default="")),
                ("given", models.TextField(blank=True, default="")),
                ("number", models.FloatField(blank=True, null=True)),
                ("date", models.DateTimeField(blank=True, null=True)),
                ("code", models.PositiveSmallIntegerField()),
                (
                    "deal",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="facts",
                        to="contacts.deal",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["code", "text", "deal"], name="deal_fact_by_text")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("deal", "code"), name="deal_fact_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="DealFollower",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                (
                    "deal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="contacts.deal",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("deal", "user"), name="deal_followed_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="DealProduct",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "deal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="products",
                        to="contacts.deal",
                        verbose_name="deal",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="deal_lines",
                        to="contacts.product",
                        verbose_name="product",
                    ),
                ),
                ("name", models.CharField(max_length=255, verbose_name="name")),
                (
                    "description",
                    models.TextField(blank=True, default="", verbose_name="description"),
                ),
                (
                    "unit_price",
                    models.DecimalField(
                        decimal_places=3, default=0, max_digits=15, verbose_name="price"
                    ),
                ),
                (
                    "quantity",
                    models.DecimalField(
                        decimal_places=3, default=1, max_digits=15, verbose_name="quantity"
                    ),
                ),
                (
                    "unit",
                    models.CharField(blank=True, default="", max_length=255, verbose_name="unit"),
                ),
                (
                    "tax_rate",
                    models.DecimalField(
                        decimal_places=3, default=0, max_digits=6, verbose_name="tax, %"
                    ),
                ),
                (
                    "tax_label",
                    models.CharField(
                        blank=True, default="", max_length=255, verbose_name="name of the tax"
                    ),
                ),
                (
                    "discount_type",
                    models.CharField(
                        choices=[("fixed", "amount"), ("percent", "percent")],
                        default="fixed",
                        max_length=8,
                        verbose_name="kind of discount",
                    ),
                ),
                (
                    "discount",
                    models.DecimalField(
                        decimal_places=3, default=0, max_digits=15, verbose_name="discount"
                    ),
                ),
                ("remarks", models.TextField(blank=True, default="", verbose_name="remarks")),
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
            ],
            options={
                "verbose_name": "product of a deal",
                "verbose_name_plural": "products of deals",
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="DealValue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(blank=True, default="", max_length=255)),
                ("folded", models.TextField(blank=True, default="")),
                ("given", models.TextField(blank=True, default="")),
                ("number", models.FloatField(blank=True, null=True)),
                ("date", models.DateTimeField(blank=True, null=True)),
                (
                    "field",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="contacts.customfield",
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0)),
                (
                    "option",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="contacts.customfieldoption",
                    ),
                ),
                (
                    "deal",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="custom_values",
                        to="contacts.deal",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "id"],
                "indexes": [
                    models.Index(fields=["field", "text", "deal"], name="deal_value_by_text"),
                    models.Index(fields=["deal", "field"], name="deal_value_by_deal"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "owner_group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="contacts.usergroup",
                        verbose_name="owning user group",
                    ),
                ),
                (
                    "editor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="last editor",
                    ),
                ),
                (
                    "entry_channel",
                    models.CharField(
                        blank=True, default="", max_length=32, verbose_name="came through"
                    ),
                ),
                (
                    "subject",
                    models.CharField(
                        blank=True, default="", max_length=255, verbose_name="subject"
                    ),
                ),
                ("content", models.TextField(verbose_name="content")),
                (
                    "format",
                    models.CharField(
                        choices=[
                            ("text", "plain text"),
                            ("markdown", "Markdown"),
                            ("html", "HTML"),
                        ],
                        default="text",
                        max_length=16,
                        verbose_name="format",
                    ),
                ),
                (
                    "type",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[(0, "e-mail"), (1, "call"), (2, "meeting")],
                        null=True,
                        verbose_name="type",
                    ),
                ),
                ("is_private", models.BooleanField(default=False, verbose_name="private")),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="author",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="answers",
                        to="contacts.note",
                        verbose_name="answer to",
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="contacts.contact",
                        verbose_name="said by",
                    ),
                ),
                (
                    "edit_reason",
                    models.CharField(
                        blank=True, default="", max_length=255, verbose_name="reason of the change"
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="contacts.contact",
                        verbose_name="contact",
                    ),
                ),
                (
                    "deal",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="contacts.deal",
                        verbose_name="deal",
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="contacts.ticket",
                        verbose_name="ticket",
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="created")),
                ("updated_at", models.DateTimeField(verbose_name="updated")),
                (
                    "further_contacts",
                    models.ManyToManyField(
                        blank=True,
                        related_name="further_notes",
                        to="contacts.contact",
                        verbose_name="further contacts",
                    ),
                ),
                (
                    "further_deals",
                    models.ManyToManyField(
                        blank=True,
                        related_name="further_notes",
                        to="contacts.deal",
                        verbose_name="further deals",
                    ),
                ),
            ],
            options={
                "verbose_name": "note",
                "verbose_name_plural": "notes",
                "ordering": ["-created_at", "-id"],
                "indexes": [
                    models.Index(fields=["contact", "created_at", "id"], name="note_by_contact"),
                    models.Index(fields=["deal", "created_at", "id"], name="note_by_deal"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("contact__isnull", False),
                                ("deal__isnull", True),
                                ("ticket__isnull", True),
                            ),
                            models.Q(
                                ("contact__isnull", True),
                                ("deal__isnull", False),
                                ("ticket__isnull", True),
                            ),
                            models.Q(
                                ("contact__isnull", True),
                                ("deal__isnull", True),
                                ("ticket__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="note_about_one_record",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "owner_group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="contacts.usergroup",
                        verbose_name="owning user group",
                    ),
                ),
                (
                    "editor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="last editor",
                    ),
                ),
                (
                    "entry_channel",
                    models.CharField(
                        blank=True, default="", max_length=32, verbose_name="came through"
                    ),
                ),
                (
                    "file",
                    models.FileField(
                        blank=True,
                        default="",
                        max_length=500,
                        upload_to="attachments/%Y/%m/",
                        verbose_name="file",
                    ),
                ),
                (
                    "filename",
                    models.CharField(
                        blank=True, default="", max_length=255, verbose_name="file name"
                    ),
                ),
                (
                    "is_document",
                    models.BooleanField(default=False, verbose_name="document of its own"),
                ),
                (
                    "title",
                    models.CharField(blank=True, default="", max_length=255, verbose_name="title"),
                ),
                ("content", models.TextField(blank=True, default="", verbose_name="content")),
                (
                    "link",
                    models.CharField(blank=True, default="", max_length=2000, verbose_name="link"),
                ),
                (
                    "version",
                    models.CharField(blank=True, default="", max_length=50, verbose_name="version"),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                (
                    "download_count",
                    models.PositiveIntegerField(default=0, verbose_name="downloads"),
                ),
                (
                    "folder",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="documents",
                        to="contacts.folder",
                        verbose_name="folder",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="documents",
                        to="contacts.project",
                        verbose_name="project",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner",
                    ),
                ),
                ("size", models.PositiveBigIntegerField(default=0, verbose_name="size, bytes")),
                (
                    "content_type",
                    models.CharField(
                        blank=True, default="", max_length=255, verbose_name="content type"
                    ),
                ),
                (
                    "digest",
                    models.CharField(blank=True, default="", max_length=64, verbose_name="SHA-256"),
                ),
                (
                    "description",
                    models.CharField(
                        blank=True, default="", max_length=255, verbose_name="description"
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="author",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="contacts.contact",
                    ),
                ),
                (
                    "deal",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="contacts.deal",
                    ),
                ),
                (
                    "note",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="contacts.note",
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="contacts.ticket",
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="created")),
                ("updated_at", models.DateTimeField(verbose_name="updated")),
                (
                    "contacts",
                    models.ManyToManyField(
                        blank=True, related_name="documents_about", to="contacts.contact"
                    ),
                ),
                (
                    "deals",
                    models.ManyToManyField(
                        blank=True, related_name="documents_about", to="contacts.deal"
                    ),
                ),
                (
                    "tickets",
                    models.ManyToManyField(
                        blank=True, related_name="documents_about", to="contacts.ticket"
                    ),
                ),
                (
                    "tags",
                    models.ManyToManyField(
                        blank=True, related_name="documents", to="contacts.tag", verbose_name="tags"
                    ),
                ),
            ],
            options={
                "verbose_name": "attachment",
                "verbose_name_plural": "attachments",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("contact__isnull", True),
                                ("deal__isnull", True),
                                ("note__isnull", True),
                            ),
                            models.Q(
                                ("contact__isnull", True),
                                ("deal__isnull", True),
                                ("ticket__isnull", True),
                            ),
                            models.Q(
                                ("contact__isnull", True),
                                ("note__isnull", True),
                                ("ticket__isnull", True),
                            ),
                            models.Q(
                                ("deal__isnull", True),
                                ("note__isnull", True),
                                ("ticket__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="attachment_to_one_record",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="Contact",
            name="avatar",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="contacts.attachment",
                verbose_name="picture",
            ),
        ),
        migrations.CreateModel(
            name="AttachmentFollower",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                (
                    "attachment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="contacts.attachment",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("attachment", "user"), name="attachment_followed_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("content", models.TextField(verbose_name="content")),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="author",
                    ),
                ),
                (
                    "note",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="contacts.note",
                        verbose_name="note",
                    ),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="contacts.activity",
                        verbose_name="activity",
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="created")),
                ("updated_at", models.DateTimeField(verbose_name="updated")),
            ],
            options={
                "verbose_name": "comment",
                "verbose_name_plural": "comments",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("activity__isnull", True), ("note__isnull", False)),
                            models.Q(("activity__isnull", False), ("note__isnull", True)),
                            _connector="OR",
                        ),
                        name="comment_about_one_record",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Pin",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="contacts.contact",
                    ),
                ),
                (
                    "deal",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="contacts.deal",
                    ),
                ),
                (
                    "note",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="contacts.note",
                    ),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="contacts.activity",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="author",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
            ],
            options={
                "verbose_name": "pin",
                "verbose_name_plural": "pins",
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("contact", None), ("deal", None), _connector="XOR"),
                            models.Q(("note", None), ("activity", None), _connector="XOR"),
                        ),
                        name="pin_of_one_at_one",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "form",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="submissions",
                        to="contacts.webform",
                        verbose_name="form",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("accepted", "accepted"),
                            ("held", "held for review"),
                            ("rejected", "rejected"),
                        ],
                        default="accepted",
                        max_length=16,
                        verbose_name="state",
                    ),
                ),
                (
                    "values",
                    models.JSONField(blank=True, default=dict, verbose_name="values as sent"),
                ),
                (
                    "prepared",
                    models.JSONField(blank=True, default=dict, verbose_name="values by field"),
                ),
                ("consent", models.TextField(blank=True, default="", verbose_name="agreed to")),
                ("reasons", models.JSONField(blank=True, default=list, verbose_name="why held")),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="submissions",
                        to="contacts.contact",
                        verbose_name="contact",
                    ),
                ),
                (
                    "deal",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="contacts.deal",
                        verbose_name="deal",
                    ),
                ),
                ("campaign", models.JSONField(blank=True, default=dict, verbose_name="campaign")),
                (
                    "landing_page",
                    models.CharField(
                        blank=True, default="", max_length=2000, verbose_name="landing page"
                    ),
                ),
                (
                    "came_from",
                    models.CharField(
                        blank=True, default="", max_length=500, verbose_name="came from"
                    ),
                ),
                ("digest", models.CharField(blank=True, default="", max_length=64)),
                (
                    "address",
                    models.GenericIPAddressField(blank=True, null=True, verbose_name="from"),
                ),
                (
                    "referer",
                    models.CharField(blank=True, default="", max_length=500, verbose_name="page"),
                ),
                (
                    "user_agent",
                    models.CharField(
                        blank=True, default="", max_length=500, verbose_name="browser"
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="reviewed by",
                    ),
                ),
                (
                    "reviewed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="reviewed"),
                ),
                ("created_at", models.DateTimeField(verbose_name="received")),
            ],
            options={
                "verbose_name": "submission",
                "verbose_name_plural": "submissions",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(
                        fields=["form", "digest", "created_at"], name="submission_by_digest"
                    ),
                    models.Index(
                        fields=["form", "address", "created_at"], name="submission_by_address"
                    ),
                    models.Index(fields=["state", "id"], name="submission_by_state"),
                ],
            },
        ),
    ]
