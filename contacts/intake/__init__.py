"""Public web forms: their definition, their page, a submission becoming a contact."""

from contacts.access import find_form, form_actor
from contacts.intake.campaigns import campaign_in
from contacts.intake.redirects import allowed_redirect
from contacts.intake.sending import Outcome, Sender
from contacts.intake.submitting import submit

__all__ = [
    "Outcome",
    "Sender",
    "allowed_redirect",
    "campaign_in",
    "find_form",
    "form_actor",
    "submit",
]
