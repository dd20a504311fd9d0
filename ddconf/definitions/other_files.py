"""Files among the definitions that belong to other programs, or that only seem to, for a misspelt kind."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import PurePath

from ddconf.document import JSON
from ddconf.errors import Diagnostic, Severity

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Foreign:
    """A document without a known kind, and what is wrong with it if it was meant as definitions."""

    file: str
    mistakes: tuple[Diagnostic, ...]
    is_misspelt: bool
    """One of its keys is nearly a kind."""
    is_shaped: bool
    """It is written as definitions are: names below kinds, and fields below names."""
    is_api_json: bool = False
    """It is an object as Datadog's web interface exports it, which `ddconf convert` makes a definition of."""


def is_shaped(value: JSON) -> bool:
    """Whether a key holds names with fields, as a kind does; a list or a text may be a slip as well."""
    return not isinstance(value, dict) or any(
        isinstance(names, dict) and names and all(isinstance(fields, dict) for fields in names.values())
        for names in value.values()
    )


def judge(
    found: Iterable[Foreign], known: Collection[str], named: Collection[str]
) -> tuple[list[Diagnostic], list[Diagnostic]]:
    """Mistakes for what was meant as definitions, and at most one note for the rest.

    `known` are the files that hold definitions: what is beside them and has their shape is meant so, too.
    `named` are the files that the command line names.
    """
    folders = {str(PurePath(file).parent) for file in known}
    passed: list[str] = []
    convertible = ""
    mistakes: list[Diagnostic] = []
    for item in found:
        beside = str(PurePath(item.file).parent) in folders
        if item.is_misspelt or item.file in named or (beside and item.is_shaped):
            mistakes += item.mistakes
        else:
            passed.append(item.file)
            convertible = convertible or (item.file if item.is_api_json else "")
    return mistakes, [_note(list(dict.fromkeys(passed)), convertible)] if passed else []


def _note(files: list[str], convertible: str) -> Diagnostic:
    shown = ", ".join(files[:_SHOWN]) + (f" and {len(files) - _SHOWN} more" if len(files) > _SHOWN else "")
    said = "1 file holds" if len(files) == 1 else f"{len(files)} files hold"
    message = f"{said} no definitions and {'is' if len(files) == 1 else 'are'} passed over: {shown}"
    hint = "name such files under ignore: in ddconf.yaml"
    if convertible:
        hint = f"`ddconf convert {convertible}` writes Datadog's own JSON as a definition"
    return Diagnostic(message, hint=hint, severity=Severity.NOTE)
