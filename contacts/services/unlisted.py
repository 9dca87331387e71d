"""Keep words that a list does not offer, for programs that write any text into it.

Such a word becomes an option that is switched off: records show it, people are not offered it, and
an administrator can switch it on.
"""

from contacts.access import Actor
from contacts.errors import Fault, InvalidError
from contacts.fields import Field, reference
from contacts.fields.types import ChoiceType, ValueFaultError
from contacts.models import CustomField, CustomFieldOption
from contacts.services.options import add_unlisted_option

LONGEST = 100
# A program that writes sentences into a list must not fill the memory of every process.
MOST = 500


def unlisted_choice(actor: Actor, field: Field, label: str) -> object:
    """Return the stored value of the choice with this label, made where it is missing.

    Raises ForbiddenError, and InvalidError for a word that is too long or one too many.
    """
    if isinstance(field.type, ChoiceType):
        try:
            return field.type.parse(label, field)
        except ValueFaultError:
            actor.require_write()
    if len(label) > LONGEST:
        raise InvalidError([Fault(field.key, "too_long", {"limit": LONGEST})])
    if len(field.choices) >= MOST:
        raise InvalidError([Fault(field.key, "not_in_list", {"value": label})])
    if field.custom_id is None:
        return add_unlisted_option(actor, field.list_name, label)
    return _custom_option(field.custom_id, label)


def _custom_option(field_id: int, label: str) -> int:
    record = CustomField.objects.get(pk=field_id)
    option, _made = CustomFieldOption.objects.get_or_create(
        field=record, label=label, defaults={"is_active": False, "position": MOST}
    )
    reference.bump("catalogue")
    return option.pk
