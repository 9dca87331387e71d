"""Read the log of every server process that tests start: no secret may stand in one."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tests.trust.figures import tell_of_logs

if TYPE_CHECKING:
    from tests.serving import Server

# Of what is said about a credential, this can be used.
USABLE = frozenset(
    {"password", "api_key", "token", "access_key", "site_key", "key", "secret", "access_token"}
)
# What programs and browsers send: whoever made it, and though no test knows it.
SENT = re.compile(
    rb"(?i)(?:bearer|basic) [a-z0-9+/_=.-]{12,}"
    rb"|[?&\"'](?:key|api_key|apikey|token|access_token|sessionname|accesskey|password|code)"
    rb"=[^&\s\"']{8,}"
    rb"|(?:sessionid|csrftoken)=[a-z0-9]{12,}"
)
# How a line of the log begins.
LINE = b"{"
SHOWN = 120


@dataclass
class _Read:
    """How far a log was read, and the secrets that were looked for in it."""

    log: Path
    place: int = 0
    has_begun: bool = False
    secrets: frozenset[bytes] = frozenset()


@dataclass
class Logs:
    """The logs of this process's servers, by their files."""

    found: list[str] = field(default_factory=list)
    _known: dict[Path, _Read] = field(default_factory=dict)
    _servers: dict[Path, "Server"] = field(default_factory=dict)

    def note(self, server: "Server") -> None:
        """Remember a server that is started."""
        self._known.setdefault(server.log, _Read(server.log))
        self._servers[server.log] = server

    def read(self, server: "Server") -> None:
        """Read what a server has written since it was read before."""
        known = self._known.get(server.log)
        if known is None or not server.log.exists():
            return
        known.secrets |= frozenset(secrets_of(server.credentials))
        with server.log.open("rb") as log:
            log.seek(known.place)
            written = log.read()
        known.place += len(written)
        if not (known.secrets or known.has_begun):
            # An instance that prepares itself says there how to sign in, once.
            known.has_begun = b"\n" + LINE in written
            written = written.partition(b"\n" + LINE)[2]
        for line in _with_secrets(written, known.secrets):
            self.found.append(f"{server.log}: {line}")

    def require_clean(self) -> None:
        """Read what is left to read and tell how much that was; fail if there was a secret."""
        for server in self._servers.values():
            self.read(server)
        if self._known:
            characters = sum(each.place for each in self._known.values())
            secrets = {secret for each in self._known.values() for secret in each.secrets}
            tell_of_logs(
                servers=len(self._known),
                characters=characters,
                secrets=len(secrets),
                found=len(self.found),
            )
        assert not self.found, "\n".join(["secrets stand in logs of servers:", *self.found])


def secrets_of(said: object, name: str = "") -> Iterator[bytes]:
    """Yield what can be used of the credentials of an instance."""
    if isinstance(said, Mapping):
        for key, value in said.items():
            yield from secrets_of(value, key)
    elif name in USABLE and isinstance(said, str) and len(said) >= 12:
        yield said.encode()


def _with_secrets(written: bytes, secrets: frozenset[bytes]) -> Iterator[str]:
    """Yield the lines in which a secret stands."""
    if not SENT.search(written) and not any(secret in written for secret in secrets):
        return
    for line in written.splitlines():
        if SENT.search(line) or any(secret in line for secret in secrets):
            yield line[:SHOWN].decode(errors="replace")


started = Logs()
