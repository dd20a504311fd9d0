"""What the grammar lets through and Datadog does not: names and arguments of functions and methods."""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.pipelines.query import QueryError
from ddconf.queries.functions import FUNCTIONS, METHODS, Signature
from ddconf.queries.problem import QueryMistake
from ddconf.queries.reader import did_you_mean
from ddconf.queries.tree import (
    Argument,
    Expression,
    FormulaCall,
    Method,
    MethodChain,
    Name,
    NamedArgument,
    Series,
    Span,
    Text,
    calls,
    nodes,
)


def expression_mistakes(text: str, tree: Expression) -> Iterator[QueryError]:
    """Everything that `unknown_functions` and `argument_mistakes` find."""
    yield from unknown_functions(text, tree)
    yield from argument_mistakes(text, tree)


def unknown_functions(text: str, tree: Expression) -> Iterator[QueryError]:
    """Functions that the table lacks; Datadog may have newer ones."""
    for call in calls(tree):
        if call.function not in FUNCTIONS:
            hint = did_you_mean(call.function, FUNCTIONS)
            yield QueryMistake(
                text, call.name_span, f"no such function: {call.function}", hint, rule="unknown-function"
            )


def argument_mistakes(text: str, tree: Expression) -> Iterator[QueryError]:
    """Unknown methods, wrong arguments, texts where queries belong."""
    for node in nodes(tree):
        if isinstance(node, FormulaCall) and (signature := FUNCTIONS.get(node.function)):
            yield from _argument_mistakes(text, node.function, node.name_span, node.arguments, signature)
        if isinstance(node, FormulaCall) and node.function == "outliers":
            yield from _outlier_mistakes(text, node)
        if isinstance(node, Series) and (method := node.method("weighted")) and node.aggregator != "sum":
            yield QueryMistake(
                text,
                method.span,
                "weighted() wants the aggregator sum",
                "write sum: before the metric",
                rule="wrong-arguments",
            )
        if isinstance(node, FormulaCall | Series | MethodChain) and node.methods:
            for method in node.methods:
                yield from _method_mistakes(text, method, node)


def unknown_names(text: str, tree: Expression, known: frozenset[str]) -> Iterator[QueryError]:
    """Names of a formula that no query has."""
    for node in nodes(tree):
        if isinstance(node, Name) and node.name not in known:
            hint = did_you_mean(node.name, known) or f"queries: {', '.join(sorted(known)) or 'none'}"
            yield QueryMistake(
                text, node.span, f"no query is named {node.name}", hint, rule="formula-variable-missing"
            )


def _outlier_mistakes(text: str, call: FormulaCall) -> Iterator[QueryError]:
    """Only the MAD variants take a percentage."""
    algorithm, extra = call.arguments[1:2], call.arguments[3:4]
    if extra and algorithm and isinstance(algorithm[0], Text) and "mad" not in algorithm[0].value.lower():
        yield QueryMistake(
            text,
            extra[0].span,
            f"{algorithm[0].value} takes no percentage",
            "leave it out",
            rule="wrong-arguments",
        )


def _method_mistakes(
    text: str, method: Method, node: FormulaCall | Series | MethodChain
) -> Iterator[QueryError]:
    signature = METHODS.get(method.name)
    name_span = (method.span[0], method.span[0] + len(method.name))
    if signature is None:
        yield QueryMistake(
            text,
            name_span,
            f"no such method: .{method.name}()",
            did_you_mean(method.name, METHODS),
            rule="unknown-function",
        )
        return
    yield from _argument_mistakes(text, f".{method.name}", name_span, method.arguments, signature)


def _argument_mistakes(
    text: str, name: str, at: Span, arguments: tuple[Argument, ...], signature: Signature
) -> Iterator[QueryError]:
    placed = [argument for argument in arguments if not isinstance(argument, NamedArgument)]
    how = usage(name, signature)
    for parameter, argument in zip(signature.parameters, placed, strict=False):
        if not parameter.fits(argument):
            yield QueryMistake(
                text, argument.span, f"{name}() wants {parameter.says} here", how, rule="wrong-arguments"
            )
    if extra := placed[len(signature.parameters) :]:
        count = len(signature.parameters)
        span = (extra[0].span[0], extra[-1].span[1])
        yield QueryMistake(
            text,
            span,
            f"{name}() takes {count or 'no'} argument{'' if count == 1 else 's'}",
            how,
            rule="wrong-arguments",
        )
    missing = [parameter.says for parameter in signature.parameters[len(placed) :] if parameter.required]
    if missing:
        yield QueryMistake(text, at, f"{name}() lacks {missing[0]}", how, rule="wrong-arguments")
    for option in arguments:
        if isinstance(option, NamedArgument) and option.name not in signature.options:
            hint = did_you_mean(option.name, signature.options)
            yield QueryMistake(
                text, option.span, f"{name}() has no option {option.name}", hint, rule="wrong-arguments"
            )


def usage(name: str, signature: Signature) -> str:
    """How a function is called, for a hint."""
    says = (
        parameter.says if parameter.required else f"[{parameter.says}]" for parameter in signature.parameters
    )
    return f"write {name}({'; '.join(says)})"
