"""What `ddconf validate` said last: where nothing has changed since, it says that again.

Checking a folder follows from its files, the command line, the environment, the code and the day alone, so
these make the key. This runs before anything else is imported.
"""

from __future__ import annotations

import marshal
import os
import stat
import sys
import time
from collections.abc import Sequence
from hashlib import sha256

from ddconf.cache.code_version import code_version, files_below
from ddconf.cache.folder import cache_file
from ddconf.cache.store import Cache, unmarshal

_SETTINGS = "ddconf.yaml"
_DEFINITIONS = (".yaml", ".yml", ".json")
_ELSEWHERE = ("-C", "--chdir", "-chdir", "--var-file", "-var-file", "--policies", "-policies")

Said = Sequence[tuple[str, bool]]
"""Lines in their order, each with whether it went to standard error."""


_begun: tuple[bytes, Sequence[str]] | None = None
"""The key and the arguments of this process, once `replay` has not found them."""


def replay(arguments: Sequence[str]) -> int | None:
    """Say again what was said of the working folder; the exit code, or None where that is not known."""
    global _begun
    if not (key := fingerprint(arguments)):
        return None
    if not (kept := unmarshal(_cache().get(key), _checked)):
        _begun = key, arguments
        return None
    code, said = kept
    for line, is_error in said:
        print(line, file=sys.stderr if is_error else sys.stdout)
    return code


def keep(code: int, said: Said) -> None:
    """Remember what this process has said, unless something has changed since it began."""
    if _begun is None or _begun[0] != fingerprint(_begun[1]):
        return
    cache = _cache()
    cache.put(_begun[0], marshal.dumps((code, list(said))))
    cache.save()


def _works_here() -> bool:
    """Whether the definitions are those of this folder, and not of one above or below; see `find_root`."""
    if os.path.exists(_SETTINGS):  # noqa: PTH110
        return True
    folder, above = os.getcwd(), ""  # noqa: PTH109
    found = os.path.exists(os.path.join("definitions", _SETTINGS))  # noqa: PTH110, PTH118
    while not found and folder != above:
        found = os.path.exists(os.path.join(folder, _SETTINGS))  # noqa: PTH110, PTH118
        folder, above = os.path.dirname(folder), folder  # noqa: PTH120
    return not found


def fingerprint(arguments: Sequence[str]) -> bytes | None:
    """Of everything that checking the working folder looks at; None where that cannot be told."""
    elsewhere = os.environ.get("DDCONF_POLICIES") or any(one.startswith(_ELSEWHERE) for one in arguments)
    if elsewhere or not _works_here():
        return None
    streams = (sys.stdout.isatty(), sys.stderr.isatty())
    beside = [(place, os.stat(place).st_mtime_ns) for place in filter(os.path.isdir, sys.path)]  # noqa: PTH116
    today = time.strftime("%F")  # waivers expire
    run = (today, list(arguments), sorted(os.environ.items()), os.getcwd(), streams)  # noqa: PTH109
    digest = sha256(repr((*run, beside, code_version())).encode("utf-8", "surrogateescape"))
    try:
        for file in files_below(".", _DEFINITIONS):
            digest.update(repr((file.path, os.path.realpath(file.path))).encode())
            if stat.S_ISREG(file.stat().st_mode):
                with open(file.path, "rb", buffering=0) as content:  # noqa: PTH123
                    digest.update(sha256(content.readall()).digest())
    except OSError:
        return None
    return digest.digest()


def _checked(found: object) -> tuple[int, Said] | None:
    match found:
        case (int(code), list(said)) if all(isinstance(line, str) for line, _ in said):
            return code, said
    return None


def _cache() -> Cache:
    return Cache(cache_file(".", "validate"))
