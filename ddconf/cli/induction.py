"""What `ddconf grok --induce` writes and says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import IO

import click

from ddconf.cli import exit_codes
from ddconf.errors import DdconfError, Diagnostic


def write_induced(root: Path, file: IO[str]) -> int:
    """Write pipeline, tests and facets to a new folder; exit with 1 where a line is not matched."""
    from ddconf.definitions.yaml.write import dump
    from ddconf.operations.pipeline_tests.induced import induced_definition

    name = re.sub(r"[^a-z0-9_-]+", "-", Path(file.name).stem.lower()).strip("-_")
    name = name if name[:1].isalpha() else f"logs-{name}".rstrip("-")
    lines = [line.rstrip("\r\n") for line in file]
    if not any(map(str.strip, lines)):
        raise DdconfError(f"{file.name} has no lines to make rules from")
    folder = root / name
    if folder.exists():
        hint = "remove it, or give the file another name"
        raise DdconfError(Diagnostic(f"the folder {folder} exists already", hint=hint))
    made = induced_definition(name, lines)
    folder.mkdir()
    documents = {"pipeline.yaml": made.pipeline, f"{name}.test.yaml": made.tests, "facets.yaml": made.facets}
    for file_name, document in documents.items():
        (folder / file_name).write_text(dump(document), encoding="utf-8")
    for rule in made.induction.rules:
        if count := made.matched[rule.name]:
            click.echo(f"{count:>6} lines  {rule.name}")
    total, failed = sum(made.matched.values()), len(made.induction.unproved)
    caught = sum(made.matched[rule.name] for rule in made.induction.rules if rule.general)
    by_head = f", {caught} of them only by what they begin with" if caught else ""
    click.echo(f"{total} of {total + failed} different lines matched{by_head}; wrote {folder}")
    return exit_codes.ERROR if failed else exit_codes.DONE
