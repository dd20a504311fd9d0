"""Look at dashboards and pipelines before they are live, with sample logs in a browser."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ddconf.cli import options
from ddconf.cli.group import Command
from ddconf.cli.workspace import Workspace, open_workspace
from ddconf.errors import DdconfError, Diagnostic

if TYPE_CHECKING:
    from ddconf.preview.material import Material


@click.command(cls=Command, epilog="Example: ddconf preview dashboard.netflow --out netflow.html")
@options.common
@click.argument("address", required=False)
@click.option(
    "--logs",
    "files",
    multiple=True,
    metavar="[PIPELINE=]FILE",
    help="Sample logs, text or JSON lines; PIPELINE takes lines that do not tell their source.",
)
@options.enrichment
@click.option(
    "--set",
    "values",
    multiple=True,
    metavar="NAME=VALUE",
    help="A value of a template variable, for --out.",
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8390, help="Serve here (default 8390; 0: any)."
)
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="FILE", help="Write one .html or .png instead."
)
def command(address: str | None, **chosen: Any) -> None:
    """Show dashboards and pipelines in a browser, drawn from sample logs, without any network.

    The logs are those of the pipelines' tests, unless --logs names files. The pages are served on 127.0.0.1
    until interrupted, and follow the definitions as they change; --out writes the page of ADDRESS to a file.
    """
    workspace = open_workspace(chosen)
    if chosen["out"]:
        write(material_of(workspace, chosen), address, chosen)
    else:
        serve(workspace, address, chosen)


def material_of(workspace: Workspace, chosen: dict[str, Any]) -> Material:
    """What the pages are made of; warns of logs that no pipeline takes."""
    from ddconf.operations import preview
    from ddconf.operations.pipeline_tests.defined_pipelines import pipelines_of, ready
    from ddconf.preview.material import Material
    from ddconf.render.pages import app_host

    definitions = workspace.definitions()
    pipelines = {address.name: document for address, document in pipelines_of(definitions).items()}
    enrichment = options.enrichment_of(chosen)
    if chosen["files"]:
        files = [_log_file(text) for text in chosen["files"]]
        arriving = preview.file_logs(files, pipelines, _now)
        if lost := preview.strangers(pipelines, arriving):
            hint = "say which is meant: --logs PIPELINE=FILE"
            click.echo(f"{lost} of {len(arriving)} logs pass the filter of no pipeline; {hint}", err=True)
    else:
        tests = preview.logs_of_tests(workspace.root, workspace.settings, _now)
        arriving = [log for logs in tests.values() for log in logs]
    found: dict[str, dict[str, Any]] = {}
    for item in definitions.items.values():
        found.setdefault(item.address.kind, {})[item.address.name] = ready(item)
    host = app_host(workspace.settings.site or "datadoghq.com")
    return Material(
        found.get("dashboard", {}),
        pipelines,
        list(found.get("monitor", {}).values()),
        arriving,
        preview.processed(pipelines, arriving, now=_now, enrichment=enrichment),
        preview.units_of(found.get("logs_facet", {}).values()),
        f"https://{host}" if host else "",
        _now,
        enrichment,
    )


def _log_file(text: str) -> Any:
    from ddconf.operations.preview import LogFile

    pipeline, equals, file = text.partition("=")
    if equals and not Path(text).exists():
        return LogFile(Path(file), pipeline.removeprefix("logs_custom_pipeline."))
    return LogFile(Path(text))


def _now() -> datetime:
    return datetime.now(UTC)


def write(material: Material, address: str | None, chosen: dict[str, Any]) -> None:
    """Write the page of one dashboard or pipeline, as HTML or as a picture of it."""
    from ddconf.operations.write_files import write_file
    from ddconf.preview.screenshot import screenshot
    from ddconf.preview.site import Site

    out: Path = chosen["out"]
    if out.suffix not in (".html", ".png"):
        raise DdconfError(Diagnostic(f"cannot write {out}", hint="name a file that ends in .html or .png"))
    page = Site(material).page(address, _values(chosen["values"]))
    if out.suffix == ".png":
        screenshot(page, out)
    else:
        write_file(out, page)
    click.echo(f"Wrote {out}")


def _values(pairs: tuple[str, ...]) -> dict[str, list[str]]:
    """`a=1`, `a=2` -> {"a": ["1", "2"]}."""
    wrong = [pair for pair in pairs if "=" not in pair]
    if wrong:
        raise DdconfError(*(f"--set {pair}: expected NAME=VALUE" for pair in wrong))
    found: dict[str, list[str]] = {}
    for name, _, value in (pair.partition("=") for pair in pairs):
        found.setdefault(name, []).append(value)
    return found


def serve(workspace: Workspace, address: str | None, chosen: dict[str, Any]) -> None:
    """Serve the pages until interrupted; they are made anew when a file changes."""
    from ddconf.operations.watch import stamps
    from ddconf.preview.server import Server
    from ddconf.preview.site import Site

    seen = stamps(_files(workspace, chosen))
    current = Site(material_of(workspace, chosen))
    path = current.path(address)
    for page in current.paths if path == "/" else [path]:
        current.get(page)  # drawn before anybody waits for it

    def site() -> Site:
        nonlocal seen, current
        now = stamps(_files(workspace, chosen))
        if now != seen:
            current = Site(material_of(workspace, chosen))
            seen = now
        return current

    try:
        server = Server(site, chosen["port"])
    except OSError as error:
        hint = "choose another with --port"
        raise DdconfError(
            Diagnostic(f"cannot serve on port {chosen['port']}: {error.strerror}", hint=hint)
        ) from None
    with server:
        click.echo(f"Serving {server.url}{path} until Ctrl-C")
        with suppress(KeyboardInterrupt):
            server.serve_forever()


def _files(workspace: Workspace, chosen: dict[str, Any]) -> list[Path]:
    """What the pages are made from."""
    from ddconf.operations.pipeline_tests.files import find_test_files

    logs = [_log_file(text).file for text in chosen["files"]]
    return [*find_test_files((workspace.root,), workspace.settings.ignore).all, *logs]
