"""What each worker process of `manage.py serve` loads."""

from __future__ import annotations

import signal

# Ctrl+C reaches the server and its workers at once, and the server then tells its workers to stop.
# Told twice, a worker may wait for ever (seen), so it listens to the server only.
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
from crm.wsgi import application  # noqa: E402, I001 - threads that it starts inherit the above
from contacts.access.counting import keep_writing  # noqa: E402 - after Django is set up

keep_writing()

__all__ = ["application"]
