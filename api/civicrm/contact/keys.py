"""Give the user behind a contact an API key of its own choice (specification, section 10)."""

from api.civicrm.contact.formats import read_text
from api.civicrm.contact_ids import own_contact_id
from api.civicrm.errors import CiviApiError, already_exists, too_long
from contacts.access import Actor, CredentialOptions, find_credential, find_user, make_credential
from contacts.query import Query, search, where

KIND = "civicrm_api_key"
LONGEST = 32
# Shorter ones are guessed.
SHORTEST = 16


def set_key(actor: Actor, contact_id: int, value: object) -> None:
    """Add a key for the user whose contact this is; a contact without a user has no use for one.

    For administrators, and for everybody of the contact of their own; raises CiviApiError.
    """
    key = read_text(value, "api_key")
    if len(key) > LONGEST:
        raise too_long("api_key", len(key), LONGEST)
    actor.require_write()
    if not actor.is_administrator and own_contact_id(actor) != contact_id:
        raise CiviApiError("Permission denied to modify api key", "unauthorized")
    if len(key) < SHORTEST:
        raise CiviApiError(f"An api_key has at least {SHORTEST} characters", 2001)
    username = _user_of(actor, contact_id)
    user = find_user(username) if username else None
    known = find_credential(key, [KIND])
    if user is None or (known is not None and known.user_id == user.pk):
        return
    if known is not None:
        raise already_exists()
    make_credential(KIND, user, CredentialOptions(name="API key", secret=key))


def _user_of(actor: Actor, contact_id: int) -> str:
    if not actor.is_administrator:
        return actor.username
    whose = where(actor, "contact", "eq", contact_id, kind="user")
    found = search(actor, Query("user", whose, limit=1)).documents
    return str(found[0].get("username", "")) if found else ""
