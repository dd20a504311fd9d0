"""The page of a bucket: `bucket list`, `bucket empty`; of the state at `$STATE`."""

from __future__ import annotations

import os
import sys
from datetime import timedelta

from obstore.store import from_url


def main(verb: str) -> None:
    """List or delete all that lies beside the state."""
    folder, _, _ = os.environ["STATE"].rpartition("/")
    store = from_url(folder, client_options={"allow_http": True, "timeout": timedelta(seconds=30)})
    paths = [item["path"] for page in store.list() for item in page]
    if verb == "empty":
        store.delete(paths)
    print(*sorted(paths), sep="\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
