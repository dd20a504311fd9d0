"""From the tree of a query back to text that parses to the same tree."""

from __future__ import annotations

from ddconf.queries.monitors import (
    Both,
    Chain,
    Comparison,
    ComponentMonitor,
    Composite,
    Condition,
    Either,
    EventAlert,
    FormulaAlert,
    MetricAlert,
    MonitorQuery,
    Negation,
    ServiceCheck,
    SloAlert,
)
from ddconf.queries.tree import (
    Argument,
    Arithmetic,
    Braces,
    Everything,
    Expression,
    FormulaCall,
    In,
    Method,
    MethodChain,
    Name,
    NamedArgument,
    Negative,
    Number,
    ScopeAnd,
    ScopeNode,
    ScopeNot,
    ScopeOr,
    Series,
    Tag,
    Text,
    Word,
)

_STRONG = ("*", "/")


def print_expression(tree: Argument) -> str:
    """A metric query, a formula, or an argument of either."""
    match tree:
        case Number(value):
            return print_number(value)
        case Text(value):
            return f'"{value}"' if "'" in value else f"'{value}'"
        case Word(value) | Name(value):
            return value
        case NamedArgument(name, value):
            return f"{name}={print_expression(value)}"
        case Braces(tags):
            return f"{{{', '.join(tags)}}}"
        case Series():
            return _print_series(tree)
        case FormulaCall(function, arguments, methods, aggregator):
            inside = ", ".join(print_expression(argument) for argument in arguments)
            return f"{_prefix(aggregator)}{function}({inside}){print_methods(methods)}"
        case MethodChain(inner, methods):
            return f"({print_expression(inner)}){print_methods(methods)}"
        case Negative(operand):
            return f"-{_operand(operand, isinstance(operand, Arithmetic))}"
        case Arithmetic(operator, left, right):
            strong = operator in _STRONG
            before = _operand(left, strong and _is_sum(left))
            behind = _operand(right, isinstance(right, Arithmetic) and (strong or _is_sum(right)))
            return f"{before} {operator} {behind}"


def print_scope(scope: ScopeNode) -> str:
    """What stands between the braces: in symbols where they suffice, otherwise in words."""
    if isinstance(scope, ScopeAnd) and all(_is_symbol(node) for node in scope.nodes):
        return ",".join(_print_symbol(node) for node in scope.nodes)
    return _print_symbol(scope) if _is_symbol(scope) else _print_words(scope)


def print_monitor(query: MonitorQuery) -> str:
    """The query of a monitor."""
    match query:
        case MetricAlert(aggregator, window, change, expression, comparison):
            head = f"{aggregator}({window})"
            head = f"{change.function}({head},{change.written})" if change else head
            return f"{head}:{print_expression(expression)} {print_comparison(comparison)}"
        case EventAlert(_, source, search, comparison):
            return _print_chain(f"{source}({_quote(search.value)})", query, comparison)
        case FormulaAlert(_, formula, _, comparison):
            return _print_chain(f"formula({_quote(formula.value)})", query, comparison)
        case SloAlert(_, measure, slo, comparison):
            return _print_chain(f"{measure}({_quote(slo.value)})", query, comparison)
        case ServiceCheck(_, check, comparison):
            return _print_chain(_quote(check.value), query, comparison)
        case Composite(condition):
            return print_condition(condition)
    return "no_query"


def print_condition(condition: Condition) -> str:
    """The condition of a composite."""
    match condition:
        case ComponentMonitor(id):
            return id
        case Negation(inner):
            return f"!{_inside(inner, isinstance(inner, Both | Either))}"
        case Both(left, right):
            before = _inside(left, isinstance(left, Either))
            return f"{before} && {_inside(right, isinstance(right, Both | Either))}"
        case Either(left, right):
            return f"{print_condition(left)} || {_inside(right, isinstance(right, Either))}"


def print_number(value: float) -> str:
    """As short as it is exact: `5`, `0.25`, `1e+20`."""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)


def print_comparison(comparison: Comparison) -> str:
    """`> 90`."""
    threshold = comparison.threshold
    return f"{comparison.comparator} {'threshold' if threshold is None else print_number(threshold)}"


def print_methods(methods: tuple[Method, ...]) -> str:
    return "".join(
        f".{method.name}({', '.join(print_expression(argument) for argument in method.arguments)})"
        for method in methods
    )


def _print_series(series: Series) -> str:
    counted = series.counted
    before = (
        f"count(v: v{counted.comparator}{print_number(counted.number)}):"
        if counted
        else _prefix(series.aggregator)
    )
    by = f" by {{{','.join(tag.text for tag in series.by)}}}" if series.by else ""
    return f"{before}{series.metric}{{{print_scope(series.scope)}}}{by}{print_methods(series.methods)}"


def _prefix(aggregator: str | None) -> str:
    return f"{aggregator}:" if aggregator else ""


def _is_sum(node: Expression) -> bool:
    return isinstance(node, Arithmetic) and node.operator not in _STRONG


def _operand(node: Expression, bracketed: bool) -> str:
    return f"({print_expression(node)})" if bracketed else print_expression(node)


def _is_symbol(node: ScopeNode) -> bool:
    return isinstance(node, Tag | Everything) or (
        isinstance(node, ScopeNot) and isinstance(node.node, Tag | Everything)
    )


def _print_symbol(node: ScopeNode) -> str:
    match node:
        case ScopeNot(inner):
            return f"!{_print_symbol(inner)}"
        case Tag(text):
            return text
    return "*"


def _print_words(node: ScopeNode) -> str:
    match node:
        case ScopeAnd(nodes):
            return " AND ".join(_nested(item, isinstance(item, ScopeAnd | ScopeOr)) for item in nodes)
        case ScopeOr(nodes):
            return " OR ".join(_nested(item, isinstance(item, ScopeOr)) for item in nodes)
        case ScopeNot(inner):
            return f"NOT {_nested(inner, isinstance(inner, ScopeAnd | ScopeOr))}"
        case In(key, values, negated):
            return f"{key} {'NOT ' if negated else ''}IN ({','.join(values)})"
    return _print_symbol(node)


def _nested(node: ScopeNode, bracketed: bool) -> str:
    return f"({_print_words(node)})" if bracketed else _print_words(node)


def _inside(condition: Condition, bracketed: bool) -> str:
    return f"({print_condition(condition)})" if bracketed else print_condition(condition)


def _print_chain(head: str, chain: Chain, comparison: Comparison | None) -> str:
    methods = "".join(
        f".{method.name}({','.join(_print_chained(argument) for argument in method.arguments)})"
        for method in chain.methods
    )
    return f"{head}{methods}" + (f" {print_comparison(comparison)}" if comparison else "")


def _print_chained(argument: Argument) -> str:
    if isinstance(argument, NamedArgument):
        return f"{argument.name}={_print_chained(argument.value)}"
    return _quote(argument.value) if isinstance(argument, Text) else print_expression(argument)


def _quote(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
