"""List the kinds of configuration, or describe one."""

from __future__ import annotations

from itertools import groupby

import click

from ddconf.cli import shell_completion
from ddconf.cli.arguments import kind_of
from ddconf.cli.group import Command
from ddconf.definitions.suggest import did_you_mean
from ddconf.errors import DdconfError, Diagnostic
from ddconf.kind import Kind, documentation, find_kind, kind_names


@click.command(cls=Command, epilog="Example: ddconf kinds logs_index; ddconf kinds --area Logs")
@click.argument("kind", required=False, shell_complete=shell_completion.kinds)
@click.option("--area", metavar="AREA", help="Only those of a product area, such as Logs.")
@click.option(
    "--format", "output", type=click.Choice(["text", "json"]), default="text", help="How to print it (text)."
)
def command(kind: str | None, area: str | None, output: str) -> None:
    """List the kinds of configuration, or describe one with its fields."""
    import json

    listed = [kind_of(kind)] if kind else list(map(find_kind, kind_names()))
    if area:
        listed = in_area(listed, area)
    if output == "json":
        click.echo(json.dumps([as_json(item) for item in listed], indent=1))
    elif kind:
        click.echo(describe(listed[0]))
    else:
        click.echo(by_area(listed))


def by_area(kinds: list[Kind]) -> str:
    """A line for each kind, below its area."""
    width = max(len(kind.name) for kind in kinds)
    in_order = sorted(kinds, key=lambda kind: (kind.area.lower(), kind.name))
    areas = groupby(in_order, key=lambda kind: kind.area)
    return "\n\n".join(
        "\n".join([f"{area}:", *(f"  {kind.name:{width}}  {kind.title}" for kind in members)])
        for area, members in areas
    )


def in_area(kinds: list[Kind], area: str) -> list[Kind]:
    """The kinds of an area; raises DdconfError for an unknown one."""
    found = [kind for kind in kinds if kind.area.lower() == area.lower()]
    if not found:
        areas = sorted({kind.area for kind in kinds}, key=str.lower)
        hint = did_you_mean(area.capitalize(), areas, f"areas are {', '.join(areas)}")
        raise DdconfError(Diagnostic(f"unknown area {area!r}", hint=hint))
    return found


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
        "replaced_by_a_change_of": list(kind.fixed),
        "secrets": list(kind.secrets),
        "sensitive": list(kind.sensitive),
        "permissions": dict(kind.permissions),
        "terraform": list(kind.terraform),
        "documentation": documentation(kind.name),
        "notes": kind.notes,
    }


def describe(kind: Kind) -> str:
    """A page on one kind."""
    rows = {
        "title": kind.title,
        "area": kind.area,
        "calls": ", ".join(calls(kind)) or "none",
        "natural key": ", ".join(kind.key) or "there is only one",
        "replaced by a change of": ", ".join(kind.fixed).replace("*", "anything"),
        "secrets": ", ".join((*kind.secrets, *kind.sensitive)),
        "refers to": ", ".join(f"{path} -> {' or '.join(targets)}" for path, targets in kind.targets),
        "needs": ", ".join(f"{needed} to {what}" for what, needed in kind.permissions.items()),
        "in Terraform": ", ".join(kind.terraform),
        "deleting": kind.irreversible,
        "by hand": kind.manual,
        "notes": kind.notes,
        "documentation": documentation(kind.name),
    }
    told = [f"  {label}: {value}" for label, value in rows.items() if value]
    return "\n".join([kind.name, *told, "", "  fields (* must be there):", *fields(kind)])


def fields(kind: Kind) -> list[str]:
    """A line for each field: its name, what may stand there, and what it means."""
    from ddconf.datadog.schema import schema

    found = schema.fields(kind)
    width = max((len(field.name) for field in found), default=0)
    return [
        f"  {'*' if field.required else ' '} {field.name:{width}}  {field.type}"
        + (f"  # {field.description}" if field.description else "")
        for field in found
    ]
