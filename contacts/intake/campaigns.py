"""Read from addresses which advertisement has led a visitor to a form."""

from collections.abc import Iterable, Mapping
from urllib.parse import parse_qsl, urlsplit

PREFIX = "utm_"
TERMS_AT_MOST = 20
LENGTH_AT_MOST = 500


def campaign_in(sent: Mapping[str, object], *addresses: str) -> dict[str, str]:
    """Return what was sent or stands in the query of the addresses; what was sent wins."""
    pairs = [pair for address in addresses for pair in _query_of(address)]
    pairs += [(name, value) for name, value in sent.items() if isinstance(value, str)]
    named = [(name.lower(), value[:LENGTH_AT_MOST]) for name, value in pairs if value]
    terms = {name: value for name, value in named if name.startswith(PREFIX)}
    return dict(list(terms.items())[:TERMS_AT_MOST])


def _query_of(address: str) -> Iterable[tuple[str, str]]:
    try:
        return parse_qsl(urlsplit(address).query, max_num_fields=200)
    except ValueError:
        return []
