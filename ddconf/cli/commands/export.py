"""Write what is live as definitions, and take it over."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ddconf.cli import exit_codes, options
from ddconf.cli.applying import locked
from ddconf.cli.group import Command
from ddconf.cli.planning import read_state
from ddconf.cli.workspace import Workspace, open_workspace
from ddconf.errors import DdconfError
from ddconf.kind import find_kind, kind_names

if TYPE_CHECKING:
    from ddconf.operations.export import Selection


@click.command(cls=Command, epilog="Example: ddconf export --kind monitor --name 'web-*'")
@options.common
@options.remote
@options.locking
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help="Only objects of this kind.")
@click.option(
    "--name", "names", multiple=True, metavar="PATTERN", help="Only names like this, as in 'web-*'."
)
@click.option("--out", type=click.Path(path_type=Path), default=Path(), help="Folder for new files.")
@click.option("--layout", type=click.Choice(["object", "kind"]), default="object", help="One file for each.")
@click.option("--all", "everything", is_flag=True, help="Kinds too whose writes need `allow_writes:`.")
@click.argument("objects", nargs=-1, metavar="[ID|URL]...")
def command(
    kinds: tuple[str, ...],
    names: tuple[str, ...],
    out: Path,
    layout: str,
    everything: bool,
    objects: tuple[str, ...],
    **chosen: Any,
) -> int:
    """Write live objects as definitions and take them over, all or those named by kind, name, id or URL.

    Definitions that exist are edited where the live object differs; comments stay. At the end the export
    proves itself: its own plan must be empty.
    """
    from ddconf.operations.export import Selection
    from ddconf.operations.take_over import export

    workspace = open_workspace(chosen)
    wanted = [_object(text) for text in objects]
    chosen_kinds = {*kinds, *(kind for kind, _ in wanted if kind)}
    _refuse_unknown(chosen_kinds)
    backend = workspace.backend()
    with locked(backend, chosen), workspace.connect() as client:
        done = export(
            client,
            workspace.settings,
            workspace.definitions,
            backend,
            read_state(workspace, client),
            sorted(chosen_kinds or _exportable(everything)),
            Selection(names, tuple(id_ for _, id_ in wanted)),
            out=out,
            layout=layout,
            sandbox=workspace.sandbox,
        )
    if everything:
        click.echo(f"Without a list, so only what is known already: {', '.join(_without_list())}.")
    return report(workspace, done, done.taken.unmet)


def _object(text: str) -> tuple[str, str]:
    """Kind and id of what a person pasted: a page's URL, or an id alone."""
    if "://" not in text:
        return "", text
    path = re.sub(r"^[a-z]+://[^/]+", "", text)
    for name in kind_names():
        page = find_kind(name).page
        if "{id}" in page:
            pattern = re.escape(page).replace(re.escape("{id}"), r"(?P<id>[^/?#&]+)")
            if match := re.match(pattern, path):
                return name, match["id"]
    raise DdconfError(f"{text} is not the page of anything that can be exported")


def _refuse_unknown(kinds: set[str]) -> None:
    unknown = sorted(kinds - set(kind_names()))
    if unknown:
        raise DdconfError(*(f"no kind {name!r}: `ddconf kinds` lists them" for name in unknown))


def _exportable(everything: bool) -> list[str]:
    kinds = map(find_kind, kind_names())
    written = [kind for kind in kinds if not (kind.api and kind.api.given)]
    return [kind.name for kind in written if everything or not kind.opt_in]


def _without_list() -> list[str]:
    apis = {name: find_kind(name).api for name in kind_names()}
    return [name for name, api in apis.items() if api and api.unlisted and not api.parent[1]]


def report(workspace: Workspace, done: Any, missing: Selection) -> int:
    """Say what an export did; gives the exit code."""
    from ddconf.definitions.snippet import draw

    for file in done.files:
        click.echo(f"wrote {file.resolve().relative_to(workspace.root)}")
    count = len(done.taken.documents)
    click.echo(f"Exported {count} {'object' if count == 1 else 'objects'}.")
    if done.taken.left_out:
        left_out = ", ".join(f"{number} {kind}" for kind, number in sorted(done.taken.left_out.items()))
        click.echo(f"Left out, since nobody can change them: {left_out}.")
    for address, others in done.taken.circles.items():
        told = ", ".join(map(str, others))
        click.echo(f"{address} keeps the id of {told}, since their references would go in a circle.")
    for problem in done.problems:
        click.echo(draw(problem, color=workspace.color), err=True)
    for change in done.left:
        paths = ", ".join(".".join(map(str, item.path)) for item in change.fields)
        click.echo(f"error: the plan of the export still changes {change.address}: {paths}", err=True)
    unmet = [f"is named like {name}" for name in missing.names]
    unmet += [f"has the id {id_}" for id_ in missing.ids]
    for what in unmet:
        click.echo(f"error: nothing {what}, of what can be exported", err=True)
    if done.left or done.problems or unmet:
        return exit_codes.ERROR
    click.echo("The plan of what was exported is empty.")
    return exit_codes.DONE
