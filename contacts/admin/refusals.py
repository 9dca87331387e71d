"""What the browser says when the domain refuses."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.admin.wording import sentence_of
from contacts.errors import (
    ConflictError,
    DomainError,
    ForbiddenError,
    InvalidError,
    NotFoundError,
    QueryError,
    StaleError,
    ThrottledError,
)

CLASHES = {
    "nothing_to_merge": gettext_lazy("Tick at least two contacts that are the same one."),
    "too_many": gettext_lazy("At most ten contacts can be merged at a time."),
    "different_kinds": gettext_lazy(
        "A person, an organization and a household are never the same. Merge contacts of one kind."
    ),
    "contact_of_user": gettext_lazy(
        "Somebody signs in with one of these contacts. Let that one stay, and merge the others."
    ),
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """A page that says no: its status, its heading, and what to do now."""

    status: int
    title: str
    text: str
    details: tuple[str, ...] = ()


def refusal_of(error: DomainError) -> Refusal:
    """Return the refusal for what a view raised."""
    if isinstance(error, NotFoundError):
        text = _(
            "It does not exist, or you may not see it. If somebody sent you the link, ask them to"
            " add you to the project."
        )
        return Refusal(404, _("Nothing here"), text)
    if isinstance(error, ForbiddenError):
        text = _(
            "Your roles do not include this. Ask a manager of the project or an administrator."
        )
        return Refusal(403, _("You may not do this"), text)
    if isinstance(error, StaleError):
        text = _("Somebody else changed this in the meantime. Go back, reload the page, try again.")
        return Refusal(409, _("Changed in the meantime"), text)
    if isinstance(error, ThrottledError):
        text = _("Too many requests. Try again in %(seconds)s seconds.") % {"seconds": error.wait}
        return Refusal(429, _("Too fast"), text)
    return _of_the_request(error)


def refusal_to_open() -> Refusal:
    """Return the refusal for an address that takes what is sent and shows nothing."""
    text = _(
        "This address only takes what a button or a form of another page sends, so nothing has been"
        " changed. Go back to that page and press the button there."
    )
    return Refusal(405, _("Nothing to open here"), text)


def _of_the_request(error: DomainError) -> Refusal:
    if isinstance(error, InvalidError):
        sentences = tuple(sentence_of(fault) for fault in error.faults)
        return Refusal(422, _("This cannot be stored"), _("Go back and correct it."), sentences)
    if isinstance(error, QueryError):
        text = _("The address asks for “%(name)s”, which cannot be filtered or sorted by.")
        return Refusal(400, _("This list cannot be shown"), text % {"name": error.name})
    if isinstance(error, ConflictError):
        text = str(CLASHES.get(error.reason, error.reason))
        return Refusal(409, _("This clashes with what is stored"), text)
    return Refusal(400, _("This cannot be done"), "")
