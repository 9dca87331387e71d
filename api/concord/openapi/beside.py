"""What is beside the resources: tags, public forms, lists without pages, tokens, teams."""

from collections.abc import Iterator

from api.base.operations import Operation, Parameter, Reply, Schema
from api.concord.openapi.parts import DONE, JSON, MESSAGE, OBJECT, Q, operation, sent, shown

BODY = sent(OBJECT)
# What cannot be the address of a form is not found by the pages for people.
NO_FORM = Reply(about="There is no such form", schema=MESSAGE, formats=(JSON, "text/html"))


def tags() -> Iterator[Operation]:
    """Yield what can be done with tags."""
    one, tag = "/api/tags/{id}", "tags"
    made = {
        200: Reply(about="It was there", schema=OBJECT),
        201: Reply(about="Made", schema=OBJECT),
    }
    yield operation("POST", one, "Make a tag of a type", tag, made, body=BODY)
    yield operation("PUT", one, "Change a tag", tag, shown(OBJECT), body=BODY)
    yield operation("DELETE", one, "Delete a tag", tag, DONE)
    about = "Make a tag of contacts"
    yield operation("POST", "/api/tags", about, tag, made, body=BODY)
    yield operation("POST", "/api/tags/order", "Put tags in order", tag, DONE, body=BODY)


def forms() -> Iterator[Operation]:
    """Yield what administrators and visitors do with public forms."""
    path, tag = "/forms/f/{form}", "web forms"
    all_of_them, one = "/api/forms", "/api/forms/{id}"
    listed = {200: Reply(about="All of them", schema={"type": "array", "items": OBJECT})}
    made = {201: Reply(about="Made", schema=OBJECT)}
    yield operation("GET", all_of_them, "List forms", tag, listed)
    yield operation("POST", all_of_them, "Make a form", tag, made, body=BODY)
    yield operation("GET", one, "Show the settings of a form", tag, shown(OBJECT))
    for method in ("PUT", "PATCH"):
        yield operation(method, one, "Change a form", tag, shown(OBJECT), body=BODY)
    yield operation("DELETE", one, "Delete a form", tag, DONE)
    yield operation("POST", f"{one}/clone", "Copy a form", tag, made)
    form = (Parameter(name="form", about="Address of the form", place="path"),)
    page = {200: Reply(about="The page of the form"), 404: NO_FORM}
    more = {"parameters": form, "is_public": True}
    yield operation("GET", path, "Show a form", tag, page, **more)
    yield operation("POST", path, "Send a form", tag, {**DONE, 404: NO_FORM}, body=BODY, **more)


def hooks() -> Iterator[Operation]:
    """Yield what programs do that want to be told of changes."""
    path, tag = "/api/zapier/hooks", "hooks"
    made = {201: Reply(about="The subscription, with the secret that signs", schema=OBJECT)}
    names = ("contacts", "companies", "deals", "activities")
    words = (("resource", names), ("action", ("create", "update")))
    parameters = tuple(
        Parameter(
            name=name,
            about=f"Which {name}",
            place="path",
            schema={"type": "string", "enum": list(choices)},
        )
        for name, choices in words
    )
    new = f"{path}/{{resource}}/{{action}}"
    yield operation("POST", new, "Be told", tag, made, parameters=parameters, body=BODY)
    yield operation("DELETE", f"{path}/{{id}}", "Be told no more", tag, DONE)


def beside() -> Iterator[Operation]:
    """Yield lists without pages, tokens and teams."""
    listed: Schema = {"type": "array", "items": OBJECT}
    texts: Schema = {"type": "array", "items": {"type": "string"}}
    array = {200: Reply(about="All of them", schema=listed)}
    made = {201: Reply(about="Made", schema=OBJECT)}
    tokens = "/api/personal-access-tokens"
    yield operation(
        "POST", "/api/token", "Sign in", "tokens", shown(OBJECT), body=sent(OBJECT), is_public=True
    )
    yield operation("GET", tokens, "List own tokens", "tokens", array)
    yield operation("POST", tokens, "Make a token", "tokens", made, body=sent(OBJECT))
    yield operation("DELETE", f"{tokens}/{{id}}", "Revoke a token", "tokens", DONE)
    yield operation("GET", "/api/auth/validate", "Try a token", "tokens", shown(OBJECT))
    yield operation("GET", "/api/me", "Show oneself", "users", shown(OBJECT))
    yield operation("GET", "/api/countries", "List countries", "lists", array)
    yield operation("GET", "/api/currencies", "List currencies", "lists", shown(OBJECT))
    zones = {200: Reply(about="All of them", schema=texts)}
    yield operation("GET", "/api/timezones", "List time zones", "lists", zones)
    yield operation("GET", "/api/tags", "List tags", "lists", array)
    yield operation("GET", "/api/search", "Search everything", "lists", array, parameters=(Q,))
    address = "/api/search/email-address"
    yield operation("GET", address, "Search e-mail addresses", "lists", array, parameters=(Q,))
    teams, team = "/api/teams", "/api/teams/{id}"
    yield operation("GET", teams, "List teams", "teams", array)
    yield operation("POST", teams, "Make a team", "teams", made, body=sent(OBJECT))
    yield operation("GET", team, "Show a team", "teams", shown(OBJECT))
    for method in ("PUT", "PATCH"):
        yield operation(method, team, "Change a team", "teams", shown(OBJECT), body=sent(OBJECT))
    yield operation("DELETE", team, "Delete a team", "teams", DONE, refusals=(409,))
