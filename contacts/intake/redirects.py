"""Where a browser may be sent after a form: only to addresses that the form's owner allowed."""

from urllib.parse import urlsplit, urlunsplit

from django.utils.http import url_has_allowed_host_and_scheme

from contacts.models import WebForm


def allowed_redirect(form: WebForm, address: str) -> str | None:
    """Return the address where it is absolute and its host is one that the form allows."""
    hosts = {str(host).lower() for host in form.redirect_hosts}
    # Compared in small letters: hosts have no case, and the rest of the address is not looked at.
    lowered = address.lower()
    if not lowered.startswith(("http://", "https://")):
        return None
    if not url_has_allowed_host_and_scheme(lowered, allowed_hosts=hosts):
        return None
    return address


def redirect_after(form: WebForm, asked: str) -> str | None:
    """Return the address asked for where it is allowed, else the form's own, else None.

    A form that thanks first names its own address on the page of its thanks.
    """
    own = None if form.is_thanked_first else form.redirect_to
    return allowed_redirect(form, asked) or own or None


def marked(address: str) -> str:
    """Return the owner's address with a sign that it worked, and nothing personal."""
    parts = urlsplit(address)
    query = f"{parts.query}&contact=ok" if parts.query else "contact=ok"
    return urlunsplit(parts._replace(query=query))
