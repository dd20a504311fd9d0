"""Failures on demand for everything but the sandbox's own paths, which stay reliable."""

from __future__ import annotations

from ddconf.emulator.faults import Fault, Faults
from ddconf.emulator.wire import Request


class SandboxFaults(Faults):
    """As the emulator's, but a look at the sandbox's health or clock never fails."""

    def draw(self, request: Request) -> Fault | None:
        return None if request.path.startswith("/_sandbox/") else super().draw(request)
