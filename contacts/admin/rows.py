"""Rows within a form that are added, moved and removed by buttons, with or without scripts.

Every button sends the whole form; nothing is stored, the form comes back with its rows rearranged
and all that was typed still there. A row is left out of the values while its main field is blank.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise

from contacts.admin.forms import DomainForm

MOST_ROWS = 300
ACTION = "row"

MakeFields = Callable[[], Mapping[str, forms.Field]]


class RowForm(DomainForm):
    """One row."""

    @property
    def has_aside_values(self) -> bool:
        """Tell whether something is filled in, or wrong, among what is folded away."""
        folded = [each for each in self if getattr(each.field, "is_aside", False)]
        return any(each.value() or each.errors for each in folded)


class Rows:
    """The rows of one list within a form; `name` is the prefix of their fields."""

    def __init__(
        self,
        name: str,
        label: str | Promise,
        make: MakeFields,
        *,
        main: str,
        add_label: str | Promise,
    ) -> None:
        self.name = name
        self.label = label
        self.main = main
        self.add_label = add_label
        self._make = make
        self.forms: list[DomainForm] = []
        # The row in which the work goes on when a button has rearranged them.
        self.current: int | None = None

    def show(self, items: Iterable[Mapping[str, Any]], *, spare: int = 1) -> None:
        """Show stored rows, and spare ones to fill in."""
        given: list[Mapping[str, Any]] = [*items, *[{} for _ in range(spare)]]
        self.forms = [self._form(place, initial=item) for place, item in enumerate(given)]
        if self.current is not None and self.current < len(self.forms):
            first = next(iter(self.forms[self.current].visible_fields()), None)
            if first is not None:
                first.field.widget.attrs["autofocus"] = True

    @property
    def is_left_empty(self) -> bool:
        """Tell whether a button has just removed the last row."""
        return self.current is not None and not self.forms

    def show_again(self) -> None:
        """Show what was typed as if nothing had been sent, so that nothing is refused yet."""
        self.show([self._typed(form) for form in self.forms], spare=0)

    def take(self, sent: QueryDict) -> bool:
        """Take over what was sent; tells whether a button of a row was pressed, not "Save"."""
        count = sent.get(f"{self.name}-count", "")
        length = min(int(count), MOST_ROWS) if count.isascii() and count.isdigit() else 0
        self.forms = [self._form(place, data=sent) for place in range(length)]
        return self._act(sent.get(ACTION, ""))

    @property
    def has_asides(self) -> bool:
        """Tell whether the rows have fields that are folded away."""
        return any(getattr(each, "is_aside", False) for each in self._make().values())

    def _form(self, place: int, **more: Any) -> DomainForm:
        form = RowForm(prefix=f"{self.name}-{place}", **more)
        form.fields.update(self._make())
        return form

    def _act(self, action: str) -> bool:
        name, _colon, rest = action.partition(":")
        verb, _colon, number = rest.partition(":")
        if name != self.name:
            return False
        items = [self._typed(form) for form in self.forms]
        place = int(number) if number.isascii() and number.isdigit() else -1
        if verb == "add":
            items.append({})
            place = len(items) - 1
        elif verb == "remove" and 0 <= place < len(items):
            del items[place]
            place = min(place, len(items) - 1)
        elif verb in ("up", "down"):
            other = place - 1 if verb == "up" else place + 1
            if 0 <= place < len(items) and 0 <= other < len(items):
                items[place], items[other] = items[other], items[place]
                place = other
        self.current = min(max(place, 0), MOST_ROWS - 1)
        self.show(items[:MOST_ROWS], spare=0)
        return True

    @staticmethod
    def _typed(form: DomainForm) -> dict[str, Any]:
        return {name: form[name].value() for name in form.fields}

    def is_valid(self) -> bool:
        """Tell whether every filled row could be read."""
        valid = [form.is_valid() for form in self.filled()]
        return all(valid)

    def filled(self) -> list[DomainForm]:
        """Return the rows whose main field is not blank."""
        return [form for form in self.forms if str(form[self.main].value() or "").strip()]

    def values(self) -> list[dict[str, Any]]:
        """Return what the filled rows say, in order."""
        return [dict(form.cleaned_data) for form in self.filled()]

    def has_changed(self, items: Iterable[Mapping[str, Any]]) -> bool:
        """Tell whether the rows say something else than what is stored."""
        return self.values() != [dict(item) for item in items]
