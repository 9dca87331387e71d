"""Send requests through the whole WSGI application inside one process, and time them."""

import io
import statistics
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

import django
from django.conf import settings
from django.test.utils import override_settings

from benchmarks.clock import spent


class Application:
    """The server's application with the floors mounted beside the product."""

    def __init__(self) -> None:
        django.setup()
        self.settings = override_settings(
            ROOT_URLCONF="benchmarks.floors", ALLOWED_HOSTS=["bench.local"]
        )
        self.settings.enable()
        from django.core.handlers.wsgi import WSGIHandler  # noqa: PLC0415 -- needs the set-up above

        from crm.statement_timeout import limit_statements  # noqa: PLC0415 -- the same

        # Connections are set up as a server's are: PostgreSQL compiles no statement.
        limit_statements()
        self.handler: Callable[..., Iterable[bytes]] = WSGIHandler()

    def get(
        self, address: str, headers: Mapping[str, str] | None = None, *, expected: str = "200"
    ) -> bytes:
        """Return the body of an answer; a status other than the expected one is an error."""
        return self._ask(_environ(address, headers or {}), expected)[1]

    def send(
        self, method: str, address: str, headers: Mapping[str, str], *, body: str, expected: str
    ) -> bytes:
        """Send a body of JSON and return that of the answer."""
        sent = body.encode()
        more = {
            "REQUEST_METHOD": method,
            "CONTENT_TYPE": "application/json",
            "CONTENT_LENGTH": str(len(sent)),
            "wsgi.input": io.BytesIO(sent),
        }
        return self._ask(_environ(address, headers) | more, expected)[1]

    def post_form(self, address: str, headers: Mapping[str, str], fields: dict[str, str]) -> None:
        """Send a form as a browser does; the answer leads on to another page."""
        sent = urlencode(fields).encode()
        more = {
            "REQUEST_METHOD": "POST",
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(sent)),
            "wsgi.input": io.BytesIO(sent),
        }
        self._ask(_environ(address, headers) | more, "302")

    def head_of(self, address: str, headers: Mapping[str, str]) -> dict[str, str]:
        """Return the headers of an answer."""
        return self._ask(_environ(address, headers), "200")[0]

    def _ask(self, environ: dict[str, Any], expected: str) -> tuple[dict[str, str], bytes]:
        heads: list[tuple[str, list[tuple[str, str]]]] = []
        answer = self.handler(environ, lambda status, found, *_more: heads.append((status, found)))
        body = b"".join(answer)
        answer.close()  # type: ignore[attr-defined]  # ends the request, as a server does
        status, found = heads[0]
        if not status.startswith(expected):
            message = f"{environ['PATH_INFO']}: {status}: {body[:300]!r}"
            raise SystemExit(message)
        return dict(found), body


def _environ(address: str, headers: Mapping[str, str]) -> dict[str, Any]:
    """Return what a server tells of a request that reads."""
    path, _mark, query = address.partition("?")
    named = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "bench.local",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
        "wsgi.url_scheme": "https" if settings.SECURE_SSL_REDIRECT else "http",
        **named,
    }


def statements_of(ask: Callable[[], object]) -> list[tuple[str, Any]]:
    """Return the statements that the database is asked, each with its parameters."""
    from django.db import connection  # noqa: PLC0415 -- needs the set-up of the application

    seen: list[tuple[str, Any]] = []

    def note(execute: Callable[..., object], sql: str, params: object, *more: object) -> object:
        seen.append((sql, params))
        return execute(sql, params, *more)

    with connection.execute_wrapper(note):
        ask()
    return seen


def again(statements: Iterable[tuple[str, Any]]) -> Callable[[], object]:
    """Return what asks the database the same and fetches the rows: its own time, nothing else."""
    from django.db import connection  # noqa: PLC0415 -- needs the set-up of the application

    asked = list(statements)

    def ask() -> None:
        with connection.cursor() as cursor:
            for sql, params in asked:
                cursor.execute(sql, params)
                if cursor.description:
                    cursor.fetchall()

    return ask


def medians(asks: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Return the median milliseconds of processor time of each, the database's included.

    They are asked in turn, so that all share the same weather; waiting for a busy machine does not
    count. Each is asked once before it is timed: what is kept for half a minute would have gone by
    the time that a slow machine has asked all the others.
    """
    times: dict[str, list[float]] = {name: [] for name in asks}
    for _round in range(rounds):
        for name, ask in asks.items():
            ask()
            started = spent()
            ask()
            times[name].append(spent() - started)
    return {name: statistics.median(each) for name, each in times.items()}


def beside(
    floor: Callable[[], object], asks: Mapping[str, Callable[[], object]], rounds: int
) -> dict[str, tuple[float, float]]:
    """Return the medians of each and of the floor, asked in turns with it and with nothing else.

    A processor slows down and speeds up within seconds, so what is compared is asked at one time.
    """
    found = {}
    for name, ask in asks.items():
        times = medians({"floor": floor, name: ask}, rounds)
        found[name] = (times[name], times["floor"])
    return found
