"""The command group: a command is a file in `commands/`, imported only when it is called."""

from __future__ import annotations

import importlib
import os
import re
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import click

from ddconf.cli import exit_codes
from ddconf.cli.options import CommonOptions
from ddconf.cli.safe_output import guarded_output
from ddconf.cli.sections import SECTIONS
from ddconf.errors import DdconfError

COMMANDS = os.path.join(os.path.dirname(__file__), "commands")  # noqa: PTH118, PTH120 pathlib costs 6 ms
MOST_SHOWN = 20
"""Mistakes; the others are counted."""
_SINGLE_DASH = re.compile(r"-(?P<name>[a-z][a-z-]+)(?P<value>=.*)?", re.DOTALL)


class Command(click.Command):
    """A command whose long flags may be written with one dash, as Terraform's are."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, two_dashes(self, args))


class Group(click.Group):
    """A command with commands below it; an unknown one is told with the nearest."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from difflib import get_close_matches

            near = get_close_matches(args[0], self.list_commands(ctx), n=1)
            raise click.UsageError(
                error.message + (f" Did you mean {near[0]!r}?" if near else ""), ctx
            ) from error


class Commands(Group):
    """Finds commands by file name; the first line of the file is the help in the list."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(files())

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        file = files().get(name)
        if file is None:
            return None
        command: click.Command = importlib.import_module(
            f"ddconf.cli.commands.{file.removesuffix('.py')}"
        ).command
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, two_dashes(self, args))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands by section, then the options that all of them share."""
        width = max(map(len, files()))
        for title, names in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl([(f"{name:{width}}", summary(name)) for name in names])
        options = [record for option in self.get_params(ctx) if (record := option.get_help_record(ctx))]
        with formatter.section("Global options, before the command"):
            formatter.write_dl(options)


def two_dashes(command: click.Command, args: list[str]) -> list[str]:
    """`-auto-approve` -> `--auto-approve`, for the options this command knows; raises click.UsageError.

    A word with one dash that begins with a short flag's letter is that flag with its value, as in -C/srv.
    """
    known = {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)}
    known |= {"--help", "-h"}
    valued = {
        name
        for parameter in command.params
        if isinstance(parameter, click.Option) and not parameter.is_flag
        for name in parameter.opts
    }
    result: list[str] = []
    for index, arg in enumerate(args):
        if arg == "--":
            return result + args[index:]
        is_value = bool(result) and result[-1] in valued
        if isinstance(command, click.Group) and not is_value and not arg.startswith("-"):
            return result + args[index:]  # the command's own
        match = _SINGLE_DASH.fullmatch(arg)
        if match and f"--{match['name']}" in known:
            arg = f"-{arg}"
        elif match and not is_value and arg[:2] not in known:
            raise click.UsageError(no_such_option(arg, known), click.get_current_context(silent=True))
        result.append(arg)
    return result


def no_such_option(arg: str, known: Iterable[str]) -> str:
    """What to say of a long flag with one dash that this command does not have."""
    from difflib import get_close_matches

    name = arg.partition("=")[0]
    near = get_close_matches(f"-{name}", known, n=1)
    return f"No such option {name!r}." + (f" Did you mean {near[0]!r}?" if near else "")


def command_name(file: str) -> str:
    """`import_.py` -> `import`, `force_unlock.py` -> `force-unlock`."""
    return file.removesuffix(".py").rstrip("_").replace("_", "-")


@cache
def files() -> dict[str, str]:
    """Each command's file name, by the command's name."""
    names = [file for file in os.listdir(COMMANDS) if file.endswith(".py") and file[0] != "_"]  # noqa: PTH208
    return {command_name(file): file for file in names}


def summary(name: str) -> str:
    """The first line of the command's file, without importing it."""
    with open(f"{COMMANDS}/{files()[name]}", encoding="utf-8") as lines:  # noqa: PTH123
        return lines.readline().strip().strip('"')


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("-C", "--chdir", type=click.Path(path_type=Path), help="Run in this folder.")
@click.option("--sandbox", is_flag=True, help="Use the embedded sandbox organisation; needs no keys.")
@click.option("--site", metavar="SITE", help="Use this site, whatever the settings and DD_SITE say.")
@click.option("--env", "environment", metavar="NAME", help="Use this environment of ddconf.yaml.")
@click.option("--no-color", is_flag=True, help="Print without colours.")
@click.option("--debug", is_flag=True, help="Log requests to stderr, show full tracebacks.")
@click.version_option(package_name="ddconf", message="ddconf %(version)s")
@click.pass_context
def ddconf(
    ctx: click.Context,
    chdir: Path | None,
    sandbox: bool,
    site: str | None,
    environment: str | None,
    no_color: bool,
    debug: bool,
) -> None:
    """Keep a Datadog organisation as code: YAML definitions, plan, apply, export, offline log pipelines."""
    ctx.obj = CommonOptions(
        chdir=chdir, sandbox=sandbox, site=site, environment=environment, no_color=no_color, debug=debug
    )


def run(args: list[str]) -> int:
    """Run a command line; returns the exit code, with every mistake printed on standard error."""
    with guarded_output():
        return _run(args)


def _run(args: list[str]) -> int:
    debug = "--debug" in args or "-debug" in args
    color = "--no-color" not in args and "-no-color" not in args
    try:
        result = ddconf.main(args, prog_name="ddconf", standalone_mode=False)
        sys.stdout.flush()
        return result if isinstance(result, int) else exit_codes.DONE
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.ClickException as error:
        show(error)
        return exit_codes.ERROR
    except DdconfError as error:
        if debug:
            import traceback

            traceback.print_exc()
        report(error, color=color)
        return exit_codes.of(error)
    except (KeyboardInterrupt, click.Abort):
        click.echo("Interrupted.", err=True)
        return exit_codes.INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        return exit_codes.ERROR
    except OSError as error:  # a full disk, a file that may not be read: this machine's trouble, told as such
        if debug:
            raise
        report(DdconfError(str(error)), color=color)
        return exit_codes.ERROR


def show(error: click.ClickException) -> None:
    """A mistake in the command line on standard error, spelt as all others are."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context is not None:
        click.echo(f"{context.get_usage()}\nTry '{context.command_path} --help' for help.\n", err=True)
    click.echo(f"error: {error.format_message()}", err=True)


def report(error: DdconfError, *, color: bool) -> None:
    """Draw every mistake, with its place, on standard error."""
    from ddconf.cli.terminal import wants_color
    from ddconf.definitions.draw_diagnostic import draw

    for diagnostic in error.diagnostics[:MOST_SHOWN]:
        click.echo(draw(diagnostic, color=color and wants_color(sys.stderr)), err=True)
    if (more := len(error.diagnostics) - MOST_SHOWN) > 0:
        click.echo(f"... and {more} more {'mistake' if more == 1 else 'mistakes'}.", err=True)
