"""Which part of an organisation a plan is about."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlanScope:
    """Addresses as a person typed them; without any, everything."""

    targets: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    destroy: bool = False
    refresh_only: bool = False
    adopt: bool = False
    """Take over what another state owns."""

    @property
    def applies_definitions(self) -> bool:
        """Whether the plan makes anything as it is defined."""
        return not (self.destroy or self.refresh_only)


EVERYTHING = PlanScope()
