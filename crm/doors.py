"""Tell the browser UI, which knows no dialect, through which doors programs come."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec

from api.base import discovery
from api.base.dialect import Dialect, FormPost
from contacts.admin.doors import Door, FormCode, open_door


def open_doors() -> None:
    """Make every dialect that is switched on known to the browser UI."""
    for dialect in discovery.dialects():
        open_door(
            Door(
                name=dialect.name,
                title=dialect.title,
                version=dialect.version,
                docs_url=docs_url_of(dialect),
                sample=dialect.sample_request,
                key_kind=dialect.key_kind,
                key_name=dialect.key_name,
                client_id=dialect.client_id,
                form_code=form_code_of(dialect),
            )
        )


def docs_url_of(dialect: Dialect) -> str:
    """Return the address of a dialect's documentation, or "" where it describes nothing."""
    documented = find_spec(f"{dialect.package}.openapi") is not None
    return f"/docs/{dialect.name}/" if documented else ""


def form_code_of(dialect: Dialect) -> FormCode | None:
    """Return the dialect's HTML of a form as a function of plain values."""
    write = dialect.form_code
    if write is None:
        return None

    def form_code(base_url: str, key: str, project: str, fields: Sequence[tuple[str, str]]) -> str:
        return write(FormPost(base_url=base_url, key=key, project=project, fields=fields))

    return form_code
