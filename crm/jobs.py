"""Give webhooks the words of every dialect.

The worker looks for modules of this name, as servers do before they offer a choice; so both know
the same formats.
"""

from __future__ import annotations

from importlib.util import find_spec

from api.base import discovery
from crm.hook_formats import offer_answers

for _dialect in discovery.dialects():
    if find_spec(f"{_dialect.package}.showing") is not None:
        offer_answers(_dialect.name, _dialect.part("showing").known_as)
