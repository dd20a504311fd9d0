"""Queries of monitors as methods one after the other: `logs("...").rollup("count").last("5m") > 10`."""

from __future__ import annotations

import re

from ddconf.pipelines.query import QueryError
from ddconf.queries.expressions import FormulaReader, MetricReader
from ddconf.queries.monitors import Comparison
from ddconf.queries.problem import moved
from ddconf.queries.tree import Argument, Expression, Method, Number, Text, Word

HEAD = re.compile(r"([\w-]+)\s*\(")
_COMPARATOR = re.compile(r"<=|>=|==|!=|<|>")
_THRESHOLD = re.compile(r"-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?(?![\w.])")
_NAME = re.compile(r"[A-Za-z_]\w*")
_NAMED = re.compile(r"[A-Za-z_]\w*\s*=")
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_SINGLE = re.compile(r"'((?:[^'\\]|\\.)*)'", re.DOTALL)
_ESCAPE = re.compile(r'\\(["\'\\])')
_BARE = re.compile(r"[A-Za-z0-9_@.-]+")


class ChainReader(MetricReader):
    """Reads heads, methods and the comparison at the end; searches stay texts."""

    def head(self, quotes: str) -> tuple[str, Text]:
        """`logs("...")`."""
        found = self.match(HEAD)
        if found is None:
            raise self.mistake("the query does not begin with a source", 'for example logs("status:error")')
        search = self.string(quotes)
        self.expect(")", "this parenthesis is never closed", "add the missing )")
        return found[1], search

    def chain(self, quotes: str, bare: bool = False) -> tuple[Method, ...]:
        """`.rollup("count").last("5m")`."""
        methods: list[Method] = []
        while self.take("."):
            name = self.match(_NAME)
            if name is None:
                raise self.mistake("the name of a method is missing here", 'for example .last("5m")')
            self.expect("(", f"method {name[0]} has no parentheses", f"write .{name[0]}(...)")
            arguments: list[Argument] = []
            while not self.take(")"):
                if arguments:
                    self.expect(",", "a comma or ) belongs here")
                arguments.append(self.chained(quotes, bare))
            methods.append(Method(name[0], tuple(arguments), (name.start(), self.at)))
        return tuple(methods)

    def chained(self, quotes: str, bare: bool) -> Argument:
        sign = self.peek()
        if sign in ("'", '"'):
            return self.string(quotes)
        if bare and (found := _BARE.match(self.text, self.at)) and not self.named_ahead():
            self.at = found.end()
            plain = _THRESHOLD.fullmatch(found[0])
            return Number(float(found[0]), found.span()) if plain else Word(found[0], found.span())
        return super(MetricReader, self).argument() if self.named_ahead() else self.number()

    def named_ahead(self) -> bool:
        return re.compile(r"[A-Za-z_]\w*\s*=").match(self.text, self.at) is not None

    def string(self, quotes: str) -> Text:
        sign = self.peek()
        if sign == "'" and "'" not in quotes:
            raise self.mistake("this text stands in single quotes", 'use double quotes: "..."')
        found = self.match(_STRING if sign == '"' else _SINGLE) if sign and sign in quotes else None
        if found is None:
            closed = "this quote is never closed" if sign == '"' else "a text in double quotes belongs here"
            raise self.mistake(closed)
        return Text(_ESCAPE.sub(r"\1", found[1]), found.span())

    def comparison(self) -> Comparison:
        comparator = self.match(_COMPARATOR)
        if comparator is None:
            message = "no comparison with a threshold" if not self.peek() else "an operator is missing here"
            raise self.mistake(message, "end with for example > 5")
        number = self.match(_THRESHOLD)
        if number:
            span = (comparator.start(), number.end())
            return Comparison(comparator[0], float(number[0]), span, number.span())
        word = self.match(_NAME)
        if word is None or word[0] != "threshold":
            raise self.mistake_at(
                word.span() if word else (self.at, self.at), "the threshold is a number", "for example > 5"
            )
        return Comparison(comparator[0], None, (comparator.start(), word.end()), word.span())


def formula_inside(text: str, formula: Text) -> Expression:
    """The tree of a formula that stands in quotes; mistakes point into the text around it."""
    start = formula.span[0] + 1
    reader = FormulaReader(formula.value)
    try:
        expression = reader.expression()
        reader.end("an operator is missing here", "formulas have + - * /")
    except QueryError as error:
        raise moved(error, text, start) from None
    return expression
