"""Speak Toy 1.0: three addresses that nobody else needs, to show what a dialect takes.

A list, a read and a create, with manners of their own: a key in a header of its own, words of its
own for everything, and a body that says whether it is glad.
"""

from api.base.dialect import Credentials, Dialect


def sample_request(base_url: str, credentials: Credentials) -> str:
    """Return a command that lists contacts."""
    return f"curl -H 'Toy-Key: {credentials['toy_key']}' {base_url}/toy/contacts"


DIALECT = Dialect(
    name="toy",
    title="Toy",
    version="1.0",
    package=__name__,
    docs="docs/dialects/toy.md",
    addresses=r"/toy/",
    base_view="ToyView",
    sample_request=sample_request,
)
