"""Find the backend that a URL names."""

from __future__ import annotations

import re
from pathlib import Path

from ddconf.errors import DdconfError, Diagnostic
from ddconf.state.protocol import Backend

_SCHEME = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]*)://")


def open_backend(url: str, root: Path) -> Backend:
    """The backend of a URL, or of a path below `root`; raises DdconfError."""
    match = _SCHEME.match(url)
    if match is None or match["scheme"] == "file":
        from ddconf.state.local import LocalBackend

        return LocalBackend(root / url.removeprefix("file://"), shown=url)
    if match["scheme"] in ("s3", "gs", "az"):
        from ddconf.state.object_store import ObjectStoreBackend

        return ObjectStoreBackend(url)
    message = f"no state backend for {url}"
    raise DdconfError(Diagnostic(message, hint="a path, or a URL with s3://, gs:// or az://"))
