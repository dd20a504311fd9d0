"""What Terraform manages, read from `terraform show -json`: which objects, and the names they have there.

https://developer.hashicorp.com/terraform/internals/json-format
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ddconf.address import Address
from ddconf.errors import DdconfError, Diagnostic
from ddconf.kind import Kind, find_kind, kind_names

PROVIDER = "datadog_"


Object = tuple[str, str]
"""Kind and id; the id of what there is one of is empty."""


@dataclass(frozen=True, slots=True)
class TerraformResources:
    """`resources` gives for each address in Terraform what it may be here, with the address that it gets.

    A resource may be of several kinds, and its id written in several ways. `left` says what has no kind here.
    """

    resources: Mapping[str, Mapping[Object, Address]]
    left: tuple[Diagnostic, ...]

    @property
    def named(self) -> dict[Object, Address]:
        """Everything that may be meant, with its address."""
        return {one: address for found in self.resources.values() for one, address in found.items()}


def read(file: Path) -> TerraformResources:
    """The objects of a state or a plan; raises DdconfError for a file that is neither."""
    try:
        shown = json.loads(file.read_bytes())  # also as PowerShell writes it, in UTF-16
    except (OSError, ValueError) as error:
        raise DdconfError(f"cannot read {file}: {error}") from None
    resources: dict[str, dict[Object, Address]] = {}
    left = []
    used: set[Address] = set()
    known = _kinds()
    for resource in _managed(shown, file):
        kinds = known.get(str(resource.get("type")), ())
        id_ = str(_mapping(resource.get("values")).get("id") or "")
        if not kinds or not id_:
            left.append(Diagnostic(f"{resource.get('address')}: {_reason(resource, id_)}"))
            continue
        found = resources[str(resource.get("address"))] = {}
        for kind in kinds:
            address = _unused(Address(kind.name, _name(resource)), used)
            found |= {(kind.name, way): address for way in _ways(kind, id_)}
        used.update(found.values())
    return TerraformResources(resources, tuple(left))


def _managed(shown: Any, file: Path) -> Iterator[Mapping[str, Any]]:
    """The resources of Datadog's provider that Terraform has made."""
    for resource in _every(shown, file):
        ours = str(resource.get("type")).startswith(PROVIDER)
        if ours and resource.get("mode") == "managed" and "deposed_key" not in resource:
            yield resource


def _every(shown: Any, file: Path) -> Iterator[Mapping[str, Any]]:
    found = _mapping(shown)
    if not found.keys() & {"values", "prior_state", "planned_values", "terraform_version"}:
        hint = "make it by `terraform show -json > FILE`"
        raise DdconfError(Diagnostic(f"{file} is not a state or plan of Terraform", hint=hint))
    if "planned_values" in found and "prior_state" not in found:
        hint = "nothing that it plans exists yet: apply it first, or take the state"
        raise DdconfError(Diagnostic(f"the plan {file} has no state before it", hint=hint))
    if isinstance(found.get("resources"), list):
        return _stored(found["resources"])
    values = found.get("values") or _mapping(found.get("prior_state")).get("values")
    return _below(_mapping(_mapping(values).get("root_module")))


def _below(module: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from map(_mapping, module.get("resources", ()))
    for child in module.get("child_modules", ()):
        yield from _below(_mapping(child))


def _stored(resources: list[Any]) -> Iterator[Mapping[str, Any]]:
    """As `terraform show` would have it, out of a state file itself."""
    for resource in map(_mapping, resources):
        start = f"{resource['module']}." if resource.get("module") else ""
        for instance in map(_mapping, resource.get("instances", ())):
            key = f"[{json.dumps(instance['index_key'])}]" if "index_key" in instance else ""
            address = f"{start}{resource.get('type')}.{resource.get('name')}{key}"
            deposed = {"deposed_key": instance["deposed"]} if "deposed" in instance else {}
            yield {**resource, "address": address, "values": instance.get("attributes"), **deposed}


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _kinds() -> dict[str, list[Kind]]:
    """The kinds that a resource's type stands for: more than one where ours tell more apart."""
    found: dict[str, list[Kind]] = defaultdict(list)
    for kind in map(find_kind, kind_names()):
        for type_ in kind.terraform or (f"{PROVIDER}{kind.name}",):
            found[type_].append(kind)
    return found


def _ways(kind: Kind, id_: str) -> Iterator[str]:
    """How the id of a resource may be written here: Terraform joins those of several parts by a colon."""
    if not kind.key:
        yield ""
        return
    yield id_
    if ":" in id_ and not kind.id:
        yield id_.replace(":", "/")
    elif ":" in id_ and kind.api and kind.api.parent[0]:
        yield id_.rpartition(":")[2]


def _reason(resource: Mapping[str, Any], id_: str) -> str:
    return "it has no id" if not id_ else f"no kind is as {resource.get('type')}"


def _name(resource: Mapping[str, Any]) -> str:
    """`module.web.datadog_monitor.cpu["a"]` -> `web_cpu_a`."""
    text = str(resource.get("address")).replace(f"{resource.get('type')}.", "").replace("module.", "")
    return re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_") or "it"


def _unused(address: Address, used: Collection[Address]) -> Address:
    number, found = 2, address
    while found in used:
        number, found = number + 1, Address(address.kind, f"{address.name}_{number}")
    return found
