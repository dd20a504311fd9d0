"""Write the live configuration as definitions and take it over."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ddconf.cache.folder import cache_file
from ddconf.cli import exit_codes, flags, shell_completion
from ddconf.cli.applying import locked
from ddconf.cli.group import Command
from ddconf.cli.options import CommonOptions, LockOptions, RemoteOptions
from ddconf.cli.planning import read_state
from ddconf.cli.progress import StatusLine, Waits, elapsed
from ddconf.cli.workspace import Workspace, open_workspace
from ddconf.definitions.sites import SITES
from ddconf.definitions.suggest import did_you_mean
from ddconf.errors import DdconfError, Diagnostic
from ddconf.kind import find_kind, kind_names

if TYPE_CHECKING:
    from ddconf.cache.response_journal import ResponseJournal
    from ddconf.datadog.http.client import Client
    from ddconf.operations.export.export import ExportResult
    from ddconf.operations.export.selection import Selection
    from ddconf.operations.plan.fetch import FetchProgress

_PLAIN_SECONDS = 10.0
_MOST_LINES = 20
_LEFT_OUT = "Users, memberships and organisation settings are left out: --all takes them, or --kind user."


@dataclass(frozen=True)
class ExportOptions:
    """What to export, and where to write it."""

    kinds: tuple[str, ...]
    names: tuple[str, ...]
    out: Path
    layout: str
    everything: bool
    restart: bool
    prune: bool
    adopt: bool
    objects: tuple[str, ...]


_export_options = flags.grouped(
    "export_options",
    ExportOptions,
    click.option(
        "--kind",
        "kinds",
        multiple=True,
        metavar="KIND",
        shell_complete=shell_completion.kinds,
        help="Only objects of this kind.",
    ),
    click.option(
        "--name", "names", multiple=True, metavar="PATTERN", help="Only names like this, as in 'web-*'."
    ),
    click.option("--out", type=click.Path(path_type=Path), default=Path(), help="Folder for new files."),
    click.option(
        "--layout", type=click.Choice(["object", "kind"]), default="object", help="One file for each."
    ),
    click.option(
        "--all",
        "everything",
        is_flag=True,
        help="A whole organisation, with its users and settings; resumes where it was interrupted.",
    ),
    click.option("--restart", is_flag=True, help="Read anew what an interrupted --all has read already."),
    click.option("--prune", is_flag=True, help="Remove definitions whose objects were deleted outside."),
    click.option("--adopt", is_flag=True, help="Take over objects that another ddconf state owns."),
    click.argument(
        "objects", nargs=-1, metavar="[ADDRESS|ID|URL]...", shell_complete=shell_completion.addresses
    ),
)


@click.command(cls=Command, epilog="Example: ddconf export --kind monitor --name 'web-*'")
@flags.common
@flags.remote
@flags.locking
@_export_options
def command(
    common: CommonOptions, remote: RemoteOptions, locking: LockOptions, export_options: ExportOptions
) -> int:
    """Write live objects as definitions and take them over, all or those named by kind, name, address or id.

    Users, memberships and settings of the organisation are left out unless asked for. Definitions that exist
    are edited where the live object differs; comments stay. What cannot be read or written stops nothing else
    and is named at the end. Then the export proves itself: its own plan must be empty.
    """
    from ddconf.operations.export.export import ExportRun, export
    from ddconf.operations.export.left_out import closed_kinds, exportable_kinds
    from ddconf.operations.export.selection import ExportRequest, Selection
    from ddconf.operations.plan.fetch import FetchProgress
    from ddconf.operations.plan.organisation import require_same_organisation
    from ddconf.operations.start_folder import DEFAULT_SITE, start_folder

    workspace = open_workspace(common, remote)
    wanted = [_object(text) for text in export_options.objects]
    asked_kinds = {*export_options.kinds, *(kind for kind, _ in wanted if kind)}
    _refuse_unknown(asked_kinds)
    progress, waits, took = FetchProgress(), Waits(), elapsed()
    backend, closed = workspace.backend, closed_kinds(workspace.settings)
    with (
        locked(backend, locking),
        workspace.connect(waits.begin) as client,
        _kept(workspace, client, export_options) as journal,
    ):
        line = StatusLine(
            lambda: _progress(progress.stage, progress, client, waits.now() or waits.total(), took()),
            plain_seconds=_PLAIN_SECONDS if export_options.everything else None,
        )
        with line.running():
            state = require_same_organisation(client, read_state(workspace, client))
            everything = export_options.everything or bool(wanted)
            owned = {address.kind for address in state.entries}
            kinds = asked_kinds or exportable_kinds(closed, everything=everything, owned=owned)
            done = export(
                client,
                workspace.settings,
                lambda: workspace.definitions(_silent),
                backend,
                state,
                ExportRequest(
                    sorted(kinds),
                    Selection(export_options.names, tuple(id_ for _, id_ in wanted)),
                    export_options.out,
                    export_options.layout,
                    prune=export_options.prune,
                    adopt=export_options.adopt,
                ),
                ExportRun(workspace.sandbox, journal, progress),
            )
        if export_options.everything:
            click.echo(_progress("Read", progress, client, waits.total(), took()))
    if export_options.everything:
        _tell_what_is_not_read(closed)
    if not wanted:
        _tell_what_a_person_keeps(workspace, asked_kinds)
    code = report(workspace, done, done.survey.unmet, asked_kinds)
    for file in start_folder(workspace.root, client.site if client.site in SITES else DEFAULT_SITE):
        click.echo(f"wrote {file.relative_to(workspace.root)}")
    if not asked_kinds and not wanted and not export_options.everything:
        click.echo(_LEFT_OUT)
    return code


def _silent(_text: str, *, err: bool = False) -> None:
    """Warnings of definitions are for `validate`: an export reads them to write them."""


@contextmanager
def _kept(
    workspace: Workspace, client: Client, export_options: ExportOptions
) -> Iterator[ResponseJournal | None]:
    """What an interrupted export of everything has read; dropped once one has come to its end."""
    file = cache_file(workspace.root, "export")
    if not export_options.everything or workspace.sandbox or file is None:
        yield None
        return
    import time

    from ddconf.cache.response_journal import ResponseJournal

    kept = ResponseJournal(Path(file), client.identity)
    if export_options.restart:
        kept.forget()
    elif len(kept):
        minutes = (time.time() - kept.oldest) / 60
        click.echo(
            f"Going on with the export that was interrupted: it has {len(kept)} answers, the first of them "
            f"{minutes:.0f} minutes old. To read everything anew: --restart"
        )
    try:
        yield kept
        kept.drop()
    except KeyboardInterrupt:
        click.echo("What was read is kept: the next `ddconf export --all` goes on with it.", err=True)
        raise
    finally:
        kept.close()


def _progress(stage: str, fetch: FetchProgress, client: Client, waits: str, took: str) -> str:
    """`Reading: 17 of 230 kinds, 1,204 objects, 96 requests, 12s`."""
    parts = []
    if (progress := fetch.progress) is not None:
        parts += [f"{progress.kinds_read} of {progress.kinds} kinds", f"{progress.objects:,} objects"]
    parts += [f"{client.requests:,} requests", waits, took]
    return f"{stage}: {', '.join(filter(None, parts))}"


def _object(text: str) -> tuple[str, str]:
    """Kind and id of what a person pasted: a page's URL, an address, or an id alone."""
    if "://" not in text:
        kind = text.partition(".")[0]
        return (kind if kind in kind_names() else ""), text
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
        listed = "`ddconf kinds` lists them"
        raise DdconfError(
            *(
                Diagnostic(f"unknown kind '{name}'", hint=did_you_mean(name, kind_names(), listed))
                for name in unknown
            )
        )


