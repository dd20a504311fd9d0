"""The body of an update: the live document with the planned changes made to it, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ddconf.document import JSON, Document, Path, copy, drop, find, get, parse_path, put, remove
from ddconf.kind import Kind
from ddconf.plans.change import FieldChange
from ddconf.plans.comparison import is_set
from ddconf.plans.rules import Rules, compile_rules
from ddconf.plans.server_fields import carry
from ddconf.plans.shared_lists import place


def body_for_update(
    kind: Kind,
    live: Document,
    changes: Iterable[FieldChange],
    desired: Document,
    *,
    ignore: tuple[str, ...] = (),
    secret_paths: tuple[Path, ...] = (),
) -> Document:
    """What to send for an object that is live, so that the changes happen and nothing else does.

    Values come from `desired`, resolved but not normalized. Fields that are ignored or filled in by the
    server survive, and so do other people's items of lists that are partly theirs. Secrets are always
    there, since the server does not show what it has.
    """
    body: Document = copy(live)
    for pattern in _never_sent(kind):
        drop(body, pattern)
    rules = compile_rules(kind, ignore)
    changes = tuple(changes)
    for change in changes:
        value = get(desired, change.path)
        if change.path in map(parse_path, kind.shared_lists):
            put(body, change.path, _shared(kind, live, change, value))
        elif value is None:
            _clear(kind, body, desired, change.path)
        else:
            put(
                body,
                change.path,
                carry(kind, change.path, value, get(live, change.path), _at(rules, change.path)),
            )
    for path in _together(kind, changes):
        if (value := get(desired, path)) is None:
            body.pop(str(path[0]), None)
        else:
            put(body, path, carry(kind, path, value, get(live, path), _at(rules, path)))
    for path in _secret_places(kind, desired, secret_paths):
        put(body, path, carry(kind, path, get(desired, path), get(live, path), _at(rules, path)))
    return body


def _together(kind: Kind, changes: Iterable[FieldChange]) -> Iterator[Path]:
    """Fields that go along with a changed one, since they say the same in other words or refer to it."""
    changed = {change.path[0] for change in changes}
    for group in kind.together:
        if changed & set(group):
            yield from ((name,) for name in group)


def _never_sent(kind: Kind) -> Iterator[Path]:
    """Paths of the server's own fields; those inside list items stay, since they tell the items apart."""
    own_id = () if kind.id in kind.key or not kind.id else (kind.id,)
    for pattern in map(parse_path, (*own_id, *kind.read_only, *kind.immutable)):
        if "*" not in pattern:
            yield pattern


def _shared(kind: Kind, live: Document, change: FieldChange, ours: JSON) -> list[JSON]:
    """Our items among theirs; from a set, what we no longer want is taken out."""
    theirs = get(live, change.path) or []
    gone = [item for item in change.before or () if item not in (ours or ())]
    if is_set(kind, change.path):
        theirs = [item for item in theirs if item not in gone]
    return place(theirs, ours or [])


def _clear(kind: Kind, body: Document, desired: Document, path: Path) -> None:
    """Take a value away: by its default where that is known, by null where an update would keep it."""
    if (default := _default(kind, path)) is not None:
        put(body, path, copy(default))
        return
    while len(path) > 1 and get(desired, path[:-1]) is None and len(get(body, path[:-1], ())) <= 1:
        path = path[:-1]
    if kind.api is not None and kind.api.merges and len(path) == 1:
        body[str(path[0])] = None
    else:
        remove(body, path)


def _default(kind: Kind, path: Path) -> JSON:
    return next((value for pattern, value in kind.defaults.items() if parse_path(pattern) == path), None)


def _secret_places(kind: Kind, desired: Document, secret_paths: tuple[Path, ...]) -> list[Path]:
    """Paths of secrets in the definition; of those inside lists, the path of the outermost list."""
    patterns = (*map(parse_path, kind.hidden(desired)), *secret_paths)
    found = [path for pattern in patterns for path in find(desired, pattern)]
    return list(dict.fromkeys(_up_to_list(path) for path in found))


def _up_to_list(path: Path) -> Path:
    cut = next((index for index, step in enumerate(path) if isinstance(step, int)), len(path))
    return path[:cut]


def _at(rules: Rules | None, path: Path) -> Rules | None:
    for step in path:
        rules = rules.below(step) if rules else None
    return rules
