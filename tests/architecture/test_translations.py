"""Every sentence for people is there in every language that is called complete."""

import ast
import gettext
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent.parent
COMPLETE = ["ru"]
MARKS = frozenset({"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"})
PLURALS = frozenset({"ngettext", "ngettext_lazy"})
# As `templatize` writes them: with or without u before the quotes.
IN_TEMPLATE = re.compile(r"\b_?(gettext|ngettext)\(u?(?=['\"])|\b_\((?=['\"])")
PLACEHOLDER = re.compile(r"%\(\w+\)s|%s|%d")


def catalogue_of(language: str) -> Path:
    return ROOT / "locale" / language / "LC_MESSAGES" / "django"


@cache
def compiled(language: str) -> gettext.GNUTranslations:
    with catalogue_of(language).with_suffix(".mo").open("rb") as stream:
        return gettext.GNUTranslations(stream)


def sentences_in_python(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        if node.func.id in MARKS and node.args:
            first = node.args[0]
            assert isinstance(first, ast.Constant), f"{path}:{node.lineno} is not a plain text"
            yield str(first.value)


def sentences_in_template(path: Path) -> Iterator[str]:
    code = templatize(path.read_text(), origin=str(path))
    for found in IN_TEMPLATE.finditer(code):
        yield leading_text(code[found.end() :])


def leading_text(code: str) -> str:
    """Return the Python string with which the code begins."""
    quote = code[:3] if code[:3] in ("'''", '"""') else code[0]
    end = len(quote)
    while not code.startswith(quote, end):
        end += 2 if code[end] == "\\" else 1
    return str(ast.literal_eval(code[: end + len(quote)]))


def sentences() -> dict[str, str]:
    """Return every marked sentence with the file in which it stands."""
    found: dict[str, str] = {}
    for folder in ("contacts", "crm", "api"):
        for path in (ROOT / folder).rglob("*.py"):
            if "migrations" not in path.parts:
                found.update(dict.fromkeys(sentences_in_python(path), str(path.relative_to(ROOT))))
    for path in (ROOT / "templates").rglob("*"):
        if path.suffix in (".html", ".txt"):
            found.update(dict.fromkeys(sentences_in_template(path), str(path.relative_to(ROOT))))
    return found


def entries_of(text: str) -> dict[tuple[str, int], str]:
    """Return what a catalogue's source says: by sentence and plural form."""
    entries: dict[tuple[str, int], str] = {}
    for block in re.split(r"\n\s*\n", text):
        parts: dict[str, str] = {}
        name = ""
        for line in block.splitlines():
            if line.startswith("#"):
                continue
            keyword, _space, rest = line.partition(" ")
            if not line.startswith('"'):
                name = keyword
                parts[name] = ""
                line = rest
            parts[name] += ast.literal_eval(line)
        for form in range(4):
            words = parts.get(f"msgstr[{form}]", parts.get("msgstr") if form == 0 else None)
            if words is not None:
                entries[parts["msgid"], form] = words
    return entries


def test_there_is_something_to_translate() -> None:
    found = sentences()

    assert "Sign in" in found
    assert "kind" in found
    assert len(found) > 500


@pytest.mark.parametrize("language", COMPLETE)
def test_every_sentence_is_translated(language: str) -> None:
    known = compiled(language)._catalog  # type: ignore[attr-defined]  # no public way to look inside

    missing = [
        f"{place}: {sentence}"
        for sentence, place in sentences().items()
        if not known.get(sentence) and not known.get((sentence, 0))
    ]

    assert missing == [], "make messages, then translate them"


@pytest.mark.parametrize("language", COMPLETE)
def test_compiled_translations_are_those_of_the_source(language: str) -> None:
    source = entries_of(catalogue_of(language).with_suffix(".po").read_text())
    known = dict(compiled(language)._catalog)  # type: ignore[attr-defined]  # no public way to look inside
    # The head of a compiled catalogue leaves out when its sentences were collected.
    source.pop(("", 0))
    known.pop("")
    has_plural = {sentence for sentence, form in source if form == 1}
    filled = {
        (sentence, form) if sentence in has_plural else sentence: words
        for (sentence, form), words in source.items()
        if words
    }

    assert known == filled, "make messages"


@pytest.mark.parametrize("language", COMPLETE)
def test_translations_have_the_same_placeholders(language: str) -> None:
    source = entries_of(catalogue_of(language).with_suffix(".po").read_text())

    wrong = [
        sentence
        for (sentence, _form), words in source.items()
        if sentence and set(PLACEHOLDER.findall(sentence)) != set(PLACEHOLDER.findall(words))
    ]

    assert wrong == []
