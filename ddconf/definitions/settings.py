"""Settings: what `ddconf.yaml`, flags and the environment say together; read before anything else."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from ddconf.address import Address
from ddconf.definitions import variables as variables_
from ddconf.definitions.files import SETTINGS, decode, read_bytes, shown
from ddconf.definitions.limit_settings import USUAL_LIMITS, LimitSettings, read_limits
from ddconf.definitions.lint_settings import LintSettings, read_lint
from ddconf.definitions.match_policies import MatchPolicy, read_policies
from ddconf.definitions.shape_checks import Expect, by_place
from ddconf.definitions.sites import known_site
from ddconf.definitions.suggest import did_you_mean
from ddconf.definitions.variables import Variable
from ddconf.document import JSON
from ddconf.document import Path as Place
from ddconf.errors import DdconfError, Diagnostic, Source
from ddconf.kind import kind_names

FACET_SOURCES = ("session", "dump", "manual")
STATE = ".ddconf/state.json"
SECRET_PREFIX = "DDCONF_SECRET_"
_MOST_BYTES_OF_A_SECRET = 1_000_000
_OWN_KEYS = re.compile(r"(?:DD|DATADOG)_.*(?:KEY|TOKEN).*")
KEYS = (
    "site",
    "state",
    "variables",
    "environments",
    "limits",
    "facets",
    "secrets",
    "allow_writes",
    "allow_deletes",
    "ignore",
    "lint",
    "policies",
    "ownership_mark",
)


@dataclass(frozen=True, slots=True)
class Facets:
    """Where the live state of log facets comes from; `dump` is the file of a saved answer."""

    source: str = "manual"
    dump: Path | None = None
    scope_id: str | None = None


@dataclass(frozen=True, slots=True)
class SecretSource:
    """Where a secret is read: the variable `env`, or the file `file`."""

    env: str | None = None
    file: Path | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that is set; `state` is a URL or a path below `root`."""

    root: Path
    state: str = STATE
    site: str | None = None
    environment: str | None = None
    variables: Mapping[str, JSON] = field(default_factory=dict)
    limits: LimitSettings = USUAL_LIMITS
    facets: Facets = Facets()
    allow_writes: frozenset[str] = frozenset()
    """Kinds whose writes need an opt-in, and have it."""
    allow_deletes: frozenset[str] = frozenset()
    """Addresses that may be deleted although that can never be undone."""
    secrets: Mapping[str, SecretSource] = field(default_factory=dict)
    ignore: tuple[str, ...] = ()
    """Patterns of files below `root` that are not definitions."""
    lint: LintSettings = field(default_factory=LintSettings)
    policies: tuple[MatchPolicy, ...] = ()
    allow_unknown: tuple[str, ...] = ()
    """Fields that the schema does not know and that are taken all the same, as KIND.FIELD."""
    ownership_mark: bool = True
    """Whether what is written gets the mark of the state, where its kind has tags."""
    env: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)

    def set_secrets(self) -> dict[str, str]:
        """The value of every secret that is set, by its name, whether a definition uses it or not."""
        named = (key.removeprefix(SECRET_PREFIX) for key in self.env if key.startswith(SECRET_PREFIX))
        found = {}
        for name in sorted({*self.secrets, *named}):
            with suppress(DdconfError):
                found[name] = self.secret(name)
        return found

    def secret(self, name: str) -> str:
        """The value of `${secret.NAME}`; raises DdconfError where it is not set, or a key of ddconf."""
        value = self._secret(name)
        if value in self._own_keys():
            raise DdconfError(f"the secret '{name}' is a key of ddconf itself: use one of its own")
        return value

    def _own_keys(self) -> set[str]:
        """What a run logs in with: a definition could send it anywhere, by a webhook for one."""
        found = set()
        for name, value in self.env.items():
            if _OWN_KEYS.fullmatch(name):
                found.add(value.strip())
                if name.endswith("_FILE"):
                    with suppress(OSError, UnicodeDecodeError):
                        found.add(_content(Path(value.strip())).strip())
        return found - {""}

    def _secret(self, name: str) -> str:
        source = self.secrets.get(name, SecretSource(env=SECRET_PREFIX + name))
        if source.file is not None:
            try:
                return _content(source.file).rstrip("\r\n")
            except (OSError, UnicodeDecodeError) as error:
                reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
                raise DdconfError(
                    f"the secret '{name}' cannot be read from {source.file}: {reason}"
                ) from None
        value = self.env.get(source.env or "")
        if not value:
            raise DdconfError(
                Diagnostic(
                    f"the secret '{name}' is not set", hint=f"set the environment variable {source.env}"
                )
            )
        return value


