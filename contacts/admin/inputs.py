"""The fields of which our forms are made.

They check nothing that the domain checks: text goes to the service as it was typed, and the faults
come back beside it. Only what is chosen from a list is turned into the value that stands for it.
"""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar, cast

from django import forms
from django.forms.utils import flatatt
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from contacts.admin.tags import dot
from contacts.fields.typed_numbers import plain_number

Text = str | Promise
Options = Sequence[tuple[object, Text]]
AnyField = TypeVar("AnyField", bound=forms.Field)

SELECTED = mark_safe(" selected")
NOTHING: tuple[str, Text] = ("", "—")


def asked(form_field: AnyField) -> AnyField:
    """Mark a field as one that has to be filled in; its label says so in words."""
    cast(Any, form_field).is_asked = True
    return form_field


def wide(form_field: AnyField) -> AnyField:
    """Give a field the whole width of the form."""
    cast(Any, form_field).is_wide = True
    return form_field


def aside(form_field: AnyField) -> AnyField:
    """Fold a field of a row away until it is wanted."""
    cast(Any, form_field).is_aside = True
    return form_field


def text(label: Text, *, hint: Text = "", **attributes: object) -> forms.CharField:
    """Return a field for one line."""
    widget = forms.TextInput(attrs=attributes)
    return forms.CharField(label=str(label), help_text=str(hint), required=False, widget=widget)


class LongTextField(forms.CharField):
    """Text of several lines; browsers end them otherwise than the text that is stored."""

    def to_python(self, value: object) -> str:
        """Return the text with plain line ends."""
        return str(super().to_python(value) or "").replace("\r\n", "\n")

    def has_changed(self, initial: object, data: object) -> bool:
        """Tell whether the text is another one; programs may have stored either line end."""
        return super().has_changed(self.to_python(initial), self.to_python(data))


def long_text(label: Text, *, hint: Text = "", rows: int = 5) -> forms.CharField:
    """Return a field for several lines."""
    widget = forms.Textarea(attrs={"rows": rows})
    made = LongTextField(
        label=str(label), help_text=str(hint), required=False, strip=False, widget=widget
    )
    return wide(made)


class LinesField(forms.CharField):
    """A list of texts, one a line."""

    def prepare_value(self, value: object) -> object:
        """Return the text that the box shows."""
        return "\n".join(map(str, value)) if isinstance(value, list | tuple) else value

    def clean(self, value: object) -> list[str]:
        """Return the lines that are not blank."""
        return [line.strip() for line in str(value or "").splitlines() if line.strip()]


def lines(label: Text, *, hint: Text = "", rows: int = 3) -> LinesField:
    """Return a field for a list with one thing a line."""
    widget = forms.Textarea(attrs={"rows": rows})
    return wide(LinesField(label=str(label), help_text=str(hint), required=False, widget=widget))


class NumberField(forms.CharField):
    """A number, which people may write as our pages do: with thousands apart and their comma."""

    def to_python(self, value: object) -> str:
        """Return the number as programs write it; what is none is for the domain to refuse."""
        return plain_number(str(super().to_python(value) or ""))

    def has_changed(self, initial: object, data: object) -> bool:
        """Tell whether the number is written as another one."""
        return super().has_changed(initial, self.to_python(data))


def number(label: Text, *, hint: Text = "", is_whole: bool = True) -> forms.CharField:
    """Return a field for a number."""
    mode = "numeric" if is_whole else "decimal"
    widget = forms.TextInput(attrs={"inputmode": mode, "class": "short"})
    return NumberField(label=str(label), help_text=str(hint), required=False, widget=widget)


def day(label: Text, *, hint: Text = "") -> forms.CharField:
    """Return a field for a day."""
    return text(label, hint=hint, type="date", **{"class": "short"})


def moment(label: Text, *, hint: Text = "") -> forms.CharField:
    """Return a field for a day with a time, in the reader's zone."""
    return text(label, hint=hint, type="datetime-local", **{"class": "short"})


def yes_no(label: Text, *, hint: Text = "") -> forms.BooleanField:
    """Return a box to tick."""
    return forms.BooleanField(label=str(label), help_text=str(hint), required=False)


class ColorInput(forms.TextInput):
    """A box for a colour with a dot of it, which scripts keep in step with what is typed."""

    def render(
        self,
        name: str,
        value: object,
        attrs: dict[str, Any] | None = None,
        renderer: Any = None,  # noqa: ANN401  # Django's own
    ) -> SafeString:
        """Return dot and box as HTML."""
        box = super().render(name, value, attrs, renderer)
        return format_html('<span class="row swatch">{}{}</span>', dot(str(value or "none")), box)


def color(label: Text, *, hint: Text = "", **attributes: object) -> forms.CharField:
    """Return a field for a colour."""
    made = text(label, hint=hint, maxlength=7, spellcheck="false")
    made.widget = ColorInput(attrs={**made.widget.attrs, "class": "short", **attributes})
    return made


class PlainSelect(forms.Select):
    """A list that is written without a template for each option: forms have hundreds of them."""

    def render(
        self,
        name: str,
        value: object,
        attrs: dict[str, Any] | None = None,
        renderer: object = None,
    ) -> SafeString:
        """Return the list as HTML."""
        chosen = set(self.format_value(value))
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            (
                (each, SELECTED if str(each) in chosen else "", label)
                for each, label in self.choices
            ),
        )
        attributes = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        return format_html("<select{}>{}</select>", flatatt(attributes), options)


def _taken_from(options: Options) -> Callable[[object], object]:
    """Return what turns the text of an option into its value.

    What is stored but no longer offered stands for itself: Django asks for it to tell changes.
    """
    by_text = {str(value): value for value, _label in options}
    return lambda value: by_text.get(str(value), value)


def one_of(
    label: Text, options: Options, *, hint: Text = "", blank: bool = True
) -> forms.TypedChoiceField:
    """Return a list to choose one from; the value is the one that stands in `options`."""
    shown = [(str(value), name) for value, name in options]
    return forms.TypedChoiceField(
        label=str(label),
        help_text=str(hint),
        required=False,
        choices=[NOTHING, *shown] if blank else shown,
        coerce=_taken_from(options),
        empty_value=None,
        widget=PlainSelect,
    )


def offer_also(form_field: forms.Field, value: object, label: Text) -> None:
    """Let a list offer what is stored although it is no longer offered: saving must not lose it."""
    if not isinstance(form_field, forms.TypedChoiceField) or value in (None, ""):
        return
    shown = list(cast(Any, form_field.choices))
    if str(value) in {str(each) for each, _label in shown}:
        return
    form_field.choices = [*shown, (str(value), str(label))]
    usual = form_field.coerce
    form_field.coerce = lambda chosen: value if str(chosen) == str(value) else usual(chosen)


def many_of(label: Text, options: Options, *, hint: Text = "") -> forms.TypedMultipleChoiceField:
    """Return boxes of which any number may be ticked."""
    return forms.TypedMultipleChoiceField(
        label=str(label),
        help_text=str(hint),
        required=False,
        choices=[(str(value), name) for value, name in options],
        coerce=_taken_from(options),
        empty_value=[],
        widget=forms.CheckboxSelectMultiple,
    )
