"""Forms whose checks are the domain's: they carry text in and faults out."""

from collections.abc import Mapping

from django import forms

from contacts.admin.wording import words_of
from contacts.errors import Fault, InvalidError


class DomainForm(forms.Form):
    """A form over fields of the catalogue.

    Its own fields ask for little (nothing is required by them); what the service refuses is put
    beside the fields by `take_faults`. Name the form's fields as the catalogue does, or say in
    `aliases` which field of the form stands for a key.
    """

    aliases: Mapping[str, str] = {}
    required_css_class = "required"

    def take_faults(self, error: InvalidError) -> None:
        """Show the faults of a refused change beside their fields, or on top of the form."""
        for fault in error.faults:
            self._take(fault)

    def _take(self, fault: Fault) -> None:
        name = self.aliases.get(fault.key, fault.key)
        if name in self.fields:
            self.add_error(name, words_of(fault))
        else:
            self.add_error(None, f"{fault.key}: {words_of(fault)}")

    @property
    def sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Return the fields in titled groups; one untitled group unless a form says otherwise."""
        return [("", self.visible_fields())]
