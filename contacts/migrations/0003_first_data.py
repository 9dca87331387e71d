"""Fill the reference tables: options, countries, roles, statuses, relationship types."""

import pycountry
from django.db import migrations

from contacts.access.rights import FIRST_ROLES

# List name: (number, machine name, label); "*" marks the default.
OPTIONS = {
    "location_type": "*Home, Work, Main, Other, Billing",
    "phone_type": "*Phone, Mobile, Fax, Pager, Voicemail, Assistant",
    "website_type": "*Work, Main, Facebook, Instagram, LinkedIn, Other",
    "messenger_service": "Yahoo, Msn, Aim, GTalk, Jabber, *Skype, Telegram, WhatsApp, Signal, Other",
    "gender": "Female, Male, Other",
    "industry": (
        "Agriculture, Banking, Construction, Consulting, Education, Energy, Engineering, Finance,"
        " Government, Healthcare, Hospitality, Insurance, Machinery, Manufacturing, Media,"
        " Not For Profit, Retail, Technology, Telecommunications, Transportation, Utilities, Other"
    ),
    "lead_source": (
        "Web Form, Website, Referral, Cold Call, Existing Customer, Partner, Conference,"
        " Trade Show, Word of Mouth, Other"
    ),
    "activity_type": "*Meeting, Phone Call, Email, Text Message, Event, Task, Deadline",
    "activity_status": (
        "*Scheduled, Completed, Cancelled, Left Message, Unreachable, Not Required"
    ),
    "activity_priority": "Urgent, *Normal, Low",
    "call_outcome": (
        "No Answer, Busy, Wrong Number, Unavailable, Left Voice Message, Moved Conversation Forward"
    ),
    "ticket_tracker": "Bug, Feature, *Support",
    "ticket_status": "*New, In Progress, Resolved, Feedback, Closed, Rejected",
    "ticket_priority": "Low, *Normal, High, Urgent, Immediate",
}

CLOSED = {
    "ticket_status": {"Closed", "Rejected"},
    "activity_status": {"Completed", "Cancelled", "Not Required"},
}

DEAL_STATUSES = (
    ("Pending", 0, True, "#766970"),
    ("Won", 1, False, "#2e7d32"),
    ("Lost", 2, False, "#c62828"),
)

STAGES = (
    ("Qualified To Buy", 20),
    ("Contact Made", 30),
    ("Presentation Scheduled", 50),
    ("Proposal Made", 70),
    ("Appointment Scheduled", 90),
)

# The fifth is the tie by which people belong to companies; ids follow the order.
RELATIONSHIP_TYPES = (
    ("Child of", "Parent of", "person", "person"),
    ("Spouse of", "Spouse of", "person", "person"),
    ("Partner of", "Partner of", "person", "person"),
    ("Sibling of", "Sibling of", "person", "person"),
    ("Employee of", "Employer of", "person", "organization"),
    ("Volunteer for", "Volunteer is", "person", "organization"),
    ("Head of Household for", "Head of Household is", "person", "household"),
    ("Household Member of", "Household Member is", "person", "household"),
)


def fill(apps, schema_editor):
    """Insert the first rows."""
    fill_options(apps.get_model("contacts", "Option"))
    fill_countries(apps.get_model("contacts", "Country"))
    for position, (name, rights) in enumerate(FIRST_ROLES.items()):
        apps.get_model("contacts", "Role").objects.create(
            name=name, rights=list(rights), position=position
        )
    for position, (name, outcome, is_default, color) in enumerate(DEAL_STATUSES):
        apps.get_model("contacts", "DealStatus").objects.create(
            name=name, outcome=outcome, is_default=is_default, position=position, color=color
        )
    pipeline = apps.get_model("contacts", "Pipeline").objects.create(
        name="Sales Pipeline", is_default=True
    )
    for position, (name, probability) in enumerate(STAGES):
        pipeline.stages.create(name=name, probability=probability, position=position)
    for a_b, b_a, kind_a, kind_b in RELATIONSHIP_TYPES:
        apps.get_model("contacts", "RelationshipType").objects.create(
            name_a_b=a_b, name_b_a=b_a, kind_a=kind_a, kind_b=kind_b, is_reserved=True
        )
    for name in ("catalogue", "people", "tags"):
        apps.get_model("contacts", "Stamp").objects.create(name=name)


def fill_options(model):
    """Insert the option lists; machine names are the labels in small letters."""
    rows = []
    for list_name, words in OPTIONS.items():
        for number, word in enumerate(words.split(", "), start=1):
            label = " ".join(word.removeprefix("*").split())
            rows.append(
                model(
                    list_name=list_name,
                    number=number,
                    name=label.lower().replace(" ", "_"),
                    label=label,
                    position=number,
                    is_default=word.startswith("*"),
                    traits={"is_closed": True} if label in CLOSED.get(list_name, ()) else {},
                )
            )
    model.objects.bulk_create(rows)


def fill_countries(model):
    """Insert the countries of ISO 3166-1 under their common English names."""
    model.objects.bulk_create(
        model(
            code=country.alpha_2,
            number=int(country.numeric),
            name=COMMON.get(country.alpha_2) or getattr(country, "common_name", country.name),
        )
        for country in sorted(pycountry.countries, key=lambda country: country.alpha_2)
    )


# Where the registered English name is not the one that people and programs write.
COMMON = {
    "RU": "Russia",
    "IR": "Iran",
    "KR": "South Korea",
    "KP": "North Korea",
    "SY": "Syria",
    "LA": "Laos",
    "BN": "Brunei",
    "PS": "Palestine",
    "CD": "Congo, Democratic Republic",
    "FK": "Falkland Islands",
    "VA": "Vatican City",
    "FM": "Micronesia",
    "TR": "Turkey",
    "VG": "British Virgin Islands",
    "VI": "US Virgin Islands",
    "MF": "Saint Martin",
    "SX": "Sint Maarten",
    "NL": "Netherlands",
}


class Migration(migrations.Migration):
    """Reference data."""

    dependencies = [("contacts", "0002_search_index")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
