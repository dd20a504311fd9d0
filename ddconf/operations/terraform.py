"""What Terraform manages, read from `terraform show -json`: which objects, and the names they have there.

https://developer.hashicorp.com/terraform/internals/json-format
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ddconf.address import Address
from ddconf.errors import DdconfError, Diagnostic
from ddconf.kind import Kind, find_kind, kind_names

PROVIDER = "datadog_"


@dataclass(frozen=True, slots=True)
class Managed:
    """`named` gives an address for the kind and id of each object; `left` says what has no kind here.

    Where a resource may be of several kinds it is named in each; `resources` has the kinds and ids of each.
    """

    named: Mapping[tuple[str, str], Address]
    resources: tuple[tuple[tuple[str, str], ...], ...]
    left: tuple[Diagnostic, ...]


def read(file: Path) -> Managed:
    """The objects of a state or a plan; raises DdconfError for a file that is neither."""
    try:
        shown = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DdconfError(f"cannot read {file}: {error}") from None
    values = _values(shown)
    if values is None:
        hint = "make it by `terraform show -json > FILE`"
        raise DdconfError(Diagnostic(f"{file} is no state or plan of Terraform", hint=hint))
    named: dict[tuple[str, str], Address] = {}
    left, resources = [], []
    used: set[Address] = set()
    known = _kinds()
    for resource in _resources(values.get("root_module", {})):
        kinds = known.get(str(resource.get("type")), ())
        id_ = str(resource.get("values", {}).get("id") or "")
        if not kinds or not id_:
            left.append(Diagnostic(f"{resource.get('address')}: {_reason(resource, id_)}"))
            continue
        found = {
            (kind.name, _id(kind, id_)): _unused(Address(kind.name, _name(resource)), used) for kind in kinds
        }
        used.update(found.values())
        named |= found
        resources.append(tuple(found))
    return Managed(named, tuple(resources), tuple(left))


def _values(shown: Any) -> Any:
    """Where a state has its resources, or a plan those of the state before it."""
    if not isinstance(shown, dict):
        return None
    return shown.get("values") or shown.get("prior_state", {}).get("values")


def _resources(module: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for resource in module.get("resources", ()):
        if resource.get("mode") == "managed" and str(resource.get("type")).startswith(PROVIDER):
            yield resource
    for below in module.get("child_modules", ()):
        yield from _resources(below)


def _kinds() -> dict[str, list[Kind]]:
    """The kinds that a resource's type stands for: more than one where ours tell more apart."""
    found: dict[str, list[Kind]] = defaultdict(list)
    for kind in map(find_kind, kind_names()):
        for type_ in kind.terraform or (f"{PROVIDER}{kind.name}",):
            found[type_].append(kind)
    return found


def _reason(resource: Mapping[str, Any], id_: str) -> str:
    return "it has no id" if not id_ else f"no kind is as {resource.get('type')}"


def _name(resource: Mapping[str, Any]) -> str:
    """`module.web.datadog_monitor.cpu["a"]` -> `web_cpu_a`."""
    text = str(resource.get("address")).replace(f"{resource.get('type')}.", "").replace("module.", "")
    return re.sub(r"[^A-Za-z0-9]+", "_", text).strip("_").lower()


def _unused(address: Address, used: set[Address]) -> Address:
    number, found = 2, address
    while found in used:
        number, found = number + 1, Address(address.kind, f"{address.name}_{number}")
    return found


def _id(kind: Kind, id_: str) -> str:
    """Where an id is made of several, Terraform joins them by a colon."""
    return id_ if kind.id else id_.replace(":", "/")
