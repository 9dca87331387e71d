"""The fields of the editor of a web form: texts, what it asks for, rules."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy

from contacts.access import NEEDED, Actor
from contacts.admin import inputs
from contacts.admin.catalogue_forms import active_users, projects_of
from contacts.admin.rows import Rows
from contacts.fields import catalogue
from contacts.models import WebForm
from contacts.services.form_fields import find_askable

RIGHT = NEEDED["web_form", "manage"]
WIDTHS = [("full", gettext_lazy("whole line")), ("half", gettext_lazy("half a line"))]
GROUPS = (
    (
        gettext_lazy("After sending"),
        ("thanks", "repeats_values", "redirect_to", "redirect_hosts", "notify"),
    ),
    (
        gettext_lazy("What becomes of it"),
        ("owner", "tags", "on_duplicate", "allows_files"),
    ),
    (
        gettext_lazy("Against misuse"),
        ("allowed_sites", "min_seconds", "per_hour", "max_length", "honeypot", "blocked_words"),
    ),
)


def rows_of(actor: Actor) -> Rows:
    """Return the rows of the fields that a form asks for."""
    askable = [
        (field.key, field.label)
        for field in catalogue("contact")
        if find_askable(actor, field.key) is not None
    ]
    parts = [(key, label) for key, label in ADDRESS if find_askable(actor, key) is not None]
    options = [*askable, *[pair for pair in parts if pair[0] not in dict(askable)]]

    def make() -> dict[str, forms.Field]:
        return {
            "key": inputs.one_of(gettext_lazy("Field"), options),
            "label": inputs.text(gettext_lazy("Label, if other")),
            "is_required": inputs.yes_no(gettext_lazy("Required")),
            "help": inputs.aside(inputs.text(gettext_lazy("Help"))),
            "default": inputs.aside(inputs.text(gettext_lazy("Default"))),
            "width": inputs.one_of(gettext_lazy("Width"), WIDTHS, blank=False),
            "is_hidden": inputs.aside(inputs.yes_no(gettext_lazy("Hidden, always the default"))),
        }

    return Rows(
        "fields",
        gettext_lazy("Fields, in order"),
        make,
        main="key",
        add_label=gettext_lazy("Add another field"),
    )


ADDRESS = (
    ("street1", gettext_lazy("Street")),
    ("street2", gettext_lazy("Street, second line")),
    ("city", gettext_lazy("City")),
    ("region", gettext_lazy("Region")),
    ("postcode", gettext_lazy("Postcode")),
    ("country", gettext_lazy("Country")),
)


def form_fields(actor: Actor) -> dict[str, forms.Field]:
    """Return the settings of a form as fields."""
    languages = [(code, name) for code, name in settings.LANGUAGES]
    return {
        "title": inputs.asked(inputs.text(gettext_lazy("Title"))),
        "project": inputs.asked(
            inputs.one_of(gettext_lazy("Project"), projects_of(actor, RIGHT), blank=False)
        ),
        "intro": inputs.long_text(gettext_lazy("Introduction"), rows=3),
        "submit_label": inputs.text(gettext_lazy("Button"), hint=gettext_lazy("Empty: “Send”.")),
        "language": inputs.one_of(
            gettext_lazy("Language"), languages, hint=gettext_lazy("Empty: the visitor's own.")
        ),
        "consent": inputs.long_text(
            gettext_lazy("Consent text"),
            hint=gettext_lazy("With a text here, visitors must tick a box that they agree."),
            rows=2,
        ),
        "is_active": inputs.yes_no(gettext_lazy("Open: takes what visitors send")),
        **after_sending(),
        "owner": inputs.one_of(gettext_lazy("Owner of new contacts"), active_users()),
        "tags": inputs.lines(gettext_lazy("Tags"), hint=gettext_lazy("One a line."), rows=2),
        "on_duplicate": inputs.one_of(
            gettext_lazy("Same e-mail again"), WebForm.OnDuplicate.choices, blank=False
        ),
        "allows_files": inputs.yes_no(gettext_lazy("A picture may be sent")),
        **against_misuse(),
    }


def after_sending() -> dict[str, forms.Field]:
    """Return the settings of what happens after sending."""
    return {
        "thanks": inputs.long_text(gettext_lazy("Thanks"), rows=3),
        "repeats_values": inputs.yes_no(gettext_lazy("Show visitors what was received")),
        "redirect_to": inputs.text(
            gettext_lazy("Then go to"),
            hint=gettext_lazy("An address such as https://example.com/thanks. Empty: our page."),
            inputmode="url",
        ),
        "redirect_hosts": inputs.lines(
            gettext_lazy("Hosts to which visitors may be sent on"),
            hint=gettext_lazy("One a line, such as example.com."),
            rows=2,
        ),
        "notify": inputs.lines(
            gettext_lazy("Tell by e-mail"), hint=gettext_lazy("One address a line."), rows=2
        ),
    }


def against_misuse() -> dict[str, forms.Field]:
    """Return the settings that keep robots out."""
    return {
        "allowed_sites": inputs.lines(
            gettext_lazy("Sites that may show the form in a frame"),
            hint=gettext_lazy("One a line, such as https://example.com."),
            rows=2,
        ),
        "min_seconds": inputs.number(
            gettext_lazy("Least seconds to fill in"),
            hint=gettext_lazy("Faster ones are held for review."),
        ),
        "per_hour": inputs.number(
            gettext_lazy("Most per address and hour"), hint=gettext_lazy("0: no limit.")
        ),
        "max_length": inputs.number(
            gettext_lazy("Most characters in a field"), hint=gettext_lazy("0: no limit.")
        ),
        "honeypot": inputs.text(
            gettext_lazy("Trap field"),
            hint=gettext_lazy(
                "The name of a field on your own site that people do not see. Robots fill it in."
            ),
        ),
        "blocked_words": inputs.lines(
            gettext_lazy("Words that hold a submission"), hint=gettext_lazy("One a line."), rows=2
        ),
    }
