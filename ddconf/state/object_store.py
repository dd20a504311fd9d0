"""State in an object store (s3://, gs://, az://), where conditional writes guard the state and make the lock.

Keys and endpoints come from the environment, as for the store's own tools (AWS_*, GOOGLE_*, AZURE_*).
https://developmentseed.org/obstore/latest/api/put/
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from ddconf.errors import DdconfError, Diagnostic, LockedError
from ddconf.state.lock import Deadline, Holder, locked, not_locked_by

_INSTALL = "install the extra `object-store`, such as pip install '.[object-store]' in a checkout of ddconf"

RETRIES = 4


class ObjectStoreBackend:
    """The state is one object; its lock and the records of its journal are objects beside it."""

    def __init__(self, url: str) -> None:
        self.name = url
        scheme, _, rest = url.partition("://")
        bucket, _, self._key = rest.partition("/")
        if not bucket or not self._key or self._key.endswith("/"):
            raise DdconfError(f"{url} names no object: expected {scheme}://BUCKET/PATH/state.json")
        try:
            from obstore.store import from_url
        except ImportError:
            raise DdconfError(Diagnostic(f"{url} needs the package obstore", hint=_INSTALL)) from None
        options: dict[str, Any] = {
            # An endpoint with http:// is the user's own choice.
            "client_options": {
                "allow_http": True,
                "timeout": timedelta(seconds=30),
                "connect_timeout": timedelta(seconds=10),
            },
            "retry_config": {"max_retries": RETRIES, "retry_timeout": timedelta(seconds=60)},
        }
        with self._explained("open"):
            self._store: Any = from_url(f"{scheme}://{bucket}", **options)
        self._tag: str | None = None
        """Of the content as it was read or written last; None where there was none."""
        self._run = f"{time.time_ns()}-{Holder.new('').id}"
        self._records = 0

    def read(self) -> bytes | None:
        with self._explained("read"):
            content, self._tag = self._get(self._key)
            return content

    def write(self, content: bytes) -> None:
        with self._explained("write"):
            if not self._put(self._key, content, {"e_tag": self._tag} if self._tag else "create"):
                raise LockedError(
                    Diagnostic(
                        f"the state {self.name} was written by another run since this one read it",
                        hint="nothing was overwritten; plan again: what this run made is found by its name",
                    )
                )

    def append(self, record: bytes) -> None:
        with self._explained("write the journal of"):
            self._records += 1
            self._put(f"{self._key}.journal/{self._run}-{self._records:08d}", record, "create")

    def journal(self) -> list[bytes]:
        with self._explained("read the journal of"):
            return [content for key in self._record_keys() if (content := self._get(key)[0]) is not None]

    def clear(self) -> None:
        with self._explained("clear the journal of"):
            if keys := self._record_keys():
                self._store.delete(keys)

    def _record_keys(self) -> list[str]:
        listed = [item for page in self._store.list(f"{self._key}.journal") for item in page]
        return sorted(item["path"] for item in listed)

    @contextmanager
    def lock(self, owner: str, timeout: float = 0.0) -> Iterator[None]:
        deadline = Deadline(timeout)
        holder = Holder.new(owner)
        with self._explained("lock"):
            while not self._put(f"{self._key}.lock", holder.to_bytes(), "create"):
                if not deadline.wait():
                    raise locked(self.name, self._current_holder())
        try:
            yield
        finally:
            with self._explained("unlock"):
                if self._current_holder() == holder:
                    self._store.delete(f"{self._key}.lock")

    def _current_holder(self) -> Holder | None:
        return Holder.from_bytes(self._get(f"{self._key}.lock")[0] or b"")

    def force_unlock(self, lock_id: str) -> None:
        with self._explained("unlock"):
            holder = self._current_holder()
            if holder is None or holder.id != lock_id:
                raise not_locked_by(self.name, lock_id, holder)
            self._store.delete(f"{self._key}.lock")

    def _get(self, key: str) -> tuple[bytes | None, str | None]:
        try:
            found = self._store.get(key)
        except FileNotFoundError:
            return None, None
        return bytes(found.bytes()), found.meta["e_tag"]

    def _put(self, key: str, content: bytes, mode: Any) -> bool:
        """Write if the condition holds; whether it did.

        A put that had its effect but lost its answer is repeated by the library and then refused, so a
        refusal counts only if the object is not what we wrote.
        """
        from obstore.exceptions import AlreadyExistsError, PreconditionError

        try:
            tag = self._store.put(key, content, mode=mode)["e_tag"]
        except (AlreadyExistsError, PreconditionError):
            found, tag = self._get(key)
            if found != content:
                return False
        if key == self._key:
            self._tag = tag
        return True

    @contextmanager
    def _explained(self, doing: str) -> Iterator[None]:
        from obstore.exceptions import BaseError

        try:
            yield
        except (BaseError, OSError) as error:
            reason = (str(error).strip() or type(error).__name__).splitlines()[0]
            raise DdconfError(
                Diagnostic(
                    f"cannot {doing} the state {self.name}: {reason}",
                    hint="check the bucket's name, the credentials in the environment, and the network",
                )
            ) from None
