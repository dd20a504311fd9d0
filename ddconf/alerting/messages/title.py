"""The title of a notification: `[P2] [Triggered on {host:h1}] CPU is high`.

https://docs.datadoghq.com/monitors/guide/monitor_api_options/#common-options
"""

from __future__ import annotations

from ddconf.alerting.messages.context import Context
from ddconf.alerting.messages.render import render_text
from ddconf.alerting.messages.text import text_of
from ddconf.alerting.status import Status

_WORDS = {
    Status.ALERT: "Triggered",
    Status.WARN: "Warn",
    Status.NO_DATA: "No Data",
    Status.UNKNOWN: "Unknown",
    Status.OK: "Recovered",
}


def title_of(name: str, context: Context, *, include_tags: bool = True) -> str:
    word = _WORDS[context.transition.status]
    if context.transition.is_renotify:
        word = f"Re-{word}"
    tags = [f"{key}:{text_of(value)}" for key, value in context.tags.items()]
    group = f" on {{{','.join(tags)}}}" if include_tags and tags else ""
    priority = f"[P{context.priority}] " if context.priority else ""
    return f"{priority}[{word}{group}] {render_text(name, context)}"
