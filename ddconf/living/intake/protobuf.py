"""The wire format of protocol buffers, read without their definitions: bytes -> fields by number.

https://protobuf.dev/programming-guides/encoding/
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Any

Field = int | bytes
Fields = dict[int, list[Field]]

_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5


def read_fields(data: bytes) -> Fields:
    """All values of every field, in their order; raises ValueError for what is not a message."""
    found: Fields = {}
    position = 0
    while position < len(data):
        tag, position = read_varint(data, position)
        value, position = _value(data, position, tag & 7)
        found.setdefault(tag >> 3, []).append(value)
    return found


def read_varint(data: bytes, position: int) -> tuple[int, int]:
    """An unsigned number of any length and the position behind it."""
    result = shift = 0
    while shift < 70:
        if position >= len(data):
            raise ValueError("a number breaks off")
        byte = data[position]
        position += 1
        result |= (byte & 0x7F) << shift
        if byte < 0x80:
            return result, position
        shift += 7
    raise ValueError("a number is too long")


def _value(data: bytes, position: int, wire_type: int) -> tuple[Field, int]:
    if wire_type == _VARINT:
        return read_varint(data, position)
    if wire_type == _BYTES:
        length, position = read_varint(data, position)
    elif wire_type in (_FIXED64, _FIXED32):
        length = 8 if wire_type == _FIXED64 else 4
    else:
        raise ValueError(f"an unknown wire type {wire_type}")
    end = position + length
    if end > len(data):
        raise ValueError("a field breaks off")
    return data[position:end], end


def varints(values: list[Field]) -> Iterator[int]:
    """The numbers of a repeated field, packed or not."""
    for value in values:
        if isinstance(value, int):
            yield value
            continue
        position = 0
        while position < len(value):
            number, position = read_varint(value, position)
            yield number


def zigzags(values: list[Field]) -> Iterator[int]:
    """The numbers of a repeated `sint32` or `sint64`."""
    for number in varints(values):
        yield (number >> 1) ^ -(number & 1)


def signed(number: Field) -> int:
    """An `int64`: negative numbers are written as their complement of 64 bits."""
    value = _whole(number)
    return value - (1 << 64) if value >= 1 << 63 else value


def floats(values: list[Field], form: str) -> tuple[float, ...]:
    """The numbers of a repeated `double` (form `d`) or `float` (form `f`), packed or not."""
    data = b"".join(value for value in values if isinstance(value, bytes))
    size = struct.calcsize(form)
    if len(data) % size:
        raise ValueError("a number breaks off")
    return struct.unpack(f"<{len(data) // size}{form}", data)


def text(values: list[Field] | None) -> str:
    """The last value as a text; empty where there is none."""
    return _bytes(values[-1]).decode("utf-8", "replace") if values else ""


def texts(values: list[Field] | None) -> list[str]:
    return [_bytes(value).decode("utf-8", "replace") for value in values or ()]


def messages(values: list[Field] | None) -> Iterator[Fields]:
    for value in values or ():
        yield read_fields(_bytes(value))


def number(values: list[Field] | None, default: int = 0) -> int:
    return signed(values[-1]) if values else default


def double(values: list[Field] | None) -> float:
    """The last value as a double; 0 where there is none, as zeros are not written."""
    return float(floats(values[-1:], "d")[0]) if values else 0.0


def _bytes(value: Any) -> bytes:
    if not isinstance(value, bytes):
        raise ValueError("a text was expected, not a number")
    return value


def _whole(value: Any) -> int:
    if not isinstance(value, int):
        raise ValueError("a number was expected, not a text")
    return value
