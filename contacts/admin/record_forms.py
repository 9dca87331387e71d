"""The form of one record: fields in titled groups, and rows that can be added and moved."""

from collections.abc import Mapping, Sequence

from django import forms
from django.http import HttpRequest
from django.utils.functional import Promise

from contacts.admin.choosing import ContactField
from contacts.admin.forms import DomainForm
from contacts.admin.naming import NamedField
from contacts.admin.rows import Rows
from contacts.admin.wording import words_of
from contacts.errors import Fault

Groups = Sequence[tuple[str | Promise, Sequence[str]]]


class RecordForm(DomainForm):
    """A form over given fields; `groups` titles them by their names, the rest stand first."""

    def __init__(
        self,
        fields: Mapping[str, forms.Field],
        *,
        rows: Sequence[Rows] = (),
        groups: Groups = (),
        aliases: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__()
        self.fields.update(fields)
        self.rows = list(rows)
        self.groups = groups
        self.aliases = aliases or {}

    def explain(self, hints: Mapping[str, str | Promise]) -> None:
        """Say what fields mean; fields that the form does not have are passed over."""
        for name, hint in hints.items():
            if name in self.fields:
                self.fields[name].help_text = str(hint)

    @property
    def chooses(self) -> bool:
        """Tell whether the form has a box for names, which a script helps to fill in."""
        return any(isinstance(each, ContactField | NamedField) for each in self.fields.values())

    @property
    def sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Return the visible fields in titled groups."""
        named = {name for _title, names in self.groups for name in names}
        first = [bound for bound in self.visible_fields() if bound.name not in named]
        found = [("", first)] if first else []
        for title, names in self.groups:
            present = [self[name] for name in names if name in self.fields]
            if present:
                found.append((str(title), present))
        return found

    def take(self, request: HttpRequest) -> bool:
        """Take over what was sent; tells whether it is to be stored, not only rearranged."""
        self.data, self.files, self.is_bound = request.POST, request.FILES, True
        pressed = [rows.take(request.POST) for rows in self.rows]
        if not any(pressed):
            return True
        self.show_again()
        return False

    def show_again(self) -> None:
        """Show what was typed as if nothing had been sent, so that nothing is refused yet."""
        self.initial = {name: self[name].value() for name in self.fields}
        self.is_bound = False
        for rows in self.rows:
            rows.show_again()
        # Each field remembers what it showed first.
        self._bound_fields_cache.clear()  # type: ignore[attr-defined]  # missing in the stubs

    def is_valid(self) -> bool:
        """Tell whether everything could be read; the services check the rest."""
        # All are asked, so that all faults are shown together.
        valid = [super().is_valid(), *(rows.is_valid() for rows in self.rows)]
        return all(valid)

    def said(self) -> dict[str, object]:
        """Return all that was filled in, for a new record."""
        values: dict[str, object] = dict(self.cleaned_data)
        return values | {rows.name: rows.values() for rows in self.rows}

    def changed(self) -> dict[str, object]:
        """Return what was filled in otherwise than it is stored; rows as a whole."""
        values = {name: self.cleaned_data[name] for name in self.changed_data}
        return values | {rows.name: rows.values() for rows in self.rows}

    def summary(self) -> list[tuple[str, str]]:
        """Return what is wrong: the id of each field, and a sentence."""
        if not self.is_bound:
            return []
        found = [("", str(sentence)) for sentence in self.non_field_errors()]
        for form in (self, *(each for rows in self.rows for each in rows.filled())):
            for bound in form:
                found += [(bound.auto_id, f"{bound.label}: {words}") for words in bound.errors]
        return found

    def _take(self, fault: Fault) -> None:
        rows = next((rows for rows in self.rows if rows.name == fault.key), None)
        if rows is None:
            super()._take(fault)
            return
        value = fault.params.get("value")
        about = f" ({value})" if isinstance(value, str | int) and value != "" else ""
        self.add_error(None, f"{rows.label}{about}: {words_of(fault)}")
