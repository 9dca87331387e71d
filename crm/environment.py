"""Read settings from the environment and refuse what makes no sense.

Every reader takes the name of a variable and raises `SettingError`, which names it. The names
asked for are remembered, so that a test can compare them with the documentation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

import environ

YES = frozenset({"1", "true", "yes", "on"})
NO = frozenset({"0", "false", "no", "off"})
RATE = re.compile(r"[1-9][0-9]*/(s|sec|m|min|h|hour|d|day)")

# What Django wants to know of a database, a cache or a mail server; Any because it says so.
Described = dict[str, Any]


class SettingError(Exception):
    """Says which variable has which fault."""

    def __init__(self, name: str, fault: str) -> None:
        """Keep the name beside the fault."""
        self.name = name
        self.fault = fault
        super().__init__(f"{name}: {fault}")


class Environment:
    """The variables of one process."""

    def __init__(self, variables: dict[str, str]) -> None:
        """Read from these variables."""
        self.variables = variables
        self.asked: set[str] = set()

    def text(self, name: str, default: str = "") -> str:
        """Return the text of a variable."""
        self.asked.add(name)
        return self.variables.get(name, "").strip() or default

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Return whether a variable says yes."""
        text = self.text(name).lower()
        if not text:
            return default
        if text not in YES | NO:
            raise SettingError(name, f"{text!r} is neither yes nor no")
        return text in YES

    def number(self, name: str, default: int, *, least: int, most: int) -> int:
        """Return the whole number in a variable."""
        text = self.text(name, str(default))
        if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
            raise SettingError(name, f"{text!r} is not a whole number from {least} to {most}")
        return int(text)

    def choice(self, name: str, default: str, choices: Collection[str]) -> str:
        """Return the word in a variable, which must be one of the choices."""
        text = self.text(name, default)
        if text not in choices:
            raise SettingError(name, f"{text!r} is none of {', '.join(sorted(choices))}")
        return text

    def words(self, name: str) -> list[str]:
        """Return the parts of a comma-separated variable."""
        return [word.strip() for word in self.text(name).split(",") if word.strip()]

    def rate(self, name: str) -> str | None:
        """Return a number of requests in a time, such as `600/min`, or `None` for no limit."""
        text = self.text(name)
        if text and not RATE.fullmatch(text):
            raise SettingError(name, f"{text!r} is not a rate such as 20/s, 600/min or 10000/h")
        return text or None

    def hosts(self, name: str, default: list[str]) -> list[str]:
        """Return host names, which must come without a scheme, a path or a port."""
        hosts = self.words(name) or default
        for host in hosts:
            if "/" in host or (":" in host and not host.startswith("[")):
                raise SettingError(name, f"{host!r} is not a host name (without scheme or port)")
        return hosts

    def origins(self, name: str) -> list[str]:
        """Return origins such as `https://example.com`."""
        origins = self.words(name)
        for origin in origins:
            check_origin(name, origin)
        return origins

    def origin(self, name: str, default: str) -> str:
        """Return the one origin in a variable, without a slash at its end."""
        origin = self.text(name, default).rstrip("/")
        check_origin(name, origin)
        return origin

    def time_zone(self, name: str, default: str) -> str:
        """Return the name of a time zone that this machine knows."""
        zone = self.text(name, default)
        if zone not in available_timezones():
            raise SettingError(name, f"{zone!r} is not a time zone such as Europe/Berlin")
        return zone

    def folder(self, name: str, default: Path) -> Path:
        """Return the path of a folder, which need not exist yet."""
        path = Path(self.text(name, str(default))).expanduser()
        if path.exists() and not path.is_dir():
            raise SettingError(name, f"{str(path)!r} is not a folder")
        return path

    def database(self, name: str, default: str = "") -> Described | None:
        """Return Django's description of the database at an address, or `None` for no address."""
        schemes = {"sqlite", "postgres", "postgresql"}
        return self._described(name, default, schemes, environ.Env.db_url_config)

    def cache(self, name: str) -> Described | None:
        """Return Django's description of the cache at an address, or `None` for no address."""
        found = self._described(name, "", {"redis", "rediss"}, environ.Env.cache_url_config)
        return found and {**found, "BACKEND": "crm.shared_cache.SharedCache"}

    def email(self, name: str, default: str) -> Described:
        """Return Django's settings for sending mail through an address."""
        schemes = {"smtp", "smtp+tls", "smtp+ssl", "consolemail", "filemail", "dummymail"}
        return self._described(name, default, schemes, environ.Env.email_url_config) or {}

    def _described(
        self, name: str, default: str, schemes: Collection[str], read: Callable[[str], Described]
    ) -> Described | None:
        """Read an address that begins with one of the schemes."""
        address = self.text(name, default)
        if not address:
            return None
        if "://" not in address or address.partition(":")[0] not in schemes:
            known = ", ".join(f"{scheme}://" for scheme in sorted(schemes))
            # The address itself is not repeated: it may hold a password.
            raise SettingError(name, f"the address must begin with one of {known}")
        try:
            return dict(read(address))
        except (ValueError, KeyError, TypeError):
            raise SettingError(name, "the address cannot be read") from None


def check_origin(name: str, origin: str) -> None:
    """Raise `SettingError` for what is not a scheme, a host and perhaps a port."""
    try:
        parts = urlsplit(origin)
        whole = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        whole = False
    if not whole or origin != f"{parts.scheme}://{parts.netloc}" or "@" in origin:
        raise SettingError(name, f"{origin!r} is not an address such as https://crm.example.com")
