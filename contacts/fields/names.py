"""Put the parts of a person's name together."""


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
