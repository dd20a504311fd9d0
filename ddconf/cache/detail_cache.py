"""Details of objects whose list is a summary, kept between runs: an unchanged one need not be read again."""

from __future__ import annotations

import re
from hashlib import blake2b
from pathlib import Path

from ddconf.cache.store import Cache
from ddconf.document import Document, Packed, get, parse_path
from ddconf.kind import Kind


class DetailCache:
    """The kept details of one kind at one site; what is not asked for in a run is forgotten by `save`."""

    def __init__(self, folder: Path, kind: Kind, site: str) -> None:
        self._cache = Cache(folder / f"{kind.name}-{re.sub(r'[^a-z0-9.-]', '_', site)}")
        self._modified = parse_path(kind.api.modified) if kind.api else ()
        self._about = f"{kind.name}\n{site}"

    def find(self, id_: str, item: Document) -> Packed | None:
        """The packed details of an object whose list item is this, if they are still those."""
        return self._cache.get(self._key(id_, get(item, self._modified)))

    def keep(self, id_: str, item: Document, document: Document, packed: bytes) -> None:
        """Remember details, unless they are older or newer than the list: the next list would not tell."""
        modified = get(item, self._modified)
        if modified and modified == get(document, self._modified):
            self._cache.put(self._key(id_, modified), packed)

    def save(self) -> None:
        """A folder that cannot be written costs only time."""
        self._cache.save(keep_days=0)

    def _key(self, id_: str, modified: object) -> bytes:
        return blake2b(repr((self._about, id_, modified)).encode(), digest_size=16).digest()
