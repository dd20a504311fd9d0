"""The sections in which `ddconf --help` lists the commands, in the order in which people need them."""

from __future__ import annotations

SECTIONS: dict[str, tuple[str, ...]] = {
    "Define": ("init", "fmt", "validate", "lint", "kinds", "schema"),
    "Change": ("plan", "apply", "show", "drift", "ack", "destroy"),
    "Take over": ("export", "import", "adopt", "convert", "dedupe"),
    "Logs and alerts, offline": ("test", "simulate", "record", "replay", "grok", "route", "alerts"),
    "Look": ("preview", "diff", "impact", "why", "why-log", "graph"),
    "State": ("state", "force-unlock"),
    "Set up": ("auth", "sandbox", "completion", "version"),
}
