"""The requests that the first start prints work when they are pasted into a shell."""

import json
import subprocess
from typing import Any

import pytest

from api.base import discovery
from tests.serving import Server

DIALECTS = {dialect.name: dialect for dialect in discovery.dialects()}


@pytest.mark.parametrize("name", DIALECTS)
def test_printed_request_lists_contacts_when_pasted(name: str, server: Server) -> None:
    sample = DIALECTS[name].sample_request(server.base_url, server.credentials[name])

    done = subprocess.run(
        ["sh", "-c", sample], capture_output=True, text=True, timeout=60, check=False
    )

    answer: dict[str, Any] = json.loads(done.stdout)
    assert not answer.get("is_error")
    assert answer.get("success", True) is True
    assert any(isinstance(value, list) for value in answer.values())
