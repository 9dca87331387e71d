"""Load balancers learn whether this server lives and whether it can serve."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_a_server_with_its_tables_is_ready(client: Client) -> None:
    answer = client.get("/health/ready")

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
