"""Draw from the strategies of hypothesis without its bookkeeping, many times as fast.

What hypothesis notes of each choice lets it shrink what fails; a long run of inputs that fit needs
none of it. So a strategy is turned into a plain function of a source of chance, kind by kind. A
kind that is not listed here is refused.
"""

from collections.abc import Callable
from random import Random
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies._internal import collections as several
from hypothesis.strategies._internal import core, flatmapped, misc, numbers, recursive, strings
from hypothesis.strategies._internal import strategies as basic
from hypothesis.strategies._internal.lazy import LazyStrategy, unwrap_strategies

Draw = Callable[[Random], Any]
# The mean length of a list that has no greatest one, and how often a number is a special one.
USUAL_LENGTH = 5
SPECIAL = 0.2
NUMBERS = (0, 1, -1, 2, 7, 100, 2**31 - 1, 2**31, -(2**31), 2**53, 2**63, 10**30)
FRACTIONS = (0.0, -0.0, 0.5, 1.0, -1.5, 1e-300, 1e16, 1e300, float("inf"), float("-inf"))


class _TooManyError(Exception):
    """A tree has more leaves than it may."""


def drawn(strategy: "st.SearchStrategy[Any]", chance: Random) -> Any:
    """Return one value."""
    return drawer_of(strategy)(chance)


def drawer_of(strategy: "st.SearchStrategy[Any]") -> Draw:
    """Return what draws values of a strategy."""
    known = strategy.__dict__.get("_drawer")
    if known is None:
        known = strategy.__dict__["_drawer"] = _made(strategy)
    return known  # type: ignore[no-any-return]  # as it was stored


def _made(strategy: "st.SearchStrategy[Any]") -> Draw:
    if isinstance(strategy, LazyStrategy):
        return drawer_of(unwrap_strategies(strategy))
    for kind in type(strategy).__mro__:
        if kind in _KINDS:
            return _KINDS[kind](strategy)
    raise TypeError(f"no drawing from {type(strategy).__name__}")


def _just(strategy: Any) -> Draw:
    return _changed(strategy, lambda _chance: strategy.value)


def _sampled(strategy: Any) -> Draw:
    elements = tuple(strategy.elements)
    return _changed(strategy, lambda chance: elements[int(chance.random() * len(elements))])


def _changed(strategy: Any, draw: Draw) -> Draw:
    """Return a drawing with what `map` and `filter` have added to a sample."""
    added = strategy._transformations

    def draw_changed(chance: Random) -> Any:
        while True:
            value = draw(chance)
            for name, function, _place in added:
                if name == "map":
                    value = function(value)
                elif not function(value):
                    break
            else:
                return value

    return draw_changed if added else draw


def _one_of(strategy: Any) -> Draw:
    drawers = [drawer_of(each) for each in strategy.element_strategies]
    return lambda chance: drawers[int(chance.random() * len(drawers))](chance)


def _mapped(strategy: Any) -> Draw:
    draw, pack = drawer_of(strategy.mapped_strategy), strategy.pack
    return lambda chance: pack(draw(chance))


def _filtered(strategy: Any) -> Draw:
    draw, conditions = drawer_of(strategy.filtered_strategy), strategy.flat_conditions

    def draw_filtered(chance: Random) -> Any:
        while True:
            value = draw(chance)
            if all(condition(value) for condition in conditions):
                return value

    return draw_filtered


def _flat_mapped(strategy: Any) -> Draw:
    draw, expand = drawer_of(strategy.base), strategy.expand
    return lambda chance: drawn(expand(draw(chance)), chance)


def _tuple(strategy: Any) -> Draw:
    drawers = [drawer_of(each) for each in strategy.element_strategies]
    return lambda chance: tuple([draw(chance) for draw in drawers])


def _length(strategy: Any) -> Callable[[Random], int]:
    least = strategy.min_size
    most = int(min(strategy.max_size, least + 2 * USUAL_LENGTH))
    return lambda chance: least + int(chance.random() * (most - least + 1))


def _list(strategy: Any) -> Draw:
    draw, length = drawer_of(strategy.element_strategy), _length(strategy)
    return lambda chance: [draw(chance) for _ in range(length(chance))]


