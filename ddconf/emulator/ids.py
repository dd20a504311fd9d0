"""The forms of Datadog's ids, each drawn from a random source: used by the store when an object is made."""

from __future__ import annotations

import base64
import uuid as uuids
from collections.abc import Callable
from random import Random

IdForm = Callable[[Random], str | int]

_ALPHABET = "23456789abcdefghijkmnpqrstuvwxyz"


def base64url(random: Random) -> str:
    """22 characters: log pipelines, archives, retention filters."""
    return base64.urlsafe_b64encode(random.randbytes(16)).decode().rstrip("=")


def dashed(random: Random) -> str:
    """`abc-d2f-ghi`: dashboards, synthetics tests, security rules."""
    return "-".join("".join(random.choices(_ALPHABET, k=3)) for _ in range(3))


def hexadecimal(random: Random) -> str:
    """32 hexadecimal digits: SLOs."""
    return random.randbytes(16).hex()


def uuid(random: Random) -> str:
    """A version 4 UUID: most of v2."""
    return str(uuids.UUID(bytes=random.randbytes(16), version=4))


def short(random: Random) -> str:
    """8 characters: notebook cells."""
    return "".join(random.choices(_ALPHABET, k=8))


def number(digits: int) -> IdForm:
    """An integer of so many digits: monitors 9, notebooks 8, dashboard lists 6, v1 downtimes 10."""
    return lambda random: random.randrange(10 ** (digits - 1), 10**digits)


def widget(random: Random) -> int:
    """Up to 16 digits and below 2^53, so that JavaScript can hold it."""
    return random.randrange(10**12, 2**53)


def is_uuid(id: str) -> bool:
    """Whether a text has the form of a UUID."""
    return len(id) == 36 and [len(part) for part in id.split("-")] == [8, 4, 4, 4, 12]
