"""Arguments of commands read as values, and written again for the next command."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from typing import Any

from ddconf.address import Address
from ddconf.cli.workspace import joined
from ddconf.errors import DdconfError

PLACE = {"chdir": "-C", "sandbox": "--sandbox", "environment": "--env"}
"""The flags that say which organisation a command works on."""
SCOPE = {
    "variables": "--var",
    "variable_files": "--var-file",
    "targets": "--target",
    "excludes": "--exclude",
    "replaces": "--replace",
    "destroy": "--destroy",
    "allow_deletes": "--allow-deletes",
    "allow_updates": "--allow-updates",
    "allow_irreversible": "--allow-irreversible",
}
"""The flags that say what a plan shall hold."""


def address_of(text: str) -> Address:
    """The address that a person typed; raises DdconfError."""
    try:
        return Address.parse(text)
    except ValueError as error:
        raise DdconfError(str(error)) from None


def flags(chosen: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Those of a command's options as they would be typed again, each after a space."""
    words: list[str] = []
    options = joined(chosen)
    for key, flag in names.items():
        given = options.get(key)
        for value in given if isinstance(given, tuple) else (given,):
            if value not in (None, False):
                words += [flag] if value is True else [flag, str(value)]
    return "".join(f" {shlex.quote(word)}" for word in words)