def _content(file: Path) -> str:
    """The text of a small regular file: a pipe or a device may never come to its end. Raises OSError."""
    with os.fdopen(os.open(file, os.O_RDONLY | os.O_NONBLOCK), "rb") as opened:
        if not stat.S_ISREG(os.fstat(opened.fileno()).st_mode):
            raise OSError(errno.EINVAL, "it is not a regular file")
        content = opened.read(_MOST_BYTES_OF_A_SECRET + 1)
    if len(content) > _MOST_BYTES_OF_A_SECRET:
        raise OSError(errno.EFBIG, "it is larger than 1 MB")
    return content.decode("utf-8")


def read(
    root: Path,
    *,
    environment: str | None = None,
    variables: Mapping[str, str] = MappingProxyType({}),
    variable_files: Sequence[Path] = (),
    env: Mapping[str, str] = MappingProxyType({}),
) -> Settings:
    """The settings of a folder; `variables` are those of `--var`, `variable_files` those of `--var-file`.

    Raises DdconfError with every mistake.
    """
    path = root / SETTINGS
    file = shown(path)
    expect = Expect({(): Source(file, 1, 1)})
    given: dict[str, JSON] = {}
    if path.exists():
        from ddconf.definitions.yaml import reader

        documents = reader.load(decode(read_bytes(path), file), file)
        if len(documents) > 1:
            raise DdconfError(
                Diagnostic("the settings are one document", documents[1][1][()], "remove '---'")
            )
        for value, positions in documents:
            expect = Expect(positions)
            given = expect.keys(value, (), KEYS)
    known = variables_.declared(given.get("variables"), ("variables",), expect)
    chosen = _environment(given, environment, known, expect)
    facets = _facets(given.get("facets"), root, expect)
    settings = Settings(
        root=root,
        state=_state(given, chosen, environment, expect),
        site=chosen.get("site") or known_site(given.get("site"), ("site",), expect),
        environment=environment,
        limits=read_limits(given.get("limits"), expect),
        facets=facets,
        allow_writes=frozenset(_kinds(given.get("allow_writes"), expect)),
        allow_deletes=frozenset(_addresses(given.get("allow_deletes"), expect)),
        secrets=_secrets(given.get("secrets"), root, expect),
        ignore=(*expect.texts(given.get("ignore"), ("ignore",)), *_below(root, facets.dump)),
        lint=read_lint(given.get("lint"), expect),
        policies=read_policies(given, expect),
        ownership_mark=expect.typed(given.get("ownership_mark"), ("ownership_mark",), bool, True),
        env=env,
    )
    if expect.diagnostics:
        raise DdconfError(*sorted(expect.diagnostics, key=by_place))
    in_files = variables_.in_files(variable_files)
    return replace(
        settings, variables=variables_.values(known, chosen.get("variables") or {}, in_files, variables, env)
    )


