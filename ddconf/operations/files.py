"""Write files whole or not at all."""

from __future__ import annotations

import os
import stat
import threading
from contextlib import suppress
from pathlib import Path

from ddconf.errors import DdconfError


def write_file(file: Path, text: str, *, private: bool = False) -> None:
    """Replace a file at once; `private` files are readable by their owner alone. Raises DdconfError."""
    temporary = f"{file.parent}/.{file.name}.{os.getpid()}.{threading.get_ident()}"
    try:
        handle = _new(temporary, file.parent, 0o600 if private else 0o666)
        try:
            with open(handle, "w", encoding="utf-8") as stream:  # noqa: PTH123
                stream.write(text)
            if not private:
                _keep_mode(file, temporary)
            os.replace(temporary, file)  # noqa: PTH105
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise DdconfError(f"cannot write {file}: {error.strerror or error}") from None


def _new(name: str, folder: Path, mode: int) -> int:
    """A new file, opened; the folder is made where there is none. What a killed run left there goes."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    try:
        return os.open(name, flags, mode)
    except FileNotFoundError:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        os.unlink(name)  # noqa: PTH108
    return os.open(name, flags, mode)


def _keep_mode(file: Path, temporary: str) -> None:
    """A file that is replaced keeps its mode."""
    with suppress(FileNotFoundError):
        os.chmod(temporary, stat.S_IMODE(os.stat(file).st_mode))  # noqa: PTH101, PTH116
