"""What is known of one sending of a form, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from contacts.index import Document


@dataclass(frozen=True, slots=True)
class Sender:
    """Where a submission comes from, and what was sent besides the values.

    `raw` holds what was sent, by the names of the sender's own form; it is kept with the
    submission. `is_on_page` says that our own page was filled in; only there are `rendered_at`
    (None: unknown or forged) and `has_consented` asked for. `redirect_to` is the address that the
    sender asks to be sent on to. `work` is what the browser calculated: the page's signed time as
    it came, and the number that was found for it. `campaign` holds what an advertisement says of
    itself in an address (`utm_source` and the like), `landing_page` is the page where the visit
    began, `came_from` what led there.
    """

    address: str = ""
    referer: str = ""
    user_agent: str = ""
    rendered_at: datetime | None = None
    honeypot_value: str = ""
    raw: Mapping[str, object] = field(default_factory=dict)
    is_on_page: bool = False
    has_consented: bool = False
    redirect_to: str = ""
    work: tuple[str, str] = ("", "")
    request_id: str = ""
    campaign: Mapping[str, str] = field(default_factory=dict)
    landing_page: str = ""
    came_from: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a submission; to the visitor all three states look the same.

    `state` is accepted, held (kept for review) or discarded (nothing is stored). `document` is the
    contact that was made; it is None where none was made, and for a form that adds notes to known
    contacts, because showing a stored contact would tell strangers about it. `redirect_to` is an
    address that the form allows, or None.
    """

    state: str
    document: Document | None = None
    submission_id: int | None = None
    redirect_to: str | None = None
