"""Grok: rules that turn the text of a log into attributes, the way Datadog's grok parser does, offline.

https://docs.datadoghq.com/logs/log_configuration/parsing/
"""

from ddconf.pipelines.grok.errors import GrokError, GrokTimeout, Mistake
from ddconf.pipelines.grok.explain import Explanation
from ddconf.pipelines.grok.grok import Grok, RuleMatch, compile_grok
from ddconf.pipelines.grok.storing import FailedFilter

__all__ = [
    "Explanation",
    "FailedFilter",
    "Grok",
    "GrokError",
    "GrokTimeout",
    "Mistake",
    "RuleMatch",
    "compile_grok",
]
