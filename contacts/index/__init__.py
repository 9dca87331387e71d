"""What is derived so that reading is fast: documents, access rows, numbers, keys, search text."""

from contacts.index.beside import BESIDE_FIELDS, is_beside
from contacts.index.circles import differences, settle
from contacts.index.documents import Document, document_of
from contacts.index.keys import SEARCHED_FIELDS
from contacts.index.naming import derive_names
from contacts.index.parts import ContactParts, load_parts, read_parts
from contacts.index.refresh import (
    Drift,
    count,
    drifts_of,
    locked_documents,
    rebuild,
    refresh,
    verify,
    write,
)
from contacts.index.sending import roll_back
from contacts.index.settling import Held, hold, settle_change
from contacts.index.traces import trace_deleted, trace_submissions
from contacts.models import EMPLOYEE_OF

__all__ = [
    "BESIDE_FIELDS",
    "EMPLOYEE_OF",
    "SEARCHED_FIELDS",
    "ContactParts",
    "Document",
    "Drift",
    "Held",
    "count",
    "derive_names",
    "differences",
    "document_of",
    "drifts_of",
    "hold",
    "is_beside",
    "load_parts",
    "locked_documents",
    "read_parts",
    "rebuild",
    "refresh",
    "roll_back",
    "settle",
    "settle_change",
    "trace_deleted",
    "trace_submissions",
    "verify",
    "write",
]