def _unique_list(strategy: Any) -> Draw:
    """Draw elements that differ by every key; where too many are the same it gets shorter."""
    draw, length, keys = drawer_of(strategy.element_strategy), _length(strategy), strategy.keys
    more = strategy.tuple_suffixes
    rest = None if more is None else drawer_of(more)

    def draw_unique(chance: Random) -> list[Any]:
        wanted, found = length(chance), []
        seen: list[set[Any]] = [set() for _ in keys]
        tries = 10 * wanted
        while len(found) < wanted and (tries > 0 or len(found) < strategy.min_size):
            tries -= 1
            value = draw(chance)
            if any(key(value) in known for key, known in zip(keys, seen, strict=True)):
                continue
            for key, known in zip(keys, seen, strict=True):
                known.add(key(value))
            found.append(value if rest is None else (value, *rest(chance)))
        return found

    return draw_unique


def _fixed_dict(strategy: Any) -> Draw:
    drawers = {key: drawer_of(each) for key, each in strategy.mapping.items()}
    if strategy.optional is not None:
        raise TypeError("no drawing of optional keys")
    return lambda chance: {key: draw(chance) for key, draw in drawers.items()}


def _built(strategy: Any) -> Draw:
    target = strategy.target
    drawers = [drawer_of(each) for each in strategy.args]
    named = {name: drawer_of(each) for name, each in strategy.kwargs.items()}
    return lambda chance: target(
        *[draw(chance) for draw in drawers],
        **{name: draw(chance) for name, draw in named.items()},
    )


def _composite(strategy: Any) -> Draw:
    definition, args, kwargs = strategy.definition, strategy.args, strategy.kwargs

    def draw_composite(chance: Random) -> Any:
        return definition(lambda each, _label=None: drawn(each, chance), *args, **kwargs)

    return draw_composite


def _limited(strategy: Any) -> Draw:
    """Draw a leaf of a tree, which counts."""
    draw = drawer_of(strategy.base_strategy)

    def draw_leaf(chance: Random) -> Any:
        if strategy.marker <= 0:
            raise _TooManyError
        strategy.marker -= 1
        return draw(chance)

    return draw_leaf


def _recursive(strategy: Any) -> Draw:
    draw, limited = drawer_of(strategy.strategy), strategy.limited_base

    def draw_tree(chance: Random) -> Any:
        while True:
            try:
                with limited.capped(strategy.max_leaves):
                    return draw(chance)
            except _TooManyError:
                continue

    return draw_tree


def _character(intervals: Any) -> Draw:
    # Half of them from the first hundred, which mean something in a language.
    first = tuple(chr(intervals[place]) for place in range(min(96, len(intervals))))

    def draw_character(chance: Random) -> str:
        if chance.random() < 0.5:
            return chance.choice(first)
        return chr(intervals[int(chance.random() * len(intervals))])

    return draw_character


def _text(strategy: Any) -> Draw:
    length, elements = _length(strategy), unwrap_strategies(strategy.element_strategy)
    draw = drawer_of(elements)
    return lambda chance: "".join([draw(chance) for _ in range(length(chance))])


def _integer(strategy: Any) -> Draw:
    start, end = strategy.start, strategy.end
    special = [
        number
        for number in NUMBERS
        if (start is None or number >= start) and (end is None or number <= end)
    ]
    least = -(2**16) if start is None else start
    most = least + 2**17 if end is None else end

    def draw_integer(chance: Random) -> int:
        if special and chance.random() < SPECIAL:
            return chance.choice(special)
        return chance.randint(least, most)

    return draw_integer


def _float(strategy: Any) -> Draw:
    special = [each for each in FRACTIONS if strategy.min_value <= each <= strategy.max_value]
    least, most = max(strategy.min_value, -1e6), min(strategy.max_value, 1e6)

    def draw_float(chance: Random) -> float:
        if special and chance.random() < SPECIAL:
            return chance.choice(special)
        return chance.uniform(least, most)

    return draw_float


_KINDS: dict[type, Callable[[Any], Draw]] = {
    misc.JustStrategy: _just,
    misc.BooleansStrategy: lambda _strategy: lambda chance: chance.random() < 0.5,
    basic.SampledFromStrategy: _sampled,
    basic.OneOfStrategy: _one_of,
    basic.MappedStrategy: _mapped,
    basic.FilteredStrategy: _filtered,
    flatmapped.FlatMapStrategy: _flat_mapped,
    several.TupleStrategy: _tuple,
    several.UniqueListStrategy: _unique_list,
    several.ListStrategy: _list,
    several.FixedDictStrategy: _fixed_dict,
    core.BuildsStrategy: _built,
    core.CompositeStrategy: _composite,
    recursive.LimitedStrategy: _limited,
    recursive.RecursiveStrategy: _recursive,
    strings.OneCharStringStrategy: lambda strategy: _character(strategy.intervals),
    strings.TextStrategy: _text,
    numbers.IntegersStrategy: _integer,
    numbers.FloatStrategy: _float,
}
