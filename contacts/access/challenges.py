"""Sign-in by challenge: proof of a secret that never travels.

The client asks for a token and answers with a digest of token and secret. Tokens follow from the
second in which they are asked for, so none is stored; all that is remembered is until when one may
be answered. Any number of clients of one user can be between question and answer at once.
"""

import hashlib
import hmac
from collections.abc import Callable, Iterator
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from contacts.access.credentials import secret_of
from contacts.errors import AuthenticationError
from contacts.models import Credential, User

LIFE = timedelta(seconds=300)
TOKEN_LENGTH = 13
# Each is tried with every token that is alive.
MOST_SECRETS = 20

Digest = Callable[[str, str], str]


def pose_challenge(user: User, kind: str) -> tuple[str, int]:
    """Return a token for a user to answer, and the second in which it was made."""
    now = timezone.now()
    alive = Credential.objects.filter(kind=kind, user=user).order_by("pk")
    if not alive.update(expires_at=now + LIFE):
        Credential.objects.create(kind=kind, user=user, expires_at=now + LIFE)
    second = int(now.timestamp())
    return _token(user, kind, second), second


def credential_answered_with(
    user: User, kind: str, answer: str, *, secrets: str, digest: Digest
) -> Credential:
    """Return the credential of the kind `secrets` whose secret an answer proves.

    Raises AuthenticationError: "expired" without a token that may be answered, "missing" for a user
    without such credentials, "unknown" for a wrong answer.
    """
    now = timezone.now()
    if not Credential.objects.filter(kind=kind, user=user, expires_at__gt=now).exists():
        raise AuthenticationError("expired")
    usable = Credential.objects.filter(kind=secrets, user=user, revoked_at=None)
    rows = usable.exclude(ciphertext=None).exclude(expires_at__lte=now)
    credentials = list(rows.select_related("user").order_by("pk")[:MOST_SECRETS])
    if not credentials:
        raise AuthenticationError("missing")
    tokens = list(_tokens(user, kind, int(now.timestamp())))
    for credential in credentials:
        secret = secret_of(credential)
        if secret and _is_among(answer, (digest(token, secret) for token in tokens)):
            return credential
    raise AuthenticationError("unknown")


def _is_among(answer: str, expected: Iterator[str]) -> bool:
    given = answer.encode(errors="replace")
    # All are compared: how long it takes does not tell which one is right.
    return sum(hmac.compare_digest(given, each.encode()) for each in expected) > 0


def _tokens(user: User, kind: str, now: int) -> Iterator[str]:
    for second in range(now - int(LIFE.total_seconds()), now + 1):
        yield _token(user, kind, second)


def _token(user: User, kind: str, second: int) -> str:
    text = f"challenge:{kind}:{user.pk}:{second}"
    made = hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256)
    return made.hexdigest()[:TOKEN_LENGTH]
