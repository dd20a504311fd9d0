"""Record logs for a replay."""

from __future__ import annotations

from typing import IO

import click

from ddconf.cli import flags
from ddconf.cli.group import Command
from ddconf.cli.options import CommonOptions, RemoteOptions
from ddconf.cli.workspace import open_workspace


@click.command(cls=Command, epilog="Example: ddconf record --query source:nginx > logs.jsonl")
@flags.common
@flags.remote
@click.option("--query", default="*", help="Which logs (all).")
@click.option("--from", "begin", default="1d", metavar="AGE", help="How far back, as in 15m, 4h or 1d (1d).")
@click.option("--sample", type=click.IntRange(1), default=10_000, metavar="N", help="At most N (10000).")
@click.option("--mask", "masks", multiple=True, metavar="PATH", help="An attribute whose values are hashed.")
@click.option("--out", type=click.File("w", encoding="utf-8"), default="-", help="Where to (stdout).")
def command(
    common: CommonOptions,
    remote: RemoteOptions,
    query: str,
    begin: str,
    sample: int,
    masks: tuple[str, ...],
    out: IO[str],
) -> None:
    """Write logs of the organisation as JSON lines, for `ddconf replay`."""
    from ddconf.operations.replay.log_search import PATH
    from ddconf.operations.replay.record import recorded_lines

    with open_workspace(common, remote).connect() as client:
        lines = recorded_lines(
            lambda body: client.request("POST", PATH, body=body, repeatable=True),
            query,
            f"now-{begin}",
            sample,
            masks,
        )
        for line in lines:
            out.write(f"{line}\n")
