"""Is a body what Datadog takes? A small rule per path, and the complaints in words; used before every write.

A rule is `str`, `int`, `number`, `bool`, `list`, `dict`, `any`, allowed words `a|b|c`, or `~` and a regular
expression that a text must match; a `!` at its end makes the field required. Paths step into objects with
`.`, into lists with `[]`. What no rule names passes: fields of a newer Datadog are its own business.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ddconf.emulator.wire import Json

Rules = Mapping[str, str]

_TYPES: dict[str, tuple[type, ...]] = {
    "str": (str,),
    "int": (int,),
    "number": (int, float),
    "bool": (bool,),
    "list": (list,),
    "dict": (dict,),
    "any": (object,),
}


def complaints(body: Json, rules: Rules, optional: bool | tuple[str, ...] = ()) -> list[str]:
    """All that is wrong with a body; `optional` names top fields that need not be there, True all of them."""
    if not isinstance(body, dict):
        return ["The request body must be an object"]
    found: list[str] = []
    for path, rule in rules.items():
        waived = "." not in path if optional is True else path in (optional or ())
        required = rule.endswith("!") and not waived
        for value in _values(body, path.split("."), required):
            complaint = _complaint(path, value, rule.rstrip("!"), required)
            if complaint:
                found.append(complaint)
    return found


def _values(node: Json, keys: list[str], required: bool) -> Iterator[Json]:
    """Every value at a path, None where it is absent; nothing where its parent is absent or no container."""
    if not isinstance(node, dict):
        return
    key, rest = keys[0], keys[1:]
    value = node.get(key.removesuffix("[]"))
    if key.endswith("[]"):
        for item in value if isinstance(value, list) else ():
            yield from _values(item, rest, required) if rest else iter([item])
    elif rest:
        yield from _values(value, rest, required)
    elif value is not None or required:
        yield value


def _complaint(path: str, value: Json, rule: str, required: bool) -> str:
    if value is None:
        return f"'{path}' is a required property" if required else ""
    if rule in _TYPES:
        wrong = not isinstance(value, _TYPES[rule]) or (isinstance(value, bool) and rule in ("int", "number"))
        return f"The value provided for parameter '{path}' is invalid: expected {rule}" if wrong else ""
    if rule.startswith("~"):
        fits = not isinstance(value, str) or re.fullmatch(rule[1:], value, re.DOTALL)
        return "" if fits else f"The value provided for parameter '{path}' is invalid: {value!r}"
    words = rule.split("|")
    return "" if value in words else f"The value provided for parameter '{path}' is invalid: {value!r}"
