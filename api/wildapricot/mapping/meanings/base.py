"""What every field can do, and the order of a comparison that all of them share."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from api.wildapricot.grammar import Literal
from api.wildapricot.mapping.conditions import opposite
from api.wildapricot.mapping.drafts import Draft
from contacts.access import Actor
from contacts.errors import BadOperatorError, BadValueError
from contacts.query import Condition

if TYPE_CHECKING:
    from api.wildapricot.mapping.options import Option

# A contact as the domain keeps it: JSON of any shape, checked by the place of each value.
Document = dict[str, Any]
Reader = Callable[[Document], object]


class Asked(NamedTuple):
    """One comparison: the name as the client wrote it, and a suffix (id, label, value) or ""."""

    actor: Actor
    name: str
    operator: str
    literal: Literal
    suffix: str = ""
    position: int = 0

    def bad_operator(self) -> BadOperatorError:
        """Return the error of an operator that the field does not know."""
        return BadOperatorError(self.name, self.operator, self.position)

    def bad_value(self) -> BadValueError:
        """Return the error of a literal that is none of the field's type."""
        return BadValueError(self.name, self.literal.text, self.literal.position)


@dataclass(frozen=True)
class Meaning:
    """The base of all meanings.

    ``keys`` are the fields of the catalogue behind it; where one of them is missing, the field is
    not there. ``order`` is the key that lists are ordered by ("" for not).
    """

    type: ClassVar[str] = "String"
    keys: tuple[str, ...] = ()

    @property
    def order(self) -> str:
        """Return the key that lists are ordered by."""
        return self.keys[0] if self.keys else ""

    def read(self, document: Document) -> object:
        """Return the value for the wire."""
        raise NotImplementedError

    def write(self, draft: Draft, name: str, value: object) -> None:
        """Put a value into the draft; a field that cannot be written ignores it."""

    def options(self, actor: Actor) -> "Sequence[Option]":
        """Return what can be chosen."""
        return ()

    def compare(self, asked: Asked) -> Condition:
        """Return the condition; raises BadOperatorError, BadValueError."""
        if asked.operator in ("eq", "ne"):
            is_null = asked.literal.is_null
            equal = self.empty(asked.actor) if is_null else self.equal(asked)
            return opposite(equal) if asked.operator == "ne" else equal
        if asked.literal.is_null:
            raise asked.bad_operator()
        return self.containing(asked) if asked.operator == "contains" else self.ordered(asked)

    def equal(self, asked: Asked) -> Condition:
        """Return the condition of ``eq`` with a value."""
        raise NotImplementedError

    def empty(self, actor: Actor) -> Condition:
        """Return the condition of ``eq NULL``."""
        raise NotImplementedError

    def ordered(self, asked: Asked) -> Condition:
        """Return the condition of ``gt``, ``ge``, ``lt`` and ``le``."""
        raise asked.bad_operator()

    def containing(self, asked: Asked) -> Condition:
        """Return the condition of ``substringof``."""
        raise asked.bad_operator()
