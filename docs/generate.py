"""Writes what follows from the code; run by `make docs`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import click

from ddconf.cli.group import ddconf
from ddconf.kind import Kind, find_kind, kind_names
from ddconf.lint.explain import EXAMPLES
from docs.lint_rules import examples_file, rules_page

DOCS = Path(__file__).parent
NOTE = "<!-- Made by `make docs`; edit the code instead. -->"


def pages() -> dict[Path, str]:
    """Every generated page and its text."""
    return {
        DOCS / "cli.md": cli_page(),
        DOCS / "kinds.md": kinds_page(),
        EXAMPLES: examples_file(),
        DOCS / "lint-rules.md": rules_page(NOTE),
        DOCS.parent / "ddconf" / "cli" / "help.txt": overview(),
    }


def overview() -> str:
    """What `ddconf --help` prints on a terminal of 80 columns or more."""
    context = click.Context(ddconf, info_name="ddconf", terminal_width=78, **ddconf.context_settings)
    return context.get_help() + "\n"


def cli_page() -> str:
    """The help of every command."""
    sections = [f"## {name}\n\n```text\n{text}\n```" for name, text in helps(ddconf, "ddconf")]
    return "\n\n".join(["# Commands", NOTE, *sections]) + "\n"


def helps(command: click.Command, name: str) -> Iterator[tuple[str, str]]:
    """A command's full name and help, then those of the commands below it."""
    settings = ddconf.context_settings
    context = click.Context(command, info_name=name, max_content_width=100, terminal_width=100, **settings)
    yield name, command.get_help(context).rstrip()
    if isinstance(command, click.Group):
        for below in command.list_commands(context):
            found = command.get_command(context, below)
            assert found is not None, f"{name} lists {below} and does not have it"
            yield from helps(found, f"{name} {below}")


def kinds_page() -> str:
    """A table of the kinds per product area."""
    kinds = sorted(map(find_kind, kind_names()), key=lambda kind: (kind.area, kind.name))
    tables = [
        "\n".join([f"## {area}", "", *_HEAD, *map(_row, members)])
        for area, members in groupby(kinds, key=lambda kind: kind.area)
    ]
    left_out = (DOCS / "kinds-left-out.md").read_text(encoding="utf-8").rstrip()
    parts = [f"# Kinds: {len(kinds)}", NOTE, _INTRODUCTION, *tables, "## Not managed", left_out]
    return "\n\n".join(parts) + "\n"


_INTRODUCTION = (
    "`ddconf kinds KIND` says more about one. An object that the state does not know is found by its key; "
    "a change of a field in the seventh column replaces it. "
    "Tier 1 is what nearly every organisation has, 3 the rest. "
    "The column *known by* tells what the kind's tables were held against: `recorded` writes to Datadog and "
    "their answers, recorded `reads`, a `scenario` of the official client, or its `model` alone."
)
_HOW_KNOWN: dict[str, str] = json.loads((DOCS / "how_known.json").read_text(encoding="utf-8"))
_HEAD = (
    "| kind | tier | known by | what | can | key | replaced by a change of | in Terraform | notes |",
    "|---|---|---|---|---|---|---|---|---|",
)


def _row(kind: Kind) -> str:
    notes = " ".join(filter(None, map(_sentence, (kind.irreversible, kind.opt_in, kind.manual, kind.notes))))
    fixed = "anything" if kind.fixed == ("*",) else _fields(kind.fixed)
    fields = (_fields(kind.key), fixed, _fields(kind.terraform))
    known_by = _HOW_KNOWN.get(kind.name, "by hand")
    cells = (f"`{kind.name}`", str(kind.tier), known_by, kind.title, _verbs(kind), *fields, notes)
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip('.')}." if text else ""


def _verbs(kind: Kind) -> str:
    calls = ("create", "read", "list", "update", "delete")
    has = [name for name in calls if kind.api is not None and getattr(kind.api, name) is not None]
    return ", ".join(has) or "by hand"


def _fields(paths: tuple[str, ...]) -> str:
    return ", ".join(f"`{path}`" for path in paths)


def main() -> None:
    for file, text in pages().items():
        file.write_text(text, encoding="utf-8")
        print(f"wrote {file}")


if __name__ == "__main__":
    main()
