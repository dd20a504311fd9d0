"""Why a log is where it is: what took it on its way, in words of the configuration."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from ddconf.document import JSON

_LISTS = ("pipelines", "scanner_rules", "metrics", "destinations")
_SINGLE = ("index", "over_quota", "archive")


@dataclass(frozen=True, slots=True)
class SamplingDecision:
    """The exclusion filter that decided; a log whose `draw` is below the rate is excluded."""

    filter: str
    rate: float
    draw: float | None
    excluded: bool


@dataclass(frozen=True, slots=True)
class Why:
    """Names, in the order in which they were met; `archive` is an id."""

    pipelines: tuple[str, ...] = ()
    scanner_rules: tuple[str, ...] = ()
    index: str | None = None
    sampled: SamplingDecision | None = None
    over_quota: bool = False
    archive: str | None = None
    metrics: tuple[str, ...] = ()
    destinations: tuple[str, ...] = ()

    @classmethod
    def from_json(cls, said: dict[str, JSON]) -> Why:
        """The inverse of `as_json`."""
        names = {key: tuple(value) for key, value in said.items() if isinstance(value, list)}
        sampled = said.get("sampled")
        return cls(
            **names,
            index=said.get("index"),
            sampled=SamplingDecision(**sampled) if sampled else None,
            over_quota=bool(said.get("over_quota")),
            archive=said.get("archive"),
        )

    @property
    def indexed(self) -> bool:
        return self.index is not None and not self.over_quota and not (self.sampled and self.sampled.excluded)

    def as_json(self) -> dict[str, JSON]:
        """Only what there is to say. Made for every log, so that it takes no detour."""
        said: dict[str, JSON] = {"indexed": self.indexed}
        for name in _LISTS:
            if names := getattr(self, name):
                said[name] = list(names)
        for name in _SINGLE:
            if value := getattr(self, name):
                said[name] = value
        if self.sampled:
            said["sampled"] = asdict(self.sampled)
        return said

    def in_words(self) -> list[str]:
        """A sentence for each decision."""
        lines = [f"pipeline '{name}' matched" for name in self.pipelines] or ["no pipeline matched"]
        lines += [f"scanner rule '{name}' found something" for name in self.scanner_rules]
        lines.append(f"index '{self.index}' took it first" if self.index else "no index matched")
        if self.sampled:
            lines.append(_sampling(self.sampled))
        if self.over_quota:
            lines.append(f"the daily quota of '{self.index}' was used up")
        lines += [f"metric '{name}' counted it" for name in self.metrics]
        lines += [f"archive '{self.archive}' keeps it"] if self.archive else []
        lines += [f"destination '{name}' gets it" for name in self.destinations]
        return [*lines, "it can be searched" if self.indexed else "it cannot be searched"]


def _sampling(sampled: SamplingDecision) -> str:
    end = "excluded" if sampled.excluded else "kept"
    if sampled.draw is None:
        return f"exclusion filter '{sampled.filter}' matched, but the log lacks its sampling attribute: kept"
    return f"exclusion filter '{sampled.filter}' ({sampled.rate:.0%}) drew {sampled.draw:.3f}: {end}"
