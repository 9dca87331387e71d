"""The documents say what the code does: settings, commands, folders."""

import re
from pathlib import Path

import pytest

from crm import settings as crm_settings

ROOT = Path(__file__).resolve().parent.parent.parent
CONFIGURATION = (ROOT / "docs" / "configuration.md").read_text()
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text()
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def test_every_setting_is_documented_and_every_documented_setting_exists() -> None:
    documented = set(re.findall(r"^\| `([A-Z_]+)` \|", CONFIGURATION, flags=re.MULTILINE))

    assert documented == crm_settings.environment.asked


def test_example_of_settings_names_only_settings_that_exist() -> None:
    lines = (ROOT / ".env.example").read_text().splitlines()
    named = {line.lstrip("#").partition("=")[0] for line in lines if re.match(r"#?[A-Z_]+=", line)}

    assert named
    assert named <= crm_settings.environment.asked


def test_every_command_of_the_makefile_is_explained() -> None:
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z-]+):", makefile, flags=re.MULTILINE))
    explained = set(re.findall(r"^([a-z-]+):[^#\n]*## .+\.$", makefile, flags=re.MULTILINE))
    declared = re.search(r"^\.PHONY: (.+)$", makefile, flags=re.MULTILINE)

    assert targets == explained
    assert declared
    assert targets == set(declared[1].split())


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_commands_in_documents_exist(document: Path) -> None:
    text = document.read_text()
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))
    named = set(re.findall(r"(?:^|`)make ([a-z-]+)", text, flags=re.MULTILINE))

    assert named <= targets


def test_every_folder_is_explained_to_contributors() -> None:
    folders = {
        path.name
        for path in ROOT.iterdir()
        if path.is_dir() and not path.name.startswith(".") and path.name not in {"var", "api"}
    }
    # Dialects are explained together, as `api/<dialect>/`.
    folders |= {"api/base", "api/wire", "api/<dialect>"}

    assert [name for name in sorted(folders) if f"`{name}/`" not in CONTRIBUTING] == []
