"""Find and weigh what was sent and deleted before, as what comes later is when it is stored."""

from django.db import migrations

from contacts.index.traces import addresses_in, references_of
from contacts.services.suspicion import score_of

BATCH = 1_000


def trace_submissions(apps, schema_editor):
    """Note the e-mail addresses of every submission."""
    alias = schema_editor.connection.alias
    addresses = apps.get_model("contacts", "SubmissionAddress").objects.using(alias)
    rows = apps.get_model("contacts", "Submission").objects.using(alias)
    for pk, values, prepared in rows.values_list("pk", "values", "prepared").iterator(BATCH):
        addresses.bulk_create(
            (
                addresses.model(submission_id=pk, text=text)
                for text in addresses_in([values, prepared])
            ),
            ignore_conflicts=True,
        )


def trace_deleted(apps, schema_editor):
    """Note what the rows of every deleted record name."""
    alias = schema_editor.connection.alias
    references = apps.get_model("contacts", "DeletedReference").objects.using(alias)
    records = apps.get_model("contacts", "DeletedRecord").objects.using(alias)
    for pk, rows in records.values_list("pk", "rows").iterator(BATCH):
        named = {reference for row in rows for reference in references_of(row)}
        references.bulk_create(
            (references.model(deleted_id=pk, noun=noun, text=text) for noun, text in named),
            batch_size=BATCH,
            ignore_conflicts=True,
        )


def weigh_submissions(apps, schema_editor):
    """Store the score of what is held: the inbox is sorted by it."""
    submissions = apps.get_model("contacts", "Submission").objects
    rows = submissions.using(schema_editor.connection.alias).exclude(reasons=[])
    for pk, reasons in list(rows.values_list("pk", "reasons")):
        rows.filter(pk=pk).update(suspicion=score_of(reasons))


class Migration(migrations.Migration):
    dependencies = [("contacts", "0008_traces_of_persons")]

    operations = [
        migrations.RunPython(trace_submissions, migrations.RunPython.noop),
        migrations.RunPython(trace_deleted, migrations.RunPython.noop),
        migrations.RunPython(weigh_submissions, migrations.RunPython.noop),
    ]
