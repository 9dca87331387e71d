"""Read the query language: text into a small tree, names and values as the client wrote them."""

from api.vtiger.grammar.parsing import module_name_in, read_query
from api.vtiger.grammar.tree import All, Any, Comparison, Condition, Select

__all__ = ["All", "Any", "Comparison", "Condition", "Select", "module_name_in", "read_query"]
