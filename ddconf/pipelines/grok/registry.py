"""The registries of matchers and filters: a decorated function per name, called with a token's arguments.

Parameters of the function are the arguments the name takes, checked against their annotations. `now` and
`timeout` are not arguments: a function that declares them gets the clock and the limit of the compilation.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from typing import Any, TypeAlias, TypeVar

from ddconf.pipelines.grok.errors import PatternError, did_you_mean
from ddconf.pipelines.grok.java import parse_pattern
from ddconf.pipelines.grok.tree import Argument, GrokFunction, Node, RegexScope

Clock: TypeAlias = Callable[[], datetime]
Filter: TypeAlias = Callable[[Any], Any]
Make = TypeVar("Make", bound=Callable[..., Any])
Example: TypeAlias = tuple[str, str, Any]
"""A token, a text, and the attributes stored; None where the token does not match the text."""


class FilterError(Exception):
    """A text that a matcher or filter cannot convert; the attribute is left out."""


class ArgumentError(Exception):
    """An argument that a matcher or filter cannot work with."""


@dataclass(frozen=True, slots=True)
class MatcherDefinition:
    """What a matcher means: the tree of the text it takes, and how that text becomes a value."""

    node: Node
    convert: Callable[[str], Any] | None = None


@dataclass(frozen=True, slots=True)
class RegisteredFunction:
    """A registered matcher or filter; `about` is its documentation."""

    name: str
    make: Callable[..., Any]
    examples: tuple[Example, ...]

    @property
    def about(self) -> str:
        return inspect.cleandoc(self.make.__doc__ or "")


@dataclass(frozen=True, slots=True)
class CompilationSettings:
    """What a compilation gives to the functions that ask for it."""

    now: Clock
    timeout: float


@lru_cache(maxsize=1024)
def pattern_tree(pattern: str) -> Node:
    """The tree of a pattern without tokens; raises PatternError."""
    return RegexScope(parse_pattern(pattern, tokens=False))


_KINDS = {str: "str", int: "float", float: "float", bool: "bool"}
_WORDS = {"str": "text in quotes", "float": "a number", "bool": "true or false"}

MATCHERS: dict[str, RegisteredFunction] = {}
FILTERS: dict[str, RegisteredFunction] = {}


def matcher(name: str, *examples: Example) -> Callable[[Make], Make]:
    """Registers a function (arguments) -> Matched under the name rules use."""
    return _register(MATCHERS, name, examples)


def grok_filter(name: str, *examples: Example) -> Callable[[Make], Make]:
    """Registers a function (arguments) -> Filter under the name rules use."""
    return _register(FILTERS, name, examples)


def _register(
    entries: dict[str, RegisteredFunction], name: str, examples: tuple[Example, ...]
) -> Callable[[Make], Make]:
    def register(make: Make) -> Make:
        entries[name] = RegisteredFunction(name, make, examples)
        return make

    return register


def build_matcher(call: GrokFunction, settings: CompilationSettings) -> MatcherDefinition:
    """The meaning of a matcher's call; raises PatternError."""
    meaning: MatcherDefinition = _build(MATCHERS, "matcher", call, settings)
    return meaning


def build_filter(call: GrokFunction, settings: CompilationSettings) -> Filter:
    """The function that a filter's call means; raises PatternError."""
    function: Filter = _build(FILTERS, "filter", call, settings)
    return function


def _build(
    entries: dict[str, RegisteredFunction], what: str, call: GrokFunction, settings: CompilationSettings
) -> Any:
    entry = entries.get(call.name)
    if entry is None:
        hint = did_you_mean(call.name, entries)
        raise PatternError(f"unknown {what} '{call.name}'", call.start, call.start + len(call.name), hint)
    try:
        return entry.make(*_arguments(entry, call, settings), **_settings(entry.make, settings))
    except ArgumentError as error:
        message = f"{what} '{call.name}': {error}"
        raise PatternError(message, call.start, call.end, usage(entry)) from None


def _arguments(entry: RegisteredFunction, call: GrokFunction, settings: CompilationSettings) -> list[Any]:
    parameters = _parameters(entry.make)
    required = sum(item.default is item.empty and item.kind is not item.VAR_POSITIONAL for item in parameters)
    if parameters and parameters[-1].kind is inspect.Parameter.VAR_POSITIONAL:
        parameters += (parameters[-1],) * (len(call.args) - len(parameters))
    if not required <= len(call.args) <= len(parameters):
        raise ArgumentError(f"{len(call.args) or 'no'} arguments given")
    pairs = zip(call.args, parameters, strict=False)
    return [_argument(argument, item, settings) for argument, item in pairs]


def _argument(argument: Argument, parameter: inspect.Parameter, settings: CompilationSettings) -> Any:
    """The argument as its parameter wants it: `str`, `float`, `bool` or a `Filter` built from a call."""
    wanted = str(parameter.annotation).split(" | ")
    if isinstance(argument, GrokFunction) and "Filter" in wanted:
        return build_filter(argument, settings)
    if _KINDS.get(type(argument)) not in wanted:
        written = str(argument) if isinstance(argument, GrokFunction) else json.dumps(argument)
        raise ArgumentError(f"{written} is not {_WORDS[wanted[0]]}")
    return argument


@cache
def _parameters(make: Callable[..., Any]) -> tuple[inspect.Parameter, ...]:
    signature = inspect.signature(make)
    return tuple(item for item in signature.parameters.values() if item.kind is not item.KEYWORD_ONLY)


@cache
def _setting_names(make: Callable[..., Any]) -> tuple[str, ...]:
    parameters = inspect.signature(make).parameters.values()
    return tuple(item.name for item in parameters if item.kind is item.KEYWORD_ONLY)


def _settings(make: Callable[..., Any], settings: CompilationSettings) -> dict[str, Any]:
    return {name: getattr(settings, name) for name in _setting_names(make)}


def usage(entry: RegisteredFunction) -> str:
    """How to write it: `date(format, zone?, locale?)`; a question mark means that it may be left out."""
    names = [item.name + "?" * (item.default is not item.empty) for item in _parameters(entry.make)]
    return f"usage: {entry.name}({', '.join(names)})" if names else f"usage: {entry.name}"
