"""Write files whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from ddconf.errors import DdconfError


def write_file(file: Path, text: str, *, private: bool = False) -> None:
    """Replace a file at once; `private` files are readable by their owner alone. Raises DdconfError."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                stream.write(text)
            Path(temporary).chmod(0o600 if private else _usual_mode(file))
            Path(temporary).replace(file)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise DdconfError(f"cannot write {file}: {error.strerror or error}") from None


def _usual_mode(file: Path) -> int:
    """The mode that the file has, or that a new one would get."""
    if file.exists():
        return file.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
