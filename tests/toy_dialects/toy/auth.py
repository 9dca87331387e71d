"""Find the actor of a request: the header ``Toy-Key``."""

from api.base.dialect import Credentials
from api.base.requests import DialectRequest
from contacts.access import Actor, CredentialOptions, actor_of_secret, make_credential
from contacts.models import Project, User

KIND = "toy_key"


def find_actor(request: DialectRequest) -> Actor | None:
    """Return the actor of the key, or None without one."""
    key = request.headers.get("Toy-Key")
    if key is None:
        return None
    return actor_of_secret(key, [KIND], dialect="toy", request_id=request.request_id)


def issue_credentials(user: User, project: Project) -> Credentials:
    """Make a key."""
    _, key = make_credential(KIND, user, CredentialOptions(name="Toy", project_id=project.pk))
    return {"toy_key": key}
