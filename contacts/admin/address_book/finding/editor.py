"""A filter as groups of rows in a form, and the condition that they stand for.

The form is sent by GET, with every button: nothing is stored, and the address is the state. Names
in the address: `match`, `groups`, `g0-match`, `g0-rows`, `g0-r1-field`, `-ask`, `-value`.
"""

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from contacts.access import Actor, find_readable
from contacts.admin.address_book.finding.meanings import Question, asked_by, find_question
from contacts.admin.choosing import ContactField
from contacts.errors import QueryError
from contacts.fields import Field
from contacts.query import And, Condition, Not, Or

ALL, ANY, NONE = "all", "any", "none"
MOST_GROUPS = 10
MOST_ROWS = 30


@dataclass(slots=True)
class Row:
    """One line of the form: a field, what is asked of it, and with which values."""

    field: Field | None = None
    question: Question | None = None
    values: list[str] = dataclasses.field(default_factory=list)
    fault: str = ""


@dataclass(slots=True)
class Group:
    """Rows of which all, any or none shall be true."""

    match: str = ALL
    rows: list[Row] = dataclasses.field(default_factory=list)


@dataclass(slots=True)
class Editor:
    """Groups of which all or any shall be true."""

    match: str = ALL
    groups: list[Group] = dataclasses.field(default_factory=list)
    # The row, or the group, in which the work goes on when a button has changed the form.
    current: str = ""

    @property
    def has_faults(self) -> bool:
        """Tell whether anything cannot be understood."""
        return any(row.fault for group in self.groups for row in group.rows)


def shown(condition: Condition | None) -> Editor | None:
    """Return the form that stands for a condition, or None where it is too special for it."""
    if condition is None:
        return Editor(groups=[Group(rows=[Row()])])
    group = _group(condition)
    if group is not None:
        return Editor(groups=[group])
    if not isinstance(condition, And | Or):
        return None
    groups = [_group(part) for part in condition.parts]
    if any(each is None for each in groups):
        return None
    match = ALL if isinstance(condition, And) else ANY
    return Editor(match, [each for each in groups if each is not None])


def _group(condition: Condition) -> Group | None:
    row = _row(condition)
    if row is not None:
        return Group(rows=[row])
    match, parts = ALL, condition
    if isinstance(condition, Not):
        match, parts = NONE, condition.part
    if not isinstance(parts, And | Or) or (match == NONE and not isinstance(parts, Or)):
        return None
    if match != NONE:
        match = ALL if isinstance(parts, And) else ANY
    rows = [_row(part) for part in parts.parts]
    if any(each is None for each in rows):
        return None
    return Group(match, [each for each in rows if each is not None])


def _row(condition: Condition) -> Row | None:
    asked = asked_by(condition)
    if asked is None:
        return None
    field, question, values = asked
    return Row(field, question, [_typed(value) for value in values])


def _typed(value: object) -> str:
    """Return a value of a comparison as somebody would type it."""
    if isinstance(value, datetime):
        return timezone.localtime(value).date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


def taken(actor: Actor, sent: QueryDict) -> Editor:
    """Return the form as it was sent, before its button did anything."""
    count = min(_number(sent.get("groups")), MOST_GROUPS)
    match = ANY if sent.get("match") == ANY else ALL
    return Editor(match, [_taken_group(actor, sent, f"g{place}") for place in range(count)])


def _taken_group(actor: Actor, sent: QueryDict, name: str) -> Group:
    match = sent.get(f"{name}-match", ALL)
    count = min(_number(sent.get(f"{name}-rows")), MOST_ROWS)
    rows = [_taken_row(actor, sent, f"{name}-r{place}") for place in range(count)]
    return Group(match if match in (ALL, ANY, NONE) else ALL, rows)


