"""The kind that all contacts of a list have, where the index of its order begins with the kind.

Organizations have no first name, so they come first in that order, and by name they may stand
together too: whoever lists people would walk past all of them.
"""

from collections.abc import Sequence

from django.db.models import Q
from django.db.models.expressions import OrderBy

from contacts.query.compiler import EVERYTHING
from contacts.query.kinds import kinds_among
from contacts.query.tree import Condition

# Orders with an index of which the kind is the first column.
BY_KIND = frozenset({"first_name_key", "-first_name_key", "sort_name", "-sort_name"})


def leading(condition: Condition | None, ordering: Sequence[str | OrderBy]) -> Q:
    """Return "is of this kind" for the list's index to begin with, or what is true of all."""
    if ordering[0] not in BY_KIND:
        return EVERYTHING
    kinds = kinds_among(condition)
    return Q(kind=min(kinds)) if len(kinds) == 1 else EVERYTHING
