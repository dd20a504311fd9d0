"""The folder of Python policies: which files it has, and whether it may be run here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from ddconf.errors import DdconfError, Diagnostic

VARIABLE = "DDCONF_POLICIES"
_KEY = re.compile(r"(?:API|APP|ACCESS|PRIVATE)_?KEY|TOKEN|SECRET|PASSW|CREDENTIAL", re.IGNORECASE)


def policy_files(folder: Path, root: Path, env: Mapping[str, str]) -> list[Path]:
    """The Python files to run, those that begin with `_` or `test_` left out; raises DdconfError.

    A checkout may hold what somebody proposes: its files do not run where the environment has keys.
    """
    if not folder.is_dir():
        raise DdconfError(Diagnostic(f"no folder of policies: {folder}", hint="name one by --policies DIR"))
    keys = sorted(name for name, value in env.items() if value and _KEY.search(name))
    if keys and _is_in_checkout(folder, root):
        raise DdconfError(
            Diagnostic(
                f"Refused: {folder} lies in the checkout, and {keys[0]} is set",
                hint="name a folder outside, such as one of the protected branch; or run lint without keys",
            )
        )
    files = sorted(path for path in folder.glob("*.py") if not path.name.startswith(("_", "test_")))
    if not files:
        raise DdconfError(Diagnostic(f"no policies in {folder}", hint="each is a file NAME.py"))
    return [path.absolute() for path in files]


def _is_in_checkout(folder: Path, root: Path) -> bool:
    """Whether a pull request could have brought the folder, be it as a link."""
    tops = {root.resolve(), Path.cwd(), _top(root.resolve()), _top(Path.cwd())}
    return any(place.is_relative_to(top) for place in (folder.resolve(), folder.absolute()) for top in tops)


def _top(folder: Path) -> Path:
    """The top of the working tree."""
    return next((place for place in (folder, *folder.parents) if (place / ".git").exists()), folder)
