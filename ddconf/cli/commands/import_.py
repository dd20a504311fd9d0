"""Take over one live object at an address."""

from __future__ import annotations

import click

from ddconf.cli import flags, shell_completion
from ddconf.cli.applying import locked
from ddconf.cli.arguments import address_of, kind_of
from ddconf.cli.group import Command
from ddconf.cli.options import CommonOptions, LockOptions, RemoteOptions
from ddconf.cli.planning import read_state
from ddconf.cli.workspace import open_workspace
from ddconf.errors import DdconfError


@click.command(cls=Command, epilog="Example: ddconf import monitor.cpu_high 18245")
@flags.common
@flags.remote
@flags.locking
@flags.asking
@click.option("--adopt", is_flag=True, help="Take over an object that another ddconf state owns.")
@click.argument("address", shell_complete=shell_completion.addresses)
@click.argument("object_id", metavar="ID")
def command(
    common: CommonOptions,
    remote: RemoteOptions,
    locking: LockOptions,
    asks: bool,
    adopt: bool,
    address: str,
    object_id: str,
) -> None:
    """Take over the live object ID at ADDRESS; its definition is written where there is none."""
    from ddconf.definitions.yaml import write
    from ddconf.operations.export.files import Files
    from ddconf.operations.export.import_ import ImportRequest, take_one
    from ddconf.operations.plan.organisation import require_same_organisation
    from ddconf.operations.schema import write_schema_file

    wanted = address_of(address)
    kind_of(wanted.kind)
    workspace = open_workspace(common, remote)
    defined = workspace.definitions().items
    backend = workspace.backend
    with locked(backend, locking), workspace.connect() as client:
        document = take_one(
            client,
            workspace.settings,
            backend,
            require_same_organisation(client, read_state(workspace, client)),
            ImportRequest(wanted, object_id, adopt),
            sandbox=workspace.sandbox,
        )
    files = Files(workspace.root)
    if wanted not in defined:
        files.add(wanted, write.definition(wanted, document), ())
        write_schema_file(workspace.root)
    written, _ = files.save([[wanted]])
    for file in written:
        click.echo(f"wrote {file.relative_to(workspace.root)}")
    if files.problems:
        raise DdconfError(*files.problems)
    click.echo(f"Imported {wanted} [id={object_id}]. `ddconf plan` shows what differs.")
