"""Secrets: how they are made, compared and, where a protocol needs them back, encrypted."""

import base64
import hashlib
import secrets

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


def new_secret(length: int = 40) -> str:
    """Return a random secret of lower-case hexadecimal digits (40 digits are 160 bits)."""
    return secrets.token_hex((length + 1) // 2)[:length]


def digest_of(secret: str) -> str:
    """Return the SHA-256 by which a random secret is looked up."""
    # A client can send halves of surrogate pairs; they are no secret of ours, but no failure.
    return hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest()


def encrypt(secret: str) -> bytes:
    """Return the secret encrypted with the instance's key."""
    return _box().encrypt(secret.encode())


def decrypt(ciphertext: bytes | memoryview) -> str | None:
    """Return the secret, or None when the instance's key has been replaced since."""
    try:
        return _box().decrypt(bytes(ciphertext)).decode()
    except InvalidToken:
        return None


def _box() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    derived = [hashlib.sha256(b"credentials:" + key.encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in derived])
