"""From text to the tree of a metric query or a formula: recursive descent without a lexer.

What follows a name says what it is: `sum:`, `sum(`, `sum{` are an aggregator, a function, a metric.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from ddconf.queries.reader import did_you_mean
from ddconf.queries.scopes import ScopeReader
from ddconf.queries.tree import (
    Argument,
    Arithmetic,
    Braces,
    CountCondition,
    Expression,
    FormulaCall,
    Method,
    MethodChain,
    Name,
    NamedArgument,
    Negative,
    Number,
    Series,
    Span,
    Text,
    Word,
)

AGGREGATORS = ("avg", "sum", "min", "max", "count", "stddev")
KEYWORDS = frozenset(
    ("avg", "sum", "min", "max", "count", "daily", "weekly", "monthly", "null", "zero", "last", "linear")
)
_PERCENTILE = re.compile(r"p(\d{1,2}(?:\.\d{1,2})?)")
_NUMBER = re.compile(r"(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?(?![\w.])")
_TEXT = re.compile(r"'([^']*)'|\"([^\"]*)\"")
_WORD = re.compile(r"[A-Za-z_$][\w.$/-]*")
_NAME = re.compile(r"[A-Za-z_]\w*")
_BY = re.compile(r"by(?=\s*\{|\s)")
_COUNTED = re.compile(r"\(\s*v\s*:\s*v\s*(<=|>=|==|!=|<|>)\s*(-?\d+(?:\.\d*)?(?:[eE][-+]?\d+)?)\s*\)\s*:")
_NAMED = re.compile(r"([A-Za-z_]\w*)\s*=(?!=)")
_BARE = re.compile(r"([A-Za-z_]\w*)(?=\s*[,)])")
_KEPT = re.compile(r"\{\s*([\w*$.:,\s/-]*?)\s*\}")
_MOST_OPERANDS = 300


def is_aggregator(name: str) -> bool:
    """`avg`, `sum`, ... or a percentile between p0 and p100."""
    found = _PERCENTILE.fullmatch(name)
    return name in AGGREGATORS or (found is not None and float(found[1]) > 0)


class ExpressionReader(ScopeReader):
    """Arithmetic, functions and arguments; what an operand is, the readers of the two languages say."""

    def expression(self) -> Expression:
        left = self.term()
        for _ in range(_MOST_OPERANDS):
            sign = self.peek()
            if sign != "+" and sign != "-":
                return left
            self.at += 1
            right = self.term()
            left = Arithmetic(sign, left, right, (left.span[0], right.span[1]))
        raise self.too_long()

    def term(self) -> Expression:
        left = self.unary()
        for _ in range(_MOST_OPERANDS):
            sign = self.peek()
            if sign != "*" and sign != "/":
                return left
            self.at += 1
            right = self.unary()
            left = Arithmetic(sign, left, right, (left.span[0], right.span[1]))
        raise self.too_long()

    def too_long(self) -> Exception:
        return self.mistake(f"more than {_MOST_OPERANDS} operands in a row", "split the query")

    def unary(self) -> Expression:
        sign = self.peek()
        if sign != "-" and sign != "+":
            return self.primary()
        start = self.at
        self.at += 1
        operand = self.nested(self.unary)
        if sign == "+":
            return operand
        span = (start, operand.span[1])
        return Number(-operand.value, span) if isinstance(operand, Number) else Negative(operand, span)

    def primary(self) -> Expression:
        sign = self.peek()
        if sign == "(":
            return self.parenthesised()
        if sign.isdigit() or sign == ".":
            return self.number()
        if not sign or sign in ")}],*/":
            raise self.mistake("an operand is missing here", "an operator needs one on both sides")
        return self.operand()

    def operand(self) -> Expression:
        raise NotImplementedError

    def number(self) -> Number:
        found = self.match(_NUMBER)
        if found is None or (value := float(found[0])) == float("inf"):
            raise self.mistake("this is not a number")
        return Number(value, found.span())

    def parenthesised(self) -> Expression:
        start = self.at
        self.at += 1
        inner = self.nested(self.expression)
        self.expect(")", "a parenthesis is not closed before this", "add the missing )")
        methods = self.methods()
        return MethodChain(inner, methods, (start, self.at)) if methods else inner

    def call(self, name: str, name_span: Span, aggregator: str | None = None) -> FormulaCall:
        """From the opening parenthesis on."""
        arguments = self.arguments(self.argument)
        methods = self.methods()
        return FormulaCall(name, arguments, methods, aggregator, (name_span[0], self.at), name_span)

    def methods(self) -> tuple[Method, ...]:
        methods: list[Method] = []
        end = self.at
        while self.peek() == ".":
            self.at += 1
            name = self.match(_NAME)
            if name is None:
                raise self.mistake("the name of a method is missing here", "for example .rollup(sum, 60)")
            if self.peek() != "(":
                raise self.mistake_at(
                    name.span(), f"method {name[0]} has no parentheses", f"write .{name[0]}()"
                )
            methods.append(Method(name[0], self.arguments(self.method_argument), (name.start(), self.at)))
            end = self.at
        self.at = end  # blanks belong to what follows
        return tuple(methods)

    def arguments(self, read: Callable[[], Argument]) -> tuple[Argument, ...]:
        opened = self.at
        self.at += 1
        if self.take(")"):
            return ()
        arguments = [self.nested(read)]
        while self.take(","):
            arguments.append(self.nested(read))
        if not self.peek():
            raise self.mistake_at(
                (opened, opened + 1), "this parenthesis is never closed", "add the missing )"
            )
        self.expect(")", "a comma or ) belongs here")
        return tuple(arguments)

    def method_argument(self) -> Argument:
        """As that of a function, or a word such as the `sum` of `.rollup(sum, 60)`."""
        self.peek()
        bare = _BARE.match(self.text, self.at)
        if bare and (bare[1] in KEYWORDS or is_aggregator(bare[1])):
            self.at = bare.end()
            return Word(bare[1], bare.span(1))
        return self.argument()

    def argument(self) -> Argument:
        sign = self.peek()
        if sign in ("'", '"'):
            return self.quoted()
        if found := self.match(_NAMED):
            value = self.simple_value()
            return NamedArgument(found[1], value, (found.start(), self.at))
        if sign == "{":
            found = self.match(_KEPT)
            if found is None:
                raise self.mistake("this brace is never closed", "add the missing }")
            tags = tuple(tag.strip() for tag in found[1].split(",") if tag.strip())
            return Braces(tags, found.span())
        return self.expression()

    def quoted(self) -> Text:
        found = self.match(_TEXT)
        if found is None:
            raise self.mistake("this quote is never closed", "add the missing quote")
        return Text(found[1] if found[1] is not None else found[2], found.span())

    def simple_value(self) -> Number | Text | Word:
        sign = self.peek()
        if sign in ("'", '"'):
            return self.quoted()
        if found := self.match(_NAME):
            return Word(found[0], found.span())
        start = self.at
        negative = self.take("-")
        number = self.number()
        return Number(-number.value if negative else number.value, (start, number.span[1]))


class MetricReader(ExpressionReader):
    """Operands are metrics with a scope."""

    def expressions(self) -> tuple[Expression, ...]:
        """The list that a widget's `q` may be."""
        found = [self.expression()]
        while self.take(","):
            found.append(self.expression())
        return tuple(found)

    def operand(self) -> Expression:
        found = self.match(_WORD)
        if found is None:
            raise self.mistake("a metric with its scope belongs here", "for example avg:system.load.1{*}")
        name, span = found[0], found.span()
        sign = self.peek()
        if sign == "{":
            return self.series(None, name, span)
        if sign == "(":
            if name == "count" and (counted := _COUNTED.match(self.text, self.at)):
                self.at = counted.end()
                return self.counted(span, CountCondition(counted[1], float(counted[2])))
            return self.call(name, span)
        if sign == ":":
            return self.aggregated(name, span)
        raise self.no_scope(name, span)

    def aggregated(self, aggregator: str, span: Span) -> Expression:
        if not is_aggregator(aggregator):
            hint = did_you_mean(aggregator, AGGREGATORS) or "avg, sum, min, max, count, or p1 to p99.99"
            raise self.mistake_at(span, f"no such aggregator: {aggregator}", hint)
        self.at += 1
        name, metric_span = self.metric()
        if self.peek() == "(":
            return self.call(name, metric_span, aggregator)
        return self.series(aggregator, name, metric_span, start=span[0])

    def metric(self) -> tuple[str, Span]:
        found = self.match(_WORD)
        if found is None:
            raise self.mistake("the name of a metric is missing here", "it begins with a letter")
        return found[0], found.span()

    def counted(self, span: Span, counted: CountCondition) -> Series:
        name, metric_span = self.metric()
        return self.series("count", name, metric_span, counted, span[0])

    def series(
        self,
        aggregator: str | None,
        metric: str,
        at: Span,
        counted: CountCondition | None = None,
        start: int = -1,
    ) -> Series:
        if self.peek() != "{":
            raise self.no_scope(metric, at)
        scope = self.scope()
        end = self.at
        by = self.groups() if self.match(_BY) else ()
        self.at = self.at if by else end
        methods = self.methods()
        span = (at[0] if start < 0 else start, self.at)
        return Series(aggregator, metric, scope, by, methods, counted, span, at)

    def no_scope(self, name: str, span: Span) -> Exception:
        quoting = f" or, if it is a text, '{name}'" if "." not in name else ""
        return self.mistake_at(span, f"metric {name} has no scope", f"write {name}{{*}}{quoting}")


class FormulaReader(ExpressionReader):
    """Operands are names of queries."""

    def operand(self) -> Expression:
        found = self.match(_NAME)
        if found is None:
            raise self.mistake("the name of a query belongs here", "for example query1 / query2 * 100")
        if self.peek() == "(":
            return self.call(found[0], found.span())
        return Name(found[0], found.span())
