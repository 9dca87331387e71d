"""The form for a note, first on a contact's page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contacts.admin import inputs
from contacts.admin.record_forms import RecordForm
from contacts.models import Note


def note_form() -> RecordForm:
    """Return an empty form for a note."""
    return RecordForm(
        {
            "content": inputs.asked(inputs.long_text(_("Note"), rows=3)),
            "type": inputs.one_of(_("About"), Note.Type.choices),
            "file": forms.FileField(
                label=_("File"),
                required=False,
                help_text=_("Choose it again if something else is wrong."),
            ),
            "is_private": inputs.yes_no(_("Only I may read it")),
        }
    )


def note_values(form: RecordForm, contact_id: int) -> dict[str, Any]:
    """Return what a filled-in form says, for the service."""
    said = form.cleaned_data
    return {
        "contact": contact_id,
        "content": said["content"],
        "type": said["type"],
        "is_private": said["is_private"],
    }
