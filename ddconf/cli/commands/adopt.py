"""Take over what another tool manages."""

from __future__ import annotations

from pathlib import Path

import click

from ddconf.cli import exit_codes, flags
from ddconf.cli.applying import locked
from ddconf.cli.commands.export import report
from ddconf.cli.group import Command
from ddconf.cli.options import CommonOptions, LockOptions, RemoteOptions
from ddconf.cli.planning import read_state
from ddconf.cli.workspace import open_workspace
from ddconf.errors import Diagnostic


@click.command(
    cls=Command, epilog="Example: terraform show -json > tf.json; ddconf adopt --from-terraform tf.json"
)
@flags.common
@flags.remote
@flags.locking
@click.option(
    "--from-terraform",
    "file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    required=True,
    help="What `terraform show -json` printed, of a state or a plan.",
)
@click.option("--out", type=click.Path(path_type=Path), default=Path(), help="Folder for new files.")
@click.option("--layout", type=click.Choice(["object", "kind"]), default="object", help="One file for each.")
def command(
    common: CommonOptions, remote: RemoteOptions, locking: LockOptions, file: Path, out: Path, layout: str
) -> int:
    """Take over the objects that Terraform manages, under the names that they have there.

    Definitions are written from what is live, and their plan must be empty. Terraform still has them in its
    own state: remove them there before it is run again.
    """
    from ddconf.definitions.draw_diagnostic import draw
    from ddconf.operations.export import terraform
    from ddconf.operations.export.export import ExportRun, export
    from ddconf.operations.export.selection import ExportRequest, Selection
    from ddconf.operations.plan.organisation import require_same_organisation

    managed = terraform.read(file)
    workspace = open_workspace(common, remote)
    backend = workspace.backend
    with locked(backend, locking), workspace.connect() as client:
        done = export(
            client,
            workspace.settings,
            workspace.definitions,
            backend,
            require_same_organisation(client, read_state(workspace, client)),
            ExportRequest(
                sorted({kind for kind, _ in managed.named}),
                Selection(exactly=managed.named.keys()),
                out,
                layout,
                managed.named,
            ),
            ExportRun(workspace.sandbox),
        )
    gone = [name for name, found in managed.resources.items() if not set(found.values()) & set(done.taken)]
    missing = [Diagnostic(f"{name}: it is not there, or nobody may change it") for name in gone]
    for one in (*managed.left, *missing):
        click.echo(draw(one, color=workspace.color), err=True)
    told = f"Of {len(managed.resources) + len(managed.left):,} resources in Terraform, "
    click.echo(f"{told}{len(managed.resources) - len(gone):,} are taken over.")
    return max(report(workspace, done, Selection()), exit_codes.ERROR if gone else exit_codes.DONE)
