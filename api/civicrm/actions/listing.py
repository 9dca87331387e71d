"""Complete what people type: ``getlist`` (specification, section 12.7)."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from api.civicrm.calls import Asked, Call, Record, Result
from api.civicrm.grammar.filters import Filter, filters_of
from api.civicrm.grammar.options import EVERYTHING, Order, names_in
from api.civicrm.mapping.formats import whole
from api.civicrm.preparing import asked_of, prepared

PAGE_SIZE = 15
_LABELS = ("sort_name", "title", "label", "name", "subject")


def get_list(call: Call) -> Result:
    """Return records as lists for choosing show them: id, label, description."""
    given = call.params.get("params")
    params = dict(given) if isinstance(given, dict) else {}
    inner = prepared(call.entity, "get", params, call.actor, depth=call.depth)
    asked = replace(asked_of(inner), returned=tuple(_returned(call)))
    if call.params.get("id"):
        return _looked_up(call, asked)
    return _searched(call, asked)


def _looked_up(call: Call, asked: Asked) -> Result:
    value = call.params["id"]
    items = value if isinstance(value, list) else str(value).split(",")
    ids = [whole(item, "id") for item in items]
    question = replace(asked, filters=[Filter("id", "IN", ids)], limit=EVERYTHING)
    found = call.entity.source.find(call.actor, call.entity, question)
    by_id = {str(record["id"]): record for record in found}
    ordered = [by_id[str(each)] for each in ids if str(each) in by_id]
    return _answer([_shown(call, record) for record in ordered])


def _searched(call: Call, asked: Asked) -> Result:
    number = max(1, _page(call.params.get("page_num")))
    text = str(call.params.get("input") or "")
    search_field = str(call.params.get("search_field") or _label(call))
    sorted_by = Order(_label(call))
    question = replace(
        asked,
        filters=[*asked.filters, *_containing(search_field, text)],
        sort=asked.sort or (sorted_by,),
        limit=PAGE_SIZE + 1,
        offset=(number - 1) * PAGE_SIZE,
    )
    found = call.entity.source.find(call.actor, call.entity, question)
    if not found and number == 1 and text and call.entity.also_found_by:
        also = _containing(call.entity.also_found_by, text)
        question = replace(question, filters=[*asked.filters, *also])
        found = call.entity.source.find(call.actor, call.entity, question)
    records = [_shown(call, record) for record in found[:PAGE_SIZE]]
    if number == 1 and text.strip().isdecimal():
        records = _with_id(call, asked, text.strip(), records)
    answer = _answer(records)
    return {**answer, "page_num": number, "more_results": len(found) > PAGE_SIZE}


def _containing(name: str, text: str) -> list[Filter]:
    return list(filters_of(name, {"LIKE": f"%{text}%"})) if text else []


def _with_id(call: Call, asked: Asked, text: str, records: list[Record]) -> list[Record]:
    """Return the record with the number that was typed before the others."""
    question = replace(asked, filters=[*asked.filters, Filter("id", "=", int(text))], limit=1)
    found = call.entity.source.find(call.actor, call.entity, question)
    if not found:
        return records
    first = _shown(call, found[0])
    first["description"] = [f"ID: {text}", *first.get("description", [])]
    return [first, *(record for record in records if record["id"] != first["id"])]


def _page(value: object) -> int:
    return whole(value, "page_num") if isinstance(value, int | str) and value != "" else 1


def _label(call: Call) -> str:
    asked = call.params.get("label_field")
    fields = call.entity.by_name(call.actor)
    candidates = (asked, call.entity.label, *_LABELS)
    return next((str(name) for name in candidates if name in fields), "id")


def _described(call: Call) -> Sequence[str]:
    asked = names_in(call.params.get("description_field"))
    own = [name for name in ("description",) if name in call.entity.by_name(call.actor)]
    return asked or call.entity.described_by or own


def _returned(call: Call) -> list[str]:
    extra = names_in(call.params.get("extra"))
    icon = [call.entity.icon] if call.entity.icon else []
    return ["id", _label(call), *_described(call), *extra, *icon]


def _shown(call: Call, record: Record) -> Record:
    shown: Record = {"id": str(record["id"]), "label": str(record.get(_label(call), ""))}
    described = [str(record[name]) for name in _described(call) if record.get(name, "") != ""]
    if described or _described(call):
        shown["description"] = described
    if call.entity.icon:
        shown["icon_class"] = record.get(call.entity.icon, "")
    extra = names_in(call.params.get("extra"))
    if extra:
        shown["extra"] = {name: record.get(name, "") for name in extra}
    return shown


def _answer(records: list[Record]) -> dict[str, Any]:
    answer: dict[str, Any] = {"is_error": 0, "version": 3, "count": len(records)}
    if len(records) == 1:
        answer["id"] = 0
    answer["values"] = records
    return answer
