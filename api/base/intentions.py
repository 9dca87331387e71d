"""Say what somebody wants of contacts without any dialect's words, and how dialects answer that.

A dialect that can say it has a function ``tell(actor, intention) -> Told`` in its ``showing.py``.
What it cannot say raises ``UnsayableError`` with a sentence for people.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import ModuleType
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from api.base.dialect import Credentials
from api.base.examples import Step
from contacts.query import Query

if TYPE_CHECKING:
    from contacts.access import Actor


@dataclass(frozen=True, kw_only=True)
class Intention:
    """What is wanted: ``verb`` is list, count, create, change, archive, restore or delete.

    ``kind`` is the domain's kind of record. For lists and numbers ``query`` says of which records,
    ``fields`` (keys of the catalogue, none for the usual ones) what of them is shown. Of changes
    ``record`` is the one that is there, and ``values`` are those to write, by key.
    """

    verb: str
    kind: str = "contact"
    query: Query = field(default_factory=Query)
    fields: tuple[str, ...] = ()
    record: int | None = None
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def writes(self) -> bool:
        """Tell whether something would change."""
        return self.verb not in ("list", "count")


@dataclass(frozen=True, slots=True)
class Told:
    """The requests that say it, and sentences about what they mean otherwise.

    Several lists are one: their answers together are what is wanted. Several changes are made one
    after the other.
    """

    steps: Sequence[Step]
    remarks: tuple[str, ...] = ()


class UnsayableError(Exception):
    """A dialect has no words for what is wanted; ``sentence`` says what it lacks."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


def told_by(part: ModuleType, actor: "Actor", intention: Intention) -> Told | None:
    """Return how a dialect's ``showing.py`` says it, None where it says nothing of the kind.

    Raises UnsayableError. Dialects that have a search for any text name in ``SEARCHES`` what it
    does otherwise than the domain's own.
    """
    tell = getattr(part, "tell", None)
    if tell is not None and intention.query.search and not hasattr(part, "SEARCHES"):
        raise UnsayableError(_("It does not search as the list does, through everything at once."))
    found: Told | None = tell(actor, intention) if tell is not None else None
    if found is not None and intention.query.search:
        found = Told(found.steps, (*found.remarks, str(getattr(part, "SEARCHES", ""))))
    return found


def signed_by(part: ModuleType, credentials: Credentials, step: Step) -> Sequence[Step]:
    """Return a request with everything that a program outside needs before and in it."""
    signed: Sequence[Step] = part.signed(credentials, step)
    return signed
