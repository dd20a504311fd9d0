"""The grok parsers of a pipeline, of a file or of texts, and what they make of single lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ddconf.definitions.files import decode, read_bytes, shown
from ddconf.definitions.yaml import reader
from ddconf.document import JSON, Document, get
from ddconf.errors import DdconfError, Diagnostic, Source
from ddconf.pipelines.asset import to_api
from ddconf.pipelines.grok import Explanation, Grok, GrokError, GrokTimeout, Mistake, RuleMatch, compile_grok
from ddconf.pipelines.processors.grok_parser import trimmed

_RULE_FILES = (".yaml", ".yml", ".json")


@dataclass(frozen=True, slots=True)
class Parser:
    """The rules of a grok parser, and its samples; `source` is the attribute that it reads."""

    name: str
    match_rules: str
    support_rules: str = ""
    samples: tuple[str, ...] = ()
    source: str = "message"

    def compiled(self) -> Grok:
        return compile_grok(self.match_rules, self.support_rules)


@dataclass(frozen=True, slots=True)
class ParsedLine:
    """What came of one line: a match, or how far the best rule came; `runaway` is a rule that was stopped."""

    text: str
    match: RuleMatch | None = None
    explanation: Explanation | None = None
    runaway: str = ""


def parse(grok: Grok, text: str, *, explain: bool = True) -> ParsedLine:
    """One line through the rules, which see it without blanks around it; `explain` says where they stop."""
    text = trimmed(text)
    try:
        if match := grok.match(text):
            return ParsedLine(text, match)
        return ParsedLine(text, explanation=grok.explain(text) if explain else None)
    except GrokTimeout as error:
        return ParsedLine(text, runaway=error.rule)


def parsers_of(pipeline: Document, name: str | None = None) -> tuple[Parser, ...]:
    """The grok parsers of a pipeline, at any depth, or those of one name; raises DdconfError for none."""
    found = tuple(_parsers(to_api(pipeline)))
    chosen = tuple(parser for parser in found if name in (None, parser.name))
    if not chosen:
        known = ", ".join(f"'{parser.name}'" for parser in found) or "none"
        message = f"no grok parser '{name}'" if name else "the pipeline has no grok parser"
        raise DdconfError(Diagnostic(message, hint=f"there are: {known}" if name else ""))
    return chosen


def _parsers(node: JSON) -> Iterator[Parser]:
    processors = node.get("processors") if isinstance(node, dict) else None
    for item in processors if isinstance(processors, list) else []:
        if isinstance(item, dict) and item.get("type") == "grok-parser":
            yield _parser(item)
        yield from _parsers(item)


def _parser(processor: Document) -> Parser:
    samples = processor.get("samples")
    return Parser(
        str(processor.get("name", "")),
        str(get(processor, ("grok", "match_rules"), "")),
        str(get(processor, ("grok", "support_rules"), "") or ""),
        tuple(item for item in samples if isinstance(item, str)) if isinstance(samples, list) else (),
        str(processor.get("source", "message")),
    )


def read_rules(file: Path, support: str = "") -> tuple[Parser, ...]:
    """The parsers of a file: a text of match rules, a pipeline of an integration, or YAML with `match_rules`.

    Raises DdconfError where it holds no rules.
    """
    text = decode(read_bytes(file), shown(file))
    if not file.name.endswith(_RULE_FILES):
        return (Parser(file.name, text, support),)
    for document, _ in reader.load(text, shown(file), last_wins=True):
        if not isinstance(document, dict):
            continue
        converted = to_api(document)
        if isinstance(converted.get("processors"), list):
            return parsers_of(document)
        rules = converted if "match_rules" in converted else converted.get("grok")
        if isinstance(rules, dict) and "match_rules" in rules:
            return (_parser({"name": file.name, **converted, "grok": rules}),)
    hint = "it holds `match_rules: |`, or is plain text with a rule on each line"
    raise DdconfError(Diagnostic("there are no grok rules in this file", Source(shown(file), 1, 1), hint))


def compiled(parsers: tuple[Parser, ...]) -> tuple[Grok, ...]:
    """The parsers' rules, compiled; raises DdconfError with every mistake, drawn in its rule."""
    found: list[Grok] = []
    mistakes: list[Diagnostic] = []
    for parser in parsers:
        try:
            found.append(parser.compiled())
        except GrokError as error:
            mistakes += (_drawn(parser, mistake) for mistake in error.mistakes)
    if mistakes:
        raise DdconfError(*mistakes)
    return tuple(found)


def _drawn(parser: Parser, mistake: Mistake) -> Diagnostic:
    """The mistake with its line and carets: the rules may come from a flag, so there is no file to show."""
    text = parser.match_rules if mistake.text == "match" else parser.support_rules
    line = text.split("\n")[mistake.line - 1]
    caret = " " * (mistake.column - 1) + "^" * mistake.length
    place = f"{mistake.text} rules of '{parser.name}', line {mistake.line}, column {mistake.column}"
    return Diagnostic(f"{place}: {mistake.message}\n  {line}\n  {caret}", hint=mistake.hint)
