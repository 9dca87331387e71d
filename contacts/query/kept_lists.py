"""What a filter has found, in the order of its list, as long as nothing changes.

To find the ids that match and to put them in order costs most of a page, and is the same for every
page of a list: who pages through it, or asks again, is answered from the ids.
"""

from array import array
from collections.abc import Hashable, Sequence

from contacts.fields import reference

# Fewer are found at once.
LEAST = 200
# Of ten thousand ids each, these take two megabytes.
KEEP_AT_MOST = 25

# Question: data version, ids in the order of the list; the latest last.
_kept: dict[Hashable, tuple[str, Sequence[int]]] = {}


def kept_list(question: Hashable) -> Sequence[int] | None:
    """Return the ids that were found of the data as it is now, or None."""
    try:
        found = _kept.get(question)
    except TypeError:
        # What cannot be looked up is not kept either.
        return None
    return found[1] if found is not None and found[0] == reference.data_version() else None


def note_list(question: Hashable, ids: Sequence[int]) -> None:
    """Remember the ids of a list."""
    version = reference.data_version()
    if version is None or len(ids) < LEAST:
        return
    _kept.pop(question, None)
    while len(_kept) >= KEEP_AT_MOST:
        # Another thread may have taken out the same.
        _kept.pop(next(iter(_kept)), None)
    _kept[question] = (version, array("q", ids))


def forget_lists() -> None:
    """Forget everything kept (a test starts with other data)."""
    _kept.clear()
