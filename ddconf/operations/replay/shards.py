"""A part of the files for one of many machines: `2/5` is every fifth file, from the second on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ddconf.errors import DdconfError, Diagnostic
from ddconf.operations.replay.log_file import RecordedFile

_TEXT = re.compile(r"(\d{1,6})/(\d{1,6})")


@dataclass(frozen=True, slots=True, order=True)
class Shard:
    """One of `count`, from 1 on."""

    number: int = 1
    count: int = 1

    @classmethod
    def parse(cls, text: str) -> Shard:
        """`2/5`; raises DdconfError for what is none."""
        found = _TEXT.fullmatch(text)
        shard = cls(int(found[1]), int(found[2])) if found else cls(0, 0)
        if not 1 <= shard.number <= shard.count:
            hint = "write NUMBER/COUNT, such as 2/5: the second of five; numbers begin with 1"
            raise DdconfError(Diagnostic(f"no shard '{text}'", hint=hint))
        return shard

    def of(self, files: Sequence[RecordedFile]) -> list[RecordedFile]:
        """Its files. Those of an archive are in the order of time, so new ones move no other."""
        return list(files[self.number - 1 :: self.count])

    def __str__(self) -> str:
        return f"{self.number}/{self.count}"


WHOLE = Shard()
"""All files."""
