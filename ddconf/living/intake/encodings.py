"""A request's body without its content encodings, within a limit: bytes as sent -> bytes as meant.

https://docs.datadoghq.com/api/latest/logs/#send-logs
"""

from __future__ import annotations

import zlib
from collections.abc import Callable

from ddconf.emulator.wire import texts

LOGS_LIMIT = 5_000_000
"""Bytes of a payload of logs, uncompressed."""
METRICS_LIMIT = 62_914_560
"""Bytes of a payload of metrics, inflated; v2 and v3 allow less, which the Agent splits by."""

_ANY_HEADER = zlib.MAX_WBITS | 32  # of gzip or of zlib
_STEP = 1024  # so that a few bytes cannot become gigabytes before the limit is looked at


def decode(body: bytes, encodings: str, limit: int) -> bytes:
    """The body as it was before `Content-Encoding`, whose last entry was applied last.

    Raises a Refusal: 400 for what is broken or unknown, 413 beyond the limit.
    """
    for name in reversed([item.strip().lower() for item in encodings.split(",") if item.strip()]):
        if name not in _DECODERS:
            raise texts(400, f"Unsupported content encoding: {name}")
        try:
            body = _DECODERS[name](body, limit)
        except (ValueError, zlib.error, EOFError):
            raise texts(400, f"Payload is not in the expected format: invalid {name}") from None
    if len(body) > limit:
        raise texts(413, "Payload too large")
    return body


def _identity(body: bytes, _limit: int) -> bytes:
    return body


def _inflate(body: bytes, limit: int) -> bytes:
    """gzip with any number of members, or zlib; some clients call a bare deflate stream `deflate` too."""
    made = b""
    while body:
        decoder = zlib.decompressobj(_ANY_HEADER)
        try:
            made += decoder.decompress(body, limit + 1 - len(made))
        except zlib.error:
            if made:
                raise
            decoder = zlib.decompressobj(-zlib.MAX_WBITS)
            made += decoder.decompress(body, limit + 1)
        if len(made) > limit:
            return made
        if not decoder.eof:
            raise EOFError
        body = decoder.unused_data.lstrip(b"\0")
    return made


def _unpack_zstd(body: bytes, limit: int) -> bytes:
    """Any number of frames: the Agent's columnar payloads are several, one behind the other."""
    import zstandard

    parts: list[bytes] = []
    size, decoder = 0, None
    for start in range(0, len(body), _STEP):
        rest = body[start : start + _STEP]
        while rest:
            decoder = decoder or zstandard.ZstdDecompressor().decompressobj()
            try:
                parts.append(decoder.decompress(rest))
            except zstandard.ZstdError as error:
                raise ValueError(str(error)) from None
            size += len(parts[-1])
            if size > limit:
                return b"".join(parts)
            rest = decoder.unused_data
            decoder = None if decoder.eof else decoder
    if decoder:
        raise EOFError
    return b"".join(parts)


_DECODERS: dict[str, Callable[[bytes, int], bytes]] = {
    "identity": _identity,
    "gzip": _inflate,
    "x-gzip": _inflate,
    "deflate": _inflate,
    "zstd": _unpack_zstd,
    "zstd1": _unpack_zstd,  # what the API's clients call it
}
