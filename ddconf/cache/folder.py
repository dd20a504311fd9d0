"""Where caches lie: in a folder of the user's own, since a checkout holds what other people wrote."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import suppress
from hashlib import blake2b

TYPE_CHECKING = False
if TYPE_CHECKING:  # a warm `validate` loads this file, and takes a third longer with `pathlib`
    from pathlib import Path

    StrPath = str | os.PathLike[str]


def cache_folder(root: StrPath) -> Path | None:
    """The caches of a folder of definitions, by its real path; None where no safe place can be had.

    `DDCONF_CACHE_DIR` names another place than the user's cache folder. One inside the checkout is not used:
    whoever can commit there could have written it.
    """
    from pathlib import Path

    folder = _folder(root)
    return Path(folder) if folder else None


def cache_file(root: StrPath, name: str) -> str | None:
    """One file of the caches of a folder of definitions; None where there are to be none."""
    folder = _folder(root)
    return os.path.join(folder, name) if folder else None  # noqa: PTH118


def _folder(root: StrPath) -> str | None:
    real = os.path.realpath(root)
    place = os.path.abspath(os.environ.get("DDCONF_CACHE_DIR") or _user_cache())  # noqa: PTH100
    if _is_within(os.path.realpath(place), _checkout(real)) or not _is_trusted(place):
        return None
    return os.path.join(place, blake2b(os.fsencode(real), digest_size=16).hexdigest())  # noqa: PTH118


def open_private(file: StrPath, flags: int = os.O_RDONLY) -> int:
    """A descriptor of a regular file that nobody else can reach; OSError for any other, and for a link."""
    folder = os.path.dirname(file)  # noqa: PTH120
    above = os.lstat(folder or ".")
    if not (stat.S_ISDIR(above.st_mode) and _is_private(above)):
        raise PermissionError(f"{folder} is not private")
    # Without O_NONBLOCK, opening a named pipe would wait for somebody to write to it.
    handle = os.open(file, flags | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK, 0o600)
    status = os.fstat(handle)
    if stat.S_ISREG(status.st_mode) and _is_private(status):
        return handle
    os.close(handle)
    raise PermissionError(f"{file} is not private")


def make_private(folder: StrPath) -> None:
    """Make the folder, for its owner alone; OSError where that cannot be."""
    os.makedirs(os.path.dirname(folder), exist_ok=True)  # noqa: PTH103, PTH120
    with suppress(FileExistsError):
        os.mkdir(folder, 0o700)  # noqa: PTH102


def _user_cache() -> str:
    if sys.platform != "linux":
        from platformdirs import user_cache_dir

        return user_cache_dir("ddconf", appauthor=False)
    # What platformdirs gives here, without its import: that takes a third as long as a warm `validate`.
    given = os.environ.get("XDG_CACHE_HOME", "").strip()
    return os.path.join(given or os.path.expanduser("~/.cache"), "ddconf")  # noqa: PTH111, PTH118


def _checkout(root: str) -> str:
    """The working tree of git that holds a folder, or the folder itself."""
    above = root
    while not os.path.lexists(os.path.join(above, ".git")):  # noqa: PTH118
        if (parent := os.path.dirname(above)) == above:  # noqa: PTH120
            return root
        above = parent
    return above


def _is_within(path: str, folder: str) -> bool:
    return os.path.commonpath((path, folder)) == folder


def _is_trusted(place: str) -> bool:
    """Whether nobody else can put anything there: a folder of the user's own, or none yet."""
    with suppress(OSError):
        status = os.lstat(place)
        return stat.S_ISDIR(status.st_mode) and status.st_uid == os.geteuid() and not status.st_mode & 0o022
    return True


def _is_private(status: os.stat_result) -> bool:
    return status.st_uid == os.geteuid() and not status.st_mode & 0o077
