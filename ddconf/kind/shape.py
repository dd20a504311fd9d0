"""The shape of a resource kind: what a document of it means, and a live object.

Documents of JSON:API kinds are written flat: the attributes, `relationships` where there are any, and `id`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ddconf.document import JSON, Document, Packed, copy, find, get, parse_path, put, unpack
from ddconf.kind.api import Api
from ddconf.kind.empty import NONE
from ddconf.kind.mark import marks_in, may_hold_marks, without_marks


@dataclass(frozen=True, slots=True)
class Kind:
    """What a document of this kind means. Paths are written `options.thresholds`, `widgets[*].id`."""

    name: str
    api: Api | None
    id: str = "id"
    """Field that holds the id; it is a read-only one unless it is part of the key. Empty where nothing but
    the values of the key tells one from another: they make the id."""
    integer_id: bool = False
    """Ids are numbers on the wire; everywhere else they are text."""
    key: tuple[str, ...] = ("name",)
    """Natural key, for adoption and for names at export; empty for singletons."""
    unique_key: bool = False
    """Datadog refuses a second object with the same key, even beside one that nobody may change."""
    read_only: tuple[str, ...] = ()
    """Paths that the server owns: dropped before comparing and sending."""
    defaults: Mapping[str, JSON] = NONE
    """Path -> value that the server fills in: dropped when equal."""
    computed: tuple[str, ...] = ()
    """Paths where the server chooses a value that no table can know, unless the definition has one: a time,
    a default of the organisation. Compared only where the definition has them."""
    unexported: tuple[str, ...] = ()
    """Those of the computed paths whose value is this object's own, such as an id made for it."""
    unordered: tuple[str, ...] = ()
    """Lists whose order means nothing: sorted before comparing."""
    immutable: tuple[str, ...] = ()
    """A change here means to replace the object; never sent in an update."""
    secrets: tuple[str, ...] = ()
    """Write-only values: compared and stored as digests, never printed."""
    sensitive: tuple[str, ...] = ()
    """Values that Datadog shows, though they open something: as secrets in plans and states, and exported."""
    secret_if: Mapping[str, str] = NONE
    """One of the secrets -> the flag that makes it one: where that is false, Datadog shows the value."""
    references: Mapping[str, str | tuple[str, ...]] = NONE
    """Path -> kind whose id stands there, or several kinds, of which one's does; in a longer text, ids may
    stand too. `kind.field` means another field than the id. At a read-only path it is an object that comes
    along with this one."""
    handles: tuple[str, ...] = ()
    """How texts call the object, such as `@webhook-{name}`."""
    text_ids: tuple[str, ...] = ()
    """Paths where the id of another object is text though it is a number elsewhere."""
    identity: Mapping[str, str] = NONE
    """List path -> field that tells its items apart, to explain a difference well."""
    unmanaged: Mapping[str, JSON] = NONE
    """Field -> value, or a tuple of values, of live objects that nobody may change: counted, never exported
    or deleted."""
    shared_lists: tuple[str, ...] = ()
    """Lists that others add to as well: ours are compared and placed, theirs keep their places."""
    takes_mark: bool = False
    """Whether the mark of the owner may stand among its `tags`: they are labels, and Datadog takes any."""
    together: tuple[tuple[str, ...], ...] = ()
    """Top-level fields that speak of one thing: when one changes, all are sent as the definition has them."""
    canonicalize: Callable[[Document], Document] | None = None
    """Last resort: brings equal spellings to one, without changing its argument."""
    appears: str = ""
    """When Datadog makes such an object by itself, where nobody else can: `with its first log`."""
    irreversible: str = ""
    """Why a delete can never be undone: it is refused unless allowed by name."""
    permissions: Mapping[str, str] = NONE
    """What the keys need, by "read" and "write", to name it when Datadog refuses."""
    opt_in: str = ""
    """Why writes of this kind need `allow_writes:` in ddconf.yaml; empty for nearly all."""
    asked_only: bool = False
    """An export leaves these out unless asked: users, memberships, settings of the organisation."""
    manual: str = ""
    """What a person does where there is no api; `{field}` is filled from the document."""
    page: str = ""
    """The object's page in the web interface, such as `/dashboard/{id}`; read by `export URL` too."""
    told_by: tuple[str, ...] = ()
    """Fields that together only these objects have: so their JSON from the web interface is known."""
    title: str = ""
    area: str = ""
    """Product area, as in Datadog's menu."""
    terraform: tuple[str, ...] = ()
    """The Terraform resources that do the same."""
    tier: int = 1
    """How much it matters: 1 what nearly everybody has, 2 what many have, 3 the rest."""
    notes: str = ""

    @property
    def fixed(self) -> tuple[str, ...]:
        """Paths that no update changes; `*` where there is none, so that any change makes a new object."""
        remade = self.api and self.api.create and self.api.delete and not self.api.update
        return ("*",) if remade else self.immutable

    @property
    def allows_two(self) -> bool:
        """Whether an object and its replacement can be there at once, as far as the tables tell."""
        if self.api is None or not self.id or self.unique_key or self.id in self.key:
            return False
        made = self.api.create is not None and self.api.delete is not None
        return made and bool(set(self.key) - {self.api.parent[0]})

    @property
    def targets(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The references, each with all kinds that it may lead to."""
        return tuple(
            (path, (found,) if isinstance(found, str) else found) for path, found in self.references.items()
        )

    def open_secrets(self, document: Document) -> tuple[str, ...]:
        """Those of its secrets that are none in this document, since their flag says so."""
        flags = self.secret_if.items()
        return tuple(path for path, flag in flags if get(document, parse_path(flag)) is False)

    def hidden(self, document: Document) -> tuple[str, ...]:
        """The secrets of this document."""
        open_ = self.open_secrets(document)
        return tuple(path for path in self.secrets if path not in open_) if open_ else self.secrets

    def canonical_form(self, document: Document) -> Document:
        """The document in its one spelling; as it is where its shape is none that `canonicalize` expects."""
        if self.canonicalize is None:
            return document
        try:
            return self.canonicalize(document)
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
            return document

    def id_on_the_wire(self, id_: str) -> JSON:
        """An id as the API writes it: a number where it is one."""
        return int(id_) if self.integer_id and id_.isascii() and id_.isdigit() else id_

    def with_text_ids(self, document: Document) -> Document:
        """The document with its `text_ids` as text; the same one where they are."""
        paths = [path for text in self.text_ids for path in find(document, parse_path(text))]
        numbers = [path for path in paths if isinstance(get(document, path), int)]
        with_text_ids: Document = copy(document) if numbers else document
        for path in numbers:
            put(with_text_ids, path, str(get(with_text_ids, path)))
        return with_text_ids


@dataclass(frozen=True, slots=True)
class Live:
    """An object as the API gave it, envelope removed; a large one is packed until it is looked at."""

    kind: str
    id: str
    content: Document | Packed

    @property
    def document(self) -> Document:
        """The object as definitions know it: without the mark of its owner."""
        return without_marks(self.answer)

    @property
    def answer(self) -> Document:
        """The object with all that Datadog shows."""
        return self.content if isinstance(self.content, dict) else unpack(self.content)

    @property
    def marks(self) -> tuple[str, ...]:
        """The marks of the states that own it: none or one, unless somebody has put another one there."""
        if not isinstance(self.content, dict) and not may_hold_marks(self.content):
            return ()
        return marks_in(self.answer)
