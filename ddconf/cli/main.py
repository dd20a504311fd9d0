"""The entry point: prints the version at once, otherwise hands over to the command line."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """The console script; ends the process with one of the documented exit codes."""
    arguments = sys.argv[1:]
    if arguments in (["--version"], ["version"], ["-version"]):
        from ddconf import __version__

        print(f"ddconf {__version__}")
        return
    import gc

    from ddconf.cli.environment import with_environment

    try:
        arguments = with_environment(arguments, os.environ)
    except ValueError as error:
        sys.exit(f"error: {error}")
    # A run is short and its documents are acyclic: collecting them costs more than all else it does.
    gc.disable()
    if "validate" in arguments:
        from ddconf.cli.remembered import replay

        if (code := replay(arguments)) is not None:
            sys.exit(code)
    from ddconf.cli.group import run

    sys.exit(run(arguments))
