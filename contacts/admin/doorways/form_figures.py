"""What a web form has brought, in figures."""

from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.utils.formats import localize

from contacts.access.view_counts import views_of
from contacts.admin.tables import Cell, Column, Text
from contacts.models import WebForm


def with_figures(rows: QuerySet[WebForm]) -> QuerySet[WebForm]:
    """Return the forms with the numbers of what was sent through them."""
    return rows.annotate(
        received=Count("submissions"),
        from_page=Count("submissions", filter=Q(submissions__is_from_page=True)),
        held=Count("submissions", filter=Q(submissions__state="held")),
        last=Max("submissions__created_at"),
    )


def with_views(forms: list[WebForm]) -> list[WebForm]:
    """Give each form the number of looks at its page, and who of a hundred sent it."""
    views = views_of([form.pk for form in forms])
    for form in forms:
        counted: Any = form  # the figures of its query have no types
        counted.looks = views.get(form.pk, 0)
        counted.conversion = conversion(counted.from_page, counted.looks)
    return forms


def conversion(sent: int, looks: int) -> str:
    """Return how many of a hundred who looked sent the form; "" where nobody looked.

    Forms on pages of others are looked at there, so what came from them is not counted.
    """
    return f"{min(100, round(100 * sent / looks))} %" if looks else ""


def number(label: Text, name: str, *, can_sort: bool = True) -> Column:
    """Return a column that shows a number of a form."""

    def cell(form: WebForm) -> Cell:
        value = getattr(form, name)
        return Cell(value if isinstance(value, str) else str(localize(value)))

    return Column(label, cell, sort=name if can_sort else "", is_number=True)
