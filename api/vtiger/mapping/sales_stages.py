"""How far a sale is: the stage of an open deal, or that it is won or lost."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.vtiger.grammar import Comparison
from api.vtiger.mapping.choices import picked_from
from api.vtiger.mapping.comparing import is_so
from api.vtiger.mapping.field import Document, Draft, Look, Wire, WireField
from contacts.access import Actor
from contacts.errors import Fault, InvalidError
from contacts.fields import compare
from contacts.fields.ordering_by import first_set, placed
from contacts.fields.text import fold
from contacts.query import And, Compare, Condition, Or, Query, SortKey, field_of, search

OPEN, WON, LOST = 0, 1, 2
CLOSED = {WON: "Closed Won", LOST: "Closed Lost"}
# More than anybody sets up.
MOST = 1_000


@dataclass(frozen=True, kw_only=True)
class SalesStageField(WireField):
    """The stages of all pipelines, those of the longest first, and the two ends of a sale."""

    type: str = "picklist"
    key: str = "stage"

    def described(self, actor: Actor) -> Wire:
        """Add what there is to choose from; the first is called the default."""
        return picked_from(list(dict.fromkeys([*_names(actor), *CLOSED.values()])))

    def shown(self, document: Document, look: Look) -> str:
        """Return the end of a closed sale, else the stage."""
        stage = document.get("stage")
        return CLOSED.get(document["status"]["outcome"]) or (stage["name"] if stage else "")

    def put(self, text: str, draft: Draft) -> None:
        """Win or lose the deal, or set its stage, which opens it again."""
        wanted = fold(text)
        statuses = search(draft.actor, Query("deal_status", limit=MOST)).documents
        ends = {fold(word): outcome for outcome, word in CLOSED.items()}
        outcome = ends.get(wanted, OPEN)
        if outcome == OPEN:
            draft.values["stage"] = _stage_called(draft.actor, text, draft.document)
        now = (draft.document.get("status") or {}).get("outcome", OPEN)
        if outcome != now:
            fitting = [each["id"] for each in statuses if each["outcome"] == outcome]
            draft.values["status"] = next(iter(fitting), None)

    def condition(self, actor: Actor, comparison: Comparison) -> Condition:
        """Compare the words."""
        outcome = field_of(actor, "deal", "outcome")
        stage = field_of(actor, "deal", "stage")
        ends = [number for number, word in CLOSED.items() if is_so(word, comparison)]
        parts: list[Condition] = []
        if ends:
            parts.append(Compare(outcome, compare(outcome, "in", ends)))
        stages = _stages(actor)
        chosen = [each["id"] for each in stages if is_so(str(each["name"]), comparison)]
        is_open = Compare(outcome, compare(outcome, "eq", OPEN))
        if chosen:
            parts.append(And((is_open, Compare(stage, compare(stage, "in", chosen)))))
        if is_so("", comparison):
            parts.append(And((is_open, Compare(stage, compare(stage, "is_empty", True)))))
        return Or(tuple(parts))

    def sort_key(self, actor: Actor, *, descending: bool) -> SortKey | None:
        """Order by the words."""
        outcome, stage = (field_of(actor, "deal", key) for key in ("outcome", "stage"))
        names = {each["id"]: str(each["name"]) for each in _stages(actor)}
        words = sorted({fold(word) for word in (*names.values(), *CLOSED.values())})
        ends: dict[object, int] = {
            number: words.index(fold(word)) for number, word in CLOSED.items()
        }
        places: dict[object, int] = {pk: words.index(fold(name)) for pk, name in names.items()}
        return SortKey(first_set([placed(outcome, ends), placed(stage, places)]), descending)


def _stages(actor: Actor) -> Sequence[Document]:
    return search(actor, Query("stage", limit=MOST)).documents


def _names(actor: Actor) -> list[str]:
    stages = _stages(actor)
    sizes: dict[object, int] = {}
    for stage in stages:
        sizes[stage["pipeline_id"]] = sizes.get(stage["pipeline_id"], 0) + 1
    longest_first = sorted(stages, key=lambda stage: -sizes[stage["pipeline_id"]])
    return [str(stage["name"]) for stage in longest_first]


def _stage_called(actor: Actor, name: str, document: Document) -> object:
    """Return the id of a stage, of the deal's own pipeline before others."""
    stages = _stages(actor)
    present = (document.get("stage") or {}).get("id")
    own = {each["pipeline_id"] for each in stages if each["id"] == present}
    fitting = [each for each in stages if fold(str(each["name"])) == fold(name)]
    fitting.sort(key=lambda each: each["pipeline_id"] not in own)
    if not fitting:
        raise InvalidError([Fault("stage", "not_in_list", {"value": name})])
    return fitting[0]["id"]
