"""Send requests through the whole WSGI application inside one process, and time them."""

import io
import statistics
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import django
from django.conf import settings
from django.test.utils import override_settings


class Application:
    """The server's application with the floors mounted beside the product."""

    def __init__(self) -> None:
        django.setup()
        self.settings = override_settings(
            ROOT_URLCONF="benchmarks.floors", ALLOWED_HOSTS=["bench.local"]
        )
        self.settings.enable()
        from django.core.handlers.wsgi import WSGIHandler  # noqa: PLC0415 -- needs the set-up above

        self.handler: Callable[..., Iterable[bytes]] = WSGIHandler()

    def get(
        self, address: str, headers: Mapping[str, str] | None = None, *, expected: str = "200"
    ) -> bytes:
        """Return the body of an answer; a status other than the expected one is an error."""
        return self._ask(address, headers or {}, expected)[1]

    def head_of(self, address: str, headers: Mapping[str, str]) -> dict[str, str]:
        """Return the headers of an answer."""
        return self._ask(address, headers, "200")[0]

    def _ask(
        self, address: str, headers: Mapping[str, str], expected: str
    ) -> tuple[dict[str, str], bytes]:
        path, _mark, query = address.partition("?")
        environ: dict[str, Any] = {
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
        }
        for name, value in headers.items():
            environ["HTTP_" + name.upper().replace("-", "_")] = value
        heads: list[tuple[str, list[tuple[str, str]]]] = []
        answer = self.handler(environ, lambda status, found, *_more: heads.append((status, found)))
        body = b"".join(answer)
        answer.close()  # type: ignore[attr-defined]  # ends the request, as a server does
        status, found = heads[0]
        if not status.startswith(expected):
            message = f"{address}: {status}: {body[:300]!r}"
            raise SystemExit(message)
        return dict(found), body


def medians(asks: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Return the median milliseconds of processor time of each.

    They are asked in turn, so that all share the same weather; waiting for a busy machine does not
    count.
    """
    times: dict[str, list[float]] = {name: [] for name in asks}
    for ask in asks.values():
        for _warm in range(5):
            ask()
    for _round in range(rounds):
        for name, ask in asks.items():
            started = time.process_time()
            ask()
            times[name].append((time.process_time() - started) * 1_000)
    return {name: statistics.median(each) for name, each in times.items()}
