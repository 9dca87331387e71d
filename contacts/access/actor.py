"""On whose behalf something happens: a user, the credential used, and the door."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from contacts.errors import ForbiddenError


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is asking; everything that depends on the person is decided from this.

    `rights` maps project ids to the rights held there (modules and project status are already
    taken into account). `key_id` is the credential that people know: for a token or a session the
    one from which it was made; `per_minute` is how often that may ask, None for as often as any.
    `dialect` names the door ("browser", "form", a dialect's name).
    """

    user_id: int | None
    username: str = ""
    is_administrator: bool = False
    rights: Mapping[int, frozenset[str]] = field(default_factory=dict)
    group_ids: frozenset[int] = frozenset()
    credential_id: int | None = None
    key_id: int | None = None
    credential_kind: str = ""
    is_read_only: bool = False
    per_minute: int | None = None
    default_project_id: int | None = None
    traits: Mapping[str, object] = field(default_factory=dict)
    dialect: str = ""
    locale: str = "en"
    time_zone: str = ""
    request_id: str = ""
    _sight: Hashable = field(default=None, init=False, repr=False, compare=False)

    @property
    def sight(self) -> Hashable:
        """Return all that decides what the actor sees: equal for two that see the same."""
        if self._sight is None:
            rights = frozenset(self.rights.items())
            person = (self.user_id, self.is_administrator, self.group_ids)
            # Asked for several times in a request.
            object.__setattr__(self, "_sight", (*person, rights, self.default_project_id))
        return self._sight

    @property
    def is_narrowed(self) -> bool:
        """Tell whether the credential allows less than its user may: reading, or one project."""
        return self.is_read_only or self.default_project_id is not None

    def projects_with(self, right: str) -> frozenset[int]:
        """Return the projects where the actor holds a right by membership."""
        return frozenset(pk for pk, rights in self.rights.items() if right in rights)

    def has(self, right: str, project_ids: Iterable[int]) -> bool:
        """Tell whether the actor holds a right in any of the projects."""
        if self.is_administrator:
            return True
        return any(right in self.rights.get(pk, ()) for pk in project_ids)

    def has_anywhere(self, right: str) -> bool:
        """Tell whether the actor holds a right in any project at all."""
        return self.is_administrator or any(right in rights for rights in self.rights.values())

    def require_write(self) -> None:
        """Raise ForbiddenError for a credential that may only read."""
        if self.is_read_only:
            raise ForbiddenError("write")

    def require_administrator(self) -> None:
        """Raise ForbiddenError unless the actor is an administrator who may write."""
        self.require_write()
        if not self.is_administrator:
            raise ForbiddenError("administrator")

    def require(self, right: str, project_ids: Iterable[int], kind: str = "") -> None:
        """Raise ForbiddenError unless the actor may write and holds the right in one project."""
        self.require_write()
        if not self.has(right, project_ids):
            raise ForbiddenError(right, kind)

    def through(self, dialect: str, *, request_id: str = "", locale: str = "") -> "Actor":
        """Return the same actor coming through another door."""
        return replace(
            self,
            dialect=dialect,
            request_id=request_id or self.request_id,
            locale=locale or self.locale,
        )


def system_actor(dialect: str = "system") -> Actor:
    """Return the actor of commands run by whoever operates the instance."""
    return Actor(user_id=None, username="system", is_administrator=True, dialect=dialect)


def bound_to(actor: Actor, project_id: int, rights: frozenset[str]) -> Actor:
    """Return the actor of a credential that is valid in one project only, with these rights."""
    return replace(
        actor,
        is_administrator=False,
        rights={project_id: rights},
        default_project_id=project_id,
    )
