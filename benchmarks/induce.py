"""Rules from samples: how many lines that the rules have not seen they match, for each kind of log."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ddconf.pipelines.grok import GrokTimeout
from ddconf.pipelines.induce import induce

_FEWEST = 8
_NTH_HELD_OUT = 4
_ENOUGH = 0.95


@dataclass(frozen=True)
class HeldOut:
    """Lines of one kind held out, those matched, those by more than a head, those by more than a layout."""

    kind: str
    seen: int
    lines: int
    matched: int
    typed: int
    formed: int


def measured(kind: str, lines: list[str]) -> HeldOut:
    """Every fourth different line is held out."""
    distinct = list(dict.fromkeys(line.strip() for line in lines if line.strip()))
    held = distinct[_NTH_HELD_OUT - 1 :: _NTH_HELD_OUT]
    seen = [line for index, line in enumerate(distinct, 1) if index % _NTH_HELD_OUT]
    induction = induce(seen)
    general = {rule.name for rule in induction.rules if rule.general}
    layouts = {rule.name for rule in induction.rules if rule.layout}
    grok, matched, typed, formed = induction.grok(), 0, 0, 0
    for line in held:
        try:
            match = grok.match(line)
        except GrokTimeout:
            continue
        matched += match is not None
        typed += match is not None and match.rule not in general
        formed += match is not None and match.rule not in general | layouts
    return HeldOut(kind, len(seen), len(held), matched, typed, formed)


def kinds(corpus: Path) -> Iterator[tuple[str, list[str]]]:
    """The kinds of text logs with enough lines."""
    for folder in sorted((corpus / "samples").iterdir()):
        files = sorted(folder.glob("*.log"))
        if lines := [line for file in files for line in file.read_text(errors="replace").splitlines()]:
            yield folder.name, lines
    for file in sorted((corpus / "logs" / "pipelines").glob("*.json")):
        tests = json.loads(file.read_text())["tests"]
        samples = [test.get("sample") for test in tests]
        lines = [text for text in samples if isinstance(text, str) and not text.lstrip().startswith("{")]
        if len(lines) >= _FEWEST:
            yield file.stem, lines


def main() -> None:
    """Print the table; the corpus is DDCONF_CORPUS."""
    corpus = os.environ.get("DDCONF_CORPUS")
    if not corpus:
        print("not measured: set DDCONF_CORPUS to the folder with the recorded logs")
        return
    print(f"{'kind':36}{'seen':>6}{'held out':>10}{'matched':>9}{'no catch-all':>14}{'by form':>9}")
    enough = 0
    for kind, lines in kinds(Path(corpus)):
        row = measured(kind, lines)
        shares = (
            f"{row.matched / row.lines:>9.0%}{row.typed / row.lines:>14.0%}{row.formed / row.lines:>9.0%}"
        )
        enough += row.typed >= _ENOUGH * row.lines
        print(f"{row.kind:36}{row.seen:>6}{row.lines:>10}{shares}", flush=True)
    print(f"{enough} kinds with at least {_ENOUGH:.0%} of the lines held out matched without a catch-all")


if __name__ == "__main__":
    main()
