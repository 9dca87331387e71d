"""Hand a new secret to the page that shows it, once.

The page is reached by a redirect, so loading it again sends nothing again. In between the secret
lies in the person's own session, encrypted.
"""

from base64 import b64decode, b64encode

from django.http import HttpRequest

from contacts.access.secrets import decrypt, encrypt

KEPT = "shown_once"


def hand_over(request: HttpRequest, credential_id: object, secret: str) -> None:
    """Keep a secret until its page is shown."""
    request.session[KEPT] = {str(credential_id): b64encode(encrypt(secret)).decode()}


def taken_over(request: HttpRequest, credential_id: object) -> str | None:
    """Return the secret and forget it; None where it was shown already."""
    kept = request.session.get(KEPT, {}).get(str(credential_id))
    if kept is None:
        return None
    del request.session[KEPT]
    return decrypt(b64decode(kept))
