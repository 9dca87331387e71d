"""Read ``$filter``, ``$select`` and ``$sort``: text into small trees, names as the client wrote.

Nothing here knows a field; ``mapping`` says what the names mean.
"""

from api.wildapricot.grammar.lists import Order, read_names, read_sort
from api.wildapricot.grammar.parser import read_filter
from api.wildapricot.grammar.tree import Comparison, Either, Every, Literal, Node, Substring

__all__ = [
    "Comparison",
    "Either",
    "Every",
    "Literal",
    "Node",
    "Order",
    "Substring",
    "read_filter",
    "read_names",
    "read_sort",
]
