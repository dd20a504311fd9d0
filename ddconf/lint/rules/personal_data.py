"""Personal data in logs that no scanner looks for. https://docs.datadoghq.com/security/sensitive_data_scanner/"""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.document import Document
from ddconf.errors import Severity
from ddconf.lint.attributes import is_inside, is_personal
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding
from ddconf.lint.rules import rule


@rule("personal-data", Severity.NOTE)
def personal_data(facts: Facts) -> Iterator[Finding]:
    """A pipeline writes attributes about people, and no sensitive data scanner rule covers them."""
    scanners = [document for _, document in facts.of_kind("sensitive_data_scanner_rule")]
    for pipeline in facts.pipelines:
        open_ = [
            write
            for write in pipeline.writes
            if is_personal(write.attribute) and not any(_covers(rule, write.attribute) for rule in scanners)
        ]
        if open_:
            names = ", ".join(dict.fromkeys(f"@{write.attribute}" for write in open_))
            hint = "define a sensitive_data_scanner_rule, or waive this with the reason to keep them"
            yield Finding(open_[0].place, f"personal data without a scanner rule: {names}", hint)


def _covers(scanner: Document, attribute: str) -> bool:
    """Whether a rule that is switched on looks into the attribute."""
    inside, outside = scanner.get("namespaces") or (), scanner.get("excluded_namespaces") or ()
    looks = not inside or any(is_inside(attribute, str(name)) for name in inside)
    return (
        bool(scanner.get("is_enabled", True))
        and looks
        and not any(is_inside(attribute, str(name)) for name in outside)
    )
