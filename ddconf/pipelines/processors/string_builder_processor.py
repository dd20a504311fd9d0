"""string-builder-processor: a text made from a template with `%{attribute}` blocks.

https://docs.datadoghq.com/logs/log_configuration/processors/string_builder_processor/
"""

from __future__ import annotations

import re

from ddconf.document import JSON
from ddconf.pipelines.attributes import ABSENT, text_of
from ddconf.pipelines.processors import processor
from ddconf.pipelines.spec import Spec
from ddconf.pipelines.stage import Apply
from ddconf.pipelines.trace import APPLIED, ProcessorReport, Reason
from ddconf.pipelines.working_log import MutableLog

LONGEST = 256

_BLOCK = re.compile(r"%\{([^}]*)\}")


@processor("string-builder-processor")
def string_builder_processor(spec: Spec) -> Apply:
    template, target = spec.text("template"), spec.target()
    replaces_missing = spec.flag("is_replace_missing")
    pieces = _BLOCK.split(template)
    raw, names = pieces[::2], [name.strip() for name in pieces[1::2]]
    paths = [spec.reading(name) for name in names]

    def apply(log: MutableLog) -> ProcessorReport:
        text = raw[0]
        for name, path, following in zip(names, paths, raw[1:], strict=True):
            block = printed(log.read(path))
            if block is None and not replaces_missing:
                return ProcessorReport(Reason.NO_SOURCE, f"no usable value in @{name}")
            text += (block or "") + following
        log.write(target, text[:LONGEST])
        return APPLIED

    return apply


def printed(value: JSON) -> str | None:
    """The text of a value, a list's joined by commas; None for nothing, objects, and lists of objects."""
    if value is ABSENT or isinstance(value, dict):
        return None
    if isinstance(value, list):
        usable = not any(isinstance(item, dict | list) for item in value)
        return ",".join(text_of(item) for item in value) if usable else None
    return text_of(value)
