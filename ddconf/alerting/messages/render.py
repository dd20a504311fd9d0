"""A template as one notification shows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from html import escape

from ddconf.alerting.messages.calls import evaluate, local_time, urlencode
from ddconf.alerting.messages.conditions import CONDITIONS, OF_VALUES, holds
from ddconf.alerting.messages.context import Context
from ddconf.alerting.messages.recipients import Recipient, recipients_of
from ddconf.alerting.messages.template import read
from ddconf.alerting.messages.text import text_of
from ddconf.alerting.messages.tree import Argument, Block, LiteralText, Node, TemplateFunction, VariableTag

_OF_THE_MONITOR = frozenset({"comparator"})
"""Variables that hold no data from outside: `{{comparator}}` prints `>`."""


@dataclass(frozen=True, slots=True)
class RenderedMessage:
    """The text without the white space around it, who gets it, and its priority (1 to 5)."""

    text: str
    recipients: tuple[Recipient, ...]
    priority: int | None
    shown: frozenset[int] = frozenset()
    """The positions of the blocks whose body is in the text."""


def render(template: str, context: Context) -> RenderedMessage:
    """What is mistaken in a template renders as nothing; `mistakes_in` tells."""
    rendering = _Rendering(context)
    text = rendering.text(read(template)).strip()
    recipients = recipients_of(text, rendering.context)
    return RenderedMessage(text, recipients, rendering.context.priority, frozenset(rendering.shown))


def render_text(template: str, context: Context) -> str:
    return _Rendering(context).text(read(template)).strip()


class _Rendering:
    """One pass from start to end: `override_priority` counts from where it stands."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.shown: set[int] = set()

    def text(self, nodes: Iterable[Node]) -> str:
        return "".join(self._node(node) for node in nodes)

    def _node(self, node: Node) -> str:
        match node:
            case LiteralText(text):
                return text
            case VariableTag(name, escaped):
                text = text_of(self.context.value(name))
                return escape(text) if escaped and name not in _OF_THE_MONITOR else text
            case TemplateFunction():
                return self._call(node)
            case Block():
                return self._block(node)
        raise AssertionError(node)

    def _block(self, block: Block) -> str:
        if block.name not in CONDITIONS:
            return ""
        arguments = tuple(self._argument(argument) for argument in block.arguments)
        if block.name in OF_VALUES and block.arguments and isinstance(block.arguments[0], str):
            value = text_of(self.context.value(block.arguments[0]))
            arguments = (value, *arguments[1:])
        shown = holds(block.name, arguments, self.context) is not block.inverted
        if shown:
            self.shown.add(block.position)
        return self.text(block.body if shown else block.otherwise)

    def _argument(self, argument: Argument) -> str:
        return self._call(argument) if isinstance(argument, TemplateFunction) else argument

    def _call(self, call: TemplateFunction) -> str:
        arguments = [self._argument(argument) for argument in call.arguments]
        match call.name, arguments:
            case "eval", [expression]:
                return evaluate(expression, self.context)
            case "local_time", [name, zone]:
                return local_time(name, zone, self.context)
            case "urlencode", [name]:
                return urlencode(name, self.context)
            case "override_priority", [priority] if priority[1:].isdigit():
                self.context = replace(self.context, priority=int(priority[1:]))
        return ""