def _taken_row(actor: Actor, sent: QueryDict, name: str) -> Row:
    found = find_readable(actor, "contact", sent.get(f"{name}-field", ""))
    if found is None or not found.is_filterable:
        return Row()
    question = find_question(found, sent.get(f"{name}-ask", ""))
    # What was filled in for another field means nothing for this one.
    is_same = sent.get(f"{name}-was", found.key) == found.key
    values = [value for value in sent.getlist(f"{name}-value") if value.strip()]
    return Row(found, question, values if is_same else [])


def act(editor: Editor, button: str) -> bool:
    """Do what a button of the form says; tells whether the filter is to be used now."""
    verb, *places = button.split(":")
    numbers = [_number(place) for place in places]
    action = ACTIONS.get(verb)
    if action is None:
        return verb == "use"
    try:
        action(editor, numbers)
    except (IndexError, ValueError):
        return False
    return False


def _add_row(editor: Editor, at: Sequence[int]) -> None:
    rows = editor.groups[at[0]].rows
    rows.append(Row())
    editor.current = f"g{at[0]}-r{len(rows) - 1}"


def _remove_row(editor: Editor, at: Sequence[int]) -> None:
    rows = editor.groups[at[0]].rows
    del rows[at[1]]
    editor.current = f"g{at[0]}-r{min(at[1], len(rows) - 1)}" if rows else f"g{at[0]}"


def _add_group(editor: Editor, _at: Sequence[int]) -> None:
    editor.groups.append(Group(rows=[Row()]))
    editor.current = f"g{len(editor.groups) - 1}-r0"


def _remove_group(editor: Editor, at: Sequence[int]) -> None:
    del editor.groups[at[0]]
    editor.current = f"g{min(at[0], len(editor.groups) - 1)}"


ACTIONS: dict[str, Callable[[Editor, Sequence[int]], None]] = {
    "row": _add_row,
    "unrow": _remove_row,
    "group": _add_group,
    "ungroup": _remove_group,
}


def condition_of(actor: Actor, editor: Editor) -> Condition | None:
    """Return what the form means; rows that cannot be understood get a fault."""
    parts = [part for group in editor.groups if (part := _condition(actor, group)) is not None]
    if len(parts) < 2:
        return parts[0] if parts else None
    return And(tuple(parts)) if editor.match == ALL else Or(tuple(parts))


def _condition(actor: Actor, group: Group) -> Condition | None:
    parts = [part for row in group.rows if (part := _comparison(actor, row)) is not None]
    if not parts:
        return None
    if group.match == NONE:
        return Not(Or(tuple(parts)))
    if len(parts) == 1:
        return parts[0]
    return And(tuple(parts)) if group.match == ALL else Or(tuple(parts))


NEEDED = {"none": 0, "one": 1, "two": 2, "several": 1}


def _comparison(actor: Actor, row: Row) -> Condition | None:
    if row.field is None or row.question is None:
        return None
    if len(row.values) < NEEDED[row.question.takes]:
        row.fault = _("Fill this in.")
        return None
    try:
        values = _values(actor, row.field, row.values) if row.question.takes != "none" else []
        return row.question.meaning(actor, row.field, values)
    except QueryError:
        row.fault = _("This cannot be read. Check the spelling.")
    except ValidationError as error:
        row.fault = " ".join(error.messages)
    return None


def _values(actor: Actor, field: Field, typed: Sequence[str]) -> Sequence[object]:
    """Return the values that were typed: contacts by name, tags separated by commas."""
    if is_about_contacts(field):
        box = ContactField(actor, several=True, kind=kind_of_target(field))
        return box.clean(";".join(typed))  # type: ignore[return-value]  # ids, as there are several
    if field.key == "tags":
        return [name.strip() for text in typed for name in text.split(",") if name.strip()]
    return typed


def is_about_contacts(field: Field) -> bool:
    """Tell whether the values of a field are contacts, which are chosen by typing."""
    return field.type.name in ("contact", "company") or field.key == "companies"


def kind_of_target(field: Field) -> str:
    """Return the kind of contact that a field points to; "" for any."""
    return "" if field.type.name == "contact" else "organization"


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 4 else 0
