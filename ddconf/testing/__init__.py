"""A Datadog organisation for tests: `with sandbox(seed="definitions") as datadog: ...`, or a fixture.

The sandbox is a process of its own on a free port of this machine; its clock stands still until it is moved.
"""

from __future__ import annotations

from ddconf.testing.client import FoundLog, SandboxClient, ToldAlert
from ddconf.testing.process import SandboxFailed, sandbox

__all__ = ["FoundLog", "SandboxClient", "SandboxFailed", "ToldAlert", "sandbox"]
