"""The page of API keys: `keys revoke KEY`, `read-only KEY`, `blind KEY PATH`, `narrow KEY PATH`."""

from __future__ import annotations

import sys

from tests.journeys.organisation import CONTROL
from tests.journeys.request import ask


def main(verb: str, key: str, path: str = "") -> None:
    """Change the rights of a key."""
    ask("POST", f"{CONTROL}{verb}", {"key": key, "path": path})


if __name__ == "__main__":
    main(*sys.argv[1:])
