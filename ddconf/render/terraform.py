"""A plan in the shape of Terraform's own JSON, for the tools and policies that read that.

https://developer.hashicorp.com/terraform/internals/json-format
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from ddconf.address import Address
from ddconf.definitions import references
from ddconf.document import JSON, Document, copy, drop, put
from ddconf.kind import find_kind
from ddconf.plans.change import Action, Change, Plan
from ddconf.plans.normalize import is_digest
from ddconf.render.view import PLAIN_VIEW, PlanView

VERSION = "1.2"
PROVIDER = "registry.terraform.io/datadog/datadog"
_ACTIONS = {
    Action.CREATE: ["create"],
    Action.UPDATE: ["update"],
    Action.REPLACE: ["delete", "create"],
    Action.DELETE: ["delete"],
    Action.FORGET: ["forget"],
}


def render(plan: Plan, _view: PlanView = PLAIN_VIEW) -> str:
    """The whole plan; attributes are those of Datadog's API, which Terraform's often are too."""
    told = [(change, _resource_change(change)) for change in plan.changes]
    return json.dumps(
        {
            "format_version": VERSION,
            "timestamp": plan.created,
            "applyable": any(change.action is not Action.NOOP for change in plan.changes),
            "complete": True,
            "errored": False,
            "planned_values": {"root_module": {"resources": list(_planned(plan))}},
            "resource_drift": [item for change, item in told if _is_drift(change)],
            "resource_changes": [item for change, item in told if not _is_drift(change)],
            "configuration": {},
        },
        indent=1,
    )


def _is_drift(change: Change) -> bool:
    return change.action is Action.NOOP and bool(change.fields)


def _planned(plan: Plan) -> Iterator[Document]:
    for change in plan.changes:
        if (after := _after(change)) is not None:
            hidden = _marks(after, _is_secret)
            yield {**_identity(change.address), "values": _shown(after), "sensitive_values": hidden}


def _resource_change(change: Change) -> Document:
    before, after = change.before, _after(change)
    told: Document = {
        "actions": _actions(change),
        "before": _shown(before),
        "after": _shown(after),
        "after_unknown": _marks(after, _is_unknown),
        "before_sensitive": _marks(before, _is_secret),
        "after_sensitive": _marks(after, _is_secret),
    }
    if change.action is Action.REPLACE:
        told["replace_paths"] = [list(field.path) for field in change.fields]
    if change.action is Action.ADOPT:
        told["importing"] = {"id": change.id}
    moved = {"previous_address": str(change.moved_from)} if change.moved_from else {}
    reason = {"action_reason": change.reason} if change.reason else {}
    return {**_identity(change.address), **moved, "change": told, **reason}


def _identity(address: Address) -> Document:
    """The address is ours; type and name are what policies ask for."""
    name, _, index = address.name.partition("[")
    kind = find_kind(address.kind)
    found: Document = {
        "address": str(address),
        "mode": "managed",
        "type": next(iter(kind.terraform), f"datadog_{kind.name}"),
        "name": name,
        "provider_name": PROVIDER,
    }
    return found | ({"index": index.removesuffix("]")} if index else {})


def _actions(change: Change) -> list[str]:
    if change.action is Action.MANUAL:  # a person does it, so it counts
        return ["update"] if change.before else ["create"]
    if change.action is Action.ADOPT or _is_drift(change):
        return ["update"] if change.fields else ["no-op"]
    if change.action is Action.REPLACE and find_kind(change.address.kind).allows_two:
        return ["create", "delete"]
    return _ACTIONS.get(change.action, ["no-op"])


def _after(change: Change) -> Document | None:
    """What will be there: the definition, or the live object with the changes of its fields."""
    if change.action in (Action.DELETE, Action.FORGET):
        return None
    if change.before is None or change.action is Action.CREATE:
        return change.desired
    after: Document = copy(change.before)
    for field in change.fields:
        if field.after is None:
            drop(after, field.path)
        else:
            put(after, field.path, field.after)
    return after


def _shown(value: JSON) -> JSON:
    """The value with null for what is secret or not known, and `${` for what is written `$${`."""
    if isinstance(value, dict):
        return {key: _shown(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_shown(item) for item in value]
    if _is_secret(value) or _is_unknown(value):
        return None
    return value.replace("$${", "${") if isinstance(value, str) else value


def _marks(value: JSON, is_marked: Callable[[JSON], bool]) -> JSON:
    """True where a value is marked, in mappings and lists as deep as the document's; else false."""
    if isinstance(value, dict):
        return {key: marks for key, item in value.items() if (marks := _marks(item, is_marked))}
    if isinstance(value, list):
        marks = [_marks(item, is_marked) for item in value]
        return marks if any(marks) else []
    return is_marked(value)


def _is_unknown(value: JSON) -> bool:
    """Whether only the apply tells it: the id of another object."""
    return any(reference.kind != "secret" for _, reference in references.find([value]))


def _is_secret(value: JSON) -> bool:
    """Whether it is a digest, or a text that holds a secret."""
    return is_digest(value) or any(found.kind == "secret" for _, found in references.find([value]))
