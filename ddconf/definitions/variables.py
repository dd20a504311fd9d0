"""The variables of `ddconf.yaml` and what they are set to; substitute.py puts them in place of `${var.x}`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path as FilePath

from ddconf.definitions.shape_checks import WORDS, Expect
from ddconf.definitions.suggest import did_you_mean
from ddconf.document import JSON, Path
from ddconf.errors import DdconfError

PREFIX = "DDCONF_VAR_"
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_KEYS = ("default", "description", "required")


@dataclass(frozen=True, slots=True)
class Variable:
    """A declared variable; it must be set somewhere if it is `required`."""

    default: JSON = None
    required: bool = False


def declared(value: JSON, path: Path, expect: Expect) -> dict[str, Variable]:
    """`variables:` of ddconf.yaml: a name with its default, or with a mapping that says more."""
    variables = {}
    for name, said in expect.typed(value, path, dict, {}).items():
        here = (*path, name)
        if not NAME.fullmatch(name):
            expect.mistake(here, f"'{name}' is not a name of a variable", "use letters, digits, _ and -")
        elif isinstance(said, dict):
            known = expect.keys(said, here, _KEYS)
            expect.typed(known.get("description"), (*here, "description"), str, "")
            required = expect.typed(known.get("required"), (*here, "required"), bool, "default" not in said)
            variables[name] = Variable(known.get("default"), required)
        else:
            variables[name] = Variable(said)
    return variables


def in_files(files: Sequence[FilePath]) -> dict[str, JSON]:
    """The variables that files hold, those of later files before those of earlier ones."""
    if not files:
        return {}
    from ddconf.definitions.files import decode, read_bytes, shown
    from ddconf.definitions.yaml import reader

    found: dict[str, JSON] = {}
    for file in files:
        name = shown(file)
        for value, _ in reader.load(decode(read_bytes(file), name), name):
            if not isinstance(value, dict):
                raise DdconfError(f"--var-file {name}: expected variables with their values")
            found |= value
    return found


def values(
    known: Mapping[str, Variable],
    of_environment: Mapping[str, JSON],
    in_files: Mapping[str, JSON],
    flags: Mapping[str, str],
    env: Mapping[str, str],
) -> dict[str, JSON]:
    """Each variable's value: of `--var`, `--var-file`, DDCONF_VAR_name, the environment, or the default."""
    mistakes = [
        _unknown(f"--var {name}: no such variable", name, known) for name in flags if name not in known
    ]
    mistakes += [
        _unknown(f"--var-file: no such variable '{name}'", name, known)
        for name in in_files
        if name not in known
    ]
    result: dict[str, JSON] = {}
    for name, variable in known.items():
        try:
            if name in flags:
                result[name] = _typed(flags[name], variable.default, f"--var {name}")
            elif name in in_files:
                result[name] = in_files[name]
            elif (setting := PREFIX + name) in env:
                result[name] = _typed(env[setting], variable.default, setting)
            elif name in of_environment:
                result[name] = of_environment[name]
            elif variable.required and variable.default is None:
                mistakes.append(f"the variable '{name}' is not set (use --var {name}=... or {setting})")
            else:
                result[name] = variable.default
        except DdconfError as error:
            mistakes.append(str(error))
    if mistakes:
        raise DdconfError(*mistakes)
    return result


def _unknown(message: str, name: str, known: Mapping[str, Variable]) -> str:
    hint = did_you_mean(name, known)
    return f"{message} ({hint})" if hint else message


def _typed(text: str, default: JSON, where: str) -> JSON:
    """A text of the command line: read as YAML where the default is not text, and then of its type."""
    if default is None or isinstance(default, str):
        return text
    from ddconf.definitions.yaml import reader

    try:
        documents = reader.load(text, where)
    except DdconfError:
        documents = []
    value = documents[0][0] if documents else None
    numbers = (int, float)
    same = type(value) is type(default) or (type(value) in numbers and type(default) in numbers)
    if not same:
        raise DdconfError(f"{where}: '{text}' is not {WORDS[type(default)]}, as the default is")
    return value
