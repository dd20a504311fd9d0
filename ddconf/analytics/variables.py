"""Template variables of a dashboard: `$service` in a query becomes `service:shop`, `$service.value` `shop`.

https://docs.datadoghq.com/dashboards/template_variables/
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ddconf.document import Document

EVERYTHING = "*"
_PLAIN = re.compile(r"[\w.*?/@%-]+")


@dataclass(frozen=True, slots=True)
class TemplateVariable:
    """A variable and the values chosen for it; `prefix` is the facet or tag that it stands for, if any."""

    name: str
    prefix: str | None
    values: tuple[str, ...] = (EVERYTHING,)

    @property
    def is_everything(self) -> bool:
        return EVERYTHING in self.values or not self.values


def variables_of(
    dashboard: Document, chosen: Mapping[str, Sequence[str]] | None = None
) -> list[TemplateVariable]:
    """The variables with what was chosen for them, else with their defaults."""
    return [
        TemplateVariable(
            str(item.get("name", "")),
            item.get("prefix") or None,
            tuple((chosen or {}).get(str(item.get("name", ""))) or _defaults(item)),
        )
        for item in dashboard.get("template_variables") or []
    ]


def _defaults(item: Document) -> list[str]:
    listed = item.get("defaults") or [item.get("default") or EVERYTHING]
    return [str(value) for value in listed]


def fill(query: str, variables: Sequence[TemplateVariable]) -> str:
    """The query with every known variable replaced; other text with a `$` stays."""
    known = {item.name: item for item in variables if item.name}
    if not known or "$" not in query:
        return query
    longest_first = sorted(map(re.escape, known), key=len, reverse=True)
    pattern = re.compile(rf"\$(?P<name>{'|'.join(longest_first)})(?P<bare>\.value)?(?!\w)")
    return pattern.sub(lambda found: _text(known[found["name"]], bare=found["bare"] is not None), query)


def _text(variable: TemplateVariable, *, bare: bool) -> str:
    if variable.is_everything:
        return EVERYTHING
    quoted = [_quoted(value) for value in variable.values]
    value = quoted[0] if len(quoted) == 1 else f"({' OR '.join(quoted)})"
    return value if bare or variable.prefix is None else f"{variable.prefix}:{value}"


def _quoted(value: str) -> str:
    """The value as a query can hold it: in quotes where it has characters with a meaning."""
    if _PLAIN.fullmatch(value) and not value.startswith("-"):
        return value
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
