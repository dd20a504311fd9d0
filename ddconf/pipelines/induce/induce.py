"""Rules for lines: a support rule for each common head, a rule for each form, specific ones first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from ddconf.pipelines.grok import Grok, compile_grok
from ddconf.pipelines.grok.unreachable import unreachable
from ddconf.pipelines.induce.clusters import clusters
from ddconf.pipelines.induce.heads import Line, headed
from ddconf.pipelines.induce.layouts import layouts
from ddconf.pipelines.induce.patterns import pattern_of, structured, support_of
from ddconf.pipelines.induce.tokens import tokens_of

_MOST_RULES = 60
"""Forms of few lines beyond these are left to the rules of their heads."""


@dataclass(frozen=True, slots=True)
class InducedRule:
    """A rule with the lines it was made from.

    `general` is one that takes any text after a head, `layout` one that takes any message after typed fields.
    """

    name: str
    pattern: str
    lines: tuple[str, ...]
    general: bool = False
    layout: bool = False

    def __str__(self) -> str:
        return f"{self.name} {self.pattern}"


@dataclass(frozen=True)
class Induction:
    """Rules in the order in which they are tried, and the lines that no rule of theirs matches."""

    rules: tuple[InducedRule, ...]
    support: tuple[tuple[str, str], ...]
    unproved: tuple[str, ...] = ()

    @property
    def match_rules(self) -> str:
        return "\n".join(map(str, self.rules))

    @property
    def support_rules(self) -> str:
        return "\n".join(f"{name} {pattern}" for name, pattern in self.support)

    def grok(self) -> Grok:
        return compile_grok(self.match_rules, self.support_rules)


def induce(lines: Sequence[str]) -> Induction:
    """Rules for these lines, proved on them: a line that its rule does not match is among the unproved."""
    wanted = [line.strip() for line in dict.fromkeys(lines) if line.strip()]
    rules: list[InducedRule] = []
    support: list[tuple[str, str]] = []
    tokens = [tokens_of(line) for line in wanted]
    groups = headed(tokens) if wanted else ()
    for number, (depth, group) in enumerate(_joined(groups), 1):
        taken: set[str] = set()
        head = pattern_of([line[:depth] for line in group], taken) if depth else ""
        if head:
            support.append((f"_head{number}", head))
        rules += _rules(f"%{{_head{number}}}" if head else "", depth, group, taken, number)
    rules.sort(key=lambda rule: (rule.general, -_specificity(rule)))
    found = [
        InducedRule(f"layout{number}", pattern, tuple(map(_text, group)), layout=True)
        for number, (pattern, group) in enumerate(islice(layouts(tokens), _MOST_RULES), 1)
    ]
    first_general = next((index for index, rule in enumerate(rules) if rule.general), len(rules))
    rules[first_general:first_general] = found
    named = support_of([rule.pattern for rule in rules] + [pattern for _, pattern in support])
    return _proved(Induction(tuple(rules), (*named, *support)))


def _joined(groups: Iterable[tuple[int, list[Line]]]) -> list[tuple[int, list[Line]]]:
    """Groups with the same keys in their heads as one."""
    found: dict[tuple[str, ...], tuple[int, list[Line]]] = {}
    for whole, group in groups:
        depth = _before_structure(group[0], whole)
        key = tuple(token.key for token in group[0][:depth])
        found.setdefault(key, (depth, []))[1].extend(group)
    return list(found.values())


def _before_structure(line: Line, depth: int) -> int:
    """The end of the head, earlier where a body that names its values begins earlier."""
    ends = [index for index in range(depth) if not index or line[index - 1].kind == "blank"]
    return next((index for index in ends if structured(_text(line[index:]))), depth)


def _rules(head: str, depth: int, group: list[Line], taken: set[str], number: int) -> list[InducedRule]:
    by_pattern: defaultdict[str, list[str]] = defaultdict(list)
    plain: list[Line] = []
    for line in group:
        body = "".join(token.text for token in line[depth:])
        if pattern := structured(body):
            by_pattern[pattern].append(_text(line))
        else:
            plain.append(line)
    for cluster in sorted(clusters([line[depth:] for line in plain]), key=len, reverse=True)[:_MOST_RULES]:
        pattern = pattern_of(cluster, set(taken))
        bodies = set(map(_text, cluster))
        by_pattern[pattern] += [_text(line) for line in plain if _text(line[depth:]) in bodies]
    rules = [
        InducedRule(f"form{number}_{index}", head + pattern, tuple(lines))
        for index, (pattern, lines) in enumerate(by_pattern.items(), 1)
    ]
    if head:
        texts = tuple(map(_text, group))
        rules.append(InducedRule(f"other{number}", f"{head}%{{data:text}}", texts, general=True))
    return rules


def _text(line: Line) -> str:
    return "".join(token.text for token in line)


def _specificity(rule: InducedRule) -> int:
    """How much of the rule stands for itself."""
    outside = Counter(rule.pattern)
    inside = sum(len(part.partition("}")[0]) + 2 for part in rule.pattern.split("%{")[1:])
    return outside.total() - inside


def _proved(induction: Induction) -> Induction:
    """Without the rules that can match nothing, and with the lines that no rule matches."""
    grok = induction.grok()
    needless = {late for late, _ in unreachable(grok.trees)}
    rules = tuple(rule for rule in induction.rules if rule.name not in needless)
    support = induction.support
    lines = dict.fromkeys(line for rule in induction.rules for line in rule.lines)
    failed = tuple(line for line in lines if grok.match(line) is None)
    return Induction(rules, _named(rules, support), failed)


def _named(rules: Sequence[InducedRule], support: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The support rules that the rules name, or that others name that they name."""
    text = "\n".join(rule.pattern for rule in rules)
    found = [(name, pattern) for name, pattern in support if f"%{{{name}}}" in text]
    inner = "\n".join(pattern for _, pattern in found)
    return tuple(item for item in support if item in found or f"%{{{item[0]}}}" in inner)
