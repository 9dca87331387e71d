"""Say how much speaks against a submission, as one number that an inbox can show."""

from collections.abc import Sequence

MOST = 100

# How sure each reason is that a robot sent it.
WEIGHTS = {
    "honeypot": 90,
    "work_repeated": 80,
    "too_fast": 60,
    "blocked_word": 50,
    "untimed": 40,
    "no_work": 30,
    "incomplete": 10,
}
UNKNOWN = 20


def score_of(reasons: Sequence[str]) -> int:
    """Return 0 for nothing suspicious, up to 100 for what is surely from a robot."""
    found = sorted((WEIGHTS.get(reason, UNKNOWN) for reason in reasons), reverse=True)
    # Each further reason takes its share of the doubt that is left.
    doubt = 100.0
    for weight in found:
        doubt *= 1 - weight / 100
    return min(MOST, round(100 - doubt))
