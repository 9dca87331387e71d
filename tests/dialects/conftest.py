"""What the tests of every dialect share."""

from collections.abc import Iterator

import pytest

from tests.serving import Server, serving


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve to the clients of one module alone: they count what they find."""
    with serving(tmp_path_factory.mktemp("server")) as running:
        yield running
