"""The secrets that a run knows: their references come back into what is exported, their values never do."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from ddconf.address import Address
from ddconf.datadog.http.spellings import spellings
from ddconf.definitions.settings import Settings
from ddconf.document import JSON, Path, format_path
from ddconf.errors import Diagnostic

_KEYS = ("DD_API_KEY", "DD_APP_KEY", "DATADOG_API_KEY", "DATADOG_APP_KEY")
_SHORT = 8
"""Shorter values count only where they stand as words of their own."""


@dataclass(frozen=True)
class KnownSecrets:
    """Values by the name that `${secret.NAME}` has, and those of the keys."""

    values: Mapping[str, str]

    @staticmethod
    def of(settings: Settings) -> KnownSecrets:
        """All that are set, whether a definition uses them or not."""
        keys = {name: value for name in _KEYS if len(value := settings.env.get(name, "")) > _SHORT}
        return KnownSecrets({**keys, **settings.set_secrets()})

    def with_references(self, live: JSON, names: Collection[str]) -> JSON:
        """The document with `${secret.NAME}` where the value of one of these secrets stands."""
        if isinstance(live, str):
            for name in sorted(names, key=lambda one: -len(self.values.get(one, ""))):
                if value := self.values.get(name):
                    live = live.replace(value.replace("${", "$${"), f"${{secret.{name}}}")
            return live
        if isinstance(live, dict):
            return {key: self.with_references(item, names) for key, item in live.items()}
        return [self.with_references(item, names) for item in live] if isinstance(live, list) else live

    def in_text(self, text: str) -> str:
        """The name of a secret whose value stands in a text, in any spelling; empty if there is none."""
        return next((name for name, forms in self._forms.items() if forms.stand_in(text)), "")

    def problem(self, address: Address, document: JSON, at: Path = ()) -> Diagnostic | None:
        """Why a document, or its part `at` a path, cannot be written: it holds a secret's value."""
        for path, text in _texts(document, at):
            if name := self.in_text(text):
                return Diagnostic(
                    f"{address} was not written: {format_path(path)} holds the value of the secret '{name}'",
                    hint=f"write ${{secret.{name}}} there in the definition, or change the object",
                )
        return None

    @cached_property
    def _forms(self) -> Mapping[str, _Spellings]:
        return {name: _Spellings.of(value) for name, value in self.values.items()}


NO_SECRETS = KnownSecrets({})


@dataclass(frozen=True)
class _Spellings:
    """How a secret may be written. Python finds a text in a text far sooner than one pattern of them all."""

    long: tuple[str, ...]
    short: re.Pattern[str] | None
    """Each as a word of its own; None where there are none."""

    @staticmethod
    def of(value: str) -> _Spellings:
        found = spellings(value)
        words = "|".join(re.escape(text) for text in found if len(text) < _SHORT)
        pattern = re.compile(rf"(?<!\w)(?:{words})(?!\w)") if words else None
        return _Spellings(tuple(text for text in found if len(text) >= _SHORT), pattern)

    def stand_in(self, text: str) -> bool:
        if any(spelling in text for spelling in self.long):
            return True
        return self.short is not None and self.short.search(text) is not None


def _texts(value: JSON, path: Path) -> Iterator[tuple[Path, str]]:
    """Every text of a document, keys too, with its place."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield (*path, key), key
            yield from _texts(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _texts(item, (*path, index))
