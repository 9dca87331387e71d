"""Print answers as JSON, as PHP would, for a shell, or as a table."""

import csv
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from io import StringIO
from typing import Any

Result = Any  # JSON

TABULAR = frozenset({"table", "csv", "list"})


def written(result: Result, format_name: str) -> str:
    """Return an answer in one of the formats that take any answer."""
    return _WRITERS[format_name](result)


def written_rows(records: Sequence[Mapping[str, Any]], columns: Sequence[str], name: str) -> str:
    """Return records as rows; ``columns`` are the names asked for, none for all there are."""
    names = list(columns) or list(dict.fromkeys(key for record in records for key in record))
    if not names:
        return ""
    rows = [[_cell(record.get(name)) for name in names] for record in records]
    return _ROW_WRITERS[name](names, rows)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _table(names: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(names, *rows, strict=True)]
    rule = "+" + "+".join("-" * (width + 2) for width in widths) + "+"
    lines = [rule, _line(names, widths), rule, *(_line(row, widths) for row in rows), rule]
    return "\n".join(lines)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (f" {cell.ljust(width)} " for cell, width in zip(cells, widths, strict=True))
    return f"|{'|'.join(padded)}|"


def _csv(names: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(rows)
    return text.getvalue().rstrip("\n")


def _list(_names: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return "\n".join(row[0] for row in rows if row)


_ROW_WRITERS: Mapping[str, Callable[[Sequence[str], Sequence[Sequence[str]]], str]] = {
    "table": _table,
    "csv": _csv,
    "list": _list,
}


def _flat(value: Result, joint: str, prefix: str = "") -> Iterator[tuple[str, object]]:
    if isinstance(value, list):
        value = {str(place): item for place, item in enumerate(value)}
    if not isinstance(value, Mapping):
        yield prefix or "result", value
        return
    for key, item in value.items():
        yield from _flat(item, joint, f"{prefix}{joint}{key}" if prefix else str(key))


def _shell(result: Result) -> str:
    def quoted(value: object) -> str:
        return "'" + _cell(value).replace("'", "'\\''") + "'"

    return "\n".join(f"{name}={quoted(value)}" for name, value in _flat(result, "_"))


def _php(value: Result, indent: int = 0) -> str:
    """Return what PHP's ``print_r`` shows."""
    if isinstance(value, list):
        value = {str(place): item for place, item in enumerate(value)}
    if not isinstance(value, Mapping):
        return _cell(value)
    space = " " * indent
    inner = "".join(
        f"{space}    [{key}] => {_php(item, indent + 8)}\n" for key, item in value.items()
    )
    return f"Array\n{space}(\n{inner}{space})\n"


def _compact(result: Result) -> str:
    return json.dumps(result, ensure_ascii=False, separators=(",", ":"))


def _pretty_json(result: Result) -> str:
    return json.dumps(result, ensure_ascii=False, indent=4)


_WRITERS: Mapping[str, Callable[[Result], str]] = {
    "json-pretty": _pretty_json,
    "json": _compact,
    "json-strict": _compact,
    "json-flat": lambda result: _compact(dict(_flat(result, "."))),
    "pretty": lambda result: _php(result).rstrip("\n"),
    "php": lambda result: _php(result).rstrip("\n"),
    "shell": _shell,
    "none": lambda result: "",
}
