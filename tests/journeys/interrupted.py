"""`interrupted AFTER COMMAND...`: press Ctrl-C while the request after so many waits for its answer.

With `--kill` in front the machine is gone at that moment instead.
"""

from __future__ import annotations

import signal
import subprocess
import sys

from tests.journeys.organisation import CONTROL
from tests.journeys.request import ask

_SECONDS = 60


def main(*words: str) -> int:
    """Run the command; gives its exit code."""
    kind = signal.SIGKILL if words[0] == "--kill" else signal.SIGINT
    after, *command = words[kind is signal.SIGKILL :]
    ask("POST", f"{CONTROL}hold", {"after": int(after)})
    # A suite that runs in the background hands on that it ignores interrupts; a terminal does not.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    with subprocess.Popen(command, start_new_session=True) as running:
        held = ask("POST", f"{CONTROL}held", {"seconds": _SECONDS})["held"]
        print("interrupted" if held else "it came to no such request", flush=True)
        running.send_signal(kind)
        code = running.wait(_SECONDS)
        ask("POST", f"{CONTROL}release")
    return code if code >= 0 else 128 - code  # as shells tell of signals


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
