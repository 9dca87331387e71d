"""What a filter has found, in the order of its list, as long as nothing changes.

To find the ids that match and to put them in order costs most of a page, and is the same for every
page of a list: who pages through it, or asks again, is answered from the ids. Of a list that is too
long for that, each page that was found is kept by itself.
"""

from array import array
from collections.abc import Hashable, Sequence

from contacts.fields import reference

# Fewer are found at once.
LEAST = 200
# Of ten thousand ids each, these take two megabytes.
KEEP_AT_MOST = 25
# Pages, of a thousand ids at most.
KEEP_PAGES = 250

# Question: data version, ids in the order of the list; the latest last.
_Kept = dict[Hashable, tuple[str, Sequence[int]]]
_lists: _Kept = {}
_pages: _Kept = {}


def kept_list(question: Hashable) -> Sequence[int] | None:
    """Return the ids that were found of the data as it is now, or None."""
    return _found(_lists, question)


def note_list(question: Hashable, ids: Sequence[int]) -> None:
    """Remember the ids of a list."""
    if len(ids) >= LEAST:
        _note(_lists, question, ids, KEEP_AT_MOST)


def kept_page(question: Hashable) -> Sequence[int] | None:
    """Return the ids of one page of a long list, as the data is now, or None."""
    return _found(_pages, question)


def note_page(question: Hashable, ids: Sequence[int]) -> None:
    """Remember the ids of a page."""
    _note(_pages, question, ids, KEEP_PAGES)


def is_hashable(question: Hashable) -> bool:
    """Tell whether something can be kept of a question: some orders cannot be looked up."""
    try:
        hash(question)
    except TypeError:
        return False
    return True


def forget_lists() -> None:
    """Forget everything kept (a test starts with other data)."""
    _lists.clear()
    _pages.clear()


def _found(kept: _Kept, question: Hashable) -> Sequence[int] | None:
    found = kept.get(question) if is_hashable(question) else None
    return found[1] if found is not None and found[0] == reference.data_version() else None


def _note(kept: _Kept, question: Hashable, ids: Sequence[int], most: int) -> None:
    version = reference.data_version()
    if version is None or not is_hashable(question):
        return
    kept.pop(question, None)
    while len(kept) >= most:
        # Another thread may have taken out the same.
        kept.pop(next(iter(kept)), None)
    kept[question] = (version, array("q", ids))