def _tell_what_is_not_read(closed: Collection[str]) -> None:
    kinds = [kind for kind in map(find_kind, kind_names()) if kind.api and not kind.api.system_owned]
    unlisted = [
        kind.name
        for kind in kinds
        if kind.api
        and kind.api.unlisted
        and not kind.api.parent[1]
        and kind.key  # without a key: the only one
    ]
    click.echo(f"Without a list, so only what is known already: {', '.join(unlisted)}.")
    if left_out := [kind.name for kind in kinds if kind.name in closed]:
        click.echo(
            f"Not exported, since `allow_writes:` in ddconf.yaml does not name them: {', '.join(left_out)}."
        )


def _tell_what_a_person_keeps(workspace: Workspace, asked: Collection[str]) -> None:
    """Name what has no public API, where the settings do not say from where else it is read."""
    if workspace.sandbox or workspace.settings.facets.source != "manual":
        return
    if names := [name for name in sorted(asked) or kind_names() if find_kind(name).manual]:
        listed = ", ".join(names)
        click.echo(
            f"Not read, since there is no public API: {listed}. `facets:` in ddconf.yaml names other ways."
        )


def report(workspace: Workspace, done: ExportResult, missing: Selection, asked: Collection[str] = ()) -> int:
    """Say what an export did; gives the exit code. Of kinds that were `asked` for, none may be absent."""
    from ddconf.definitions.draw_diagnostic import draw

    _tell_files(workspace.root, done.files)
    count = len(done.taken)
    click.echo(f"Exported {count:,} {'object' if count == 1 else 'objects'}.")
    if done.survey.left_out:
        click.echo("Left out:")
    for (kind, why), number in sorted(done.survey.left_out.items()):
        click.echo(f"  {number:,} {kind}: {why}")
    if absent := [name for name in done.absent if name not in asked]:
        click.echo(f"Not there in this organisation (HTTP 404): {', '.join(absent)}.")
    for owner, number in sorted(Counter(done.of_others.values()).items()):
        click.echo(f"Left to the ddconf state that owns them (tag {owner}): {number:,}. --adopt takes them.")
    for address, others in done.circles.items():
        told = ", ".join(map(str, others))
        click.echo(f"{address} keeps the id of {told}, since their references would go in a circle.")
    for address in done.deleted:
        if address in done.pruned:
            click.echo(f"{address} was deleted outside ddconf: its definition was removed.")
        else:
            click.echo(
                f"{address} is defined, but deleted outside ddconf. "
                "--prune removes its definition; `ddconf apply` makes the object anew."
            )
    wrong = [draw(problem, color=workspace.color) for problem in done.problems]
    for change in done.left:
        paths = ", ".join(".".join(map(str, item.path)) for item in change.fields) or change.action
        wrong.append(f"error: the plan of the export still changes {change.address}: {paths}")
    absent = [f"error: this organisation has no {name} (HTTP 404)" for name in done.absent if name in asked]
    unmet = [Diagnostic(f"nothing that can be exported is named like {name}") for name in missing.names]
    addresses = sorted(map(str, {*done.survey.addresses.values(), *done.survey.known}))
    unmet += [
        Diagnostic(
            f"nothing that can be exported has the id or address {id_}", hint=did_you_mean(id_, addresses)
        )
        for id_ in missing.ids
    ]
    wrong += absent + [draw(problem, color=workspace.color) for problem in unmet]
    for text in wrong:
        click.echo(text, err=True)
    if wrong:
        return exit_codes.ERROR
    click.echo("The plan of what was exported is empty.")
    return exit_codes.DONE


def _tell_files(root: Path, files: Sequence[Path]) -> None:
    """Each file, or where there are many, how many in each folder."""
    if len(files) <= _MOST_LINES:
        for file in files:
            click.echo(f"wrote {file.resolve().relative_to(root)}")
        return
    for folder, number in sorted(Counter(file.parent for file in files).items()):
        shown = folder.resolve().relative_to(root)
        click.echo(f"wrote {number:,} {'file' if number == 1 else 'files'} in {shown}/")
