"""A kind's path patterns as one tree, so that a document is walked once; used by all comparing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ddconf.document import JSON, Path, parse_path
from ddconf.kind import Kind

ABSENT = object()
"""Stands where there is no value; None is a value."""


@dataclass(slots=True)
class Rules:
    """What holds at one place of a document, and below it."""

    keys: dict[str | int, Rules] = field(default_factory=dict)
    every: Rules | None = None
    """For the keys and items that `keys` does not name."""
    dropped: bool = False
    """Owned by the server, or ignored on request: not compared."""
    secret: bool = False
    unordered: bool = False
    default: JSON = ABSENT

    def below(self, key: str | int) -> Rules | None:
        return self.keys.get(key, self.every)


def compile_rules(
    kind: Kind,
    ignore: tuple[str, ...] = (),
    secret_paths: tuple[Path, ...] = (),
    open_secrets: tuple[str, ...] = (),
) -> Rules:
    """The tree of a kind, with what one definition ignores, keeps secret and does not; made once for each."""
    wanted = (id(kind), ignore, secret_paths, open_secrets)
    known = _COMPILED.get(wanted)
    if known is None:
        known = _COMPILED[wanted] = (kind, _compile(kind, ignore, secret_paths, open_secrets))
    return known[1]


_COMPILED: dict[tuple[int, tuple[str, ...], tuple[Path, ...], tuple[str, ...]], tuple[Kind, Rules]] = {}
"""By identity, since a kind's tables cannot be hashed; the kind is kept so that its identity stays taken."""


def _compile(
    kind: Kind, ignore: tuple[str, ...], secret_paths: Iterable[Path], open_secrets: tuple[str, ...]
) -> Rules:
    root = Rules()
    own_id = () if kind.id in kind.key or not kind.id else (kind.id,)
    for pattern in (*own_id, *kind.read_only, *ignore):
        for place in _places(root, parse_path(pattern)):
            place.dropped = True
    for pattern in kind.unordered:
        for place in _places(root, parse_path(pattern)):
            place.unordered = True
    secrets = (parse_path(text) for text in (*kind.secrets, *kind.sensitive) if text not in open_secrets)
    for path in (*secrets, *map(_any_item, secret_paths)):
        for place in _places(root, path):
            place.secret = True
    for pattern, value in kind.defaults.items():
        for place in _places(root, parse_path(pattern)):
            place.default = value
    return root


def _any_item(path: Path) -> Path:
    """Items move between two versions of a list, so a secret in one item hides that field of all."""
    return tuple("*" if isinstance(step, int) else step for step in path)


def _places(node: Rules, pattern: Path) -> list[Rules]:
    """The nodes that a pattern stands for: `*` also means every key that has a node of its own."""
    places = [node]
    for step in pattern:
        if step == "*":
            places = [child for place in places for child in _children(place)]
        else:
            places = [_child(place, step) for place in places]
    return places


def _children(node: Rules) -> list[Rules]:
    if node.every is None:
        node.every = Rules()
    return [node.every, *node.keys.values()]


def _child(node: Rules, step: str | int) -> Rules:
    if step not in node.keys:
        node.keys[step] = _copy(node.every) if node.every else Rules()
    return node.keys[step]


def _copy(node: Rules) -> Rules:
    """A named key starts from what holds for every key."""
    return Rules(
        {key: _copy(child) for key, child in node.keys.items()},
        _copy(node.every) if node.every else None,
        node.dropped,
        node.secret,
        node.unordered,
        node.default,
    )


def default_at(kind: Kind, path: Path) -> JSON:
    """The value that the server fills in at a path; None where that is unknown."""
    rules: Rules | None = compile_rules(kind)
    for step in path:
        rules = rules.below(step) if rules else None
    return rules.default if rules and rules.default is not ABSENT else None


def matches(pattern: Path, path: Sequence[str | int]) -> bool:
    """Whether a pattern means exactly this path."""
    return len(pattern) == len(path) and all(
        step in ("*", at) for step, at in zip(pattern, path, strict=True)
    )
