"""The process that tells webhooks knows the words of every dialect, as the server does."""

import json

from api.base import discovery
from tests.serving import Server

ASK = """
import json
from contacts.services.webhook_formats import formats
print(json.dumps(sorted(formats())))
"""


def test_process_that_serves_no_pages_has_words_for_every_dialect(server: Server) -> None:
    """Formats were once offered with the addresses of pages, which a worker never loads."""
    printed = server.manage("shell", "-v0", "-c", ASK)

    known = json.loads(printed.splitlines()[-1])
    assert set(known) == {"browser", *(dialect.name for dialect in discovery.dialects())}
