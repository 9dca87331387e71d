"""What the page asks: each field of a form with its control, its entry and its fault."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from contacts.errors import Fault
from contacts.fields import Field
from contacts.intake import countries
from contacts.intake.wording import words_of
from contacts.models import WebForm
from contacts.services.form_fields import FormField, length_of

# By these the browser offers what it knows of the visitor (HTML, "Autofill").
AUTOCOMPLETE = {
    "prefix": "honorific-prefix",
    "first_name": "given-name",
    "middle_name": "additional-name",
    "last_name": "family-name",
    "suffix": "honorific-suffix",
    "nickname": "nickname",
    "organization_name": "organization",
    "company": "organization",
    "job_title": "organization-title",
    "emails": "email",
    "phones": "tel",
    "websites": "url",
    "birthday": "bday",
    "gender": "sex",
    "preferred_language": "language",
    "street1": "address-line1",
    "street2": "address-line2",
    "city": "address-level2",
    "region": "address-level1",
    "postcode": "postal-code",
    "country": "country",
}

# What a browser may tell at once: the type of an input, and the fault that it means.
TOLD_AT_ONCE = {"email": "invalid", "date": "not_a_date", "datetime-local": "not_a_datetime"}

# The control of a field by its key or by the name of its type: (control, type, inputmode).
BY_KEY = {
    "emails": ("input", "email", "email"),
    "phones": ("input", "tel", "tel"),
    # Of type "url" browsers refuse "example.com", which is what people write.
    "websites": ("input", "text", "url"),
    "messengers": ("input", "text", ""),
    "tags": ("input", "text", ""),
}
BY_TYPE = {
    "text": ("input", "text", ""),
    "long_text": ("textarea", "", ""),
    "integer": ("input", "text", "numeric"),
    "decimal": ("input", "text", "decimal"),
    "date": ("input", "date", ""),
    "datetime": ("input", "datetime-local", ""),
    "boolean": ("checkbox", "", ""),
    "option": ("select", "", ""),
    "choice": ("select", "", ""),
    "link": ("input", "text", "url"),
    "attachment": ("file", "", ""),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """One choice of a question."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the page, ready for the template."""

    key: str
    label: str
    help: str
    control: str
    type: str = ""
    inputmode: str = ""
    autocomplete: str = ""
    max_length: int = 0
    is_required: bool = False
    width: str = "full"
    takes_several: bool = False
    value: str = ""
    answers: Sequence[Answer] = field(default_factory=tuple)
    errors: Sequence[str] = field(default_factory=tuple)

    @property
    def wrong(self) -> str:
        """Return what a script tells of an entry that cannot be right, or ""."""
        code = TOLD_AT_ONCE.get(self.type)
        return words_of(Fault(self.key, code)) if code else ""

    @property
    def id(self) -> str:
        """Return the id of the control."""
        return f"field-{self.key}"

    @property
    def described_by(self) -> str:
        """Return the ids of the texts that explain the control."""
        help_id = [f"{self.id}-help"] if self.help else []
        error_id = [f"{self.id}-error"] if self.errors else []
        return " ".join([*help_id, *error_id])


def questions_of(
    form: WebForm,
    fields: Iterable[FormField],
    entered: Mapping[str, Sequence[str]] | None,
    faults: Iterable[Fault],
) -> list[Question]:
    """Return the questions in order; `entered` is what the visitor wrote, None at first."""
    faults = list(faults)
    shown = [each for each in fields if not each.is_hidden]
    return [_question(form, each, entered, faults) for each in shown]


def control_of(catalogue_field: Field) -> str:
    """Return the control of a field: input, textarea, checkbox, checkboxes, select or file."""
    control = _described(catalogue_field)[0]
    return "checkboxes" if control == "select" and catalogue_field.is_multiple else control


def _described(catalogue_field: Field) -> tuple[str, str, str]:
    known = BY_KEY.get(catalogue_field.key)
    return known or BY_TYPE.get(catalogue_field.type.name, ("input", "text", ""))


def _question(
    form: WebForm,
    each: FormField,
    entered: Mapping[str, Sequence[str]] | None,
    faults: Iterable[Fault],
) -> Question:
    if each.is_text:
        return Question(each.key, each.label, each.help, "text")
    values = list(entered.get(each.key, ())) if entered is not None else [each.default]
    _control, kind, inputmode = _described(each.field)
    control = control_of(each.field)
    limits = [limit for limit in (form.max_length, length_of(each.field)) if limit]
    is_text = control in ("input", "textarea") and kind not in ("date", "datetime-local")
    return Question(
        key=each.key,
        label=each.label or str(each.field.label),
        help=each.help or each.field.help_text,
        control=control,
        type=kind,
        inputmode=inputmode,
        autocomplete=AUTOCOMPLETE.get(each.key, ""),
        max_length=min(limits, default=0) if is_text else 0,
        is_required=each.is_required,
        width=each.width,
        takes_several=each.takes_files,
        value=", ".join(values) if each.key == "tags" else _shown(control, values),
        answers=tuple(_answers(each.field, control, values)),
        errors=tuple(dict.fromkeys(words_of(each_) for each_ in faults if each_.key == each.key)),
    )


def _shown(control: str, values: Sequence[str]) -> str:
    text = next((value for value in values if value), "")
    if control == "checkbox":
        return "1" if text.lower() in ("1", "true", "yes", "on") else ""
    return text


def _answers(catalogue_field: Field, control: str, values: Sequence[str]) -> Iterable[Answer]:
    if control not in ("select", "checkboxes"):
        return
    is_country = catalogue_field.key == "country"
    choices = catalogue_field.choices
    for choice in countries.named(choices) if is_country else choices:
        value = choice.name if is_country else str(choice.value)
        # A default is written by people: by its name or its label.
        known = (value, str(choice.value), choice.name, str(choice.label))
        is_chosen = any(text in known for text in values if text)
        if choice.is_active or is_chosen:
            yield Answer(value, str(choice.label), is_chosen)
