"""Check the shape of what stands in a file, noting each mistake with its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from ddconf.definitions.suggest import did_you_mean
from ddconf.document import JSON, Path, format_path
from ddconf.errors import Diagnostic, Source

T = TypeVar("T")
WORDS: dict[type, str] = {
    dict: "a mapping",
    list: "a list",
    str: "text",
    bool: "true or false",
    int: "a number",
    float: "a number",
    type(None): "nothing",
}


def by_place(diagnostic: Diagnostic) -> tuple[str, int, int]:
    """The key to sort mistakes by; those without a place come first."""
    source = diagnostic.source
    return (source.file, source.line, source.column) if source else ("", 0, 0)


class Expect:
    """Each check returns the value if it is right, or what stands for it, having noted the mistake."""

    def __init__(self, positions: Mapping[Path, Source], diagnostics: list[Diagnostic] | None = None) -> None:
        self.positions = positions
        self.diagnostics: list[Diagnostic] = [] if diagnostics is None else diagnostics

    def at(self, path: Path) -> Source | None:
        """The nearest known place."""
        for length in range(len(path), -1, -1):
            if (found := self.positions.get(path[:length])) is not None:
                return found
        return None

    def mistake(self, path: Path, message: str, hint: str = "", *, length: int = 1, about: str = "") -> None:
        """Note a mistake at a path, or in a text at the part that it is `about`."""
        source = self.at(path)
        if about:
            from ddconf.definitions.yaml import spans

            source = spans.find(source, about)
        self.diagnostics.append(Diagnostic(message, source, hint, length=len(about) or length))

    def typed(self, value: JSON, path: Path, wanted: type[T], default: T) -> T:
        """A value of that type; `null` stands for the default."""
        if value is None:
            return default
        if isinstance(value, wanted) and (wanted is bool or not isinstance(value, bool)):
            return value
        what = f"'{format_path(path)}' must be {WORDS[wanted]}" if path else f"this must be {WORDS[wanted]}"
        self.mistake(path, f"{what}, not {WORDS[type(value)]}")
        return default

    def keys(self, value: JSON, path: Path, known: Iterable[str] | None = None) -> dict[str, JSON]:
        """A mapping, without keys that are not known."""
        mapping: dict[str, JSON] = self.typed(value, path, dict, {})
        known = list(mapping if known is None else known)
        for key in mapping:
            if key not in known:
                below = f" under '{format_path(path)}'" if path[:1] and isinstance(path[0], str) else ""
                hint = did_you_mean(key, known, f"known are: {', '.join(known)}")
                self.mistake((*path, key), f"unknown key '{key}'{below}", hint, length=len(key))
        return {key: item for key, item in mapping.items() if key in known}

    def texts(self, value: JSON, path: Path) -> tuple[str, ...]:
        """A list of texts; one text alone stands for a list of one."""
        items: list[JSON] = [value] if isinstance(value, str) else self.typed(value, path, list, [])
        wrong = [index for index, item in enumerate(items) if not isinstance(item, str)]
        for index in wrong:
            self.typed(items[index], (*path, index), str, "")
            if items[index] is None:
                self.mistake((*path, index), f"'{format_path((*path, index))}' must be text, not nothing")
        return tuple(item for item in items if isinstance(item, str))
