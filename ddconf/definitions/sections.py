"""What stands in one document of a definition file: kinds with definitions, `moved:`, `removed:`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from ddconf.address import NAME, Address, is_name
from ddconf.definitions import references
from ddconf.definitions.api_json import kind_of, objects
from ddconf.definitions.definition import Definition, MovedBlock, Options, RemovedBlock
from ddconf.definitions.lint_settings import read_terms
from ddconf.definitions.other_files import Foreign, is_shaped
from ddconf.definitions.shape_checks import Expect
from ddconf.definitions.substitute import Scope, substitute
from ddconf.definitions.suggest import did_you_mean
from ddconf.definitions.yaml.positions import Positions
from ddconf.document import JSON, Document, Path, pack, parse_path
from ddconf.errors import Diagnostic
from ddconf.kind import find_kind, kind_names

WRITTEN = (
    {"format", "lineage", "changes"},
    {"lineage", "serial", "entries"},
    {"format_version", "resource_changes"},
    {"format_version", "terraform_version"},
    {"$schema", "properties"},
    {"create", "update", "delete"},
)
"""Keys of JSON files that ddconf writes itself: plans, states, the schema for editors, GitLab's report."""
_NEARLY = 0.8
"""How alike a word must be to a kind to be that kind misspelt."""
OPTIONS = ("id", "adopt", "protect", "ignore", "waive")
RESERVED = ("ddconf", "for_each")
_MOST_BYTES = 100_000_000
"""Keys of a definition that are ours, not Datadog's."""
_TOP_KEY = re.compile(r"(?m)^(?:\{\s*)?[\"']?(\w+)[\"']?\s*:")
_KEY = "letters, digits and _ . : / @ -"

Found = Definition | MovedBlock | RemovedBlock


def read_document(
    value: JSON, positions: Positions, scope: Scope, diagnostics: list[Diagnostic]
) -> Iterator[Found]:
    """Everything in the document that is right; the mistakes go to `diagnostics`.

    A document without any known kind is for `foreign_document`.
    """
    known = _known()
    expect = Expect(positions, diagnostics)
    for section, content, below in positions.below():
        if section == "moved":
            yield from _moved(content, Expect(below, diagnostics))
        elif section == "removed":
            yield from _removed(content, Expect(below, diagnostics))
        elif section not in known:
            hint = _guess(section, content) or did_you_mean(section, _writable(), "`ddconf kinds` lists all")
            expect.mistake((section,), f"unknown kind '{section}'", hint, length=len(section))
        elif not isinstance(content, dict | None):
            expect.mistake((section,), f"'{section}' must hold names, each with its definition")
        elif content:
            for name, body, inside in below.below():
                yield from _definitions(section, name, body, scope, Expect(inside, diagnostics))


def is_written(value: JSON) -> bool:
    """Whether a JSON file is one that ddconf or Terraform writes, which holds no definitions."""
    return isinstance(value, dict) and any(keys <= value.keys() for keys in WRITTEN)


def is_foreign(value: JSON) -> bool:
    """Whether the document has no kind, so that it may be another program's file."""
    return not isinstance(value, dict) or (bool(value) and _known().isdisjoint(value))


def names_a_kind(text: str) -> bool:
    """Whether a text that cannot be read begins a line as a definition file would."""
    return any(line[1] in _known() for line in _TOP_KEY.finditer(text))


def foreign_document(value: JSON, positions: Positions, file: str) -> Foreign | None:
    """A document without any kind; None for what ddconf writes itself."""
    if is_written(value):
        return None
    mistakes: list[Diagnostic] = []
    expect = Expect(positions, mistakes)
    hint = "move it out of the folder, or name it under ignore: in ddconf.yaml"
    near = ""
    kinds = list(dict.fromkeys(map(kind_of, objects(value))))
    is_api_json = bool(kinds) and all(kinds)
    if is_api_json:
        title = find_kind(kinds[0]).title.lower()
        hint = f"`ddconf convert {file} --out FOLDER` writes the definition; then remove this file"
        expect.mistake((), f"this is Datadog's own JSON of a {title}, not a definition", hint)
    elif isinstance(value, dict):
        guesses = {key: _guess(key, content) for key, content in value.items()}
        first = next((key for key, guess in guesses.items() if guess), next(iter(value)))
        near = guesses[first]
        guess = near or did_you_mean(first, _writable(), hint)
        expect.mistake((first,), f"unknown kind '{first}'", guess, length=len(first))
    else:
        expect.mistake((), "a definition file must hold kinds, each with names", hint)
    return Foreign(file, tuple(mistakes), bool(near), is_api_json or is_shaped(value), is_api_json)


def _guess(key: str, content: JSON) -> str:
    """The kind that a wrong key most likely means, as a hint; empty where it may be another program's.

    Nearly the same word, several of its words, or what stands below it tell.
    """
    if near := did_you_mean(key, _writable(), cutoff=_NEARLY):
        return near
    words = {word.removesuffix("s") for word in key.lower().split("_")}
    if len(words) > 1:
        parts = {kind: {word.removesuffix("s") for word in kind.split("_")} for kind in _writable()}
        close = sorted(
            (kind for kind, has in parts.items() if words <= has), key=lambda kind: len(parts[kind])
        )
        if close:
            return f"did you mean '{close[0]}'?"
    bodies = content.values() if isinstance(content, dict) else ()
    kinds = {kind_of(body) for body in bodies if isinstance(body, dict)} - {""}
    return f"did you mean '{min(kinds)}'?" if kinds else ""


