"""Start the production server."""

from __future__ import annotations

import os
import signal
import socket

from django.conf import settings
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from crm.body_first import READERS
from crm.companion import companion

# A worker that has not finished its request by then is stopped.
LAST_REQUEST_IN_SECONDS = 30


class PortTakenError(Exception):
    """Another program listens where we should."""


def require_free_port(host: str, port: int) -> None:
    """Raise `PortTakenError` when the server could not listen."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        # As the server does: a connection that is just closing is no obstacle.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise PortTakenError(f"{host}:{port}: {error.strerror}") from error


def _end_workers_that_load() -> None:
    """Let a worker that is told to stop before it serves end at once.

    It is a copy of the server, whose handler only notes the signal: it would go on to serve until
    it is killed. No signal gets lost while it is made.
    """
    told = {signal.SIGTERM}

    def begin() -> None:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, told)

    os.register_at_fork(
        before=lambda: signal.pthread_sigmask(signal.SIG_BLOCK, told),
        after_in_parent=lambda: signal.pthread_sigmask(signal.SIG_UNBLOCK, told),
        after_in_child=begin,
    )


def serve() -> None:
    """Serve until told to stop, with a worker for jobs beside."""
    server = Granian(
        "crm.worker:application",
        address=settings.HOST,
        port=settings.PORT,
        interface=Interfaces.WSGI,
        workers=settings.WEB_CONCURRENCY,
        blocking_threads=READERS,
        respawn_failed_workers=True,
        workers_kill_timeout=LAST_REQUEST_IN_SECONDS,
        # Its warnings are about the number of threads that we mean to have.
        log_level=LogLevels.error,
    )
    with companion(wanted=settings.WORKER_BESIDE_SERVER):
        _end_workers_that_load()
        server.serve()
