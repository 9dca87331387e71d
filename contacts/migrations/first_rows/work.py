"""Roles, statuses and pipelines of deals, ties between contacts, and the first of each other kind."""

from contacts.access.rights import FIRST_ROLES

DEAL_STATUSES = (
    ("Pending", 0, True, "#766970"),
    ("Won", 1, False, "#2e7d32"),
    ("Lost", 2, False, "#c62828"),
)
# Pipeline: its stages with their probabilities. The second is for sales that go on for longer.
PIPELINES = {
    "Sales Pipeline": (
        ("Qualified To Buy", 20),
        ("Contact Made", 30),
        ("Presentation Scheduled", 50),
        ("Proposal Made", 70),
        ("Appointment Scheduled", 90),
    ),
    "Opportunities": (
        ("Prospecting", 10),
        ("Qualification", 20),
        ("Needs Analysis", 30),
        ("Value Proposition", 40),
        ("Id. Decision Makers", 50),
        ("Perception Analysis", 60),
        ("Proposal or Price Quote", 75),
        ("Negotiation or Review", 90),
    ),
}
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
    ("Case Coordinator is", "Case Coordinator", "", ""),
    ("Supervised by", "Supervisor", "person", "person"),
)
STAMPS = ("catalogue", "people", "tags")


def fill(apps):
    """Insert the rows."""

    def rows(model):
        return apps.get_model("contacts", model).objects

    for position, (name, rights) in enumerate(FIRST_ROLES.items()):
        rows("Role").create(name=name, rights=list(rights), position=position)
    for position, (name, outcome, is_default, color) in enumerate(DEAL_STATUSES):
        rows("DealStatus").create(
            name=name, outcome=outcome, is_default=is_default, position=position, color=color
        )
    for place, (name, stages) in enumerate(PIPELINES.items()):
        pipeline = rows("Pipeline").create(name=name, position=place, is_default=place == 0)
        for position, (stage, probability) in enumerate(stages):
            pipeline.stages.create(name=stage, probability=probability, position=position)
    for a_b, b_a, kind_a, kind_b in RELATIONSHIP_TYPES:
        rows("RelationshipType").create(
            name_a_b=a_b, name_b_a=b_a, kind_a=kind_a, kind_b=kind_b, is_reserved=True
        )
    for name in STAMPS:
        rows("Stamp").create(name=name)
    rows("MembershipLevel").create(name="Member", is_default=True)
    rows("Folder").create(name="Default")
    rows("Currency").create(code="USD", name="USA, Dollars", symbol="$", rate=1, is_default=True)
