"""`policies:` of ddconf.yaml: what every definition of a kind has to be like, in one line each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase

from ddconf.definitions.conditions import Condition, FieldTest, parse_condition
from ddconf.definitions.shape_checks import Expect
from ddconf.definitions.suggest import did_you_mean
from ddconf.document import JSON, Document, Path
from ddconf.errors import Severity, Source
from ddconf.kind import kind_names

_KEYS = ("require", "where", "environments", "severity", "owner", "hint", "passes", "fails")
_FORM = "write KIND.PATH has PATTERN, as in monitor.tags has team:*"
_NO_CONDITION = Condition(())


@dataclass(frozen=True, slots=True)
class MatchPolicy:
    """Definitions of `kind` that `where` holds for have to be as `require` says."""

    name: str
    kind: str
    require: Condition
    where: Condition = _NO_CONDITION
    environments: tuple[str, ...] = ()
    severity: Severity = Severity.ERROR
    owner: str = ""
    hint: str = ""
    passes: tuple[Document, ...] = ()
    fails: tuple[Document, ...] = ()
    source: Source | None = None

    def failing(
        self, kind: str, document: Document, environment: str | None
    ) -> tuple[FieldTest, Path] | None:
        """What the definition does not pass, and where; None where it passes or is not meant."""
        if not fnmatchcase(kind, self.kind) or (self.environments and environment not in self.environments):
            return None
        return None if self.where.failing(document) else self.require.failing(document)


def read_policies(given: Mapping[str, JSON], expect: Expect) -> tuple[MatchPolicy, ...]:
    """The section `policies:` of the settings, which may name those of `environments:`."""
    found = tuple(_policies(given.get("policies"), expect))
    environments = given.get("environments")
    known = list(environments) if isinstance(environments, dict) else []
    for policy in found:
        for name in policy.environments:
            if name not in known:
                hint = did_you_mean(name, known, f"known are: {', '.join(known)}" if known else "")
                place: Path = ("policies", policy.name, "environments")
                expect.mistake(place, f"unknown environment '{name}'", hint)
    return found


def _policies(value: JSON, expect: Expect) -> Iterator[MatchPolicy]:
    for name, said in expect.typed(value, ("policies",), dict, {}).items():
        place: Path = ("policies", name)
        given = {"require": said} if isinstance(said, str) else expect.keys(said, place, _KEYS)
        of_require = place if isinstance(said, str) else (*place, "require")
        kind, _, condition = expect.typed(given.get("require"), of_require, str, "").strip().partition(".")
        require = _condition(condition, of_require, expect)
        where = _NO_CONDITION
        if text := expect.typed(given.get("where"), (*place, "where"), str, ""):
            where = _condition(text, (*place, "where"), expect) or where
        if require is None or not _is_kind(kind, of_require, expect):
            continue
        yield MatchPolicy(
            name,
            kind,
            require,
            where,
            expect.texts(given.get("environments"), (*place, "environments")),
            _severity(given.get("severity"), (*place, "severity"), expect),
            expect.typed(given.get("owner"), (*place, "owner"), str, ""),
            expect.typed(given.get("hint"), (*place, "hint"), str, ""),
            _documents(given.get("passes"), (*place, "passes"), expect),
            _documents(given.get("fails"), (*place, "fails"), expect),
            expect.at(place),
        )


def _condition(text: str, place: Path, expect: Expect) -> Condition | None:
    try:
        return parse_condition(text)
    except ValueError as error:
        expect.mistake(place, str(error), _FORM if place[-1] != "where" else "write PATH has PATTERN")
        return None


def _is_kind(kind: str, place: Path, expect: Expect) -> bool:
    if any(fnmatchcase(name, kind) for name in kind_names()):
        return True
    expect.mistake(place, f"unknown kind '{kind}'", did_you_mean(kind, kind_names(), _FORM))
    return False


def _severity(value: JSON, place: Path, expect: Expect) -> Severity:
    text = expect.typed(value, place, str, Severity.ERROR.value)
    if text not in list(Severity):
        hint = did_you_mean(text, list(Severity), "one of: error, warning, note")
        expect.mistake(place, f"unknown severity '{text}'", hint)
        return Severity.ERROR
    return Severity(text)


def _documents(value: JSON, place: Path, expect: Expect) -> tuple[Document, ...]:
    items = expect.typed(value, place, list, [])
    return tuple(expect.typed(item, (*place, index), dict, {}) for index, item in enumerate(items))
