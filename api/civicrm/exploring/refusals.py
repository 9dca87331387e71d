"""Say why a call is refused, before anybody runs it."""

from functools import partial

from api.base.errors import RequestError
from api.base.intentions import UnsayableError
from api.civicrm.entity import Entity
from api.civicrm.errors import translated
from contacts.access import Actor
from contacts.errors import DomainError

REFUSALS = (DomainError, RequestError)


def unsayable(
    sentence: str, error: DomainError | RequestError, entity: Entity, actor: Actor
) -> UnsayableError:
    """Return the error with a sentence that ends in the words in which the call is refused."""
    if isinstance(error, DomainError):
        error = translated(error, partial(entity.wire_name, actor), entity.name)
    return UnsayableError(f"{sentence} {error}")
