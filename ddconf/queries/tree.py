"""What a metric query or a formula says: frozen trees that know where they stand in the text.

Equality leaves positions out, so a query and its printed form have equal trees.
https://docs.datadoghq.com/metrics/advanced-filtering/ https://docs.datadoghq.com/dashboards/functions/
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

Span = tuple[int, int]
"""Where in the text: from the first character to the one behind the last."""

NOWHERE: Span = (0, 0)


def somewhere() -> Span:
    """A field of the position, which takes no part in comparisons."""
    return field(default=NOWHERE, compare=False, repr=False)


# Scopes: what stands between the braces after a metric.


@dataclass(frozen=True, slots=True)
class Everything:
    """`*`: everything."""

    span: Span = somewhere()


@dataclass(frozen=True, slots=True)
class Tag:
    """`key:value`, with `*` for any text, a value without a key, or a template variable such as `$host`."""

    text: str
    span: Span = somewhere()

    @property
    def key(self) -> str:
        """Empty where the tag has none."""
        return self.text.partition(":")[0] if ":" in self.text else ""

    @property
    def value(self) -> str:
        return self.text.partition(":")[2] if ":" in self.text else self.text

    @property
    def has_variable(self) -> bool:
        return "$" in self.text.replace("${", "")


@dataclass(frozen=True, slots=True)
class In:
    """`key IN (a, b)` or `key NOT IN (a, b)`."""

    key: str
    values: tuple[str, ...]
    negated: bool = False
    span: Span = somewhere()


@dataclass(frozen=True, slots=True)
class ScopeNot:
    node: ScopeNode
    span: Span = somewhere()


@dataclass(frozen=True, slots=True)
class ScopeAnd:
    nodes: tuple[ScopeNode, ...]
    span: Span = somewhere()


@dataclass(frozen=True, slots=True)
class ScopeOr:
    nodes: tuple[ScopeNode, ...]
    span: Span = somewhere()


ScopeNode = Everything | Tag | In | ScopeNot | ScopeAnd | ScopeOr


# Expressions: metrics, arithmetic, functions.


@dataclass(frozen=True, slots=True)
class Number:
    value: float
    span: Span = somewhere()


@dataclass(frozen=True, slots=True)
class Text:
    """A quoted argument, without its quotes; the span has them."""

    value: str
    span: Span = somewhere()


@dataclass(frozen=True, slots=True)
class Word:
    """An argument without quotes, such as the `sum` of `.rollup(sum, 60)`."""

    value: str
    span: Span = somewhere()


@dataclass(frozen=True, slots=True)
class Braces:
    """An argument in braces: the tags that `percentile(query1, 'p90', { * })` keeps."""

    tags: tuple[str, ...]
    span: Span = somewhere()


@dataclass(frozen=True, slots=True)
class NamedArgument:
    """`direction='above'`."""

    name: str
    value: Number | Text | Word
    span: Span = somewhere()


@dataclass(frozen=True, slots=True)
class Method:
    """`.rollup(sum, 60)`; the span begins at the name."""

    name: str
    arguments: tuple[Argument, ...] = ()
    span: Span = somewhere()


@dataclass(frozen=True, slots=True)
class CountCondition:
    """`count(v: v>=0.5)`: how many values of a distribution compare so with the number."""

    comparator: str
    number: float


@dataclass(frozen=True, slots=True)
class Series:
    """`avg:system.load.1{host:a} by {env}.rollup(max, 60)`; an aggregator that is missing means avg."""

    aggregator: str | None
    metric: str
    scope: ScopeNode
    by: tuple[Tag, ...] = ()
    methods: tuple[Method, ...] = ()
    counted: CountCondition | None = None
    span: Span = somewhere()
    metric_span: Span = somewhere()

    def method(self, name: str) -> Method | None:
        return next((method for method in self.methods if method.name == name), None)


@dataclass(frozen=True, slots=True)
class Name:
    """A query of which a formula speaks."""

    name: str
    span: Span = somewhere()


@dataclass(frozen=True, slots=True)
class FormulaCall:
    """`top(query1, 10, 'mean', 'desc')`; the aggregator is that of `sum:default_zero(...)`."""

    function: str
    arguments: tuple[Argument, ...]
    methods: tuple[Method, ...] = ()
    aggregator: str | None = None
    span: Span = somewhere()
    name_span: Span = somewhere()

    def named(self, name: str) -> NamedArgument | None:
        found = (item for item in self.arguments if isinstance(item, NamedArgument) and item.name == name)
        return next(found, None)


@dataclass(frozen=True, slots=True)
class MethodChain:
    """Methods of what stands in parentheses: `(a + b).rollup(sum, 60)`."""

    expression: Expression
    methods: tuple[Method, ...]
    span: Span = somewhere()


@dataclass(frozen=True, slots=True)
class Negative:
    """`-a`; a minus before a number is part of the number."""

    operand: Expression
    span: Span = somewhere()


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """The operator is one of + - * /."""

    operator: str
    left: Expression
    right: Expression
    span: Span = somewhere()


Expression = Number | Series | Name | FormulaCall | MethodChain | Negative | Arithmetic
Argument = Expression | Text | Word | NamedArgument | Braces


def nodes(tree: Argument) -> Iterator[Argument]:
    """The node and all below it, from left to right; scopes have `scope_nodes`."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        match node:
            case Arithmetic(_, left, right):
                waiting += (right, left)
            case FormulaCall(_, arguments):
                waiting += reversed(arguments)
            case Negative(inner) | MethodChain(inner):
                waiting.append(inner)


def scope_nodes(scope: ScopeNode) -> Iterator[ScopeNode]:
    """The node and all below it, from left to right."""
    waiting = [scope]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, ScopeAnd | ScopeOr):
            waiting += reversed(node.nodes)
        elif isinstance(node, ScopeNot):
            waiting.append(node.node)


def all_series(tree: Argument) -> Iterator[Series]:
    """Every metric of an expression."""
    return (node for node in nodes(tree) if isinstance(node, Series))


def calls(tree: Argument) -> Iterator[FormulaCall]:
    """Every call of a function."""
    return (node for node in nodes(tree) if isinstance(node, FormulaCall))


def groups(tree: Argument) -> tuple[str, ...]:
    """The tags by which an expression is split: those of all its metrics, once each, in order."""
    return tuple(dict.fromkeys(tag.text for series in all_series(tree) for tag in series.by))
