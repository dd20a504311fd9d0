"""What an unquoted YAML text means: the core schema of YAML 1.2, less what JSON cannot say.

https://yaml.org/spec/1.2.2/#103-core-schema: `on` and `yes` are text, `010` is 10, `0o10` is 8, and
`12:30:45` and `2024-01-01` are text.
"""

from __future__ import annotations

import math
import re
from sys import intern

from ddconf.document import JSON

CONSTANTS: dict[str, JSON] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
NUMBER = re.compile(
    r"(?P<int>[-+]?[0-9]+)"
    r"|0o(?P<octal>[0-7]+)|0x(?P<hex>[0-9a-fA-F]+)"
    r"|(?P<float>[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)"
    r"|(?P<odd>[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))"
)
_SHORT = 40


class Scalars(dict[str, JSON]):
    """Text -> value, worked out once for each text; raises ValueError for a number that JSON lacks."""

    def __missing__(self, text: str) -> JSON:
        value = self[text] = plain(text)
        return value


def plain(text: str) -> JSON:
    """The JSON value of an unquoted text; raises ValueError for infinities and the like."""
    if text in CONSTANTS:
        return CONSTANTS[text]
    if text[0] not in "+-.0123456789" or not (match := NUMBER.fullmatch(text)):
        return intern(text) if len(text) <= _SHORT else text
    if match["odd"]:
        raise ValueError(f"{text} is not a JSON number")
    if match["octal"]:
        return int(match["octal"], 8)
    if match["hex"]:
        return int(match["hex"], 16)
    if match["int"]:
        if len(text) > 1000:
            raise ValueError("the number has more than 1000 digits")
        return int(text)
    number = float(text)
    if math.isinf(number):
        raise ValueError(f"{text} is too large for a number")
    return number
