"""Read the description of a custom field from a body: what administrators send to define one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from api.wildapricot.errors import RejectedError, Restriction
from api.wildapricot.mapping.disclosures import AUDIENCES
from api.wildapricot.mapping.literals import integer_of, truth_of
from api.wildapricot.mapping.meanings.memberships import levels
from api.wildapricot.mapping.options import chosen, items_of
from contacts.fields.text import fold

Body = Mapping[str, Any]  # JSON of any shape, its keys in small letters
OptionValues = dict[str, object]


class Shape(NamedTuple):
    """What the domain calls a type of field: type, control, and whether it takes several values."""

    type: str
    control: str = ""
    is_multiple: bool = False


SHAPES: Mapping[str, Shape] = {
    "text": Shape("text"),
    "multilinetext": Shape("long_text"),
    "radiobuttons": Shape("option", "radio"),
    "dropdown": Shape("option", "dropdown"),
    "choice": Shape("option", "dropdown"),
    "multiplechoice": Shape("option", "checkboxes", is_multiple=True),
    "date": Shape("date"),
    "datetime": Shape("date"),
    "rulesandterms": Shape("boolean", "agreement"),
    "boolean": Shape("boolean"),
    "number": Shape("decimal"),
    "picture": Shape("attachment", "picture"),
    "fileattachment": Shape("attachment"),
    # Three fields by which upstream charges; what is chosen or typed in is kept, no price of it.
    "radiobuttonswithextracharge": Shape("option", "radio"),
    "multiplechoicewithextracharge": Shape("option", "checkboxes", is_multiple=True),
    "extrachargecalculation": Shape("decimal", "charge"),
    "calculatedextracharge": Shape("decimal", "charge"),
}
DIVIDER = "sectiondivider"
CHOOSING = "option"


@dataclass
class Definition:
    """What a body says of a field, in the domain's words; None for options that it leaves."""

    values: dict[str, object] = field(default_factory=dict)
    options: list[OptionValues] | None = None
    restrictions: list[Restriction] = field(default_factory=list)

    def refuse(self, key: str, value: object, words: str) -> None:
        """Remember what is wrong; all faults of a body are reported together."""
        shown = value if isinstance(value, str | int | float) else None
        self.restrictions.append(Restriction(key, shown, words))

    def require_right(self) -> None:
        """Raise RejectedError where anything is wrong."""
        if self.restrictions:
            raise RejectedError(self.restrictions)


def is_divider(body: Body) -> bool:
    """Tell whether a body describes a title between fields instead of a field."""
    return str(body.get("fieldtype") or "").strip().casefold() == DIVIDER


def new_definition(body: Body, taken: frozenset[str]) -> Definition:
    """Return the definition of a new field; `taken` are the names of all others, folded."""
    found = Definition()
    shape = shape_of(body)
    if shape is None:
        words = "Unexpected option." if body.get("fieldtype") else "Value is required."
        found.refuse("FieldType", body.get("fieldtype"), words)
    _name(found, body, taken, is_new=True)
    if shape is not None:
        found.values |= {
            "type": shape.type,
            "control": shape.control,
            "is_multiple": shape.is_multiple,
        }
        if truth_of(body.get("memberonly")):
            found.values["is_for_members"] = True
        _rest(found, body, shape)
    found.require_right()
    return found


def changed_definition(body: Body, present: Mapping[str, Any], taken: frozenset[str]) -> Definition:
    """Return what a body changes of a stored definition; its type and its nature stay."""
    found = Definition()
    shape = Shape(present["type"], present["control"], present["is_multiple"])
    given = shape_of(body)
    if body.get("fieldtype") and (given is None or given[::2] != shape[::2]):
        found.refuse("FieldType", body["fieldtype"], "Type of a field cannot be changed.")
    elif given is not None and given.control != shape.control:
        found.values["control"] = given.control
    for_members = truth_of(body.get("memberonly"))
    if for_members is not None and for_members != present["is_for_members"]:
        words = "A field of contacts cannot become one of members, or the other way round."
        found.refuse("MemberOnly", for_members, words)
    if "fieldname" in body:
        _name(found, body, taken, is_new=False)
    _rest(found, body, shape, present)
    found.require_right()
    return found


def shape_of(body: Body) -> Shape | None:
    """Return the shape of the type that a body names, or None."""
    return SHAPES.get(str(body.get("fieldtype") or "").strip().casefold())


