"""Describe a dialect to the parts of the house that treat all dialects alike.

A dialect package sets ``DIALECT = Dialect(...)`` in its ``__init__.py``. That module is imported
while Django is still loading its apps, so the description is plain data; what needs models lives
in the dialect's other files, and ``Dialect.part`` imports them when they are first wanted.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from contacts.models import Project, User

# The values are what `bootstrap --json` prints: text, numbers, nothing else.
Credentials = Mapping[str, str | int | None]


@dataclass(frozen=True, kw_only=True)
class FormPost:
    """A web form as a page on somebody else's site may send it.

    ``fields`` are the key of a field in the catalogue, its label, and whether it is required.
    """

    base_url: str
    key: str
    project: str
    fields: Sequence[tuple[str, str, bool]]


@dataclass(frozen=True, kw_only=True)
class Dialect:
    """A protocol of another system that this server speaks.

    ``package`` is the dotted name of the dialect's package (its ``__name__``), ``addresses`` a
    pattern for the paths (with the leading slash) on which an unknown address is answered in this
    dialect's own words. ``base_view`` names the view in ``views.py`` from which the others derive.
    ``sample_request`` gets the base URL and the credentials and returns one command to paste into
    a shell.

    A dialect whose programs show a secret of their own names its kind in ``key_kind``, and in
    ``key_name`` the word under which ``sample_request`` takes it; then people can make such keys in
    the browser. ``key_is_recoverable`` says that signing in needs the secret itself, not only its
    hash. Where its programs may call the secret a client secret, ``client_id`` returns the client
    id of a credential by its number. ``form_code`` returns HTML that sends a web form, where the
    protocol can, and ``form_command`` the same as a command to paste into a shell.

    ``is_for_all_sites`` says that pages of any site may read its addresses, as in the original; its
    base view writes the headers, since the list of sites in the settings is not asked then.

    A protocol whose programs begin at the root of the server names in ``root_view`` the view of
    ``views.py`` that answers there. People who open the root get the start page: the view answers
    requests with a bearer token only or, with ``root_parameter``, those whose query has that.

    A dialect whose views read or open the session of a browser says so in ``meets_browsers``;
    requests to the others are led past what only browsers need.

    Where programs and links may sign a browser in on the way to any page, ``session_parameter``
    stands in the query of such addresses, and ``session_view`` of ``views.py`` answers them.
    """

    name: str
    title: str
    version: str
    package: str
    docs: str
    addresses: str
    base_view: str
    sample_request: Callable[[str, Credentials], str]
    key_kind: str = ""
    key_name: str = ""
    client_id: Callable[[int], str] | None = None
    key_is_recoverable: bool = False
    form_code: Callable[[FormPost], str] | None = None
    form_command: Callable[[FormPost], str] | None = None
    root_view: str = ""
    root_parameter: str = ""
    meets_browsers: bool = False
    session_view: str = ""
    session_parameter: str = ""
    is_for_all_sites: bool = False

    def owns(self, path: str) -> bool:
        """Say whether an address nobody knows is this dialect's to refuse."""
        return re.match(self.addresses, path) is not None

    def part(self, file: str) -> ModuleType:
        """Import one of the dialect's files: ``part("views")`` is its ``views.py``."""
        return import_module(f"{self.package}.{file}")

    def credentials(self, user: "User", project: "Project") -> Credentials:
        """Issue the credentials with which this user may try the dialect.

        The dialect's ``auth.py`` does the work, in ``issue_credentials(user, project)``.
        """
        # Modules have no types for their members; the contract suite calls it for every dialect.
        issue = cast(Any, self.part("auth")).issue_credentials
        return cast(Credentials, issue(user, project))
