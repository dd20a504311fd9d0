"""Arguments of commands read as values, and written again for the next command."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from typing import Any

from ddconf.address import Address
from ddconf.cli.workspace import joined
from ddconf.errors import DdconfError, Diagnostic
from ddconf.kind import Kind, find_kind, kind_names

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


def kind_of(text: str) -> Kind:
    """The kind that a person typed; raises DdconfError with the nearest one."""
    if text in kind_names():
        return find_kind(text)
    from difflib import get_close_matches

    near = get_close_matches(text, kind_names(), n=1)
    hint = f"did you mean {near[0]!r}?" if near else "`ddconf kinds` lists them"
    raise DdconfError(Diagnostic(f"no kind {text!r}", hint=hint))


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
