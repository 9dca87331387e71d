"""Choose users, projects or groups: from a list, or by typing where the list would be too long."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.admin import inputs
from contacts.fields.text import fold

# More are found faster by typing than by looking.
MOST_LISTED = 25
OFFERED = 8
SEPARATOR = ";"

Options = Sequence[tuple[object, inputs.Text]]


def one_named(label: inputs.Text, options: Options, of: str) -> forms.Field:
    """Return a field for one of some names; `of` says of what, to ask for more of them."""
    if len(options) <= MOST_LISTED:
        return inputs.one_of(label, options)
    hint = gettext_lazy("Begin to type a name.")
    return NamedField(options, of=of, several=False, label=str(label), help_text=str(hint))


def many_named(label: inputs.Text, options: Options, of: str) -> forms.Field:
    """Return a field for any number of some names."""
    if len(options) <= MOST_LISTED:
        return inputs.many_of(label, options)
    hint = gettext_lazy("Names, separated by “;”.")
    return NamedField(options, of=of, several=True, label=str(label), help_text=str(hint))


class NamedField(forms.CharField):
    """A box for names out of many; scripts offer some while somebody types."""

    def __init__(self, options: Options, *, of: str, several: bool, **more: Any) -> None:
        self.choices = [(value, str(name)) for value, name in options]
        self.several = several
        amount = "several" if several else "one"
        attributes = {"data-contacts": amount, "data-of": of, "autocomplete": "off"}
        super().__init__(required=False, widget=forms.TextInput(attrs=attributes), **more)

    def prepare_value(self, value: object) -> object:
        """Return the names of what is chosen."""
        if value is None or isinstance(value, str):
            return value
        chosen = value if isinstance(value, list | tuple) else [value]
        return f"{SEPARATOR} ".join(self._written(each) for each in chosen)

    def _written(self, value: object) -> str:
        name = dict(self.choices).get(value, "")
        alike = [each for _value, each in self.choices if fold(each) == fold(name)]
        return name if len(alike) == 1 else f"{name} #{value}".strip()

    def has_changed(self, initial: object, data: object) -> bool:
        """Tell whether somebody typed something else; what is not offered to them stays."""
        return str(self.prepare_value(initial) or "") != str(data or "").strip()

    def clean(self, value: object) -> Any:  # noqa: ANN401  # one value, a list, or nothing
        """Return what is chosen; raises ValidationError where a name fits none or several."""
        typed = [part.strip() for part in str(value or "").split(SEPARATOR) if part.strip()]
        found = [self._find(part) for part in typed]
        if self.several:
            return list(dict.fromkeys(found))
        if len(found) > 1:
            raise ValidationError(_("Only one fits here."))
        return found[0] if found else None

    def _find(self, typed: str) -> object:
        by_number = {f"{name} #{value}".strip(): value for value, name in self.choices}
        if typed in by_number:
            return by_number[typed]
        parts = [(value, name) for value, name in self.choices if fold(typed) in fold(name)]
        exact = [(value, name) for value, name in parts if fold(typed) == fold(name)]
        fitting = exact or parts
        if len(fitting) == 1:
            return fitting[0][0]
        if not fitting:
            raise ValidationError(_("Nothing is called “%(name)s”.") % {"name": typed})
        names = ", ".join(f"{name} #{value}" for value, name in fitting[:OFFERED])
        text = _("Several fit: %(names)s. Write the number too.")
        raise ValidationError(text % {"names": names})


def fitting(options: Options, typed: str) -> list[str]:
    """Return the names that fit what was typed, those that begin so first."""
    names = [str(name) for _value, name in options if fold(typed) in fold(str(name))]
    names.sort(key=lambda name: not fold(name).startswith(fold(typed)))
    return names[:OFFERED]
