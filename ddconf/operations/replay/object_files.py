"""Files of logs in an object store (s3://, gs://, az://), listed and read through obstore.

Keys and endpoints come from the environment, as for the store's own tools (AWS_*, GOOGLE_*, AZURE_*).
https://developmentseed.org/obstore/latest/api/reader/
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import lru_cache
from typing import IO, Any

from ddconf.errors import DdconfError, Diagnostic
from ddconf.operations.replay.log_file import RecordedFile, TimeRange, is_log_file

_SCHEMES = ("s3", "gs", "az")
_BUFFER = 1 << 20
_QUERY = re.compile(r"\?[^\s'\"]+")
"""Of the URL that a message names: it may be signed."""
_INSTALL = "install the extra `object-store`, such as pip install '.[object-store]' in a checkout of ddconf"


def find_objects(url: str, within: TimeRange | None) -> list[RecordedFile]:
    """The files below a URL, or the one that it names; only days within the time are listed."""
    root, prefix = _split(url)
    if is_log_file(prefix):
        with _explained(url):
            meta = _store(root).head(prefix)
        return [RecordedFile(prefix.rpartition("/")[2], url, _etag(meta))]
    folder = f"{prefix}/" if prefix else ""
    with _explained(url):
        below = [f"{folder}{day}" for day in within.days] if within else [prefix]
        listed = [item for one in below for page in _store(root).list(one or None) for item in page]
    return [
        RecordedFile(item["path"].removeprefix(folder), f"{root}/{item['path']}", _etag(item))
        for item in listed
        if is_log_file(item["path"])
    ]


def open_object(url: str) -> IO[bytes]:
    """Its bytes, read as they are needed."""
    root, key = _split(url)
    with _explained(url):
        import obstore

        reader = obstore.open_reader(_store(root), key, buffer_size=_BUFFER)
    return io.BufferedReader(_ObjectStream(reader, url), _BUFFER)


class _ObjectStream(io.RawIOBase):
    """obstore's reader as Python's streams are."""

    def __init__(self, reader: Any, url: str) -> None:
        self._reader, self._url = reader, url

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        with _explained(self._url):
            content = bytes(self._reader.read(len(buffer)))
        buffer[: len(content)] = content
        return len(content)


def _split(url: str) -> tuple[str, str]:
    """The bucket's URL, and the path in it."""
    scheme, _, rest = url.partition("://")
    bucket, _, path = rest.partition("/")
    if scheme not in _SCHEMES or not bucket:
        hint = "a path, or a URL with s3://, gs:// or az://"
        raise DdconfError(Diagnostic(f"no archive at {url}", hint=hint))
    return f"{scheme}://{bucket}", path.strip("/")


@lru_cache(maxsize=4)
def _store(root: str) -> Any:
    from obstore.store import from_url

    return from_url(
        root,
        # An endpoint with http:// is the user's own choice.
        client_options={"allow_http": True, "timeout": timedelta(seconds=60)},
        retry_config={"max_retries": 4, "retry_timeout": timedelta(seconds=60)},
    )


def _etag(meta: Any) -> str:
    return str(meta["e_tag"] or f"{meta['last_modified']} {meta['size']}")


@contextmanager
def _explained(url: str) -> Iterator[None]:
    try:
        from obstore.exceptions import BaseError
    except ImportError:
        raise DdconfError(Diagnostic(f"{url} needs the package obstore", hint=_INSTALL)) from None
    try:
        yield
    except (BaseError, OSError) as error:
        reason = _QUERY.sub("", (str(error).strip() or type(error).__name__).splitlines()[0])
        hint = "check the bucket's name, the credentials in the environment, and the network"
        raise DdconfError(Diagnostic(f"cannot read {url}: {reason}", hint=hint)) from None
