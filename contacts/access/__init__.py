"""Who is asking, and what they may see and do."""

from contacts.access.actor import Actor, system_actor
from contacts.access.browser_sessions import is_session_over, tie_session
from contacts.access.challenges import credential_answered_with, pose_challenge
from contacts.access.counting import count_request
from contacts.access.credentials import (
    FORM_KEY,
    CredentialOptions,
    actor_of_credential,
    actor_of_secret,
    ensure_credential,
    find_credential,
    find_numbered,
    make_credential,
    require_usable,
    secret_of,
)
from contacts.access.demands import demanding, meet_demand
from contacts.access.form_keys import find_form, find_form_at, form_actor
from contacts.access.memberships import actor_of, memberships_of
from contacts.access.passwords import actor_of_password, find_user, user_name_of
from contacts.access.people import knows_users, people_of
from contacts.access.readable import (
    find_readable,
    may_read,
    readable_custom_fields,
    readable_fields,
)
from contacts.access.replica import answered_by_replica, note_write
from contacts.access.request_log import Note, note_request
from contacts.access.rights import NEEDED, RIGHTS
from contacts.access.sessions import (
    SessionLimits,
    actor_of_session,
    close_session,
    extend_session,
    find_session,
    open_session,
)
from contacts.access.tokens import TokenTerms, end_token, find_token, issue_token

__all__ = [
    "FORM_KEY",
    "NEEDED",
    "RIGHTS",
    "Actor",
    "CredentialOptions",
    "Note",
    "SessionLimits",
    "TokenTerms",
    "actor_of",
    "actor_of_credential",
    "actor_of_password",
    "actor_of_secret",
    "actor_of_session",
    "answered_by_replica",
    "close_session",
    "count_request",
    "credential_answered_with",
    "demanding",
    "end_token",
    "ensure_credential",
    "extend_session",
    "find_credential",
    "find_form",
    "find_form_at",
    "find_numbered",
    "find_readable",
    "find_session",
    "find_token",
    "find_user",
    "form_actor",
    "is_session_over",
    "issue_token",
    "knows_users",
    "make_credential",
    "may_read",
    "meet_demand",
    "memberships_of",
    "note_request",
    "note_write",
    "open_session",
    "people_of",
    "pose_challenge",
    "readable_custom_fields",
    "readable_fields",
    "require_usable",
    "secret_of",
    "system_actor",
    "tie_session",
    "user_name_of",
]
