"""What a command works on: the folder, its settings, its state, and the organisation behind them."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ddconf.cli.options import CommonOptions, RemoteOptions
from ddconf.cli.terminal import wants_color
from ddconf.errors import DdconfError, Diagnostic

if TYPE_CHECKING:
    from ddconf.datadog.http.client import Client
    from ddconf.datadog.http.credentials import Credentials
    from ddconf.definitions.load import Definitions
    from ddconf.definitions.settings import Settings
    from ddconf.state.protocol import Backend

SANDBOX_SITE = "sandbox"
_KEYS = ("DD_API_KEY", "DD_APP_KEY", "DD_BEARER_TOKEN", "DD_HOST", "DD_SITE")


@dataclass(frozen=True)
class Workspace:
    """One run's surroundings; `site` is the sandbox's or the organisation's."""

    root: Path
    settings: Settings
    sandbox: bool
    color: bool
    debug: bool
    parallelism: int

    @property
    def private(self) -> Path:
        """The folder for what ddconf keeps for itself."""
        return self.root / ".ddconf"

    @property
    def sandbox_folder(self) -> Path:
        """Where the sandbox organisation lives: here, unless DDCONF_SANDBOX names a folder to share."""
        named = os.environ.get("DDCONF_SANDBOX", "")
        return self.private / "sandbox" if named in ("", "0", "1", "true") else Path(named)

    def definitions(self, echo: Callable[..., None] = click.echo) -> Definitions:
        """The definitions of the folder, all mistakes raised at once; warnings are printed with `echo`."""
        from ddconf.definitions.load import load

        definitions = load(self.root, self.settings)
        for warning in definitions.warnings:
            self.warn(warning, echo)
        return definitions

    def warn(self, warning: Diagnostic, echo: Callable[..., None] = click.echo) -> None:
        """Print a warning with the line that it is about."""
        from ddconf.definitions.draw_diagnostic import draw

        echo(draw(warning, color=self.color), err=True)

    @cached_property
    def backend(self) -> Backend:
        """Where the state is; the sandbox has a state of its own.

        There is one in a run: what it read last is what it may overwrite.
        """
        from ddconf.state.open import open_backend

        return open_backend(".ddconf/sandbox/state.json" if self.sandbox else self.settings.state, self.root)

    def site(self) -> str:
        """The organisation's home, without asking it."""
        from ddconf.datadog.http import credentials

        if self.sandbox:
            return SANDBOX_SITE
        return credentials.read(_environment(self.settings.env, self.settings)).site

    @contextmanager
    def connect(self, on_wait: Callable[[float, str], object] | None = None) -> Iterator[Client]:
        """A client of the organisation; on the sandbox, the emulator runs for as long.

        `on_wait` is told of waits for rate limits, which are printed otherwise.
        """
        from ddconf.datadog.http import credentials

        if not self.sandbox:
            yield self._client(credentials.read(_environment(self.settings.env, self.settings)), on_wait)
            return
        from ddconf.cli.embedded import emulator

        with emulator(self.sandbox_folder) as url:
            yield self.client_of_sandbox(url, on_wait)

    def client_of_sandbox(self, url: str, on_wait: Callable[[float, str], object] | None = None) -> Client:
        """A client of a sandbox that is served already."""
        from ddconf.datadog.http import credentials

        environment = {"DD_HOST": url, "DD_API_KEY": "sandbox", "DD_APP_KEY": "sandbox"}
        return self._client(credentials.read(environment, site=SANDBOX_SITE), on_wait)

    def _client(self, keys: Credentials, on_wait: Callable[[float, str], object] | None) -> Client:
        from ddconf.datadog.http import retry_settings as retry
        from ddconf.datadog.http.client import Client

        client = Client(
            keys,
            workers=self.parallelism,
            retry=retry.read(os.environ),
            on_wait=on_wait or self._show_wait,
            debug=self._debug_log(),
        )
        client.hide(*self.settings.set_secrets().values())
        return client

    def _show_wait(self, wait: float, why: str) -> None:
        click.echo(f"Waiting {wait:.0f}s: {why}", err=True)

    def _debug_log(self) -> Any:
        return (lambda line: click.echo(line, err=True)) if self.debug else None


def _placed(env: Mapping[str, str], site: str | None) -> Mapping[str, str]:
    """The environment, with no other place than the site that a flag names."""
    if not site:
        return env
    places = tuple(f"{prefix}_{name}" for prefix in ("DD", "DATADOG") for name in ("SITE", "HOST"))
    of_environments = tuple(f"{place}_" for place in places)
    kept = {
        name: value
        for name, value in env.items()
        if name not in places and not name.startswith(of_environments)
    }
    return {**kept, "DD_SITE": site}


def _environment(env: Mapping[str, str], settings: Settings) -> Mapping[str, str]:
    """The variables that hold the keys: with `--env prod` those that end in `_PROD` come first.

    The settings' site counts where no variable names one.
    """
    ending = f"_{settings.environment.upper().replace('-', '_')}" if settings.environment else ""
    own = {name: env[name + ending] for name in _KEYS if ending and env.get(name + ending)}
    site = settings.site
    env = {**env, **own}
    if site is None or any(env.get(name) for name in ("DD_SITE", "DD_HOST", "DATADOG_HOST")):
        return env
    return {**env, "DD_SITE": site}


def open_workspace(common: CommonOptions, remote: RemoteOptions = RemoteOptions()) -> Workspace:
    """The workspace that a command's options name; raises DdconfError."""
    start = (common.chdir or Path()).resolve()
    if not start.is_dir():
        raise DdconfError(f"no folder {common.chdir}")
    from ddconf.cli.own_folder import refuse_links_out
    from ddconf.definitions import settings
    from ddconf.definitions.files import SETTINGS
    from ddconf.definitions.root import find_root

    root = find_root(start)
    if root != start and "_DDCONF_COMPLETE" not in os.environ:
        click.echo(f"Working in {os.path.relpath(root)} ({os.path.relpath(root / SETTINGS)}).", err=True)

    refuse_links_out(root)
    read = settings.read(
        root,
        environment=common.environment,
        variables=_variables(common.variables),
        variable_files=common.variable_files,
        env=_placed(os.environ, common.site),
    )
    return Workspace(
        root=root,
        settings=replace(read, site=common.site or read.site, allow_unknown=common.allow_unknown),
        sandbox=common.sandbox or os.environ.get("DDCONF_SANDBOX", "") not in ("", "0"),
        color=wants_color(sys.stdout, no_color=common.no_color),
        debug=common.debug,
        parallelism=remote.parallelism or 16,
    )


def _variables(pairs: tuple[str, ...]) -> dict[str, str]:
    wrong = [pair for pair in pairs if "=" not in pair]
    if wrong:
        raise DdconfError(*(f"--var {pair}: expected NAME=VALUE" for pair in wrong))
    return dict(pair.split("=", 1) for pair in pairs)
