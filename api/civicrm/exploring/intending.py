"""Say what a call wants in no dialect's words, so that the others can say it in theirs."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from api.base.intentions import Intention, UnsayableError
from api.civicrm.calls import Call
from api.civicrm.contact.source import SOURCE
from api.civicrm.exploring.changing import CHANGES
from api.civicrm.exploring.refusals import REFUSALS, unsayable
from api.civicrm.grammar.chains import chains_of
from api.civicrm.preparing import asked_of, prepared
from api.civicrm.registry import entity_named
from contacts.access import Actor
from contacts.errors import NotFoundError

_READS = {"get": "list", "getsingle": "list", "getcount": "count"}
ONLY_HERE = _(
    "The other protocols are shown for lists and numbers of contacts, and for changes of contacts, "
    "their e-mails, phones, addresses, tags and groups, of notes and of activities."
)
NO_CHAINS = _("Chained calls are CiviCRM's own: the others ask for such records one by one.")
MISSING = _("There is no such record to change.")
FAULTY = _("The call is refused, so there is nothing to say in other words:")


def intention_of(
    actor: Actor, entity_name: str, action: str, params: Mapping[str, Any]
) -> Intention:
    """Return what a call wants; raises UnsayableError for what only this protocol can say."""
    entity, action = entity_named(entity_name), action.lower()
    change = CHANGES.get((entity.name, action)) if entity is not None else None
    is_read = entity is not None and entity.name == "Contact" and action in _READS
    if entity is None or not (change or is_read):
        raise UnsayableError(str(ONLY_HERE))
    if any(chains_of(params, action)):
        raise UnsayableError(str(NO_CHAINS))
    try:
        call = prepared(entity, action, params, actor)
        return change(call) if change else _asked(call)
    except NotFoundError as error:
        raise UnsayableError(str(MISSING)) from error
    except REFUSALS as error:
        raise unsayable(str(FAULTY), error, entity, actor) from error


def _asked(call: Call) -> Intention:
    query = SOURCE.query(call.actor, call.entity, asked_of(call))
    fields = call.entity.by_name(call.actor)
    wanted = [fields[name].key for name in call.options.returned or () if name in fields]
    return Intention(verb=_READS[call.action], query=query, fields=tuple(filter(None, wanted)))
