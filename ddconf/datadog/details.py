"""Details of objects whose list is a summary, kept between runs: an unchanged one need not be read again.

One file per kind and site: a first line with the digest of the rest, then one JSON line per object.
Whatever is wrong with a file makes it an empty one.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from ddconf.document import Document, get, parse_path
from ddconf.kind import Kind

FORMAT = "ddconf-details-1"


class Details:
    """The kept details of one kind; what `keep` was not told of is forgotten by `save`."""

    def __init__(self, folder: Path, kind: Kind, site: str) -> None:
        self._path = folder / f"{kind.name}-{re.sub(r'[^a-z0-9.-]', '_', site)}.jsonl"
        self._modified = parse_path(kind.api.modified) if kind.api else ()
        self._old = _load(self._path)
        self._new: dict[tuple[str, str], str | Document] = {}

    def find(self, id_: str, item: Document) -> Document | None:
        """The details of an object whose list item is this, if they are still those."""
        key = (id_, str(get(item, self._modified, "")))
        line = self._old.get(key)
        if line is None:
            return None
        self._new[key] = line
        document: Document = json.loads(line)["document"]
        return document

    def keep(self, id_: str, item: Document, document: Document) -> None:
        """Remember details, unless they are older or newer than the list: the next list would not tell."""
        modified = str(get(item, self._modified, ""))
        if modified and modified == str(get(document, self._modified, "")):
            self._new[id_, modified] = document

    def save(self) -> None:
        """Write the file if anything changed; a folder that cannot be written costs only time."""
        if self._new.keys() == self._old.keys():
            return
        lines = [
            value
            if isinstance(value, str)
            else json.dumps({"id": id_, "modified": modified, "document": value}, separators=(",", ":"))
            for (id_, modified), value in self._new.items()
        ]
        with suppress(OSError):
            _write(self._path, "\n".join(lines))


def _load(path: Path) -> Mapping[tuple[str, str], str]:
    try:
        head, _, body = path.read_text(encoding="utf-8").partition("\n")
        if head != _head(body):
            return {}
        return {_key(line): line for line in body.split("\n") if line}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _key(line: str) -> tuple[str, str]:
    """Id and modification time stand at the line's start, so the document need not be parsed to find it."""
    head = json.loads(line[: line.index(',"document":')] + "}")
    return head["id"], head["modified"]


def _head(body: str) -> str:
    return f"{FORMAT} {hashlib.blake2b(body.encode(), digest_size=16).hexdigest()}"


def _write(path: Path, body: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)  # mode 0600
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(f"{_head(body)}\n{body}")
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
