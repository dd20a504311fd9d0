"""Protocol buffers written by hand, as senders write them."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from itertools import pairwise


def varint(number: int) -> bytes:
    number &= (1 << 64) - 1
    made = bytearray()
    while number > 0x7F:
        made.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*made, number])


def whole(field: int, number: int) -> bytes:
    return varint(field << 3) + varint(number)


def data(field: int, value: bytes | str) -> bytes:
    value = value.encode() if isinstance(value, str) else value
    return varint(field << 3 | 2) + varint(len(value)) + value


def double(field: int, value: float) -> bytes:
    return varint(field << 3 | 1) + struct.pack("<d", value)


def packed(field: int, numbers: Iterable[int]) -> bytes:
    return data(field, b"".join(map(varint, numbers)))


def zigzag(field: int, numbers: Iterable[int]) -> bytes:
    return packed(field, (number << 1 ^ number >> 63 for number in numbers))


def deltas(numbers: Sequence[int]) -> list[int]:
    return [*numbers[:1], *(after - before for before, after in pairwise(numbers))]


def dictionary(*texts: str) -> bytes:
    return b"".join(varint(len(text.encode())) + text.encode() for text in texts)
