"""Write an example conversation as a program: Python, JavaScript for Node, PHP.

Nothing but what the languages bring along is used, so the programs run as they are.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from api.base.examples import CodeSample, Joined, Kept, Step, Value


@dataclass(frozen=True, slots=True)
class Language:
    """How a language writes text, names and the MD5 of text."""

    text: Callable[[str], str]
    name: Callable[[str], str]
    plus: str
    md5: str

    def value(self, value: Value) -> str:
        """Return an expression."""
        if isinstance(value, str):
            return self.text(value)
        parts = [
            self.name(part.name) if isinstance(part, Kept) else self.text(part)
            for part in value.parts
        ]
        whole = self.plus.join(parts)
        return self.md5 % whole if value.is_md5 else whole


def _php_text(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


PYTHON = Language(
    text=lambda text: json.dumps(text, ensure_ascii=False),
    name=str,
    plus=" + ",
    md5="hashlib.md5((%s).encode()).hexdigest()",
)
JAVASCRIPT = Language(
    text=lambda text: json.dumps(text, ensure_ascii=False),
    name=str,
    plus=" + ",
    md5='createHash("md5").update(%s).digest("hex")',
)
PHP = Language(text=_php_text, name=lambda name: f"${name}", plus=" . ", md5="md5(%s)")


def samples_of(steps: Sequence[Step], base_url: str) -> list[CodeSample]:
    """Return the conversation in every language."""
    if not steps:
        return []
    return [
        CodeSample("Python", python_code(steps, base_url)),
        CodeSample("JavaScript", javascript_code(steps, base_url)),
        CodeSample("PHP", php_code(steps, base_url)),
    ]


def address_of(step: Step, base_url: str, language: Language) -> str:
    """Return the address as an expression; what earlier answers gave is put in by the program."""
    fixed = {name: value for name, value in step.query.items() if isinstance(value, str)}
    moving = {name: value for name, value in step.query.items() if not isinstance(value, str)}
    address = f"{base_url}{step.path}"
    if fixed:
        address += f"?{urlencode(fixed)}"
    if not moving:
        return language.text(address)
    joint = "&" if fixed else "?"
    parts: list[str | Kept] = [address]
    for name, value in moving.items():
        parts += [f"{joint}{name}=", *(value.parts if isinstance(value, Joined) else ())]
        joint = "&"
    return language.value(Joined(tuple(parts)))


def _needs_md5(steps: Sequence[Step]) -> bool:
    values = [
        value for step in steps for part in (step.form, step.headers) for value in part.values()
    ]
    return any(isinstance(value, Joined) and value.is_md5 for value in values)


def python_code(steps: Sequence[Step], base_url: str) -> str:
    """Return a program for Python 3."""
    names = ["json", "urllib.request"]
    names += ["urllib.parse"] if any(step.form for step in steps) else []
    names += ["hashlib"] if _needs_md5(steps) else []
    lines = [f"import {name}" for name in sorted(names)]
    for step in steps:
        lines += ["", "request = urllib.request.Request("]
        lines.append(f"    {address_of(step, base_url, PYTHON)},")
        if step.form:
            lines += ["    data=urllib.parse.urlencode({"]
            lines += _pairs(step.form, PYTHON, ": ", indent=8)
            lines += ["    }).encode(),"]
        if step.headers:
            lines += ["    headers={", *_pairs(step.headers, PYTHON, ": ", indent=8), "    },"]
        lines += [")", "with urllib.request.urlopen(request) as response:"]
        lines.append("    answer = json.load(response)")
        lines += [f"{name} = answer{_python_path(path)}" for name, path in step.keeps.items()]
    return "\n".join([*lines, "", "print(json.dumps(answer, indent=2, ensure_ascii=False))"])


def _python_path(path: Sequence[str]) -> str:
    return "".join(f"[{json.dumps(part)}]" for part in path)


def _pairs(
    values: Mapping[str, Value], language: Language, joint: str, *, indent: int
) -> list[str]:
    return [
        f"{' ' * indent}{language.text(name)}{joint}{language.value(value)},"
        for name, value in values.items()
    ]


def javascript_code(steps: Sequence[Step], base_url: str) -> str:
    """Return a program for Node 18 and later."""
    lines = ['import { createHash } from "node:crypto";', ""] if _needs_md5(steps) else []
    lines.append("let answer;")
    for step in steps:
        has_options = bool(step.form or step.headers)
        opening = ", {" if has_options else ""
        lines += ["", f"answer = await fetch({address_of(step, base_url, JAVASCRIPT)}{opening}"]
        if step.form:
            lines += ['  method: "POST",', "  body: new URLSearchParams({"]
            lines += [*_pairs(step.form, JAVASCRIPT, ": ", indent=4), "  }),"]
        if step.headers:
            lines += ["  headers: {", *_pairs(step.headers, JAVASCRIPT, ": ", indent=4), "  },"]
        lines += ["});" if has_options else ");", "answer = await answer.json();"]
        for name, path in step.keeps.items():
            lines.append(f"const {name} = answer{_python_path(path)};")
    return "\n".join([*lines, "", "console.log(JSON.stringify(answer, null, 2));"])


def php_code(steps: Sequence[Step], base_url: str) -> str:
    """Return a program for PHP 7 and later."""
    lines = ["<?php"]
    for step in steps:
        headers = [PHP.value(_header(name, value)) for name, value in step.headers.items()]
        options = [f"    'method' => {PHP.text(step.method)},"]
        if step.form:
            headers.append(PHP.text("Content-Type: application/x-www-form-urlencoded"))
            options += ["    'content' => http_build_query(["]
            options += [*_pairs(step.form, PHP, " => ", indent=8), "    ]),"]
        if headers:
            options += ["    'header' => [", *(f"        {each}," for each in headers), "    ],"]
        lines += ["", "$context = stream_context_create(['http' => [", *options, "]]);"]
        lines.append(
            f"$answer = file_get_contents({address_of(step, base_url, PHP)}, false, $context);"
        )
        lines.append("$answer = json_decode($answer, true);")
        lines += [f"${name} = $answer{_php_path(path)};" for name, path in step.keeps.items()]
    return "\n".join([*lines, "", "print_r($answer);"])


def _header(name: str, value: Value) -> Value:
    if isinstance(value, str):
        return f"{name}: {value}"
    return Joined((f"{name}: ", *value.parts), value.is_md5)


def _php_path(path: Sequence[str]) -> str:
    return "".join(f"[{_php_text(part)}]" for part in path)
