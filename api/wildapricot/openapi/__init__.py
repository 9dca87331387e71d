"""Describe this dialect to programs."""

from collections.abc import Iterator
from dataclasses import replace

from api.base.operations import Body, Description, Operation, Parameter, Reply
from api.wildapricot.openapi.parts import (
    BASIC,
    COMMON,
    INTEGER,
    OBJECT,
    REFUSALS,
    SECURITY,
    TEXT,
    TRUTH,
    WRITTEN,
    array_of,
    flag,
    named,
    operation,
    record,
    sent,
    shown,
)
from api.wildapricot.openapi.schemas import SCHEMAS

FORM = "application/x-www-form-urlencoded"
BASE = "/{version}/accounts/{account}"
DONE = shown(TRUTH, "`true`")

FILTER = Parameter(name="$filter", about="What to find", example="'State/Prov' eq 'California'")
LISTING = (
    flag("$async", "`false` for an answer at once; else it is fetched later"),
    Parameter(name="resultId", about="The search to fetch"),
    FILTER,
    Parameter(name="$select", about="Fields in FieldValues", example="'First name','Last name'"),
    Parameter(name="$sort", about="Fields with asc or desc", example="Name asc"),
    Parameter(name="simpleQuery", about="Words to find in names, addresses and phones"),
    Parameter(name="$top", about="How many", schema={"type": "integer", "minimum": 0}),
    Parameter(name="$skip", about="From which on", schema={"type": "integer", "minimum": 0}),
    flag("$count", "Only the number"),
    flag("idsOnly", "Only the ids"),
)


def _tokens() -> Iterator[Operation]:
    asked = record(
        grant_type={
            "type": "string",
            "enum": ["client_credentials", "password", "refresh_token", "authorization_code"],
        },
        **dict.fromkeys(("scope", "username", "password", "refresh_token", "code"), TEXT),
    )
    yield operation(
        "POST",
        "/auth/token",
        "Give a token",
        "tokens",
        shown(named("Token"), "A token"),
        parameters=(BASIC,),
        body=Body(schema=asked, formats=(FORM, "application/json")),
        is_public=True,
    )
    yield operation(
        "GET",
        "/auth/expiretoken",
        "End a token",
        "tokens",
        DONE,
        parameters=(BASIC, Parameter(name="token", about="The token")),
        is_public=True,
    )
    yield operation(
        "POST",
        "/auth/expiretoken",
        "End a token",
        "tokens",
        DONE,
        parameters=(BASIC, Parameter(name="token", about="The token")),
        is_public=True,
    )


def _authorising() -> Iterator[Operation]:
    wish = tuple(
        Parameter(name=name, about=about)
        for name, about in (
            ("client_id", "The program"),
            ("redirect_uri", "Where the person is sent back to"),
            ("scope", "What the program asks for"),
            ("state", "A text that comes back unchanged"),
            ("response_type", "`authorization_code`"),
        )
    )
    page = {200: Reply(about="The page", schema=TEXT, formats=("text/html",))}
    away = {302: Reply(about="To the sign-in, or back to the program")}
    path, about = "/sys/login/oauthlogin", "Let a program in"
    shown_page, tag = {**page, **away}, "tokens"
    yield operation("GET", path, about, tag, shown_page, parameters=wish, is_public=True)
    decision = Body(schema=record(decision=TEXT), formats=(FORM,))
    yield operation("POST", path, about, tag, away, parameters=wish, body=decision, is_public=True)


def _account() -> Iterator[Operation]:
    tag = "account"
    links = array_of(record(Name=TEXT, Url=TEXT))
    # What is no version there is an address of nobody: people are shown a page.
    unknown = replace(REFUSALS[404], formats=(*WRITTEN, "text/html"))
    there = {**shown(links), 404: unknown}
    yield operation("GET", "/{version}", "List what is there", tag, there)
    accounts = shown(array_of(named("Account")), "One account")
    yield operation("GET", "/{version}/accounts", "List the account", tag, accounts)
    yield operation("GET", BASE, "Show the account", tag, shown(named("Account")))


def _contacts() -> Iterator[Operation]:
    tag, path, contact = "contacts", f"{BASE}/contacts", shown(named("Contact"))
    body = sent(named("ContactBody"), {"FirstName": "Amy", "Email": "amy@example.com"})
    found = shown(named("ContactList"), "Contacts, a number, ids, or the state of a search")
    yield operation("GET", path, "List contacts", tag, found, parameters=LISTING)
    yield operation("POST", path, "Create a contact", tag, contact, body=body, refusals=(409,))
    details = (flag("getExtendedMembershipInfo", "Say which decisions a membership waits for"),)
    one = f"{path}/{{id}}"
    yield operation("GET", one, "Show a contact", tag, contact, parameters=details)
    for method in ("PUT", "PATCH"):
        yield operation(
            method, one, "Change what is named", tag, contact, body=body, refusals=(412,)
        )
    yield operation("DELETE", one, "Delete an archived contact", tag, DONE)
    for own in (f"{path}/me", "/publicview/v1/accounts/{account}/contacts/me"):
        yield operation("GET", own, "Show the caller's own contact", tag, contact)


