"""The planner's table: what happens to one address, given what is defined, recorded and live."""

from __future__ import annotations

from dataclasses import dataclass

from ddconf.address import Address
from ddconf.definitions.definition import Definition
from ddconf.document import Document, Path, canonical, find, format_path, get, parse_path
from ddconf.errors import Diagnostic
from ddconf.kind import Kind, Live
from ddconf.plans.change import Action, Change, FieldChange
from ddconf.plans.comparison import NormalizationContext, compare, is_unchanged, normalized_live
from ddconf.plans.matching import Match
from ddconf.plans.three_way import field_changes


@dataclass(frozen=True, slots=True)
class ResolvedDefinition:
    """A definition made ready: references to what exists and secrets put in, and what it refers to."""

    definition: Definition
    document: Document
    needs: tuple[Address, ...]
    secret_paths: tuple[Path, ...]


def decide(match: Match, wanted: ResolvedDefinition, kind: Kind, key: bytes) -> Change | Diagnostic | None:
    """The change of a defined address; None where nothing is to be done."""
    view = NormalizationContext(kind, wanted.definition.options.ignore, wanted.secret_paths, key)
    if kind.api is None and match.live is None:
        return _manual(match, wanted, view)
    live = match.live
    if live is None and kind.api is not None and kind.api.singleton:
        live = Live(kind.name, "", {})
    if live is None:
        return _create(match, wanted, kind)
    if is_unchanged(view, wanted.document, live.document):
        return _settled(match, wanted, live, view)
    before, fields = compare(view, wanted.document, live.document, match.entry)
    if match.entry is None:
        fields = tuple(field for field in fields if not is_silence(kind, field))
    if not fields:
        return _settled(match, wanted, live, view)
    return _differing(match, wanted, kind, live, before, fields)


def decide_takeover(match: Match, wanted: ResolvedDefinition, kind: Kind, key: bytes) -> Change:
    """The change of an address whose object is as defined, and shall be taken over from another state."""
    assert match.live is not None
    view = NormalizationContext(kind, wanted.definition.options.ignore, wanted.secret_paths, key)
    before = normalized_live(view, wanted.document, match.live.document)
    return _change(match, wanted, Action.ADOPT, match.live.id, before)


def decide_replacement(
    match: Match, wanted: ResolvedDefinition, kind: Kind, key: bytes
) -> Change | Diagnostic | None:
    """The change of an address whose object shall be replaced, whether it differs or not."""
    live = match.live
    if live is None:
        return decide(match, wanted, kind, key)
    if kind.api is None or kind.api.delete is None or kind.api.create is None:
        message = f"--replace {match.address}: a {kind.name} cannot be deleted and created"
        return Diagnostic(message, wanted.definition.source, "", str(match.address))
    if match.entry is None:
        message = f"--replace {match.address}: ddconf does not own it"
        return Diagnostic(message, wanted.definition.source, "adopt it first: run apply", str(match.address))
    view = NormalizationContext(kind, wanted.definition.options.ignore, wanted.secret_paths, key)
    before, fields = compare(view, wanted.document, live.document, match.entry)
    before = before or normalized_live(view, wanted.document, live.document)
    return _change(match, wanted, Action.REPLACE, live.id, before, fields, "as --replace says")


def _create(match: Match, wanted: ResolvedDefinition, kind: Kind) -> Change | Diagnostic:
    if kind.api is None or not (kind.api.create or kind.api.created_with_parent):
        message = f"{match.address}: there is no such {kind.name}, and it cannot be created"
        return Diagnostic(message, wanted.definition.source, kind.notes, str(match.address))
    reason = "deleted outside ddconf" if match.entry else ""
    return _change(match, wanted, Action.CREATE, reason=reason)


def _manual(match: Match, wanted: ResolvedDefinition, view: NormalizationContext) -> Change | None:
    """What a person did last is known from the entry that `ddconf ack` wrote."""
    if match.entry is None:
        return _change(match, wanted, Action.MANUAL)
    desired, done = view.normalize(wanted.document), view.normalize(match.entry.applied)
    fields = field_changes(desired, done, done, done)
    if fields:
        return _change(match, wanted, Action.MANUAL, match.entry.id, done, fields)
    return _state_only(match, wanted, match.entry.id)


