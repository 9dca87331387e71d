"""Say no in Toy: every error by its code, status and words."""

from api.base.errors import (
    ErrorTable,
    Refusal,
    RequestError,
    TooLargeError,
    UnknownAddressError,
    WrongMethodError,
)
from contacts import errors

ERRORS: ErrorTable = {
    Exception: Refusal(500, "OUCH", "Something broke on our side."),
    RequestError: Refusal(400, "GIBBERISH", "This is not Toy."),
    TooLargeError: Refusal(413, "TOO_MUCH", "That is too much."),
    UnknownAddressError: Refusal(404, "NOWHERE", "There is nothing here."),
    WrongMethodError: Refusal(405, "NOT_LIKE_THIS", "Not by this method."),
    errors.DomainError: Refusal(400, "NO", "This cannot be done."),
    errors.AuthenticationError: Refusal(401, "WHO", "Show a key.", {"WWW-Authenticate": "Toy"}),
    errors.ForbiddenError: Refusal(403, "HANDS_OFF", "You may not do this."),
    errors.NotFoundError: Refusal(404, "GONE", lambda error: f"No {error.kind} like that."),
    errors.ConflictError: Refusal(409, "TWICE", "This was asked differently before."),
    errors.StaleError: Refusal(412, "OLD", "Somebody was faster."),
    errors.InvalidError: Refusal(
        422, "WRONG", lambda error: ", ".join(fault.key for fault in error.faults)
    ),
    errors.ThrottledError: Refusal(429, "SLOWLY", lambda error: f"Wait {error.wait} seconds."),
    errors.UnavailableError: Refusal(503, "LATER", "Please come back."),
    errors.TooSlowError: Refusal(503, "LESS", "It takes too long: sort by another field."),
}
