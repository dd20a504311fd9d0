"""Whether the current definitions imply a plan that comes from a file: it may have been edited on its way."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from ddconf.address import Address
from ddconf.definitions import references
from ddconf.definitions.definition import Definition
from ddconf.document import JSON, canonical, format_path, get
from ddconf.errors import Diagnostic
from ddconf.kind import Kind
from ddconf.plans.adoption import natural_key
from ddconf.plans.change import Action, Change, FieldChange, Plan
from ddconf.plans.comparison import digests
from ddconf.plans.decision import is_immutable
from ddconf.plans.matching import Kinds
from ddconf.plans.precondition import view_of
from ddconf.plans.scope import PlanScope
from ddconf.plans.selection import named
from ddconf.plans.three_way import same

_HINT = "make a new plan with the same flags; if only the plan is here, add --detached"


def not_implied(
    plan: Plan,
    definitions: Mapping[Address, Definition],
    removed: Collection[Address],
    kinds: Kinds,
    scope: PlanScope,
) -> Iterator[Diagnostic]:
    """What a plan holds that no plan of these definitions does; see `scope` for what it is for.

    `removed` are the addresses that the definitions tell to forget.
    """
    if scope.applies_definitions and plan.unchanged > len(definitions):
        message = f"the plan counts {plan.unchanged} unchanged objects, of {len(definitions)} defined ones"
        yield Diagnostic(message, hint=_HINT)
    replaced, _ = named("--replace", scope.replaces, definitions)
    for change in plan.changes:
        definition, kind = definitions.get(change.address), kinds(change.address.kind)
        why = _why_not(change, definition, kind, scope)
        if change.action is Action.REPLACE and change.address not in replaced:
            why = why or _why_not_replaced(change, kind)
        if change.action is Action.DELETE and change.address in removed:
            why = why or "which `removed` only forgets"
        if why:
            message = f"the plan would {change.action} {change.address}, {why}"
            yield Diagnostic(message, change.source if definition else None, _HINT, str(change.address))


def _why_not(change: Change, definition: Definition | None, kind: Kind, scope: PlanScope) -> str:
    if scope.destroy:
        return "" if change.action in (Action.DELETE, Action.FORGET) else "which --destroy does not"
    if scope.refresh_only:
        accepts = change.action is Action.FORGET or (change.action is Action.NOOP and change.desired is None)
        return "" if accepts else "which --refresh-only does not"
    if change.action in (Action.DELETE, Action.FORGET):
        return "which is defined" if definition else ""
    if definition is None:
        return "which is not defined"
    return _differing(change, definition, kind)


def _differing(change: Change, definition: Definition, kind: Kind) -> str:
    """What of a change is not as its definition says."""
    options = definition.options
    if canonical(change.desired) != canonical(definition.document):
        return "but its definition says something else"
    if (change.ignore, change.protect, change.adopt) != (options.ignore, options.protect, options.adopt):
        return "but with other options than its definition has"
    if change.action is Action.ADOPT and not _is_named(change, definition, kind):
        return f"but {change.id} is not the object that its definition names"
    view = view_of(kind, change, b"")
    wanted = view.normalize(kind.with_text_ids(definition.document))
    extra = [
        field.path
        for field in change.fields
        if not _is_asked_for(field, get(wanted, field.path), get(change.before, field.path))
    ]
    if extra:
        return f"but its definition asks for no such {', '.join(map(format_path, extra))}"
    return ""


def _is_named(change: Change, definition: Definition, kind: Kind) -> bool:
    """Whether an object that is adopted has the id or the natural key of the definition."""
    key = natural_key(kind, definition.document)
    return change.id == definition.options.id or key in (None, natural_key(kind, change.before or {}))


def _why_not_replaced(change: Change, kind: Kind) -> str:
    """Why a replacement is not needed; empty where an update could not do it."""
    if kind.api is None or kind.api.update is None or any(is_immutable(kind, one) for one in change.fields):
        return ""
    return "which could be updated: only --replace does that"


def _is_asked_for(field: FieldChange, wanted: JSON, live: JSON) -> bool:
    """Whether the definition has this value there, and the object that the plan saw has another.

    What a reference or a secret stands for the definition cannot tell.
    """
    has_secret = bool(digests(field.after) or digests(wanted))
    if has_secret or next(references.find(wanted), None) is not None:
        return True
    if isinstance(wanted, dict):
        return not isinstance(live, dict) or not live
    return same(wanted, field.after) and not same(wanted, live)