def _settled(
    match: Match, wanted: ResolvedDefinition, live: Live, view: NormalizationContext
) -> Change | None:
    """The live object is as defined: it may still have to be adopted or its entry brought up to date."""
    if match.entry is not None:
        return _state_only(match, wanted, live.id)
    before = normalized_live(view, wanted.document, live.document)
    return _change(match, wanted, Action.ADOPT, live.id, before)


def _state_only(match: Match, wanted: ResolvedDefinition, id_: str) -> Change | None:
    """Only the entry changes: its address, its protection, or what it refers to."""
    entry = match.entry
    assert entry is not None
    reasons = []
    if entry.protected != wanted.definition.options.protect:
        reasons.append("no longer protected" if entry.protected else "protected from now on")
    if set(entry.depends_on) != set(wanted.needs):
        reasons.append("refers to other objects now")
    if not reasons and match.moved_from is None:
        return None
    return _change(match, wanted, Action.NOOP, id_, reason=", ".join(reasons))


def _differing(
    match: Match,
    wanted: ResolvedDefinition,
    kind: Kind,
    live: Live,
    before: Document,
    fields: tuple[FieldChange, ...],
) -> Change | Diagnostic:
    """The live object differs: change it in place if that can be done, else replace it."""
    if kind.api is None:
        return _change(match, wanted, Action.MANUAL, live.id, before, fields)
    fixed = [field for field in fields if kind.api.update is None or is_immutable(kind, field)]
    if not fixed:
        action = Action.UPDATE if match.entry else Action.ADOPT
        return _change(match, wanted, action, live.id, before, fields)
    paths = ", ".join(format_path(field.path) for field in fixed)
    message = f"{match.address}: {paths} cannot be changed in {kind.name} {live.id}".rstrip()
    if kind.api.delete is None or kind.api.create is None:
        hint = (
            "nor can the object be replaced: undo the change, or list the path under `ddconf: {ignore: ...}`"
        )
        return Diagnostic(message, wanted.definition.at(fixed[0].path), hint, str(match.address))
    if match.entry is None and wanted.definition.options.id is None:
        # An object that only bears the same name is never destroyed for it.
        hint = f"to have it destroyed and made anew, name it: `ddconf: {{id: {live.id}}}`"
        return Diagnostic(message, wanted.definition.at(fixed[0].path), hint, str(match.address))
    return _change(match, wanted, Action.REPLACE, live.id, before, fields)


def is_immutable(kind: Kind, field: FieldChange) -> bool:
    """Whether the change touches a path that no update may change."""
    return any(_touches(parse_path(pattern), field) for pattern in kind.immutable)


def is_silence(kind: Kind, field: FieldChange) -> bool:
    """Whether one side says nothing of what can never change: no reason to refuse to adopt the object."""
    fixed = kind.api is not None and (kind.api.update is None or is_immutable(kind, field))
    return fixed and None in (field.before, field.after)


def _touches(pattern: Path, field: FieldChange) -> bool:
    """Whether pattern and path meet; inside a list, whether what the pattern selects has changed."""
    common = min(len(pattern), len(field.path))
    if any(step not in ("*", at) for step, at in zip(pattern[:common], field.path, strict=False)):
        return False
    inner = pattern[common:]
    return not inner or _selected(field.before, inner) != _selected(field.after, inner)


def _selected(value: object, pattern: Path) -> list[str]:
    return [canonical(get(value, path)) for path in find(value, pattern)]


def _change(
    match: Match,
    wanted: ResolvedDefinition,
    action: Action,
    id_: str = "",
    before: Document | None = None,
    fields: tuple[FieldChange, ...] = (),
    reason: str = "",
) -> Change:
    definition = wanted.definition
    return Change(
        address=match.address,
        action=action,
        id=id_,
        before=before,
        desired=definition.document,
        fields=fields,
        depends_on=wanted.needs,
        moved_from=match.moved_from,
        reason=reason,
        source=definition.source,
        ignore=definition.options.ignore,
        protect=definition.options.protect,
        adopt=definition.options.adopt,
    )
