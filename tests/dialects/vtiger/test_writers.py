"""Fields show one record and a page of them alike."""

from collections.abc import Iterator

import pytest

from api.vtiger import modules as _modules  # noqa: F401 -- all kinds of fields
from api.vtiger.mapping.field import WireField
from api.vtiger.mapping.plain import FlagField, TextField

# These look for themselves whether somebody shows the value otherwise.
LOOKING = (TextField, FlagField)


def kinds(base: type[WireField]) -> Iterator[type[WireField]]:
    for kind in base.__subclasses__():
        yield kind
        yield from kinds(kind)


def maker_of(kind: type[WireField], name: str) -> type:
    return next(each for each in kind.__mro__ if name in vars(each))


@pytest.mark.parametrize("kind", sorted(set(kinds(WireField)), key=lambda kind: kind.__name__))
def test_whoever_shows_a_field_otherwise_writes_it_otherwise(kind: type[WireField]) -> None:
    writer, shown = maker_of(kind, "writer"), maker_of(kind, "shown")
    assert writer in (WireField, *LOOKING) or issubclass(writer, shown), kind
