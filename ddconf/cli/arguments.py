"""Arguments of commands read as values."""

from __future__ import annotations

from ddconf.address import Address
from ddconf.errors import DdconfError


def address_of(text: str) -> Address:
    """The address that a person typed; raises DdconfError."""
    try:
        return Address.parse(text)
    except ValueError as error:
        raise DdconfError(str(error)) from None
