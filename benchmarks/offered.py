"""Every order and filter that protocols and the browser UI offer for contacts, as requests.

The names come from the tables by which they are read, so what is offered anew is asked for as well.
Words that nobody has are asked for: a filter that keeps nothing is the dearest without an index.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote, urlencode

from benchmarks.protocols import Ask

Given = Mapping[str, Any]
Asks = Iterator[tuple[str, Ask]]

PLAIN = "redmineup plain page"
LIST = "/contacts.json?limit=25"
SCREEN = "/admin/contacts/contact/"
ROWS = 25
RARE = "zzqx"
# By type of a field: what hardly any contact has. Of choices it is the last one.
NUMBER, DAY, DAYS = 987_654_321, "1801-01-01", ("1801-01-01", "1801-01-02")
FILTERED = {
    "created_on": "><2001-01-01|2001-01-02",
    "updated_on": "><2001-01-01|2001-01-02",
    "last_note": "><2001-01-01|2001-01-02",
    "assigned_to_id": "=1",
    # Somebody who wrote nothing.
    "author_id": "=2",
    "country": "=IS",
    "ids": "1",
    "is_company": "1",
    "has_deals": "1",
    "has_open_issues": "1",
    "tags": "vip",
}
CUSTOM = {"cf_2": "><2001-01-01|2001-01-02", "cf_3": "=987654", "cf_5": "=x"}


def asks(credentials: Given) -> dict[str, Ask]:
    """Return a list in every order, and under every filter, by who offers it."""
    found = dict(_redmineup(credentials["redmineup"]))
    for offered in (_concord, _wildapricot, _civicrm, _vtiger):
        found |= dict(offered(credentials[offered.__name__.removeprefix("_")]))
    return found | dict(_screens())


def _redmineup(given: Given) -> Asks:
    from api.redmineup.mapping.contact_filters import (  # noqa: PLC0415 -- after the set-up
        CONTACT_COLUMNS,
        CONTACT_FILTERS,
    )

    addresses = {"plain page": LIST, f"search {RARE}": f"{LIST}&search={RARE}"}
    for name in [*CONTACT_COLUMNS, "cf_2", "cf_3", "cf_5"]:
        for way in ("", ":desc"):
            addresses[f"sort {name}{way}"] = f"{LIST}&sort={name}{way}"
    for name in CONTACT_FILTERS:
        value = FILTERED.get(name, f"={RARE}")
        addresses[f"filter {name}"] = f"{LIST}&{name}={quote(value)}"
        if name not in FILTERED:
            addresses[f"filter {name} contains"] = f"{LIST}&{name}={quote('~' + RARE)}"
    for name, value in CUSTOM.items():
        addresses[f"filter {name}"] = f"{LIST}&{name}={quote(value)}"
    headers = {"X-Redmine-API-Key": given["api_key"]}
    for name, address in addresses.items():
        yield f"redmineup {name}", (address, headers)


def _concord(given: Given) -> Asks:
    from api.concord.filters import rules_of  # noqa: PLC0415 -- after the set-up
    from api.concord.mapping.rules import Rule  # noqa: PLC0415 -- the same
    from api.concord.resources.contacts import COMPANIES, CONTACTS  # noqa: PLC0415 -- the same

    actor, headers = _member(), {"Authorization": f"Bearer {given['token']}"}

    def of_rule(name: str, rule: Rule) -> Iterator[tuple[str, dict[str, Any]]]:
        if rule.order:
            yield f"sort {name}", {"order": name}
            yield f"sort {name}|desc", {"order": f"{name}|desc"}
        value = _rare_text(rule.key) if rule.holds in ("text", "date") else NUMBER
        yield f"search in {name}", {"q": value, "search_fields": name}
        yield f"search in {name} =", {"q": value, "search_fields": f"{name}:="}

    for resource in (CONTACTS, COMPANIES):
        asked: dict[str, dict[str, Any]] = {"search": {"q": RARE}}
        for name, rule in rules_of(actor, resource).items():
            asked |= dict(of_rule(name, rule))
        for name, query in asked.items():
            address = f"/api/{resource.name}?{urlencode({'per_page': ROWS, **query})}"
            yield f"concord {resource.name} {name}", (address, headers)


def _wildapricot(given: Given) -> Asks:
    from api.wildapricot.mapping.table import table_for  # noqa: PLC0415 -- after the set-up

    base = f"/v2.2/accounts/{given['account_id']}/contacts"
    asked: dict[str, dict[str, str]] = {"simple query": {"simpleQuery": RARE}}
    for field in table_for(_member()).fields:
        name, keys = field.name.replace("'", "''"), field.meaning.keys
        value = _rare_text(keys[0] if keys else "")
        asked[f"filter {name} eq"] = {"$filter": f"'{name}' eq '{value}'"}
        asked[f"filter {name} ne"] = {"$filter": f"'{name}' ne '{value}'"}
        asked[f"filter {name} eq NULL"] = {"$filter": f"'{name}' eq NULL"}
        asked[f"filter {name} lt"] = {"$filter": f"'{name}' lt '{value}'"}
        asked[f"filter {name} substringof"] = {"$filter": f"substringof('{name}', '{RARE}')"}
        if field.meaning.order:
            asked[f"sort {name}"] = {"$sort": name}
            asked[f"sort {name} desc"] = {"$sort": f"{name} desc"}
    for name, query in asked.items():
        window = {"$async": "false", "$top": ROWS, "apikey": given["api_key"]}
        yield f"wildapricot {name}", (f"{base}?{urlencode({**window, **query})}", {})


def _civicrm(given: Given) -> Asks:
    from api.civicrm.contact.fields import contact_fields  # noqa: PLC0415 -- after the set-up

    call = {"entity": "Contact", "action": "get", "key": given["site_key"]}
    call["api_key"] = given["api_key"]
    asked: dict[str, dict[str, Any]] = {}
    for field in contact_fields(_member()):
        name = field.name
        for way in ("ASC", "DESC"):
            asked[f"sort {name} {way}"] = {"options": {"sort": f"{name} {way}"}}
        for operator, value in _comparisons(field.key):
            asked[f"filter {name} {operator}"] = {name: {operator: value}}
    for name, question in asked.items():
        options = {"limit": ROWS, **question.get("options", {})}
        text = json.dumps({**question, "options": options})
        yield f"civicrm {name}", (f"/civicrm/ajax/rest?{urlencode({**call, 'json': text})}", {})


def _vtiger(given: Given) -> Asks:
    from api.vtiger.modules.accounts import ACCOUNTS  # noqa: PLC0415 -- after the set-up
    from api.vtiger.modules.contacts import CONTACTS  # noqa: PLC0415 -- the same
    from benchmarks.protocols import vtiger_session  # noqa: PLC0415 -- the same

    session = vtiger_session(given)
    for module in (CONTACTS, ACCOUNTS):
        asked: dict[str, str] = {}
        for field in module.fields_for(_member()):
            value = _rare_text(getattr(field, "key", ""))
            for way in ("ASC", "DESC"):
                asked[f"sort {field.name} {way}"] = f"ORDER BY {field.name} {way}"
            for operator, word in {
                "=": value,
                "!=": value,
                "<": value,
                "LIKE": f"%{RARE}%",
            }.items():
                asked[f"filter {field.name} {operator}"] = f"WHERE {field.name} {operator} '{word}'"
        for name, rest in asked.items():
            query = f"SELECT * FROM {module.name} {rest} LIMIT {ROWS};"  # noqa: S608 -- theirs
            sent = {"operation": "query", "query": query, "sessionName": session}
            yield f"vtiger {module.name} {name}", (f"/webservice.php?{urlencode(sent)}", {})


def _screens() -> Asks:
    """Yield what the list of the browser UI offers: the filters of its form and of its editor."""
    from contacts.admin.address_book.filtering import filters_of_contacts  # noqa: PLC0415 -- set up
    from contacts.fields import catalogue  # noqa: PLC0415 -- the same

    asked: dict[str, dict[str, str]] = {"plain page": {}}
    for each in filters_of_contacts(_member()):
        values = [each.choices[0][0], each.choices[-1][0]] if each.choices else [RARE]
        for value in values if each.control == "select" else [DAY]:
            asked[f"filter {each.name}={value}"] = {each.name: value}
    for field in catalogue("contact").by_key.values():
        for way in ("", "-") if field.is_sortable else ():
            asked[f"sort {way}{field.key}"] = {"sort": f"{way}{field.key}"}
        for operator in sorted(field.type.operators) if field.is_filterable else ():
            for wanted in _values(field.key, operator):
                where = {"field": field.key, "operator": operator, "value": wanted}
                word = f" {wanted}" if operator == "is_empty" else ""
                asked[f"where {field.key} {operator}{word}"] = {"where": json.dumps(where)}
    headers = {"Cookie": f"sessionid={_session_key()}"}
    for name, query in asked.items():
        yield f"screen {name}", (f"{SCREEN}?{urlencode(query)}", headers)


def _member() -> Any:  # noqa: ANN401 -- an actor, which is known after the set-up only
    """Return who asks: a member of ten projects."""
    from contacts.access import actor_of  # noqa: PLC0415 -- after the set-up
    from contacts.models import User  # noqa: PLC0415 -- the same

    return actor_of(User.objects.get(username="member"))


def _session_key() -> str:
    """Return the session in which the member has signed in; it is in the cookie alone."""
    from django.contrib import auth  # noqa: PLC0415 -- after the set-up
    from django.contrib.sessions.backends.signed_cookies import SessionStore  # noqa: PLC0415

    from contacts.models import User  # noqa: PLC0415 -- the same

    user = User.objects.get(username="member")
    session = SessionStore()
    session[auth.SESSION_KEY] = str(user.pk)
    session[auth.BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[auth.HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def _rare(key: str) -> Any:  # noqa: ANN401 -- of the type of the field
    """Return a value of a field of the catalogue that hardly any contact has."""
    from contacts.fields import catalogue  # noqa: PLC0415 -- after the set-up

    field = catalogue("contact").by_key.get(key)
    if field is None:
        return RARE
    if field.type.name in ("date", "datetime"):
        return DAY
    if field.type.name == "boolean":
        return True
    if field.choices or field.list_name:
        return _last_choice(field)
    return NUMBER if field.target or field.type.name in ("integer", "decimal") else RARE


def _last_choice(field: Any) -> Any:  # noqa: ANN401 -- of the catalogue
    from contacts.fields import reference  # noqa: PLC0415 -- after the set-up

    if field.choices:
        return field.choices[-1].value
    if field.list_name == "country":
        return max(reference.countries().by_id)
    rows = reference.options().of(field.list_name)
    return rows[-1].pk if rows else NUMBER


def _rare_text(key: str) -> str:
    value = _rare(key)
    return str(int(value)) if isinstance(value, bool) else str(value)


def _values(key: str, operator: str) -> Iterable[object]:
    """Return what a field is compared with by an operator of the domain."""
    value = _rare(key)
    if operator == "is_empty":
        return (True, False)
    if operator == "between":
        return [DAYS if value == DAY else (value, value)]
    if operator in ("in", "has_any", "has_all", "has_none"):
        return [[value]]
    if operator in ("contains", "starts_with", "ends_with"):
        return [RARE]
    return [f"%{RARE}%" if operator == "like" else value]


def _comparisons(key: str) -> Iterator[tuple[str, object]]:
    """Yield the operators of SQL with what a field of the catalogue is compared with."""
    value = _rare_text(key)
    yield "=", value
    yield "!=", value
    yield "<", value
    yield "IN", [value]
    yield "LIKE", f"%{RARE}%"
    yield "IS NULL", 1
    yield "IS NOT NULL", 1
