"""Faults as a person orders them on a command line: `lost POST /api/v1/monitor x2`."""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Callable, Mapping

from ddconf.emulator import faults as faulty
from ddconf.emulator.faults import Fault, Faults, refuse
from ddconf.emulator.wire import Request

NAMED: Mapping[str, Callable[[], Fault]] = {
    "lost": faulty.lost,
    "reset": faulty.reset,
    "slow": lambda: faulty.slow(5),
    "html": faulty.html,
    "cut-short": faulty.cut_short,
    "truncated": faulty.truncated,
    "stale": faulty.stale,
    "ignored": faulty.ignored,
    "stale-after-write": faulty.stale_after_write,
}
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def order(faults: Faults, text: str) -> None:
    """Let a fault strike as `NAME [METHOD] [/PATH] [xTIMES | SHARE%]` says; raises ValueError.

    NAME is 429, a 5xx or a key of NAMED. It strikes the next matching request, or the next TIMES, or SHARE
    of all for good.
    """
    name, *words = text.split() or [""]
    method, path, times, share = "", "/", 1, 1.0
    for word in words:
        if word in _METHODS:
            method = word
        elif word.startswith("/"):
            path = word
        elif re.fullmatch(r"x[1-9]\d*", word):
            times = int(word[1:])
        elif re.fullmatch(r"\d+%", word):
            times, share = sys.maxsize, int(word[:-1]) / 100
        else:
            raise ValueError(f"{word!r} is no method, no /path, no xTIMES and no SHARE%")

    def match(request: Request) -> bool:
        meant = request.path.startswith(path) and method in ("", request.method)
        return meant and random.random() < share

    faults.on(_fault(name), match, times=times)


def _fault(name: str) -> Fault:
    if re.fullmatch(r"429|5\d\d", name):
        return refuse(int(name))
    if name in NAMED:
        return NAMED[name]()
    raise ValueError(f"no fault {name!r}: choose 429, a 5xx, {', '.join(NAMED)}")
