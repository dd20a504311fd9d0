"""`ddconf lint --rules` and `--explain`."""

from __future__ import annotations

import click

from ddconf.errors import DdconfError, Diagnostic


def list_rules() -> None:
    """Print every rule with its severity and what it finds."""
    from ddconf.lint.rules import registered

    rules = registered().values()
    width = max(len(rule.name) for rule in rules)
    for rule in rules:
        click.echo(f"{rule.name:{width}}  {rule.severity.value:7}  {rule.summary}")


def explain_rule(name: str) -> None:
    """Print what a rule is about; raises DdconfError for one that there is not."""
    from ddconf.definitions.suggest import did_you_mean
    from ddconf.lint.explain import examples, explain
    from ddconf.lint.rules import registered

    rule = registered().get(name)
    if rule is None:
        hint = did_you_mean(name, registered(), "`ddconf lint --rules` lists all")
        if name.startswith("policies/"):
            hint = "it is a policy: look under policies in ddconf.yaml, or into the folder of --policies"
        raise DdconfError(Diagnostic(f"there is no rule '{name}'", hint=hint))
    click.echo(explain(rule, examples()[rule.name]))