def _definitions(kind: str, name: str, body: JSON, scope: Scope, expect: Expect) -> Iterator[Definition]:
    """One definition, packed or not, or with `for_each` one for each key."""
    if not is_name(name):
        expect.mistake(
            (), f"'{name}' is not a name", "use a-z, 0-9, _ and -, a letter or digit first", length=len(name)
        )
    elif isinstance(body, bytes):
        yield Definition(Address(kind, name), body, positions=expect.positions, refers=False)
    elif not isinstance(body, dict):
        expect.mistake((), f"'{name}' must hold a definition: a mapping of fields")
    elif "for_each" not in body:
        yield _definition(Address(kind, name), body, scope, expect)
    else:
        size = 0
        for key, item in _each(body["for_each"], scope, expect):
            each = replace(scope, each={"key": key, "value": item})
            definition = _definition(Address(kind, f"{name}[{key}]"), body, each, expect)
            size += len(definition.content)
            if size > _MOST_BYTES:
                message = f"'for_each' makes more than {_MOST_BYTES // 1_000_000} MB of definitions"
                expect.mistake(("for_each",), message, "use fewer keys, or shorter texts")
                return
            yield definition


def _definition(address: Address, body: Document, scope: Scope, expect: Expect) -> Definition:
    document = {key: value for key, value in body.items() if key not in RESERVED}
    options = Options()
    if "ddconf" in body:
        options = _options(substitute(body["ddconf"], scope, expect, ("ddconf",)), expect)
    content = pack(substitute(document, scope, expect))
    return Definition(address, content, options, expect.positions, refers=b"${" in content)


def _options(value: JSON, expect: Expect) -> Options:
    path: Path = ("ddconf",)
    given = expect.keys(value, path, OPTIONS)
    id_ = given.get("id")
    if isinstance(id_, int) and not isinstance(id_, bool):
        id_ = str(id_)
    for place, text in references.strings(given):
        expect.mistake(
            (*path, *place), f"'{text}' must be known while loading", "only variables can stand here"
        )
    ignore = expect.texts(given.get("ignore"), (*path, "ignore"))
    for text in ignore:
        if not parse_path(text):
            expect.mistake((*path, "ignore"), f"'{text}' is not a path", "write it as in options.silenced")
    return Options(
        id=expect.typed(id_, (*path, "id"), str, "") or None,
        protect=expect.typed(given.get("protect"), (*path, "protect"), bool, False),
        adopt=expect.typed(given.get("adopt"), (*path, "adopt"), bool, False),
        ignore=ignore,
        waive=read_terms(given.get("waive"), (*path, "waive"), expect),
    )


def _each(value: JSON, scope: Scope, expect: Expect) -> Iterator[tuple[str, JSON]]:
    """The keys of `for_each` with their values; of a list, each item is both."""
    path: Path = ("for_each",)
    value = substitute(value, scope, expect, path)
    if isinstance(value, dict):
        pairs: list[tuple[Any, JSON]] = list(value.items())
    elif isinstance(value, list):
        pairs = [(str(item) if type(item) is int else item, item) for item in value]
    else:
        expect.mistake(path, "'for_each' must be a mapping or a list of texts")
        return
    seen = set()
    for index, (key, item) in enumerate(pairs):
        place = (*path, index if isinstance(value, list) else key)
        if not isinstance(key, str):
            expect.mistake(place, "a list under 'for_each' holds texts", "use a mapping: key -> values")
        elif not NAME.fullmatch(f"x[{key}]"):
            expect.mistake(place, f"'{key}' cannot be a key of for_each", f"use {_KEY}")
        elif key in seen:
            expect.mistake(place, f"'{key}' stands twice under 'for_each'")
        else:
            seen.add(key)
            yield key, item


@cache
def _known() -> frozenset[str]:
    """What may stand at the top of a file."""
    return frozenset((*kind_names(), "moved", "removed"))


def _writable() -> list[str]:
    """Those of it under which anybody would write something."""
    given = {name for name in kind_names() if (api := find_kind(name).api) and api.system_owned}
    return sorted(_known() - given)


def _moved(value: JSON, expect: Expect) -> Iterator[MovedBlock]:
    for index, item in enumerate(expect.typed(value, (), list, [])):
        ends = expect.keys(item, (index,), ("from", "to"))
        if len(ends) < 2:
            expect.mistake((index,), "a move needs 'from' and 'to'")
            continue
        before, after = (_address(ends[end], (index, end), expect) for end in ("from", "to"))
        if before and after and before.kind != after.kind:
            expect.mistake((index,), f"'{before}' cannot become '{after}'", "the kind must stay the same")
        elif before and after:
            yield MovedBlock(before, after, expect.at((index,)))


def _removed(value: JSON, expect: Expect) -> Iterator[RemovedBlock]:
    for index, item in enumerate(expect.typed(value, (), list, [])):
        if address := _address(item, (index,), expect):
            yield RemovedBlock(address, expect.at((index,)))


def _address(value: JSON, path: Path, expect: Expect) -> Address | None:
    try:
        address = Address.parse(value if isinstance(value, str) else "")
    except ValueError:
        expect.mistake(path, f"'{value or ''}' is not an address", "write KIND.NAME, as in monitor.cpu_high")
        return None
    if address.kind not in kind_names():
        expect.mistake(path, f"unknown kind '{address.kind}'", did_you_mean(address.kind, kind_names()))
        return None
    return address
