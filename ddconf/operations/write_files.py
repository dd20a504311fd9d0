"""Write files whole or not at all."""

from __future__ import annotations

import os
import stat
import threading
from contextlib import suppress
from pathlib import Path

from ddconf.errors import DdconfError


def write_file(file: Path | str, text: str, *, private: bool = False) -> None:
    """Replace a file at once; `private` files are readable by their owner alone. Raises DdconfError."""
    folder, name = os.path.split(file)
    temporary = os.path.join(folder, f".{name}.{os.getpid()}.{threading.get_ident()}")  # noqa: PTH118
    try:
        handle = _new(temporary, folder, 0o600 if private else 0o666)
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


def _new(name: str, folder: str, mode: int) -> int:
    """A new file, opened; the folder is made where there is none. What a killed run left there goes."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    try:
        return os.open(name, flags, mode)
    except FileNotFoundError:
        Path(folder).mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        os.unlink(name)  # noqa: PTH108
    return os.open(name, flags, mode)


def _keep_mode(file: Path | str, temporary: str) -> None:
    """A file that is replaced keeps its mode."""
    with suppress(FileNotFoundError):
        os.chmod(temporary, stat.S_IMODE(os.stat(file).st_mode))  # noqa: PTH101, PTH116
