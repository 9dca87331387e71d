"""Put the parts of a person's name together, and part what is written as one."""

# A last name begins with these, in many languages.
PARTICLES = frozenset(
    ("von", "van", "zu", "zum", "zur", "de", "del", "della", "di", "da", "dos", "du", "la", "le")
)


def full_name_of(prefix: str, first: str, last: str, suffix: str) -> str:
    """Return "Mrs. Alice Roberts Jr."; "" where neither a first nor a last name is given."""
    if not (first or last):
        return ""
    return " ".join(part for part in (prefix, first, last, suffix) if part)


def listed_name_of(first: str, last: str, suffix: str) -> str:
    """Return "Roberts, Alice Jr.", as directories list people; "" without any name."""
    if not (first or last):
        return ""
    listed = ", ".join(part for part in (last, first) if part)
    return f"{listed} {suffix}" if suffix else listed


def parted_name(text: str) -> tuple[str, str]:
    """Return the first and the last name in "Ada Byron King" or "King, Ada Byron"."""
    last, comma, first = (part.strip() for part in text.partition(","))
    if comma and first and last:
        return first, last
    words = text.replace(",", " ").split()
    begins = next(
        (place for place, word in enumerate(words) if place and word.lower() in PARTICLES),
        len(words) - 1,
    )
    return " ".join(words[:begins]), " ".join(words[begins:])