def _fields() -> Iterator[Operation]:
    tag, path = "contact fields", f"{BASE}/contactfields"
    described, one = named("ContactField"), f"{BASE}/contactfields/{{id}}"
    body = sent(described, {"FieldName": "Optional extras", "FieldType": "MultipleChoice"})
    dividers = (flag("showSectionDividers", "Show the titles of groups of fields as well"),)
    listed = shown(array_of(described), "The fields")
    yield operation("GET", path, "Describe the fields", tag, listed, parameters=dividers)
    made = shown(INTEGER, "The id of the new field")
    yield operation("POST", path, "Define a field", tag, made, body=body, refusals=(409,))
    yield operation("GET", one, "Describe a field", tag, shown(described))
    yield operation("PUT", one, "Change a field", tag, DONE, body=body)
    yield operation("DELETE", one, "Delete a field", tag, DONE, refusals=(409,))


def _neighbours() -> Iterator[Operation]:
    for name, schema, about in (
        ("membershiplevels", "Level", "membership levels"),
        ("membergroups", "Group", "member groups"),
        ("bundles", "Bundle", "bundles"),
        ("savedsearches", "SavedSearch", "saved searches"),
    ):
        path = f"{BASE}/{name}"
        listed = shown(array_of(named(schema)), f"The {about}")
        yield operation("GET", path, f"List {about}", about, listed)
        yield operation("GET", f"{path}/{{id}}", "Show one", about, shown(named(schema)))
    yield operation(
        "POST",
        f"{BASE}/membergroups",
        "Make a group",
        "member groups",
        shown(named("Group")),
        body=sent(record(Name=TEXT, Description=TEXT)),
        refusals=(409,),
    )
    contact = (Parameter(name="contactId", about="The member", schema=INTEGER),)
    for word in ("approvependingmembership", "rejectpendingmembership", "accepttermsofuse"):
        path = f"/{{version}}/rpc/{{account}}/{word}"
        about = "Decide on a membership, or accept the terms"
        yield operation("POST", path, about, "decisions", DONE, parameters=contact, refusals=(409,))


def _files() -> Iterator[Operation]:
    parts = {"type": "object", "additionalProperties": {"type": "string", "format": "binary"}}
    named_ids = {"type": "object", "additionalProperties": TEXT}
    for path, about, tag in (
        ("pictures", "Stage pictures for half an hour", "pictures"),
        ("attachments/upload", "Stage files for half an hour", "attachments"),
    ):
        yield operation(
            "POST",
            f"{BASE}/{path}",
            about,
            tag,
            shown(named_ids, "The id of each part"),
            body=Body(schema=parts, formats=("multipart/form-data",)),
            refusals=(409,),
        )
    content = {"type": "string", "format": "binary"}
    yield operation(
        "GET",
        f"{BASE}/attachments/{{attachment}}",
        "Fetch a file",
        "attachments",
        {200: Reply(about="The file", schema=content, formats=("application/octet-stream",))},
        parameters=(Parameter(name="attachment", about="Id of the file", place="path"),),
    )
    image = Reply(
        about="The picture",
        schema={"type": "string", "format": "binary"},
        formats=("image/png", "image/jpeg", "image/bmp", "application/json"),
    )
    yield operation(
        "GET",
        f"{BASE}/pictures/{{picture}}",
        "Show a picture",
        "pictures",
        {200: image},
        parameters=(
            Parameter(name="picture", about="Id of the picture", place="path"),
            flag("asBase64", "As a JSON string"),
        ),
    )


def _hooks() -> Iterator[Operation]:
    tag, path = "web hooks", f"{BASE}/webhooks"
    hook = record(
        Id=INTEGER, Url=TEXT, TargetUrl=TEXT, MessageType=TEXT, IsPaused=TRUTH, Secret=TEXT
    )
    body = sent(record(TargetUrl=TEXT, MessageType=TEXT))
    yield operation("GET", path, "List subscriptions", tag, shown(array_of(hook)))
    yield operation("POST", path, "Be told of changed contacts", tag, shown(hook), body=body)
    yield operation("DELETE", f"{path}/{{id}}", "Be told no more", tag, DONE)


def _absent() -> Iterator[Operation]:
    words = ["events", "eventregistrations", "invoices", "payments", "donations", "tenders"]
    which = Parameter(
        name="resource",
        about="What there is none of here",
        place="path",
        schema={"type": "string", "enum": words},
    )
    tag, path = "not kept here", f"{BASE}/{{resource}}"
    nothing = shown({"anyOf": [OBJECT, array_of(OBJECT)]}, "Nothing")
    yield operation("GET", path, "List nothing", tag, nothing, parameters=(which,))
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        yield operation(method, path, "Not found", tag, {}, parameters=(which,), refusals=(409,))
    for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
        yield operation(
            method, f"{path}/{{id}}", "Not found", tag, {}, parameters=(which,), refusals=(409,)
        )


DESCRIPTION = Description(
    about=(
        "Contacts in the manner of Wild Apricot's admin API 2.x. `/auth/token` gives a token for "
        "an API key; lists take `$filter`. Case of addresses and a slash at the end do not matter."
    ),
    operations=[
        *_tokens(),
        *_authorising(),
        *_account(),
        *_contacts(),
        *_fields(),
        *_neighbours(),
        *_files(),
        *_hooks(),
        *_absent(),
    ],
    refusals=REFUSALS,
    common_refusals=COMMON,
    schemas=SCHEMAS,
    security=SECURITY,
)
