"""State <-> bytes: JSON with one entry per line, so that a reader need not look into all of them.

    {"version":1,"lineage":"...","site":"datadoghq.com","serial":7,"organisation":"...","entries":{
    "monitor.cpu":{"id":"1","applied":{...}},
    "monitor.disk":{"id":"2","depends_on":["team.core"],"applied":{...},"observed":{...}}
    }}

`observed` is written only where it differs from `applied`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from ddconf.address import Address
from ddconf.document import JSON, Document, canonical
from ddconf.errors import DdconfError, Diagnostic
from ddconf.state.model import VERSION, Deletes, Entry, State

_END = b"}}"
_DOCUMENTS = b',"applied":'
WAY_OUT = (
    "restore it from a backup or an older version in the bucket; or move it away and plan again: "
    "with --adopt, what is live is then adopted by its name, and nothing is created twice"
)


def write_state(state: State) -> bytes:
    """The file's content."""
    header: Document = {
        "version": VERSION,
        "lineage": state.lineage,
        "site": state.site,
        "serial": state.serial,
    }
    if state.organisation:
        header["organisation"] = state.organisation
    if state.applied_by:
        header["applied_by"] = state.applied_by
    if state.applied_with:
        header["applied_with"] = state.applied_with
    if state.deletes:
        header["deletes"] = state.deletes
    first = json.dumps(header, separators=(",", ":")).encode()[:-1] + b',"entries":{'
    lines = [
        b'"%s":%s' % (str(address).encode(), entry_text(entry))
        for address, entry in sorted(state.entries.items())
    ]
    return b"\n".join((first, *([b",\n".join(lines)] if lines else []), _END, b""))


def entry_text(entry: Entry) -> bytes:
    """An entry on one line; an entry that came from a file is written as it was."""
    if entry.line:
        return entry.line
    parts = [f'"id":{json.dumps(entry.id)}']
    if entry.depends_on:
        parts.append(f'"depends_on":{json.dumps([str(address) for address in entry.depends_on])}')
    if entry.protected:
        parts.append('"protected":true')
    applied = canonical(entry.applied)
    observed = applied if entry.observed is entry.applied else canonical(entry.observed)
    parts.append(f'"applied":{applied}')
    if observed != applied:
        parts.append(f'"observed":{observed}')
    return f"{{{','.join(parts)}}}".encode()


def read_state(content: bytes, name: str) -> State:
    """The state in a file's content; raises DdconfError that says the way out for any other content."""
    if not content or content.isspace():
        raise damaged(name, "is empty")
    end = content.find(b"\n")
    header = _header(content[:end]) if end >= 0 else None
    if header is None:
        return _read_other_layout(content, name)
    try:
        items = list(_entries(content, end + 1))
    except (ValueError, AttributeError, RecursionError):
        return _read_other_layout(content, name)
    return _state(header, items, name)


def _header(line: bytes) -> Document | None:
    try:
        header = json.loads(line + _END)
    except (ValueError, RecursionError):
        return None
    return header if isinstance(header, dict) and header.pop("entries", None) == {} else None


def _read_other_layout(content: bytes, name: str) -> State:
    """Somebody may have formatted the file anew; anything but whole JSON is damage."""
    try:
        value = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise damaged(name, f"cannot be read, as if cut off or overwritten ({error})") from None
    if not isinstance(value, dict) or not isinstance(value.get("entries"), dict):
        raise damaged(name, "is not a state of ddconf")
    entries = value.pop("entries")
    return _state(value, ((address, item, _line(item)) for address, item in entries.items()), name)


def _entries(content: bytes, start: int) -> Iterator[tuple[str, JSON, bytes]]:
    """Address, the entry but for its documents, and its text, line by line; raises ValueError.

    Nothing but each entry's text is copied, since the whole may be large. What stands before the documents is
    decoded at once for all: a call for each would take ten times as long.
    """
    heads: list[bytes] = []
    lines: list[bytes] = []
    while not content.startswith(_END, start):
        end = content.index(b"\n", start)
        stop = end - content.endswith(b",", start, end)
        documents = content.index(_DOCUMENTS, start, stop)
        if not (
            content.startswith(b"{", documents + len(_DOCUMENTS)) and content.endswith(b"}", start, stop)
        ):
            raise ValueError("an entry is cut off")
        heads.append(content[start:documents])
        lines.append(content[content.index(b'":{', start) + 2 : stop])
        start = end + 1
    if content[start + len(_END) :].strip(b"\n"):
        raise ValueError("something follows the end")
    values = json.loads(b"[{" + b',"applied":{}}},{'.join(heads) + b',"applied":{}}}]') if heads else []
    for one, line in zip(values, lines, strict=True):
        ((address, value),) = one.items()
        yield address, value, line


def _state(header: Document, items: Iterable[tuple[str, JSON, bytes]], name: str) -> State:
    version = header.get("version")
    if type(version) is not int or version < 1:
        raise damaged(name, "is not a state of ddconf")
    if version > VERSION:
        message = f"the state {name} has version {version}, and this ddconf knows versions up to {VERSION}"
        raise DdconfError(Diagnostic(message, hint="use a newer ddconf, at least the one that wrote it"))
    lineage, site, serial = header.get("lineage"), header.get("site"), header.get("serial")
    if type(lineage) is not str or type(site) is not str or type(serial) is not int or not lineage:
        raise damaged(name, "has a damaged first line")
    texts = [header.get(name, "") for name in ("organisation", "applied_by", "applied_with")]
    if any(type(text) is not str for text in texts):
        raise damaged(name, "has a damaged first line")
    entries: dict[Address, Entry] = {}
    try:
        deletes = tuple(_deletes(item) for item in header.get("deletes", ()))
        for text, value, line in items:
            address = Address.parse(text)
            if address in entries:
                raise ValueError(f"{address} is there twice")
            entries[address] = _entry(value, line)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise damaged(name, f"cannot be read, as if cut off or overwritten ({error})") from None
    organisation, applied_by, applied_with = texts
    return State(lineage, site, serial, entries, version, organisation, deletes, applied_by, applied_with)


def _deletes(value: JSON) -> Deletes:
    when, kind, number = value
    if (type(when), type(kind), type(number)) != (int, str, int):
        raise ValueError("deletes have values of other types than they should")
    return Deletes(when, kind, number)


def _entry(value: JSON, line: bytes) -> Entry:
    id_, protected = value["id"], value.get("protected", False)
    if type(id_) is not str or type(protected) is not bool or type(value["applied"]) is not dict:
        raise ValueError("an entry has values of other types than it should")
    depends_on = tuple(Address.parse(text) for text in value.get("depends_on", ()))
    return Entry.stored(id_, depends_on, protected, line)


def entry_from_json(value: JSON) -> Entry:
    """One entry that was read already; raises ValueError, TypeError or KeyError."""
    return _entry(value, _line(value))


def _line(value: JSON) -> bytes:
    """An entry on one line, its documents last, as `_entries` expects it."""
    documents = ("applied", "observed")
    ordered = {key: value[key] for key in value if key not in documents}
    ordered |= {key: value[key] for key in documents if key in value}
    return json.dumps(ordered, ensure_ascii=False, separators=(",", ":")).encode()


def damaged(name: str, what: str) -> DdconfError:
    """For content that is not what it should be; it is never taken for an empty state."""
    return DdconfError(Diagnostic(f"the state {name} {what}", hint=WAY_OUT))


def compact(entry: Entry) -> Entry:
    """The same entry as its line in the file, in a tenth of the memory; it is read when it is looked into."""
    return Entry.stored(entry.id, entry.depends_on, entry.protected, entry_text(entry))
