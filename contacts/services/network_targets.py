"""Refuse to call addresses inside our own network, whoever asks for it.

A name is looked up here and the connection goes to the very address that was looked at: looked up
twice, a name may lead elsewhere the second time.
"""

import http.client
import ipaddress
import socket
import ssl
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from contacts.errors import Fault, InvalidError

PORTS = {"http": 80, "https": 443}
SECONDS = 10
ANSWER_AT_MOST = 64 * 1024
# Names that lead nowhere but into a network of one's own.
PRIVATE_NAMES = ("localhost", ".localhost", ".local", ".internal", ".home.arpa")
LONGEST = 2000


class PrivateTargetError(Exception):
    """The address is inside a private network."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the other end said."""

    status: int
    body: bytes


def check_target(url: str, key: str = "url") -> str:
    """Return an address that may be called; raises InvalidError where it is none.

    Names are looked up only when they are called: this needs no network.
    """
    parts = _parts_of(url)
    if parts is None or len(url) > LONGEST:
        raise InvalidError([Fault(key, "invalid", {"value": url[:LONGEST]})])
    host = (parts.hostname or "").lower()
    if not settings.WEBHOOK_PRIVATE_TARGETS and (_is_private_name(host) or _is_private(host)):
        raise InvalidError([Fault(key, "not_allowed", {"value": url})])
    return url


def post(url: str, body: bytes, headers: dict[str, str]) -> Answer:
    """Send a body and return the answer; redirects are answers, too.

    Raises PrivateTargetError, OSError, http.client.HTTPException.
    """
    parts = _parts_of(url)
    if parts is None or parts.hostname is None:
        raise PrivateTargetError(url)
    port = parts.port or PORTS[parts.scheme]
    connection = _Connection(parts.hostname, port, timeout=SECONDS)
    connection.is_secure = parts.scheme == "https"
    path = parts.path or "/"
    try:
        connection.request("POST", f"{path}?{parts.query}" if parts.query else path, body, headers)
        response = connection.getresponse()
        return Answer(response.status, response.read(ANSWER_AT_MOST))
    finally:
        connection.close()


class _Connection(http.client.HTTPConnection):
    """A connection to an address that was looked at."""

    is_secure = False

    def connect(self) -> None:
        """Look the name up, refuse what is private, connect to what is left."""
        found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
        if not settings.WEBHOOK_PRIVATE_TARGETS and any(map(_is_private, addresses)):
            raise PrivateTargetError(self.host)
        self.sock = socket.create_connection((addresses[0], self.port), SECONDS)
        if self.is_secure:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self.host)


def _parts_of(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        is_whole = parts.scheme in PORTS and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    has_blanks = any(char.isspace() or not char.isprintable() for char in url)
    return parts if is_whole and not has_blanks and "@" not in parts.netloc else None


def _is_private_name(host: str) -> bool:
    return host.rstrip(".").endswith(PRIVATE_NAMES) or host.rstrip(".") == PRIVATE_NAMES[0]


def _is_private(host: str) -> bool:
    """Tell whether a text is a network address that the open network does not reach."""
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        # "2130706433" and "0x7f.1" are addresses to the system, and names to nobody.
        return _is_odd_number(host)
    mapped = getattr(address, "ipv4_mapped", None)
    return not (mapped or address).is_global or address.is_multicast


def _is_odd_number(host: str) -> bool:
    try:
        return not ipaddress.ip_address(socket.inet_aton(host)).is_global
    except (OSError, UnicodeEncodeError, ValueError):
        return False
