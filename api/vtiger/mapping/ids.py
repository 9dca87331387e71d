"""Ids of this protocol: the number of a module, an ``x``, the number of a record."""

import re
from typing import NamedTuple

from api.vtiger.errors import wrong_id
from contacts.fields.types import LARGEST_ID

_ID = re.compile(r"(?P<module>[0-9]{1,9})(?:x(?P<record>[0-9]{0,40}))?", re.ASCII)


class WireId(NamedTuple):
    """An id as a client sent it; ``record`` is None where there is no number behind the ``x``."""

    module: int
    record: int | None


def write_id(module: int, record: object) -> str:
    """Return an id."""
    return f"{module}x{record}"


def read_id(text: str) -> WireId | None:
    """Return the parts of an id, or None for what is none; blanks around it do not matter."""
    found = _ID.fullmatch(text.strip())
    if found is None:
        return None
    record = int(found["record"]) if found["record"] else None
    return WireId(int(found["module"]), record if record and record <= LARGEST_ID else None)


def compared_record(text: str) -> int | None:
    """Return the number behind the ``x`` of a literal: in queries nothing else counts.

    Raises VtigerError for a literal without an ``x``.
    """
    _module, mark, record = text.strip().partition("x")
    if not mark:
        raise wrong_id()
    return int(record) if record.isascii() and record.isdecimal() and len(record) < 19 else None
