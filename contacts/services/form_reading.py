"""Read the public forms that an actor manages, and copy one."""

from django.db.models import Count, QuerySet

from contacts.access import NEEDED, Actor
from contacts.errors import NotFoundError
from contacts.models import Project, WebForm
from contacts.services.form_settings import CLEANERS
from contacts.services.web_forms import REFERENCES, create_web_form, document_of_form

Document = dict[str, object]

RIGHT = NEEDED["web_form", "manage"]


def list_web_forms(actor: Actor) -> list[Document]:
    """Return the forms of the projects in which the actor manages them, the oldest first."""
    return [_read(form) for form in _managed(actor).order_by("pk")]


def show_web_form(actor: Actor, form_id: int) -> Document:
    """Return one form with its times and the number of its submissions; raises NotFoundError."""
    form = _managed(actor).filter(pk=form_id).first()
    if form is None:
        raise NotFoundError("web_form", form_id)
    return _read(form)


def clone_web_form(actor: Actor, form_id: int) -> Document:
    """Make a form like another one, with an address and a key of its own.

    Raises NotFoundError, ForbiddenError.
    """
    original = show_web_form(actor, form_id)
    values = {key: original[key] for key in CLEANERS if key not in REFERENCES}
    values |= {name: original[key] for name, key in REFERENCES.items()}
    made = create_web_form(actor, {**values, "project": original["project_id"]})
    return show_web_form(actor, int(str(made["id"])))


def project_for_forms(actor: Actor) -> int | None:
    """Return the project of a form that names none: the credential's, else the oldest managed."""
    if actor.default_project_id is not None:
        return actor.default_project_id
    active = Project.objects.filter(status=Project.Status.ACTIVE).order_by("pk")
    return next((each.pk for each in active if actor.has(RIGHT, [each.pk])), None)


def _managed(actor: Actor) -> QuerySet[WebForm]:
    rows = WebForm.objects.select_related("credential", "project")
    rows = rows.annotate(received=Count("submissions"))
    if actor.is_administrator:
        return rows
    return rows.filter(project_id__in=actor.projects_with(RIGHT))


def _read(form: WebForm) -> Document:
    return {
        **document_of_form(form),
        "submission_count": getattr(form, "received", 0),
        "created_at": form.created_at,
        "updated_at": form.updated_at,
    }
