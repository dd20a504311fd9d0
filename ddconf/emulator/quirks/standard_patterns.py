"""The patterns that the sensitive data scanner knows: a library of Datadog's that nobody changes.

https://docs.datadoghq.com/security/sensitive_data_scanner/scanning_rules/library_rules/
"""

from __future__ import annotations

from ddconf.emulator.crud import ApiCollection
from ddconf.emulator.quirks.sensitive_data_scanner import CONFIG

PATTERNS = ApiCollection(
    name="sensitive_data_scanner_standard_pattern",
    path="",
    list_path=f"{CONFIG}/standard-patterns",
    item_path=f"{CONFIG}/standard-patterns/{{id}}",
    type="sensitive_data_scanner_standard_pattern",
    update=(),
)
