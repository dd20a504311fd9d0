"""Record logs for a replay."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from secrets import token_bytes
from typing import TYPE_CHECKING

import click

from ddconf.cli import flags
from ddconf.cli.group import Command
from ddconf.cli.options import CommonOptions, RemoteOptions
from ddconf.cli.progress import StatusLine
from ddconf.cli.workspace import open_workspace

if TYPE_CHECKING:
    from ddconf.operations.record.masking import Mask
    from ddconf.operations.record.pages import Page, Wanted

    Pages = Callable[[Wanted, str, int], Iterator[Page]]

_STDOUT = Path("-")


@dataclass(frozen=True)
class RecordOptions:
    """Which logs, and what is taken out of them."""

    query: str
    archive: str | None
    begin: str
    end: str
    sample: int
    masks: tuple[str, ...]


_record_options = flags.grouped(
    "options",
    RecordOptions,
    click.option("--query", default="*", help="Which logs (all)."),
    click.option(
        "--archive", metavar="URL", help="Take them from an archive: s3://BUCKET/PREFIX or a folder."
    ),
    click.option(
        "--from", "begin", default="1d", metavar="TIME", help="From 15m, 4h or 1d ago, or a date (1d)."
    ),
    click.option("--to", "end", default="now", metavar="TIME", help="Until then (now)."),
    click.option("--sample", type=click.IntRange(1), default=10_000, metavar="N", help="At most N (10000)."),
    click.option(
        "--mask",
        "masks",
        multiple=True,
        metavar="PATH",
        help="An attribute whose values are hashed; PATH=TEXT writes TEXT instead.",
    ),
)


@click.command(
    cls=Command, epilog="Example: ddconf record --query source:nginx --from 4h --out logs.jsonl.zst"
)
@flags.common
@flags.remote
@_record_options
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    default="-",
    help="Where to (stdout); .zst or .gz.",
)
def command(common: CommonOptions, remote: RemoteOptions, options: RecordOptions, out: Path) -> None:
    """Write logs of the organisation, or of an archive, as JSON lines for `ddconf replay`.

    The oldest come first. If a run with --out is interrupted, the same command goes on where it was.
    """
    from ddconf.operations.record.masking import Mask, Masker

    masks = [Mask.parse(given) for given in options.masks]
    wanted = _wanted(options)
    with _source(common, remote, options.archive) as pages:
        if out != _STDOUT:
            _record(pages, wanted, masks, options, out)
            return
        masker = Masker(masks, token_bytes())
        for page in pages(wanted, "", 0):
            click.echo("".join(f"{masker.line(line)}\n" for line in page.lines), nl=False)


def _wanted(options: RecordOptions) -> Wanted:
    from ddconf.operations.record.moments import time_range
    from ddconf.operations.record.pages import Wanted

    within = time_range(options.begin, options.end, datetime.now(UTC))
    return Wanted(options.query, within, options.sample)


@contextmanager
def _source(common: CommonOptions, remote: RemoteOptions, archive: str | None) -> Iterator[Pages]:
    from ddconf.operations.record.log_search import PATH
    from ddconf.operations.record.pages import archive_pages, search_pages
    from ddconf.operations.replay.log_files import find_log_files

    if archive is not None:
        yield lambda wanted, position, had: archive_pages(
            find_log_files(archive, wanted.within), wanted, position, had
        )
        return
    with open_workspace(common, remote).connect() as client:
        yield partial(search_pages, lambda body: client.request("POST", PATH, body=body, repeatable=True))


def _record(pages: Pages, wanted: Wanted, masks: list[Mask], options: RecordOptions, out: Path) -> None:
    """Into a file, after what an earlier run left there, and of the time that it began with."""
    from ddconf.document import digest
    from ddconf.operations.record.masking import Masker
    from ddconf.operations.record.recording import Recording

    recording = Recording(out, digest(repr(options)), wanted.within)
    begun = recording.progress
    masker = Masker(masks, bytes.fromhex(begun.key))
    wanted = replace(wanted, within=begun.within)
    with StatusLine(lambda: f"{recording.progress.logs:,} logs recorded").running():
        for page in pages(wanted, begun.position, begun.logs):
            recording.add(map(masker.line, page.lines), page.position)
    recording.finish()
    click.echo(f"{recording.progress.logs:,} logs in {out}", err=True)
