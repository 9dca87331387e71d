"""Declare the fields of an entity in a line each."""

from typing import Any

from api.civicrm.mapping import formats
from api.civicrm.mapping.fields import WireField


def text(name: str, title: str, key: str = "", **more: Any) -> WireField:  # as WireField
    """Return a field that holds text."""
    return _field(name, title, formats.TEXT, key, **more)


def long_text(name: str, title: str, key: str = "", **more: Any) -> WireField:  # as WireField
    """Return a field that holds text of many lines."""
    return _field(name, title, formats.LONG_TEXT, key, **more)


def integer(name: str, title: str, key: str = "", **more: Any) -> WireField:  # as WireField
    """Return a field that holds a whole number."""
    return _field(name, title, formats.INTEGER, key, **more)


def number(name: str, title: str, key: str = "", **more: Any) -> WireField:  # as WireField
    """Return a field that holds a number with a fraction."""
    return _field(name, title, formats.NUMBER, key, **more)


def yes_no(name: str, title: str, key: str = "", **more: Any) -> WireField:  # as WireField
    """Return a field that holds yes or no."""
    return _field(name, title, formats.YES_NO, key, **more)


def day(name: str, title: str, key: str = "", **more: Any) -> WireField:  # as WireField
    """Return a field that holds a day."""
    return _field(name, title, formats.DAY, key, **more)


def moment(name: str, title: str, key: str = "", **more: Any) -> WireField:  # as WireField
    """Return a field that holds a date with a time."""
    return _field(name, title, formats.MOMENT, key, **more)


def option(
    name: str, title: str, key: str, list_name: str, **more: Any
) -> WireField:  # as WireField
    """Return a field that holds one choice of a list."""
    more.setdefault("path", f"{key}_id")
    return _field(name, title, formats.OPTION, key, list_name=list_name, **more)


def points_to(
    entity: str, name: str, title: str, key: str = "", **more: Any
) -> WireField:  # as WireField
    """Return a field that holds the id of a record of an entity."""
    more.setdefault("path", f"{key}_id" if key else "")
    return _field(name, title, formats.INTEGER, key, target=entity, **more)


def record_id(title: str) -> WireField:
    """Return the field of the record's own id."""
    return _field("id", title, formats.INTEGER, "id", is_writable=False)


def _field(
    name: str,
    title: str,
    form: formats.Format,
    key: str,
    **more: Any,  # the keywords of WireField
) -> WireField:
    more.setdefault("path", key)
    return WireField(name=name, title=title, format=form, key=key, **more)
