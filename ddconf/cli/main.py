"""The entry point: prints version and overview at once, otherwise hands over to the command line."""

from __future__ import annotations

import os
import sys

_OVERVIEW = os.path.join(os.path.dirname(__file__), "help.txt")  # noqa: PTH118, PTH120 pathlib costs 6 ms


def program() -> None:
    """The console script: ends the process with one of the documented exit codes, and at once.

    Python would first take apart what is in memory, a second of work after a large organisation.
    """
    code: object = 0
    try:
        main()
    except SystemExit as ended:
        code = ended.code
    if isinstance(code, str):
        print(code, file=sys.stderr)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):  # told already; or whoever read has left
            code = code or 1
    os._exit(code if isinstance(code, int) else 1 if code else 0)


def main() -> None:
    """Run the command line; raises SystemExit with the exit code where that is not 0 or a command was run."""
    arguments = sys.argv[1:]
    if arguments in (["--version"], ["version"], ["-version"]):
        from ddconf import __version__

        print(f"ddconf {__version__}")
        return
    if arguments in (["--help"], ["-help"], ["-h"]) and _is_of_common_width():
        with open(_OVERVIEW, encoding="utf-8") as text:  # noqa: PTH123
            print(text.read(), end="")
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
        from ddconf.cache.validate_cache import replay
        from ddconf.cli.safe_output import guarded_output

        with guarded_output():
            code = replay(arguments)
        if code is not None:
            sys.exit(code)
    from ddconf.cli.group import run

    sys.exit(run(arguments))


def _is_of_common_width() -> bool:
    """Whether the overview is as wide as in help.txt, which `make docs` writes."""
    try:
        return "COLUMNS" not in os.environ and os.get_terminal_size().columns >= 80
    except OSError:  # no terminal
        return "COLUMNS" not in os.environ
