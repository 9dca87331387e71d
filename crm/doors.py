"""Tell the browser UI, which knows no dialect, through which doors programs come."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from django.http import HttpRequest

from api.base import discovery, in_house
from api.base.code_samples import samples_of
from api.base.dialect import Credentials, Dialect, FormPost
from api.base.examples import steps_of
from contacts.access import Actor
from contacts.admin.doors import Answer, Code, Door, FormCode, Known, Ways, open_door


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
                key_is_recoverable=dialect.key_is_recoverable,
                form_code=form_code_of(dialect.form_code),
                form_command=form_code_of(dialect.form_command),
                ways=ways_of(dialect),
            )
        )


def docs_url_of(dialect: Dialect) -> str:
    """Return the address of a dialect's documentation, or "" where it describes nothing."""
    documented = find_spec(f"{dialect.package}.openapi") is not None
    return f"/docs/{dialect.name}/" if documented else ""


def form_code_of(write: Callable[[FormPost], str] | None) -> FormCode | None:
    """Return a dialect's writer of forms as a function of plain values."""
    if write is None:
        return None

    def form_code(
        base_url: str, key: str, project: str, fields: Sequence[tuple[str, str, bool]]
    ) -> str:
        return write(FormPost(base_url=base_url, key=key, project=project, fields=fields))

    return form_code


def ways_of(dialect: Dialect) -> Ways | None:
    """Return what people can see through a dialect, or None where it has no `showing.py`."""
    if find_spec(f"{dialect.package}.showing") is None:
        return None

    def part() -> ModuleType:
        return dialect.part("showing")

    def programs(base_url: str, credentials: Credentials) -> list[Code]:
        samples = samples_of(steps_of(part(), credentials), base_url)
        shell = Code("curl", dialect.sample_request(base_url, credentials))
        return [shell, *(Code(each.language, each.code) for each in samples)]

    def clients(base_url: str, credentials: Credentials) -> list[Code]:
        settings = part().clients(base_url, credentials)
        return [Code(each.language, each.code) for each in settings]

    def try_out(request: HttpRequest, credentials: Credentials) -> Answer:
        tried = in_house.tried(steps_of(part(), credentials), request)
        return Answer(tried.status, tried.body, tried.milliseconds, tried.is_good)

    def known_as(document: Mapping[str, Any]) -> Known | None:
        known = part().known_as(document)
        return Known(known.id, known.path) if known else None

    def field_name(number: int, slug: str) -> str:
        return str(part().field_name(number, slug))

    return Ways(
        programs=programs,
        clients=clients,
        try_out=try_out,
        known_as=known_as,
        field_name=field_name,
        read=read,
    )


def read(request: HttpRequest, actor: Actor, path: str) -> Answer:
    """Return the answer to a path on behalf of the reader."""
    started = time.perf_counter()
    response = in_house.read_as(actor, request, path)
    milliseconds = round((time.perf_counter() - started) * 1000)
    return Answer(
        response.status_code, in_house.pretty(response), milliseconds, response.status_code < 400
    )
