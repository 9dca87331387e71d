"""Lists of records, by query."""

from api.vtiger.errors import denied
from api.vtiger.grammar import module_name_in, read_query
from api.vtiger.mapping.field import Wire
from api.vtiger.modules import get_module
from api.vtiger.querying import run
from api.vtiger.registry import Context, vtiger_operation


@vtiger_operation("query", params=[("query", "string", "text")])
def query(ctx: Context, text: str) -> list[Wire]:
    """Return the records that a query of the query language finds."""
    name = module_name_in(text)
    if name is None:
        raise denied(" for query")
    # Before the text is read as a whole, as the original does.
    module = get_module(ctx.actor, name)
    return run(ctx.actor, module, read_query(text))
