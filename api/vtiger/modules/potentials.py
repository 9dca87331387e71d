"""Potentials: the deals."""

from dataclasses import dataclass

from api.vtiger.mapping.belonging import FixedField, marks, owner, times
from api.vtiger.mapping.choices import SuggestedField
from api.vtiger.mapping.custom import custom_fields
from api.vtiger.mapping.field import Document, Draft
from api.vtiger.mapping.parties import PartyField
from api.vtiger.mapping.plain import DayField, FlagField, NumberField, TextField, number_in
from api.vtiger.mapping.references import NumberedField
from api.vtiger.mapping.sales_stages import SalesStageField
from api.vtiger.mapping.words import LEAD_SOURCES, OfferedField
from api.vtiger.modules.changing import with_present
from api.vtiger.modules.people import ACCOUNT, CONTACT
from api.vtiger.modules.table import Module
from api.vtiger.modules.work import POTENTIAL
from contacts.access import NEEDED, Actor
from contacts.query import get_record
from contacts.services.deals import archive_deal, create_deal, update_deal

KIND = "deal"
RIGHTS = {action: NEEDED[KIND, action] for action in ("create", "update", "archive")}


@dataclass(frozen=True, kw_only=True)
class PercentField(NumberField):
    """A whole number of per cent, shown with the decimals of the original."""

    def put(self, text: str, draft: Draft) -> None:
        """Round what is no whole number."""
        number = number_in(text)
        draft.values[self.key] = text if number is None else round(number)


def read(actor: Actor, record_id: int) -> Document:
    """Return the document of a deal."""
    return get_record(actor, KIND, record_id)


POTENTIALS = Module(
    name="Potentials",
    number=POTENTIAL.number,
    label="Opportunities",
    id_label="potentialid",
    kind=KIND,
    label_fields=("potentialname",),
    create=create_deal,
    update=with_present(read, update_deal),
    archive=archive_deal,
    rights=RIGHTS,
    more=lambda actor: list(custom_fields(actor, KIND)),
    fields=(
        TextField(
            name="potentialname",
            label="Opportunity Name",
            key="name",
            kind=KIND,
            is_mandatory=True,
        ),
        NumberedField(name="potential_no", label="Opportunity Number", prefix="POT", kind=KIND),
        NumberField(
            name="amount",
            label="Amount",
            type="currency",
            key="amount",
            kind=KIND,
            places=8,
            unset="0.00000000",
        ),
        PartyField(
            name="related_to",
            label="Organization Name",
            kind=KIND,
            key="company",
            targets=(ACCOUNT,),
        ),
        PartyField(
            name="contact_id",
            label="Contact Name",
            kind=KIND,
            key="person",
            targets=(CONTACT,),
        ),
        DayField(
            name="closingdate",
            label="Expected Close Date",
            key="due_on",
            kind=KIND,
            is_mandatory=True,
        ),
        SuggestedField(name="opportunity_type", label="Type", key="opportunity_type", kind=KIND),
        TextField(name="nextstep", label="Next Step", key="next_step", kind=KIND),
        OfferedField(
            name="leadsource",
            label="Lead Source",
            key="lead_source",
            kind=KIND,
            offers=tuple(LEAD_SOURCES.values()),
        ),
        SalesStageField(name="sales_stage", label="Sales Stage", is_mandatory=True),
        owner(KIND),
        PercentField(
            name="probability",
            label="Probability",
            type="double",
            key="probability",
            kind=KIND,
            places=3,
            unset="0.000",
        ),
        FixedField(
            name="campaignid", label="Campaign Source", type="reference", modules=("Campaigns",)
        ),
        *times(KIND),
        NumberField(
            name="forecast_amount",
            label="Weighted Revenue",
            type="currency",
            key="forecast_amount",
            kind=KIND,
            places=8,
            unset="0.00000000",
        ),
        *marks(KIND),
        TextField(
            name="description", label="Description", type="text", key="background", kind=KIND
        ),
        FlagField(
            name="isconvertedfromlead",
            label="Is Converted From Lead",
            key="is_converted_from_lead",
            kind=KIND,
        ),
    ),
)
