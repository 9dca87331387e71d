"""Users as their own contacts: this protocol names who did something by a contact."""

from api.civicrm.grammar.filters import Filter
from api.civicrm.mapping.conditions import NOTHING, condition_of, each_operand
from api.civicrm.mapping.fields import Ask, WireField
from api.civicrm.mapping.formats import whole
from contacts.access import Actor
from contacts.fields import reference
from contacts.query import Condition, where


def contact_of_user(user_id: object) -> int | None:
    """Return the id of a user's own contact, or None."""
    user = reference.users().by_id.get(user_id) if isinstance(user_id, int) else None
    return user.number or None if user else None


def user_of_contact(contact_id: object) -> int | None:
    """Return the id of the user whose own contact it is, or None."""
    users = reference.users().by_id.values()
    return next((user.id for user in users if user.number and user.number == contact_id), None)


def users_own_contact(key: str, kind: str) -> Ask:
    """Return a filter on a user that the wire names by the user's own contact."""

    def ask(actor: Actor, field: WireField, asked: Filter) -> Condition | None:
        def user_of(value: object) -> int:
            return user_of_contact(whole(value, asked.name)) or 0

        operand = each_operand(asked, user_of)
        if operand == 0:
            return NOTHING
        return condition_of(
            lambda operator, value: where(actor, key, operator, value, kind=kind), asked, operand
        )

    return ask
