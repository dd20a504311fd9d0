"""Make a folder of files and load it, as the command line does."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent

from ddconf.definitions import settings
from ddconf.definitions.load import Definitions, load
from ddconf.document import Document


def write_files(root: Path, files: Mapping[str, str | bytes]) -> None:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else dedent(content).encode())


def load_files(root: Path, files: Mapping[str, str | bytes], **chosen: str) -> Definitions:
    write_files(root, files)
    return load(root, settings.read(root, variables=chosen))


def documents(found: Definitions) -> dict[str, Document]:
    """Address -> document."""
    return {str(address): definition.document for address, definition in found.items.items()}
