"""Signing in and out."""

from django.conf import settings

from api.vtiger import auth
from api.vtiger.calls import session_name_of, shared, text_of
from api.vtiger.errors import SessionError, VtigerError, denied
from api.vtiger.mapping.field import Wire
from api.vtiger.registry import Context, vtiger_operation
from contacts.access import Actor, close_session, extend_session, find_session

VERSION = "0.22"
USERS = 19


@vtiger_operation("getchallenge", params=[("username", "string")], prelogin=True)
def getchallenge(ctx: Context, username: str) -> Wire:
    """Return a token for the user to answer with the access key."""
    token, second = auth.challenge(ctx.request, username)
    life = int(auth.CHALLENGE_LIFE.total_seconds())
    return {"token": token, "serverTime": second, "expireTime": second + life}


@vtiger_operation(
    "login",
    method="POST",
    params=[("username", "string"), ("accessKey", "string", "answer")],
    prelogin=True,
)
def login(ctx: Context, username: str, answer: str) -> Wire:
    """Open a session."""
    actor, session_name = auth.sign_in(ctx.request, username, answer)
    return {**_session(actor, session_name), **auth.about_user(actor)}


@vtiger_operation(
    "login_pwd",
    method="POST",
    params=[("username", "string"), ("password", "string")],
    prelogin=True,
)
def login_pwd(ctx: Context, username: str, password: str) -> Wire:
    """Return the access key of somebody who knows the password, for clients that ask people."""
    return {"accesskey": auth.access_key_for(ctx.request, username, password)}


@vtiger_operation("logout", method="POST")
def logout(ctx: Context) -> Wire:
    """End the session; the one operation for which the verb counts."""
    session = ctx.session
    if ctx.request.method != "POST":
        raise VtigerError("OPERATION_NOT_SUPPORTED", denied().message)
    if session is not None:
        close_session(session)
    return {"message": "successfull"}


@vtiger_operation("extendsession", method="POST", prelogin=True)
def extendsession(ctx: Context) -> Wire:
    """Let the session that a cookie or parameter names live its whole time again."""
    if ctx.request.method != "POST":
        raise SessionError("missing")
    names = (
        text_of(shared(ctx.request, "PHPSESSID")),
        session_name_of(ctx.request),
        ctx.request.COOKIES.get("PHPSESSID", ""),
    )
    name = next((each for each in names if each), "")
    session = find_session(name, auth.SESSION)
    try:
        if session is None:
            raise SessionError("unknown")
        actor = auth.actor_of(session, ctx.request)
    except SessionError:
        raise VtigerError("AUTHENTICATION_FAILURE", "Authencation Failed") from None
    extend_session(session, auth.LIMITS)
    return _session(actor, name)


def _session(actor: Actor, session_name: str) -> Wire:
    return {
        "sessionName": session_name,
        "userId": f"{USERS}x{actor.user_id}",
        "version": VERSION,
        "vtigerVersion": settings.VTIGER_VERSION,
    }
