"""The files of an export: new definitions written, existing ones edited where the live object differs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ddconf.address import Address
from ddconf.definitions import edit, write, yaml
from ddconf.definitions.definition import Definition
from ddconf.document import Document, get
from ddconf.errors import DdconfError, Diagnostic
from ddconf.operations.schema import first_line, place
from ddconf.operations.weave import weave
from ddconf.plans.change import Change


@dataclass
class Files:
    """Texts by file, new and edited, and what could not be edited."""

    texts: dict[Path, str] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)

    def add_new(
        self, documents: Mapping[Address, Document], root: Path, out: Path = Path(), layout: str = "object"
    ) -> None:
        """Write definitions that did not exist: one file per object, or one per kind."""
        by_file: dict[Path, dict[Address, Document]] = defaultdict(dict)
        for address, document in documents.items():
            by_file[file_for(address, root / out, layout)][address] = document
        for file, group in by_file.items():
            kind = next(iter(group)).kind
            text = write.dump({kind: {address.name: document for address, document in group.items()}})
            exists = file.exists()
            before = file.read_text(encoding="utf-8") + "---\n" if exists else first_line(root, file)
            self.texts[file] = before + text
        if by_file:
            place(root)

    def edit_existing(
        self,
        changes: Iterable[Change],
        defined: Mapping[Address, Definition],
        live: Mapping[Address, Document],
    ) -> None:
        """Bring the changed leaves of existing definitions to what is live."""
        for change in changes:
            definition = defined[change.address]
            if definition.source is None:
                continue
            file = Path(definition.source.file)
            text = self.texts.get(file) or file.read_text(encoding="utf-8")
            try:
                edits = _edits(change, text, definition, live[change.address])
                self.texts[file] = edit.update(text, str(file), change.address, edits)
            except DdconfError as error:
                self.problems += error.diagnostics


def _edits(
    change: Change, text: str, definition: Definition, live: Document
) -> dict[tuple[str | int, ...], object]:
    """The new values by path; variables and references that still say the same stay as written."""
    written = _written(text, change.address)
    edits: dict[tuple[str | int, ...], object] = {}
    for item in change.fields:
        value = get(live, item.path, edit.REMOVED)
        if value is not edit.REMOVED:
            value = weave(get(written, item.path), get(definition.document, item.path), value)
        edits[item.path] = value
    return edits


def _written(text: str, address: Address) -> Document:
    """The definition as it stands in the text, variables and all; empty where it does not."""
    for document, _ in yaml.load(text, ""):
        if isinstance(found := get(document, (address.kind, address.name)), dict):
            return found
    return {}


def file_for(address: Address, folder: Path, layout: str) -> Path:
    """`FOLDER/monitor/cpu.yaml`, or `FOLDER/monitor.yaml` for a layout by kind."""
    if layout == "kind":
        return folder / f"{address.kind}.yaml"
    safe = "".join(letter if letter.isalnum() or letter in "_-" else "_" for letter in address.name)
    return folder / address.kind / f"{safe}.yaml"
