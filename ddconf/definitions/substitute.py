"""Replace `${var.x}` and `${each.key}` in a definition while loading; other references stay text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ddconf.definitions.references import TOKEN, Reference, escape, inside_text, parse, present
from ddconf.definitions.shape_checks import Expect
from ddconf.definitions.suggest import did_you_mean
from ddconf.document import JSON, Path, get, parse_path
from ddconf.errors import DdconfError

_INNER = re.compile(r"\[((?:var|each)\.[^\[\]]+)\]")
_MISSING = object()


@dataclass(frozen=True, slots=True)
class Scope:
    """What `var` and `each` mean here; `each` is empty outside `for_each`."""

    variables: Mapping[str, JSON]
    each: Mapping[str, JSON] = field(default_factory=dict)

    def value(self, reference: Reference) -> JSON:
        """The value of a variable; raises LookupError with what is wrong and the hint."""
        known = self.each if reference.kind == "each" else self.variables
        if reference.name not in known:
            if reference.kind == "each" and not known:
                raise LookupError(f"'{reference}' stands outside for_each", "add for_each: to the definition")
            missing = "declare it under variables: in ddconf.yaml" if reference.kind == "var" else ""
            hint = did_you_mean(reference.name, known, missing or f"known are: {', '.join(known)}")
            raise LookupError(f"unknown variable '{reference.kind}.{reference.name}'", hint)
        value = get(known[reference.name], parse_path(reference.field), _MISSING)
        if value is _MISSING:
            raise LookupError(f"'{reference.kind}.{reference.name}' has no '{reference.field}'", "")
        return escape(value) if reference.kind == "var" else value


def substitute(value: JSON, scope: Scope, expect: Expect, path: Path = ()) -> JSON:
    """The value with variables replaced; what holds none is shared with the argument."""
    if isinstance(value, str):
        return _text(value, scope, expect, path) if "${" in value else value
    if not isinstance(value, dict | list) or not present(value):
        return value
    if isinstance(value, dict):
        return {key: substitute(item, scope, expect, (*path, key)) for key, item in value.items()}
    return [substitute(item, scope, expect, (*path, index)) for index, item in enumerate(value)]


def _text(text: str, scope: Scope, expect: Expect, path: Path) -> JSON:
    parts: list[str] = []
    end = 0
    for match in TOKEN.finditer(text):
        parts.append(text[end : match.start()])
        end = match.end()
        try:
            value = match[0] if match[0] == "$${" else _token(match, scope)
            if match.span() == (0, len(text)):
                return value
            parts.append(inside_text(match[1] or "", value))
        except ValueError as error:
            expect.mistake(path, str(error), "write $${ for a literal ${", about=match[0])
        except LookupError as error:
            expect.mistake(path, *error.args, about=match[0])
        except DdconfError as error:
            expect.mistake(path, str(error), about=match[0])
    return "".join((*parts, text[end:]))


def _token(match: re.Match[str], scope: Scope) -> JSON:
    """The value of a variable; any other reference as it is, with keys such as `[each.key]` filled in."""
    if match[1] is None:
        raise ValueError("this '${' has no '}'")
    reference = parse(match[1])
    if reference.kind in ("var", "each"):
        return scope.value(reference)
    return _INNER.sub(lambda inner: f"[{inside_text(inner[1], scope.value(parse(inner[1])))}]", match[0])
