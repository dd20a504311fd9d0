"""The folder of Python policies: which files it has, and whether it may be run here."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ddconf.errors import DdconfError, Diagnostic

VARIABLE = "DDCONF_POLICIES"
_KEY = re.compile(r"(?:API|APP|ACCESS|PRIVATE)_?KEY|TOKEN|SECRET|PASSW|CREDENTIAL", re.IGNORECASE)


def policy_files(folder: Path, root: Path, keys: Sequence[str]) -> list[Path]:
    """The Python files to run, those that begin with `_` or `test_` left out; raises DdconfError.

    A checkout may hold what somebody proposes: its files do not run where `keys` are at hand.
    """
    if not folder.is_dir():
        raise DdconfError(Diagnostic(f"no folder of policies: {folder}", hint="name one by --policies DIR"))
    if keys and _is_in_checkout(folder, root):
        raise DdconfError(
            Diagnostic(
                f"Refused: {folder} lies in the checkout, and {keys[0]} is set",
                hint="name a folder outside, such as one of the protected branch, or run it without keys",
            )
        )
    files = sorted(path for path in folder.glob("*.py") if not path.name.startswith(("_", "test_")))
    if not files:
        raise DdconfError(Diagnostic(f"no policies in {folder}", hint="each is a file NAME.py"))
    return [path.absolute() for path in files]


def keys_at_hand(env: Mapping[str, str], processes: Path = Path("/proc")) -> list[str]:
    """The names of variables that hold keys, of this process and of those that started it.

    A process may read the environment of any other of its user, so `env -u DD_API_KEY` hides nothing.
    """
    own = {name for name, value in env.items() if value and _KEY.search(name)}
    return sorted(own) or sorted(_keys_of_parents(processes))


def _keys_of_parents(processes: Path) -> Iterator[str]:
    """What Linux shows of them; nothing elsewhere."""
    process = os.getppid()
    while process > 0:
        try:
            environ = (processes / str(process) / "environ").read_bytes().decode("utf-8", "replace")
            status = (processes / str(process) / "stat").read_text("utf-8", "replace")
        except OSError:  # of another user, whom policies cannot read either
            return
        pairs = (entry.partition("=") for entry in environ.split("\0"))
        yield from (name for name, _, value in pairs if value and _KEY.search(name))
        process = int(status.rpartition(")")[2].split()[1])


def _is_in_checkout(folder: Path, root: Path) -> bool:
    """Whether a pull request could have brought the folder, be it as a link."""
    tops = {root.resolve(), Path.cwd(), _top(root.resolve()), _top(Path.cwd())}
    return any(place.is_relative_to(top) for place in (folder.resolve(), folder.absolute()) for top in tops)


def _top(folder: Path) -> Path:
    """The top of the working tree."""
    return next((place for place in (folder, *folder.parents) if (place / ".git").exists()), folder)