def _environment(
    given: Mapping[str, JSON], name: str | None, known: Mapping[str, Variable], expect: Expect
) -> dict[str, JSON]:
    """The chosen one of `environments:`; the others are checked too."""
    place: Place = ("environments",)
    checked = {}
    for key, value in expect.typed(given.get("environments"), place, dict, {}).items():
        checked[key] = expect.keys(value, (*place, key), ("site", "state", "variables"))
        checked[key]["site"] = known_site(checked[key].get("site"), (*place, key, "site"), expect)
        of_variables = (*place, key, "variables")
        checked[key]["variables"] = expect.keys(checked[key].get("variables"), of_variables, known)
    if name is not None and name not in checked:
        hint = did_you_mean(name, checked, f"known are: {', '.join(checked)}" if checked else "")
        raise DdconfError(*expect.diagnostics, Diagnostic(f"unknown environment '{name}'", hint=hint))
    return checked[name] if name is not None else {}


def _text(values: Mapping[str, JSON], key: str, path: Place, expect: Expect) -> str | None:
    return expect.typed(values.get(key), (*path, key), str, "") or None


def _state(
    given: Mapping[str, JSON], chosen: Mapping[str, JSON], environment: str | None, expect: Expect
) -> str:
    """Each environment has a state of its own unless ddconf.yaml says where the state is."""
    own = _text(chosen, "state", ("environments", environment or ""), expect)
    default = f".ddconf/state.{environment}.json" if environment else STATE
    return own or _text(given, "state", (), expect) or default


def _facets(value: JSON, root: Path, expect: Expect) -> Facets:
    given = expect.keys(value, ("facets",), ("source", "dump", "scope_id"))
    source = expect.typed(given.get("source"), ("facets", "source"), str, "manual")
    dump = _text(given, "dump", ("facets",), expect)
    scope_id = given.get("scope_id")
    if source not in FACET_SOURCES:
        hint = did_you_mean(source, FACET_SOURCES, f"one of: {', '.join(FACET_SOURCES)}")
        expect.mistake(("facets", "source"), f"unknown source of facets '{source}'", hint)
    if source == "dump" and dump is None:
        expect.mistake(("facets", "source"), "the dump's file is missing", "add dump: FILE under facets:")
    return Facets(source, root / dump if dump else None, str(scope_id) if scope_id is not None else None)


def _below(root: Path, file: Path | None) -> Iterator[str]:
    """The file's place below the folder, if it has one: there it would be taken for definitions."""
    if file and file.is_relative_to(root):
        yield file.relative_to(root).as_posix()


def _secrets(value: JSON, root: Path, expect: Expect) -> dict[str, SecretSource]:
    sources = {}
    for name, said in expect.typed(value, ("secrets",), dict, {}).items():
        place: Place = ("secrets", name)
        given = expect.keys(said, place, ("env", "file"))
        env, file = _text(given, "env", place, expect), _text(given, "file", place, expect)
        if (env is None) == (file is None):
            expect.mistake(place, f"'{name}' must say where it is read", "write {env: NAME} or {file: PATH}")
        # What a pull request defines goes to Datadog, and by its webhooks anywhere: never with a run's keys.
        if env and _OWN_KEYS.fullmatch(env):
            expect.mistake((*place, "env"), f"'{env}' is a key of ddconf itself", "use a variable of its own")
        if file and (root / file).resolve().is_relative_to("/proc"):
            expect.mistake(
                (*place, "file"), f"'{file}' tells of processes", "keep the secret in a file of its own"
            )
        sources[name] = SecretSource(env, root / file if file else None)
    return sources


def _kinds(value: JSON, expect: Expect) -> tuple[str, ...]:
    kinds = expect.texts(value, ("allow_writes",))
    for kind in kinds:
        if kind not in kind_names():
            hint = did_you_mean(kind, kind_names(), "`ddconf kinds` lists all")
            expect.mistake(("allow_writes",), f"unknown kind '{kind}'", hint)
    return kinds


def _addresses(value: JSON, expect: Expect) -> tuple[str, ...]:
    addresses = expect.texts(value, ("allow_deletes",))
    for text in addresses:
        try:
            Address.parse(text)
        except ValueError as error:
            expect.mistake(("allow_deletes",), str(error))
    return addresses
