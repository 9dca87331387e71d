"""Change a password."""

from api.vtiger.errors import VtigerError, denied
from api.vtiger.mapping.field import Wire
from api.vtiger.mapping.ids import read_id
from api.vtiger.mapping.references import USERS
from api.vtiger.registry import Context, vtiger_operation
from contacts.errors import ForbiddenError, InvalidError, NotFoundError
from contacts.services.passwords import change_password


@vtiger_operation(
    "changePassword",
    method="POST",
    params=[
        ("id", "string", "user_id"),
        ("oldPassword", "string", "old"),
        ("newPassword", "string", "new"),
        ("confirmPassword", "string", "again"),
    ],
)
def change(ctx: Context, user_id: str, old: str, new: str, again: str) -> Wire:
    """Set a password: one's own by naming the old one, anybody's as an administrator."""
    asked = read_id(user_id)
    if asked is None or asked.module != USERS or asked.record is None:
        raise denied(" for id")
    if new != again:
        raise VtigerError("CHANGE_PASSWORD_FAILURE", "New password and its repetition differ")
    try:
        change_password(ctx.actor, asked.record, new, current=old)
    except (ForbiddenError, NotFoundError):
        raise denied() from None
    except InvalidError as error:
        if any(fault.key == "current" for fault in error.faults):
            raise VtigerError("INVALID_OLD_PASSWORD", "The old password is wrong") from None
        message = "The new password is too easy to guess"
        raise VtigerError("CHANGE_PASSWORD_FAILURE", message) from None
    return {"message": "Changed password successfully"}
