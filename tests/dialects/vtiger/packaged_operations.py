"""What an installed package names under the entry-point group."""

from api.vtiger.operations import Context, vtiger_operation


@vtiger_operation("packaged")
def packaged(ctx: Context) -> str:
    """Return a word."""
    return "from a package"
