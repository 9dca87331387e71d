"""Say what a call wants in no dialect's words, so that the others can say it in theirs."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from api.base.errors import RequestError
from api.base.intentions import Intention, UnsayableError
from api.civicrm.contact.source import SOURCE
from api.civicrm.grammar.chains import chains_of
from api.civicrm.preparing import asked_of, prepared
from api.civicrm.registry import entity_named
from contacts.access import Actor
from contacts.errors import DomainError

_VERBS = {"get": "list", "getsingle": "list", "getcount": "count"}
ONLY_HERE = _("Only lists and numbers of contacts are said in the other protocols.")
NO_CHAINS = _("Chained calls are CiviCRM's own: the others ask for such records one by one.")
FAULTY = _("The call is not understood, so there is nothing to say in other words.")


def intention_of(
    actor: Actor, entity_name: str, action: str, params: Mapping[str, Any]
) -> Intention:
    """Return what a call wants; raises UnsayableError for what only this protocol can say."""
    entity = entity_named(entity_name)
    if entity is None or entity.name != "Contact" or action not in _VERBS:
        raise UnsayableError(str(ONLY_HERE))
    if any(chains_of(params, action)):
        raise UnsayableError(str(NO_CHAINS))
    try:
        call = prepared(entity, action, params, actor)
        query = SOURCE.query(actor, entity, asked_of(call))
        fields = entity.by_name(actor)
        wanted = [fields[name].key for name in call.options.returned or () if name in fields]
    except (DomainError, RequestError) as error:
        raise UnsayableError(str(FAULTY)) from error
    return Intention(verb=_VERBS[action], query=query, fields=tuple(filter(None, wanted)))
