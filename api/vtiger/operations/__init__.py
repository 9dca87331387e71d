"""What can be asked for; each module declares some operations, as other packages may."""

from api.vtiger.errors import VtigerError
from api.vtiger.registry import Context, Operation, vtiger_operation

__all__ = ["Context", "Operation", "VtigerError", "vtiger_operation"]
