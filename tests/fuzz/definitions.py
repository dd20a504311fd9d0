"""Random definition files, from text to plan and back: definitions or mistakes, never another exception."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from ddconf.address import Address
from ddconf.definitions.draw_diagnostic import draw
from ddconf.definitions.load import Definitions, load
from ddconf.definitions.settings import Settings
from ddconf.definitions.yaml import write
from ddconf.errors import DdconfError
from ddconf.kind import Live, find_kind
from ddconf.operations.validate import validate
from ddconf.plans import plan_json
from ddconf.plans.planner import DesiredConfiguration, PlanContext, make_plan
from ddconf.plans.scope import PlanScope
from ddconf.render import json as as_json
from ddconf.render import markdown, text
from ddconf.render.view import PlanView
from ddconf.state.model import Entry, State
from tests.e2e import thirty
from tests.e2e.stories import STORIES
from tests.fuzz._mutate import garble, mutate, whole

BATCH = 10_000
ENVIRONMENT = {"DDCONF_SECRET_X": "canary"}
PIECES = (
    *"{}[]:,\"'#&*!|>%@`-\n\t ?\\~$=<\x00\x85\ufeff",
    ": ",
    "- ",
    "---\n",
    "...",
    "<<: *a",
    "&a ",
    "*a",
    "!!int ",
    "0x1F",
    "1e999",
    ".inf",
    "${",
    "}",
    "${var.x}",
    "|2\n",
    ">-\n",
    "  ",
    "é",
    "\U0001f600",
)


def samples() -> list[dict[str, Any]]:
    """Definitions of every story, and thirty that refer to one another."""
    alone = [{story.kind: {"one": {"ddconf": {"protect": True}, **story.document}}} for story in STORIES]
    each = {"monitor": {"m": {"for_each": ["a", "b"], **thirty.monitor(1, "${each.key} ${var.x}")}}}
    return [*alone, each, thirty.before(), thirty.after()]


def random_text(chance: Random, pool: list[dict[str, Any]]) -> str:
    """A file: of a mutated value, of mutated text, or both."""
    value = chance.choice(pool)
    if chance.random() < 0.7:
        value = mutate(value, chance)
    try:
        body = (
            write.dump(value) if chance.random() < 0.5 else json.dumps(value, indent=chance.choice((None, 1)))
        )
    except (AttributeError, TypeError):
        body = json.dumps(value)
    return garble(body, PIECES, chance) if chance.random() < 0.5 else body


def check(folder: Path, content: str, chance: Random) -> bool:
    """Whether the file is well-formed; any exception but DdconfError goes through."""
    file = folder / "fuzz.yaml"
    file.write_bytes(content.encode("utf-8", "surrogatepass"))
    settings = Settings(
        root=folder, variables={"x": chance.choice(("v", 5, [1], {"a": "b"}))}, env=ENVIRONMENT
    )
    definitions = _or_mistakes(lambda: load(folder, settings))
    if definitions is None:
        return False
    for mistake in validate(definitions):
        draw(mistake)
    _or_mistakes(lambda: _planned(definitions, settings, chance))
    return True


def _or_mistakes(stage: Callable[[], Any]) -> Any:
    """What the stage gives; None when it found mistakes, each of which can be drawn."""
    try:
        return stage()
    except DdconfError as error:
        assert error.diagnostics
        for diagnostic in error.diagnostics:
            assert "canary" not in draw(diagnostic), diagnostic
        return None


def _planned(definitions: Definitions, settings: Settings, chance: Random) -> None:
    """Plan against objects that are nearly as defined, render the plan, and read it back."""
    live, state = _organisation(definitions, chance)
    plan = make_plan(
        DesiredConfiguration(definitions.items, definitions.moved),
        live,
        state,
        PlanContext(find_kind, settings.secret, "here", "2026-01-01T00:00:00+00:00"),
        PlanScope(destroy=chance.random() < 0.1),
    )
    for rendered in (text.render(plan, PlanView(color=True)), markdown.render(plan), as_json.render(plan)):
        assert "canary" not in rendered
    assert plan_json.loads(as_json.render(plan)) == plan


def _organisation(definitions: Definitions, chance: Random) -> tuple[Mapping[str, list[Live]], State]:
    live: dict[str, list[Live]] = {}
    entries: dict[Address, Entry] = {}
    for number, (address, definition) in enumerate(definitions.items.items()):
        found = live.setdefault(address.kind, [])
        document = whole(mutate(definition.document, chance))
        if chance.random() < 0.7 and isinstance(document, dict):
            found.append(Live(address.kind, str(number), document))
        if chance.random() < 0.5:
            entries[address] = Entry(str(number), definition.document, definition.document)
    return live, State("0" * 32, "here", entries=entries)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=100_000)
    options.add_argument("--seed", type=int, default=0)
    arguments = options.parse_args()
    pool = samples()
    well_formed = 0
    with TemporaryDirectory() as folder:
        for done in range(1, arguments.runs + 1):
            run = arguments.seed + done - 1
            chance = Random(run)
            content = random_text(chance, pool)
            try:
                well_formed += check(Path(folder), content, chance)
            except Exception as error:
                error.add_note(f"with --seed {run} --runs 1, and the file:\n{content[:3000]!r}")
                raise
            if done % BATCH == 0 or done == arguments.runs:
                print(
                    f"{done} files, {well_formed} of them well-formed: definitions or mistakes, nothing else",
                    flush=True,
                )


if __name__ == "__main__":
    main()