def title_of(body: Body) -> str:
    """Return the title of a divider; raises RejectedError without one."""
    found = Definition()
    _name(found, body, frozenset(), is_new=True)
    found.require_right()
    return str(found.values["label"])


def _name(found: Definition, body: Body, taken: frozenset[str], *, is_new: bool) -> None:
    given = body.get("fieldname")
    name = given.strip() if isinstance(given, str) else ""
    if not name:
        found.refuse("FieldName", None if is_new else given, "Value is required.")
    elif name.casefold() in taken:
        found.refuse("FieldName", name, "Field name must be unique.")
    else:
        found.values["label"] = name


def _rest(
    found: Definition, body: Body, shape: Shape, present: Mapping[str, Any] | None = None
) -> None:
    required = truth_of(body.get("isrequired"))
    if required is not None:
        found.values["is_required"] = required
    order = integer_of(body.get("order"))
    if order is not None and order >= 0:
        found.values["position"] = order
    _instructions(found, body)
    _levels(found, body)
    _access(found, body)
    if shape.type == CHOOSING and isinstance(body.get("allowedvalues"), list):
        _options(found, body["allowedvalues"], present or {})


def _instructions(found: Definition, body: Body) -> None:
    terms: Mapping[str, Any] = {}
    if isinstance(body.get("rulesandtermsinfo"), Mapping):
        terms = {str(key).casefold(): value for key, value in body["rulesandtermsinfo"].items()}
    text = body.get("fieldinstructions") or terms.get("text", body.get("fieldinstructions"))
    if text is not None:
        found.values["help_text"] = text
    if terms.get("link") is not None:
        found.values["terms_url"] = terms["link"]


def _levels(found: Definition, body: Body) -> None:
    """Take over at which levels members have the field; none means at all of them."""
    given = body.get("existsinlevels")
    if given is None:
        return
    options = [chosen(levels(), item) for item in items_of(given)]
    known = [option.id for option in options if option is not None]
    if len(known) < len(options):
        found.refuse("ExistsInLevels", None, "Unexpected option.")
    found.values["levels"] = known


def _access(found: Definition, body: Body) -> None:
    word = body.get("access")
    if truth_of(body.get("adminonly")):
        found.values["access"] = "administrators"
    elif word is not None:
        access = AUDIENCES.get(str(word).strip().casefold())
        if access is None:
            found.refuse("Access", word, "Unexpected option.")
        else:
            found.values["access"] = access


def _options(found: Definition, items: list[Any], present: Mapping[str, Any]) -> None:
    """Take over the options in their order; the first that is selected is the default.

    Where none says of itself whether it is selected, the present default stays if it is still
    among them.
    """
    known = {str(option["id"]) for option in present.get("options", ())}
    ready = []
    default, kept = "", ""
    for index, item in enumerate(items):
        given = {"label": item} if isinstance(item, str) else item
        if not isinstance(given, Mapping):
            found.refuse("AllowedValues", None, "Value is required.")
            continue
        fields = {str(key).casefold(): value for key, value in given.items()}
        place = integer_of(fields.get("position"))
        ready.append((index if place is None else place, index, _option(fields, known)))
        label = str(fields.get("label") or "")
        is_selected = truth_of(fields.get("selectedbydefault"))
        if is_selected:
            default = default or label
        elif is_selected is None and _is_default(fields, present):
            kept = label
    if default or present.get("default"):
        found.values["default"] = default or kept
    found.options = [option for _place, _index, option in sorted(ready, key=lambda each: each[:2])]


def _is_default(fields: Mapping[str, Any], present: Mapping[str, Any]) -> bool:
    """Tell whether an option that is sent, by its id or else its label, is the present default."""
    default = str(present.get("default") or "")
    names = next(
        (
            {str(option["id"]), option["label"], option["value"]}
            for option in present.get("options", ())
            if str(option["id"]) == str(fields.get("id"))
        ),
        {fields.get("label")},
    )
    return bool(default) and fold(default) in {fold(str(name)) for name in names if name}


def _option(fields: Mapping[str, Any], known: set[str]) -> OptionValues:
    """Return one option; an id that none of this field has is that of a new one, if it is free."""
    option: OptionValues = {"label": fields.get("label") or ""}
    if str(fields.get("id")) in known:
        option["id"] = fields["id"]
    elif fields.get("id") is not None:
        option["wanted_id"] = fields["id"]
    # Whoever sends a description back sends the id as the value of options without one.
    if fields.get("value") not in (None, "", str(fields.get("id"))):
        option["value"] = fields["value"]
    return option
