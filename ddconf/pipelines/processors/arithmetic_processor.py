"""arithmetic-processor: the result of a formula over numbers, as a double rounded to nine decimals.

https://docs.datadoghq.com/logs/log_configuration/processors/arithmetic_processor/
"""

from __future__ import annotations

import math

from ddconf.pipelines.attributes import ABSENT
from ddconf.pipelines.casting import to_number
from ddconf.pipelines.formula import FormulaError, parse_formula
from ddconf.pipelines.problem import Problem
from ddconf.pipelines.processors import processor
from ddconf.pipelines.spec import Spec
from ddconf.pipelines.stage import Apply
from ddconf.pipelines.trace import APPLIED, ProcessorReport, Reason
from ddconf.pipelines.working_log import MutableLog


@processor("arithmetic-processor")
def arithmetic_processor(spec: Spec) -> Apply:
    text, target = spec.text("expression"), spec.target()
    replaces_missing = spec.flag("is_replace_missing")
    try:
        formula = parse_formula(text)
    except FormulaError as error:
        formula = parse_formula("0")
        path = (*spec.path, "expression")
        spec.problems.append(Problem(path, error.message, error.hint, 1, error.offset + 1, error.length))
    names = {name: spec.reading(name) for name in formula.names}

    def apply(log: MutableLog) -> ProcessorReport:
        numbers: dict[str, float] = {}
        for name, path in names.items():
            value = log.read(path)
            number = None if value is ABSENT else to_number(value)
            if number is None and not replaces_missing:
                reason = Reason.NO_SOURCE if value is ABSENT else Reason.UNUSABLE
                return ProcessorReport(reason, f"no number in @{name}")
            numbers[name] = number or 0
        try:
            result = float(formula.evaluate(numbers))
        except (ZeroDivisionError, OverflowError):
            result = math.nan
        if not math.isfinite(result):
            return ProcessorReport(
                Reason.UNUSABLE, "the result is not a number: division by zero or beyond a double"
            )
        log.write(target, round(result, 9))
        return APPLIED

    return apply
