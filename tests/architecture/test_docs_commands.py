"""docs/commands.md says of every command of ours which options it has, and nothing else."""

import argparse
import json
import re
from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.core.management import BaseCommand, call_command, get_commands, load_command_class

from tests.documents import headings_of, rows_of, section_of, text_of

PAGE = "docs/commands.md"
# Those that Django gives to every command.
FOREIGN = {action.dest for action in BaseCommand().create_parser("manage.py", "x")._actions}
OURS = {
    name: app
    for name, app in get_commands().items()
    if str(app).split(".")[0] in {"crm", "contacts", "api"}
}


def actions_of(name: str) -> dict[str, argparse.Action]:
    """Return the options of a command that are its own."""
    parser = load_command_class(str(OURS[name]), name).create_parser("manage.py", name)
    own = (action for action in parser._actions if action.dest not in FOREIGN)
    return {(action.option_strings or [action.dest])[0]: action for action in own}


def test_every_command_has_a_section() -> None:
    assert OURS
    assert set(OURS) <= set(headings_of(PAGE))


@pytest.mark.parametrize("name", OURS)
def test_options_of_the_command_are_those_of_its_table(name: str) -> None:
    written = {option.strip("`") for option, *_rest in rows_of(section_of(PAGE, name))}

    assert written == set(actions_of(name))


@pytest.mark.parametrize("name", OURS)
def test_defaults_and_choices_are_told(name: str) -> None:
    for option, default, meaning in rows_of(section_of(PAGE, name)):
        action = actions_of(name)[option.strip("`")]
        if action.required:
            assert default == "must be given", option
        elif action.default is False:
            assert default == "off", option
        elif action.default:
            # A default that a setting gives is told by the setting's name.
            told = default.strip("`")
            assert getattr(settings, told, told) in (action.default, str(action.default)), option
        for choice in action.choices or ():
            assert f"`{choice}`" in meaning, (option, choice)


@pytest.mark.parametrize("name", OURS)
def test_command_explains_itself(name: str) -> None:
    command = load_command_class(str(OURS[name]), name)

    assert command.help.endswith(".")


def test_commands_of_django_that_are_named_exist() -> None:
    named = re.findall(r"`(\w+)(?: --\w+)?`", section_of(PAGE, "Commands of Django"))

    assert named
    assert set(named) <= set(get_commands())


@pytest.mark.django_db
def test_printed_object_of_bootstrap_has_the_parts_that_it_prints() -> None:
    printed = re.search(r"```json\n(.*?)```", text_of(PAGE), re.DOTALL)
    assert printed
    out = StringIO()
    call_command("bootstrap", username="ann", role="member", project="sales", json=True, stdout=out)

    def shape(value: Any) -> Any:
        return {key: shape(each) for key, each in value.items()} if isinstance(value, dict) else 0

    assert shape(json.loads(printed[1])) == shape(json.loads(out.getvalue()))
