"""Reads from Datadog's client for TypeScript what bodies must hold: required fields and closed sets of words.

`python -m ddconf.emulator.body_contract PACKAGE` writes `bodies.json`; PACKAGE is the unpacked npm package
`@datadog/datadog-api-client`. What Datadog was recorded to accept all the same is not required (`LOOSE`).
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from ddconf.emulator.operations import blank

FILE = Path(__file__).with_name("bodies.json")
LOOSE = frozenset(
    {
        "POST /api/v2/agentless_scanning/accounts/aws data.attributes.compliance_host",
        "POST /api/v2/agentless_scanning/accounts/aws data.attributes.sensitive_data",
        "POST /api/v2/integration/aws/accounts data.attributes.auth_config",
        "POST /api/v2/integration/aws/accounts data.attributes.aws_account_id",
        "POST /api/v2/integration/aws/accounts data.attributes.aws_partition",
    }
)
"""`METHOD /path place` of fields that recordings show not to be required."""
_DEEPEST = 4
_REQUEST = re.compile(r"\n    (?=\w+\([^)]*\) \{\n        return __awaiter)")
_FIELD = re.compile(r'baseName: "([^"]+)",\s*type: "([^"]+)",(\s*required: true)?')
_SERIALIZED = re.compile(r'ObjectSerializer\.serialize\(body, "(\w+)"')
_ENUM = re.compile(r"^    (\w+): \[([^\]]*)\]", re.MULTILINE)

Field = tuple[str, str, bool]
"""A field's name in JSON, its type, and whether it must be there."""


def main() -> None:
    found = dict(sorted(bodies(Path(sys.argv[1]))))
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(rules)}" for name, rules in found.items())
    FILE.write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")


def bodies(package: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """`METHOD /path` with its fields blank, and the rules of its body by place."""
    for version in sorted((package / "dist" / "packages").glob("datadog-api-client-v[12]")):
        models = _Models(version / "models")
        for file in sorted((version / "apis").glob("*Api.js")):
            requests = file.read_text(encoding="utf-8").partition("ApiResponseProcessor {")[0]
            for part in _REQUEST.split(requests)[1:]:
                path, method = _PATH.search(part), _METHOD.search(part)
                if path and method and (body := _SERIALIZED.search(part)):
                    name = f"{method[1]} {blank(path[1])}"
                    rules = {
                        place: rule.rstrip("!") if f"{name} {place}" in LOOSE else rule
                        for place, rule in models.rules(body[1])
                    }
                    if rules := {place: rule for place, rule in rules.items() if rule != "any"}:
                        yield name, rules


_PATH = re.compile(r'localVarPath = "([^"]+)"')
_METHOD = re.compile(r"HttpMethod\.(\w+)")


class _Models:
    """The models of a version: fields of objects, words of enumerations."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def words(self) -> dict[str, list[str]]:
        text = (self.folder / "ObjectSerializer.js").read_text(encoding="utf-8")
        enums = text.partition("const enumsMap = {")[2].partition("\n};")[0]
        return {name: json.loads("[" + body.strip().rstrip(",") + "]") for name, body in _ENUM.findall(enums)}

    def fields(self, model: str) -> list[Field]:
        file = self.folder / f"{model}.js"
        if not file.is_file():
            return []
        text = file.read_text(encoding="utf-8").partition("attributeTypeMap = {")[2]
        return [(name, type, bool(must)) for name, type, must in _FIELD.findall(text)]

    def rules(self, model: str, above: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
        """The rule of each place below a model; nothing below what can be of several models."""
        for name, type, must in self.fields(model):
            if name == "additionalProperties" or "." in name:
                continue
            place = f"{above}{name}"
            if words := self.words.get(type):
                if all(isinstance(word, str) for word in words):
                    yield place, "|".join([*words, *([""] if len(words) == 1 else [])]) + "!" * must
                continue
            if must:
                yield place, "any!"
            inner = re.fullmatch(r"Array<(\w+)>", type)
            if depth < _DEEPEST:
                yield from self.rules(
                    inner[1] if inner else type, f"{place}{'[]' if inner else ''}.", depth + 1
                )


if __name__ == "__main__":
    main()
