"""Which flow a text goes through: the commune's choice, else the custom of its country."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from domain.approvals.loading import read_flow, written

# By rule pack: what a town hall there begins with, until it chooses for itself.
CUSTOMS = {"ma": "ma.commune", "ci": "ci.mairie"}
CUSTOM = "ma.commune"
# What is not the town hall's word to the town has hands of its own, whatever the country.
BY_KIND = {"minutes": "council.minutes", "petition_answer": "council.petitions"}
ANY = "any"  # the kind that stands for all that are not named


@dataclass(frozen=True, slots=True)
class Flows:
    """`folder` holds the commune's own; `chosen` are their keys by kind of text, or ANY."""

    folder: Path | None = None
    chosen: Mapping[str, str] = field(default_factory=dict)

    def for_kind(self, kind: str, rule_pack: str) -> tuple[str, str]:
        """Return the key of a flow and its TOML; raises Refused or Misconfigured."""
        customary = BY_KIND.get(kind) or self.chosen.get(ANY) or CUSTOMS.get(rule_pack, CUSTOM)
        key = self.chosen.get(kind) or customary
        text = written(key, self.folder)
        read_flow(key, text)
        return key, text


PRESETS = Flows()
