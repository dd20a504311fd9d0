"""Ids of logs: texts of 40 characters, in which the log's time and number can be read back."""

from __future__ import annotations

import base64
import binascii
import hashlib

_VERSION = b"\x03"


def log_id(moment: int, number: int) -> str:
    """The id of a log; `moment` is in milliseconds. It is the same for ever and needs no table."""
    head = _VERSION + moment.to_bytes(8, signed=True) + number.to_bytes(8)
    return base64.urlsafe_b64encode(head + hashlib.sha1(head).digest()[:13]).decode()


def read_log_id(text: str) -> tuple[int, int] | None:
    """Time and number of a log; None for what is not an id."""
    try:
        data = base64.urlsafe_b64decode(text)
    except (ValueError, binascii.Error):
        return None
    moment, number = int.from_bytes(data[1:9], signed=True), int.from_bytes(data[9:17])
    return (moment, number) if text == log_id(moment, number) else None
