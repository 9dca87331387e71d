"""Give every contact a hash that nobody can guess and that leads back to the contact.

It is computed of the id with the secret of the installation, so that it is the same for ever and
takes no room; 16 digits prove that the other 16, the masked id, were written here.
"""

from django.utils.crypto import constant_time_compare, salted_hmac

_HALF = 16
_PROOF, _MASK = "contact.hash.proof", "contact.hash.mask"


def hash_of(contact_id: int) -> str:
    """Return the hash of a contact: 32 hexadecimal digits."""
    proof = _digits(_PROOF, str(contact_id))
    return f"{proof}{contact_id ^ int(_digits(_MASK, proof), 16):016x}"


def contact_of(text: str) -> int | None:
    """Return the id of the contact with a hash, or None where nobody has it."""
    proof, masked = text[:_HALF], text[_HALF:]
    try:
        contact_id = int(masked, 16) ^ int(_digits(_MASK, proof), 16)
    except ValueError:
        return None
    return contact_id if constant_time_compare(hash_of(contact_id), text) else None


def _digits(salt: str, value: str) -> str:
    return salted_hmac(salt, value, algorithm="sha256").hexdigest()[:_HALF]
