"""Arguments of commands read as values, and written again for the next command."""

from __future__ import annotations

import shlex
from collections.abc import Mapping

from ddconf.address import Address
from ddconf.cli.options import CommonOptions, PlanOptions
from ddconf.errors import DdconfError, Diagnostic
from ddconf.kind import Kind, find_kind, kind_names


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


def place_flags(common: CommonOptions) -> str:
    """The flags that lead the next command to the same organisation, each after a space."""
    return _typed(
        {
            "-C": common.chdir,
            "--sandbox": common.sandbox,
            "--site": common.site,
            "--env": common.environment,
        }
    )


def scope_flags(common: CommonOptions, planning: PlanOptions) -> str:
    """The flags that make the next command plan the same, each after a space."""
    return _typed(
        {
            "--allow-unknown": common.allow_unknown,
            "--var": common.variables,
            "--var-file": common.variable_files,
            "--target": planning.targets,
            "--exclude": planning.excludes,
            "--replace": planning.replaces,
            "--destroy": planning.destroy,
            "--refresh-only": planning.refresh_only,
            "--check": None if planning.check else "false",
            "--adopt": planning.adopt,
            "--allow-deletes": planning.allow_deletes,
            "--allow-updates": planning.allow_updates,
            "--allow-irreversible": planning.allow_irreversible,
        }
    )


def _typed(given: Mapping[str, object]) -> str:
    """Flags as a person types them; those that were not given are left out."""
    words: list[str] = []
    for flag, values in given.items():
        for value in values if isinstance(values, tuple) else (values,):
            if value not in (None, False):
                words += [flag] if value is True else [flag, str(value)]
    return "".join(f" {shlex.quote(word)}" for word in words)
