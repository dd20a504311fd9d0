"""List the kinds of configuration, or describe one."""

from __future__ import annotations

import click

from ddconf.cli.group import Command
from ddconf.errors import DdconfError
from ddconf.kind import Kind, find_kind, kind_names


@click.command(cls=Command)
@click.argument("kind", required=False)
@click.option("--format", "output", type=click.Choice(["text", "json"]), default="text")
def command(kind: str | None, output: str) -> None:
    """List the kinds of configuration, or describe one."""
    import json

    if kind is not None and kind not in kind_names():
        from difflib import get_close_matches

        near = get_close_matches(kind, kind_names(), n=1)
        raise DdconfError(f"no kind {kind!r}" + (f": did you mean {near[0]!r}?" if near else ""))
    chosen = [find_kind(name) for name in ([kind] if kind else kind_names())]
    if output == "json":
        click.echo(json.dumps([as_json(item) for item in chosen], indent=1))
    elif kind:
        click.echo(describe(chosen[0]))
    else:
        width = max(len(item.name) for item in chosen)
        for item in chosen:
            click.echo(f"{item.name:{width}}  {item.title}")


def calls(kind: Kind) -> list[str]:
    """The calls that the kind has."""
    names = ("list", "read", "create", "update", "delete", "check")
    return [name for name in names if kind.api is not None and getattr(kind.api, name) is not None]


def as_json(kind: Kind) -> dict[str, object]:
    """What tools want to know of a kind."""
    return {
        "kind": kind.name,
        "title": kind.title,
        "area": kind.area,
        "tier": kind.tier,
        "calls": calls(kind),
        "key": list(kind.key),
        "unique_key": kind.unique_key,
        "replaced_by_a_change_of": list(kind.immutable),
        "secrets": list(kind.secrets),
        "permissions": dict(kind.permissions),
        "terraform": kind.terraform,
        "notes": kind.notes,
    }


def describe(kind: Kind) -> str:
    """A page on one kind."""
    rows = {
        "title": kind.title,
        "area": kind.area,
        "calls": ", ".join(calls(kind)) or "none",
        "natural key": ", ".join(kind.key) or "there is only one",
        "replaced by a change of": ", ".join(kind.immutable),
        "secrets": ", ".join(kind.secrets),
        "refers to": ", ".join(f"{path} -> {target}" for path, target in kind.references.items()),
        "in Terraform": kind.terraform,
        "deleting": kind.irreversible,
        "by hand": kind.manual,
        "notes": kind.notes,
    }
    return "\n".join([kind.name, *(f"  {label}: {value}" for label, value in rows.items() if value)])
