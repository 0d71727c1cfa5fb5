"""What happened to a text, in order: told from the audit log, with the reasons it does not hold."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from actions.texts.manuscripts import name_of
from domain.approvals import Decision, Verdict
from domain.audit import Entry
from store.unit import Unit

# Which of the log's acts tell a text's story.
ACTS = ("begin", "submit", "revise", "recall", "expire", "schedule", "publish", "withdraw")
DECIDED = {f"decide_{verdict}": verdict for verdict in Verdict}


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that somebody did, or the clock.

    `actor` is the log's word for who; `name` is a person's, empty for the program and the operator.
    `round` counts the submissions; `decision` is what was decided, None for all else. `before` and
    `after` are the sha256 of the texts where one took another's place.
    """

    at: datetime
    actor: str
    name: str
    act: str
    channel: str
    round: int = 0
    decision: Decision | None = None
    before: str = ""
    after: str = ""

    @property
    def plain(self) -> dict[str, Any]:
        """Return this as a row: when, who, what, by which channel, which step, and why."""
        plain = asdict(self)
        return {
            "at": self.at,
            "who": self.name or self.actor,
            **{name: plain[name] for name in ("act", "channel")},
            "step": self.decision.step if self.decision else "",
            "reason": self.decision.reason if self.decision else "",
        }


async def history(unit: Unit, publication_id: int) -> list[Happened]:
    """Return all that happened to a text, the first thing first."""
    entries = await unit.audit.about(f"publication:{publication_id}", acts=(*ACTS, *DECIDED))
    made = {
        (round_, decision.step, decision.person_id): decision
        for round_, decision in await unit.publications.decided(publication_id)
    }
    return [await _happened(unit, entry, made) for entry in entries]


async def _happened(
    unit: Unit, entry: Entry, made: dict[tuple[int, str, int], Decision]
) -> Happened:
    post, _, number = entry.actor.partition(":")
    person_id = int(number) if post == "person" else 0
    round_ = int(entry.facts.get("round", 0))
    return Happened(
        at=entry.at,
        actor=entry.actor,
        name=await name_of(unit, person_id) if person_id else "",
        act=entry.act,
        channel=str(entry.facts.get("channel", "")),
        round=round_,
        decision=made.get((round_, str(entry.facts.get("step")), person_id)),
        before=str(entry.facts.get("before", "")),
        after=str(entry.facts.get("after", "")),
    )
