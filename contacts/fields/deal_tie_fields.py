"""What lists of deals are ordered by through what is tied to them."""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from contacts.fields import types
from contacts.fields.contact_tie_fields import MOMENTS, OPEN_PLANS, PLANS, plan
from contacts.fields.declaring import declare
from contacts.fields.storage import Nearest, Tallies, Tally
from contacts.models import Activity, Contact, Deal, DealContact, Note

INTEGER = types.IntegerType()
MOMENT = types.DateTimeType()
_ORDERING = {"is_writable": False, "is_filterable": False}
_ACTIVITIES = Activity.deals.through
_PERSON = Contact.Kind.PERSON
_NOTES = Tallies(
    (
        Tally(Note, "deal_id"),
        Tally(
            Note.further_deals.through,
            "deal_id",
            target="note_id",
            where=Q(note__deal=None) | ~Q(note__deal=F("deal")),
        ),
    )
)


def _plans(*conditions: tuple[str, object]) -> Tally:
    return Tally(_ACTIVITIES, "deal_id", plan(*conditions), "activity_id")


def _taking_part(kinds: Q) -> Tallies:
    """Return how many contacts of some kinds take part in a deal; each counts once."""
    is_another = Q(deal__contact=None) | ~Q(deal__contact=F("contact"))
    return Tallies(
        (
            Tally(Deal, "pk", target="contact_id", where=kinds & Q(contact__isnull=False)),
            Tally(DealContact, "deal_id", target="contact_id", where=kinds & is_another),
        )
    )


DEAL_TIE_FIELDS = (
    declare(
        "deal",
        "note_count",
        INTEGER,
        _("Number of notes"),
        storage=_NOTES,
        traits={"target": "note"},
        **_ORDERING,
    ),
    *(
        declare(
            "deal",
            f"{word}_count",
            INTEGER,
            label,
            storage=_plans(("outcome__isnull", word != "call")),
            traits={"target": "activity"},
            **_ORDERING,
        )
        for word, label in PLANS
    ),
    declare(
        "deal",
        "open_activity_count",
        INTEGER,
        _("Number of own open activities"),
        storage=_plans(*OPEN_PLANS),
        traits={"target": "own_activity"},
        **_ORDERING,
    ),
    *(
        declare(
            "deal",
            key,
            INTEGER,
            label,
            storage=_taking_part(kinds),
            traits={"target": "contact"},
            **_ORDERING,
        )
        for key, label, kinds in (
            ("people_count", _("Number of people"), Q(contact__kind=_PERSON)),
            ("company_count", _("Number of companies"), ~Q(contact__kind=_PERSON)),
            ("people_company_count", _("Number of people and companies"), Q()),
        )
    ),
    *(
        declare(
            "deal",
            key,
            MOMENT,
            label,
            storage=Nearest(
                _ACTIVITIES, "deal_id", "activity__starts_at", only, "activity_id", is_latest
            ),
            traits={"target": "activity"},
            **_ORDERING,
        )
        for key, label, only, is_latest in MOMENTS
    ),
)
