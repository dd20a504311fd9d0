"""References in documents: find `${monitor.cpu_high}` and `${secret.TOKEN}`, and put values in their place.

`${kind.name}` is the id of another definition, `${kind.name.field}` a field of it, `${kind[key]}` the id of
the live object with that natural key, `${secret.NAME}` a secret; `${var.x}` and `${each.key}` are replaced
while loading. `$${` stands for a literal `${`. Any other text, such as `{{host.name}}`, `$env` or
`%{date("ISO8601"):date}`, is left alone.
"""

from __future__ import annotations

import json
import marshal
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from ddconf.address import NAME, Address
from ddconf.document import JSON, Document, Path
from ddconf.errors import DdconfError

TOKEN = re.compile(r"\$\$\{|\$\{([^{}]*)\}|\$\{")
_FIELD = r"(?:\.[^.\[\]\s]+|\[[^\[\]]+\])+"
_REFERENCE = re.compile(
    r"\s*(?:"
    rf"(?P<scope>var|secret|each)\.(?P<word>[A-Za-z_][A-Za-z0-9_-]*)(?P<below>{_FIELD})?"
    rf"|(?P<kind>[a-z][a-z0-9_]*)\.(?P<name>\*|{NAME.pattern})(?:\.(?P<field>[^.\s].*?))?"
    r"|(?P<looked_up>[a-z][a-z0-9_]*)\[(?P<key>.+)\]"
    r")\s*"
)


class _Unresolved:
    def __repr__(self) -> str:
        return "UNRESOLVED"


UNRESOLVED = _Unresolved()
"""What a lookup answers for a reference that must stay text for now."""


@dataclass(frozen=True, slots=True)
class Reference:
    """What stands in `${...}`; kind is `secret`, `var` or `each` for those, name `*` for all of a kind.

    A look-up has a `key` and no name.
    """

    kind: str
    name: str
    field: str = ""
    key: str = ""

    @property
    def address(self) -> Address:
        return Address(self.kind, self.name)

    def __str__(self) -> str:
        if self.key:
            return f"{self.kind}[{self.key}]"
        below = self.field if self.field.startswith("[") or not self.field else f".{self.field}"
        return f"{self.kind}.{self.name}{below}"


def parse(text: str) -> Reference:
    """What stands between the braces; raises ValueError."""
    match = _REFERENCE.fullmatch(text)
    if not match or (match["scope"] == "secret" and match["below"]):
        raise ValueError(f"'${{{text}}}' is not a reference")
    if match["scope"]:
        return Reference(match["scope"], match["word"], (match["below"] or "").removeprefix("."))
    if match["looked_up"]:
        return Reference(match["looked_up"], "", key=match["key"])
    return Reference(match["kind"], match["name"], match["field"] or "")


def present(document: JSON) -> bool:
    """Whether `${` may stand anywhere in the document; false for most, and known without a walk."""
    return b"${" in marshal.dumps(document)


def strings(document: JSON) -> Iterator[tuple[Path, str]]:
    """Every text that holds `${`, with its path."""
    if not present(document):
        return iter(())
    return iter([((), document)]) if isinstance(document, str) else _strings(document, ())


def _strings(value: JSON, path: Path) -> Iterator[tuple[Path, str]]:
    for step, item in value.items() if isinstance(value, dict) else enumerate(value):
        kind = item.__class__
        if kind is str:
            if "${" in item:
                yield (*path, step), item
        elif (kind is dict or kind is list) and present(item):
            yield from _strings(item, (*path, step))


def find(document: JSON) -> Iterator[tuple[Path, Reference]]:
    """Every reference with the path of its text; what is not written right is left out."""
    for path, text in strings(document):
        for match in TOKEN.finditer(text):
            if match[1] is not None:
                try:
                    yield path, parse(match[1])
                except ValueError:
                    continue


def needs(document: JSON) -> tuple[Address, ...]:
    """The addresses that a document refers to, each once, in the order of the text."""
    return addresses(find(document))


def addresses(found: Iterable[tuple[Path, Reference]]) -> tuple[Address, ...]:
    """As `needs`, of references that were found already."""
    return tuple(
        dict.fromkeys(
            reference.address
            for _, reference in found
            if reference.kind not in ("secret", "var", "each") and reference.name not in ("", "*")
        )
    )


def secret_paths(document: JSON) -> tuple[Path, ...]:
    """The paths of texts that hold a secret."""
    return tuple(dict.fromkeys(path for path, reference in find(document) if reference.kind == "secret"))


def resolve(document: Document, lookup: Callable[[Reference], JSON]) -> Document:
    """The document with each reference replaced by what `lookup` answers, and `$${` by `${`.

    Alone in a text a reference keeps its value's type. A text with a reference answered by UNRESOLVED stays
    as it is, so resolve the original again later, not the result. What holds no reference is shared with
    the argument, not copied. Raises DdconfError where a list, mapping or null would stand inside a text.
    """
    resolved: Document = _resolve(document, lookup)
    return resolved


def _resolve(value: JSON, lookup: Callable[[Reference], JSON]) -> JSON:
    if isinstance(value, str):
        return resolve_text(value, lookup) if "${" in value else value
    if not isinstance(value, dict | list) or not present(value):
        return value
    if isinstance(value, dict):
        return {key: _resolve(item, lookup) for key, item in value.items()}
    return [_resolve(item, lookup) for item in value]


def resolve_text(text: str, lookup: Callable[[Reference], JSON]) -> JSON:
    """As `resolve`, for one text."""
    parts: list[JSON] = []
    end = 0
    for match in TOKEN.finditer(text):
        if match[1] is None:
            parts += [text[end : match.start()], "${"]
        else:
            try:
                answer = lookup(parse(match[1]))
            except ValueError as error:
                raise DdconfError(str(error)) from None
            if answer is UNRESOLVED:
                return text
            if match.span() == (0, len(text)):
                return answer
            parts += [text[end : match.start()], inside_text(match[1], answer)]
        end = match.end()
    return "".join((*parts, text[end:]))


def inside_text(name: str, value: JSON) -> str:
    """How a value stands inside a longer text; raises DdconfError for what has no plain form."""
    if isinstance(value, str):
        return value
    if value is None or isinstance(value, dict | list):
        what = "null" if value is None else "a mapping" if isinstance(value, dict) else "a list"
        raise DdconfError(f"'${{{name}}}' is {what} and cannot stand inside a longer text")
    return json.dumps(value)


def escape(document: JSON) -> JSON:
    """The document with each literal `${` written `$${`: what `resolve` undoes."""
    if isinstance(document, str):
        return document.replace("${", "$${") if "${" in document else document
    if isinstance(document, dict):
        return {key: escape(value) for key, value in document.items()}
    if isinstance(document, list):
        return [escape(value) for value in document]
    return document
