"""Messages of monitors: their templates parsed, checked and rendered as a notification shows them.

https://docs.datadoghq.com/monitors/notify/variables/
"""

from __future__ import annotations

from ddconf.alerting.messages.context import Context
from ddconf.alerting.messages.recipients import Recipient, recipients_of
from ddconf.alerting.messages.render import RenderedMessage, render
from ddconf.alerting.messages.template import TemplateMistake, mistakes_in, parse
from ddconf.alerting.messages.title import title_of

__all__ = [
    "Context",
    "Recipient",
    "RenderedMessage",
    "TemplateMistake",
    "mistakes_in",
    "parse",
    "recipients_of",
    "render",
    "title_of",
]
