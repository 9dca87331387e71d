"""The fields of the editor of a web form: texts, what it asks for, rules."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy

from contacts.access import NEEDED, Actor
from contacts.admin import inputs
from contacts.admin.catalogue_forms import projects_of, users_of
from contacts.admin.naming import one_named
from contacts.admin.rows import Rows
from contacts.fields import catalogue
from contacts.models import Stage, WebForm
from contacts.services.form_askable import COMPANY, DEAL, FILES, TEXT, find_askable, label_of

RIGHT = NEEDED["web_form", "manage"]
WIDTHS = [("full", gettext_lazy("whole line")), ("half", gettext_lazy("half a line"))]
GROUPS = (
    (
        gettext_lazy("After sending"),
        (
            *("thanks_title", "thanks", "repeats_values", "redirect_to", "is_thanked_first"),
            *("redirect_hosts", "notify"),
        ),
    ),
    (
        gettext_lazy("What becomes of it"),
        ("owner", "tags", "on_duplicate", "deal_stage", "deal_prefix", "allows_files"),
    ),
    (
        gettext_lazy("Against misuse"),
        (
            *("allowed_sites", "min_seconds", "per_hour", "max_length", "asks_for_work"),
            *("honeypot", "blocked_words"),
        ),
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
    parts = [pair for pair in parts if pair[0] not in dict(askable)]
    options = [*askable, *parts, *_beside(actor), (TEXT, gettext_lazy("A text between the fields"))]

    def make() -> dict[str, forms.Field]:
        return {
            "key": inputs.one_of(gettext_lazy("Field"), options),
            "label": inputs.text(gettext_lazy("Label, if other")),
            "is_required": inputs.yes_no(gettext_lazy("Required")),
            "help": inputs.aside(inputs.text(gettext_lazy("Help"))),
            "name": inputs.aside(inputs.text(gettext_lazy("Name for programs, if other"))),
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


def _beside(actor: Actor) -> list[tuple[str, str]]:
    """Return the fields that are not about the contact itself, and those that take files."""
    keys = [f"{COMPANY}.{field.key}" for field in catalogue("contact")]
    keys += [f"{COMPANY}.{key}" for key, _label in ADDRESS]
    keys += [f"{DEAL}.{field.key}" for field in catalogue("deal")]
    keys = [*dict.fromkeys(keys), FILES]
    return [(key, label_of(key)) for key in keys if find_askable(actor, key) is not None]


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
            hint=gettext_lazy(
                "With a text here, visitors must tick a box that they agree. Each change makes a "
                "new version, and every submission says to which one was agreed."
            ),
            rows=2,
        ),
        "is_active": inputs.yes_no(gettext_lazy("Open: takes what visitors send")),
        **looks(),
        **after_sending(),
        "owner": one_named(gettext_lazy("Owner of new contacts"), users_of(actor), "users"),
        "tags": inputs.lines(gettext_lazy("Tags"), hint=gettext_lazy("One a line."), rows=2),
        "on_duplicate": inputs.one_of(
            gettext_lazy("Contact known already"), WebForm.OnDuplicate.choices, blank=False
        ),
        "deal_stage": inputs.one_of(
            gettext_lazy("Make a deal in"),
            stages(),
            hint=gettext_lazy("Empty: no deal is made."),
        ),
        "deal_prefix": inputs.text(gettext_lazy("Before the name of the deal")),
        "allows_files": inputs.yes_no(gettext_lazy("A picture may be sent")),
        **against_misuse(),
    }


def stages() -> list[tuple[int, str]]:
    """Return the stages of all pipelines."""
    rows = Stage.objects.select_related("pipeline").order_by("pipeline__position", "position", "pk")
    return [(row.pk, f"{row.pipeline.name}: {row.name}") for row in rows]


def looks() -> dict[str, forms.Field]:
    """Return the settings of how the page looks."""
    hint = gettext_lazy("Such as #0b6570. Empty: ours.")
    return {
        "accent_color": inputs.color(gettext_lazy("Colour of the button"), hint=hint),
        "background_color": inputs.color(gettext_lazy("Colour of the page"), hint=hint),
        "logo": inputs.one_of(
            gettext_lazy("Our mark above the title"),
            [
                ("light", gettext_lazy("on a light ground")),
                ("dark", gettext_lazy("on a dark ground")),
            ],
        ),
    }


def after_sending() -> dict[str, forms.Field]:
    """Return the settings of what happens after sending."""
    return {
        "thanks_title": inputs.text(
            gettext_lazy("Heading"), hint=gettext_lazy("Empty: “Thank you”.")
        ),
        "thanks": inputs.long_text(gettext_lazy("Thanks"), rows=3),
        "repeats_values": inputs.yes_no(gettext_lazy("Show visitors what was received")),
        "redirect_to": inputs.text(
            gettext_lazy("Then go to"),
            hint=gettext_lazy("An address such as https://example.com/thanks. Empty: our page."),
            inputmode="url",
        ),
        "is_thanked_first": inputs.yes_no(
            gettext_lazy("Thank first, and lead there by a link"),
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
        "asks_for_work": inputs.yes_no(
            gettext_lazy("Let browsers calculate for a moment before they send"),
            hint=gettext_lazy(
                "It makes sending by the thousand expensive. What comes from browsers without "
                "scripts is held for review."
            ),
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
