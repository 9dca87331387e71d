"""The one table of rights: what a role may carry, and which role carries what at first."""

CONTACT_RIGHTS = (
    "view_contacts",
    "view_private_contacts",
    "add_contacts",
    "edit_contacts",
    "delete_contacts",
    "manage_contacts",
    "add_notes",
    "delete_notes",
    "delete_own_notes",
    "view_activities",
    "add_activities",
    "edit_activities",
    "delete_activities",
)
DEAL_RIGHTS = ("view_deals", "add_deals", "edit_deals", "delete_deals")
TICKET_RIGHTS = ("view_tickets", "add_tickets", "edit_tickets", "delete_tickets")

# A right counts only where the project has the module switched on.
MODULE_RIGHTS: dict[str, tuple[str, ...]] = {
    "contacts": CONTACT_RIGHTS,
    "deals": DEAL_RIGHTS,
    "tickets": TICKET_RIGHTS,
}

RIGHTS: tuple[str, ...] = (*CONTACT_RIGHTS, *DEAL_RIGHTS, *TICKET_RIGHTS)

READING_RIGHTS = frozenset(right for right in RIGHTS if right.startswith("view_"))

# The right that a change of one kind of record needs, by action.
NEEDED: dict[tuple[str, str], str] = {
    ("contact", "create"): "add_contacts",
    ("contact", "update"): "edit_contacts",
    ("contact", "archive"): "delete_contacts",
    ("contact", "restore"): "delete_contacts",
    ("contact", "delete"): "delete_contacts",
    ("note", "create"): "add_notes",
    ("note", "update"): "delete_notes",
    ("note", "delete"): "delete_notes",
    ("own_note", "update"): "delete_own_notes",
    ("own_note", "delete"): "delete_own_notes",
    ("deal", "create"): "add_deals",
    ("deal", "update"): "edit_deals",
    ("deal", "archive"): "delete_deals",
    ("deal", "restore"): "delete_deals",
    ("deal", "delete"): "delete_deals",
    ("product", "create"): "add_deals",
    ("product", "update"): "edit_deals",
    ("product", "archive"): "delete_deals",
    ("product", "restore"): "delete_deals",
    ("product", "delete"): "delete_deals",
    ("deal_category", "manage"): "edit_deals",
    ("activity", "create"): "add_activities",
    ("activity", "update"): "edit_activities",
    ("activity", "archive"): "delete_activities",
    ("activity", "restore"): "delete_activities",
    ("activity", "delete"): "delete_activities",
    ("ticket", "create"): "add_tickets",
    ("ticket", "update"): "edit_tickets",
    ("ticket", "archive"): "delete_tickets",
    ("ticket", "restore"): "delete_tickets",
    ("ticket", "delete"): "delete_tickets",
    ("ticket_category", "manage"): "edit_tickets",
    ("tag", "create"): "edit_contacts",
    ("tag", "update"): "edit_contacts",
    ("group", "create"): "edit_contacts",
    ("group", "update"): "edit_contacts",
    ("group", "delete"): "edit_contacts",
    ("relationship", "create"): "edit_contacts",
    ("relationship", "update"): "edit_contacts",
    ("relationship", "delete"): "edit_contacts",
    ("public_filter", "manage"): "manage_contacts",
    ("web_form", "manage"): "manage_contacts",
    ("submission", "review"): "manage_contacts",
}

FIRST_ROLES: dict[str, tuple[str, ...]] = {
    "Manager": RIGHTS,
    "Developer": (
        "view_contacts",
        "add_contacts",
        "edit_contacts",
        "add_notes",
        "delete_own_notes",
        "view_activities",
        "add_activities",
        "edit_activities",
        "view_deals",
        "add_deals",
        "edit_deals",
        "view_tickets",
        "add_tickets",
        "edit_tickets",
    ),
    "Reporter": (
        "view_contacts",
        "add_notes",
        "view_activities",
        "view_deals",
        "view_tickets",
        "add_tickets",
    ),
}
