"""What a shell offers behind flags and for arguments: kinds, addresses, environments, formats.

Whatever goes wrong, nothing is offered and nothing is said: the person is in the middle of a line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click

from ddconf.cli.options import CommonOptions

Offers = Callable[[click.Context, click.Parameter, str], list[str]]


def _silent(offers: Callable[[CommonOptions], Iterable[str]]) -> Offers:
    """Those of the words that begin as the person has; none where they cannot be known."""

    def complete(ctx: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
        try:
            given = CommonOptions.merged(ctx.find_root().params, ctx.params)
            return sorted(word for word in set(offers(given)) if word.startswith(incomplete))
        except (Exception, SystemExit):
            return []

    return complete


def _kinds(_given: CommonOptions) -> Iterable[str]:
    from ddconf.kind import kind_names

    return kind_names()


def _owned(given: CommonOptions) -> Iterable[str]:
    from ddconf.cli.workspace import open_workspace
    from ddconf.state.journal import load_state

    state = load_state(open_workspace(given).backend)
    return map(str, state.entries) if state else ()


def _defined(given: CommonOptions) -> Iterable[str]:
    """The definitions of a folder that ddconf knows; any other one may be a whole disk."""
    from ddconf.cli.workspace import open_workspace

    workspace = open_workspace(given)
    if not ((workspace.root / "ddconf.yaml").exists() or workspace.private.exists()):
        return ()
    return map(str, workspace.definitions(lambda *_said, **_how: None).items)


def _either(given: CommonOptions) -> Iterable[str]:
    """What is defined, and what the state has; either where the other cannot be read."""
    found: list[str] = []
    for source in (_defined, _owned):
        try:
            found += source(given)
        except (Exception, SystemExit):
            continue
    return found


def _environments(given: CommonOptions) -> Iterable[str]:
    from ddconf.definitions.yaml import reader

    file = (given.chdir or Path()) / "ddconf.yaml"
    settings: dict[str, dict[str, Any]] = reader.load(file.read_text(encoding="utf-8"), str(file))[0][0]
    return settings.get("environments", {})


def words(*offered: str) -> Offers:
    """A list that is always the same."""
    return _silent(lambda _given: offered)


kinds = _silent(_kinds)
owned = _silent(_owned)
addresses = _silent(_either)
environments = _silent(_environments)
