"""View dashboards, pipelines and monitors in a browser before they are live."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ddconf.cli import flags, shell_completion
from ddconf.cli.group import Command
from ddconf.cli.options import CommonOptions, EnrichmentOptions
from ddconf.cli.workspace import Workspace, open_workspace
from ddconf.errors import DdconfError, Diagnostic

if TYPE_CHECKING:
    from ddconf.definitions.load import Definitions
    from ddconf.pipelines.log import Log
    from ddconf.preview.material import Material, MonitorMaterial


@click.command(cls=Command, epilog="Example: ddconf preview dashboard.netflow --out netflow.html")
@flags.common
@click.argument("address", required=False, shell_complete=shell_completion.addresses)
@click.option(
    "--logs",
    "files",
    multiple=True,
    metavar="[PIPELINE=]FILE",
    help="Sample logs, text or JSON lines; PIPELINE takes lines that do not tell their source.",
)
@flags.enrichment
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
def command(
    common: CommonOptions,
    address: str | None,
    files: tuple[str, ...],
    enrichment: EnrichmentOptions,
    values: tuple[str, ...],
    port: int,
    out: Path | None,
) -> None:
    """Show dashboards, pipelines and monitors in a browser, drawn from sample logs, without any network.

    The logs are those of the pipelines' tests, unless --logs names files; monitors run over the data of their
    test cases, too. The pages are served on 127.0.0.1
    until interrupted, and follow the definitions as they change; --out writes the page of ADDRESS to a file.
    """
    workspace = open_workspace(common)
    samples = SampleLogs(workspace, files, enrichment)
    if out:
        write(samples.material(), address, _values(values), out)
    else:
        serve(samples, address, port)


@dataclass(frozen=True)
class SampleLogs:
    """The logs that the pages are drawn from, and the definitions beside them."""

    workspace: Workspace
    named: tuple[str, ...]
    enrichment: EnrichmentOptions

    def material(self) -> Material:
        """What the pages are made of; warns of logs that no pipeline takes."""
        from ddconf.kind.page import app_host
        from ddconf.operations import preview
        from ddconf.operations.pipeline_tests.defined_pipelines import pipelines_of, ready
        from ddconf.preview.material import Material

        settings = self.workspace.settings
        definitions = self.workspace.definitions()
        pipelines = {address.name: document for address, document in pipelines_of(definitions).items()}
        enrichment = self.enrichment.sources()
        arriving = self._arriving(pipelines)
        found: dict[str, dict[str, Any]] = {}
        for item in definitions.items.values():
            found.setdefault(item.address.kind, {})[item.address.name] = ready(item)
        host = app_host(settings.site or "datadoghq.com")
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
            self._alerts(definitions, arriving, found.get("monitor", {})),
        )

    def _alerts(
        self, definitions: Definitions, arriving: list[Log], monitors: Mapping[str, Any]
    ) -> MonitorMaterial:
        """Monitors, and their test cases; files with mistakes are left to `ddconf test`."""
        from ddconf.operations.alert_tests.bench import AlertBench
        from ddconf.operations.alert_tests.preview_runs import PreviewRuns
        from ddconf.operations.alert_tests.suites import alert_suites
        from ddconf.operations.pipeline_tests.files import find_test_files
        from ddconf.preview.material import MonitorMaterial

        settings = self.workspace.settings
        files = find_test_files((self.workspace.root,), settings.ignore).own
        suites = alert_suites(definitions, files, settings.variables, [])
        bench = AlertBench(definitions, self.enrichment.sources())
        return MonitorMaterial(
            monitors, PreviewRuns(bench, {suite.address: suite.cases for suite in suites}, arriving)
        )

    def _arriving(self, pipelines: Mapping[str, Any]) -> list[Log]:
        """The logs of the files that were named, or of the pipelines' tests."""
        from ddconf.operations import preview

        if not self.named:
            tests = preview.logs_of_tests(self.workspace.root, self.workspace.settings, _now)
            return [log for logs in tests.values() for log in logs]
        logs = preview.file_logs([_log_file(text) for text in self.named], pipelines, _now)
        if lost := preview.strangers(pipelines, logs):
            hint = "name one: --logs PIPELINE=FILE"
            click.echo(f"{lost} of {len(logs)} logs pass the filter of no pipeline; {hint}", err=True)
        return logs

    def files(self) -> list[Path]:
        """What the pages are made from."""
        from ddconf.operations.pipeline_tests.files import find_test_files

        logs = [_log_file(text).file for text in self.named]
        return [*find_test_files((self.workspace.root,), self.workspace.settings.ignore).all, *logs]


def _log_file(text: str) -> Any:
    from ddconf.operations.preview import LogFile

    pipeline, equals, file = text.partition("=")
    if equals and not Path(text).exists():
        return LogFile(Path(file), pipeline.removeprefix("logs_custom_pipeline."))
    return LogFile(Path(text))


def _now() -> datetime:
    return datetime.now(UTC)


def write(material: Material, address: str | None, values: Mapping[str, list[str]], out: Path) -> None:
    """Write one page, as HTML or as a picture of it."""
    from ddconf.operations.write_files import write_file
    from ddconf.preview.screenshot import screenshot
    from ddconf.preview.site import Site

    if out.suffix not in (".html", ".png"):
        raise DdconfError(Diagnostic(f"cannot write {out}", hint="name a file that ends in .html or .png"))
    page = Site(material).page(address, values)
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


def serve(samples: SampleLogs, address: str | None, port: int) -> None:
    """Serve the pages until interrupted; they are made anew when a file changes."""
    from ddconf.operations.watch import stamps
    from ddconf.preview.server import Server
    from ddconf.preview.site import Site

    seen = stamps(samples.files())
    current = Site(samples.material())
    path = current.path(address)
    for page in current.paths if path == "/" else [path]:
        current.get(page)  # drawn before anybody waits for it

    def site() -> Site:
        nonlocal seen, current
        now = stamps(samples.files())
        if now != seen:
            current = Site(samples.material())
            seen = now
        return current

    try:
        server = Server(site, port)
    except OSError as error:
        hint = "choose another with --port"
        raise DdconfError(Diagnostic(f"cannot serve on port {port}: {error.strerror}", hint=hint)) from None
    with server:
        click.echo(f"Serving {server.url}{path} until Ctrl-C")
        with suppress(KeyboardInterrupt):
            server.serve_forever()
