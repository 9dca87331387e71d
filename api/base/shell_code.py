"""Write an example conversation as commands for a shell: curl, and Python to read its answers."""

import base64
import binascii
import json
import re
import shlex
from collections.abc import Sequence
from urllib.parse import quote, urlencode

from api.base.examples import Joined, Kept, Step, Value

_SPECIAL = re.compile(r'(["\\$`])')


def shell_code(steps: Sequence[Step], base_url: str) -> str:
    """Return the conversation, a command for each request."""
    return "\n".join(_kept(step, " \\\n  ".join(_command(step, base_url))) for step in steps)


def request_line(step: Step) -> str:
    """Return a request for reading: nothing is escaped, and what signs it is left out."""
    fields = [*step.query.items(), *step.form.items()]
    shown = [f"{name}={value}" for name, value in fields if isinstance(value, str)]
    body = [step.json] if step.json else []
    return "\n".join([f"{step.method} {step.path}", *shown, *body])


def _command(step: Step, base_url: str) -> list[str]:
    has_body = bool(step.form or step.json)
    usual = "POST" if has_body else "GET"
    parts = [f"curl -s {_address(step, base_url)}"]
    parts += [f"-X {step.method}"] if step.method != usual else []
    parts += [_header(name, value) for name, value in step.headers.items()]
    parts += [f"--data-urlencode {_pair(name, value)}" for name, value in step.form.items()]
    if step.json:
        parts += ["-H 'Content-Type: application/json'", f"--data {shlex.quote(step.json)}"]
    return parts


def _kept(step: Step, command: str) -> str:
    """Return a command that keeps what later ones need."""
    wanted = {name: path for name, path in step.keeps.items() if name != "rows"}
    if not wanted:
        return command
    ((name, path),) = wanted.items()
    found = "".join(f"[{json.dumps(part)}]" for part in path)
    read = f"import json, sys; print(json.load(sys.stdin){found})"
    return f"{name}=$({command} | python3 -c {shlex.quote(read)})"


def _address(step: Step, base_url: str) -> str:
    fixed = {name: value for name, value in step.query.items() if isinstance(value, str)}
    moving = {name: value for name, value in step.query.items() if isinstance(value, Joined)}
    address = f"{base_url}{step.path}"
    if fixed:
        address += f"?{urlencode(fixed, quote_via=quote)}"
    if not moving:
        return shlex.quote(address)
    joint = "&" if fixed else "?"
    parts = "".join(f"{joint}{name}={_inside(value)}" for name, value in moving.items())
    return f'"{_escaped(address)}{parts}"'


def _header(name: str, value: Value) -> str:
    if isinstance(value, Joined):
        return f'-H "{name}: {_inside(value)}"'
    pair = _basic_pair(value) if name == "Authorization" else ""
    return f"-u {shlex.quote(pair)}" if pair else f"-H {shlex.quote(f'{name}: {value}')}"


def _basic_pair(value: str) -> str:
    """Return user and secret of a Basic header, so that people can put their own in."""
    scheme, _, encoded = value.partition(" ")
    try:
        return base64.b64decode(encoded).decode() if scheme == "Basic" else ""
    except (binascii.Error, UnicodeDecodeError):
        return ""


def _pair(name: str, value: Value) -> str:
    if isinstance(value, str):
        return shlex.quote(f"{name}={value}")
    return f'"{name}={_inside(value)}"'


def _inside(value: Joined) -> str:
    """Return a text that is put together, for between double quotes."""
    text = "".join(
        f"${{{part.name}}}" if isinstance(part, Kept) else _escaped(part) for part in value.parts
    )
    return f"$(printf %s \"{text}\" | md5sum | cut -d' ' -f1)" if value.is_md5 else text


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
