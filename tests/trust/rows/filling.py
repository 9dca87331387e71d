"""Put ids into the places of a probe, and make two answers comparable."""

import re
from urllib.parse import unquote

from tests.trust.rows.probe import Probe
from tests.trust.world import MARK, MISSING, World

# A word as long as MARK that stands nowhere.
NOWHERE = "Quollfeither"
_PLACE = re.compile(r'"\{(\w+)\}"|\{(\w+)\}')

# Ids of requests and results, tokens.
_RANDOM = re.compile(r"\b[0-9a-f]{12,}\b")


def hidden_in(world: World, probe: Probe, session: str) -> tuple[str, str]:
    """Return path and body of a probe for hidden records."""
    texts = {noun: str(number) for noun, number in world.hidden.items()}
    return _filled(probe, {**texts, "mark": MARK, "session": session})


def missing_in(probe: Probe, session: str) -> tuple[str, str]:
    """Return path and body of a probe for records that do not exist."""
    return _filled(probe, {"mark": NOWHERE, "session": session})


def _filled(probe: Probe, texts: dict[str, str]) -> tuple[str, str]:
    def put(found: re.Match[str]) -> str:
        noun = found[1] or found[2]
        text = texts.get(noun, str(MISSING))
        # A place that is a whole JSON string becomes a number; words stay strings.
        return f'"{text}"' if found[1] and noun in ("mark", "session") else text

    return _PLACE.sub(put, probe.path), _PLACE.sub(put, probe.body)


def comparable(world: World, text: str, *, masks_numbers: bool = False) -> str:
    """Return an answer in which hidden and missing records are called alike."""
    # In a link the code of a quotation mark would run into the number beside it.
    text = _RANDOM.sub("#", unquote(text))
    text = re.sub(re.escape(NOWHERE), MARK, text, flags=re.IGNORECASE)
    text = re.sub(MARK, "#mark#", text, flags=re.IGNORECASE)
    if masks_numbers:
        return re.sub(r"\d+", "#", text)
    numbers = sorted({MISSING, *world.hidden.values()}, reverse=True)
    return re.sub(rf"(?<!\d)(?:{'|'.join(map(str, numbers))})(?!\d)", "#", text)
