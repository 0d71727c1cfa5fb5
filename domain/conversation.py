"""Where a conversation stands: a small value that survives a restart and moves between machines."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from domain.messages import Choice, Message


@dataclass(frozen=True, slots=True)
class Conversation:
    """One address's talk with us.

    `flow` and `step` name the question that waits for an answer; `facts` is what was learnt on the
    way; `offered` are the choices last shown, so that a press, a digit and the spelled-out label
    are the same answer. `language` is the one last spoken here, for people we do not know. `said`
    names what was said last, unless it answered a question of ours. `rest` is what of the last
    answer is still to be told, where it goes on to a next page.
    """

    flow: str | None = None
    step: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    offered: tuple[Choice, ...] = ()
    language: str | None = None
    said: str | None = None
    rest: Message | None = None

    def waiting(self, flow: str, step: str, **facts: Any) -> Self:
        """Return this conversation with a question open."""
        return replace(self, flow=flow, step=step, facts={**self.facts, **facts})

    def rested(self) -> Self:
        """Return this conversation with nothing open."""
        return replace(self, flow=None, step=None, facts={}, offered=(), rest=None)

    def to_json(self) -> dict[str, Any]:
        return {
            "flow": self.flow,
            "step": self.step,
            "facts": dict(self.facts),
            "offered": [[choice.label, choice.value] for choice in self.offered],
            "language": self.language,
            "said": self.said,
            "rest": self.rest.to_json() if self.rest else None,
        }

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Self:
        return cls(
            flow=plain.get("flow"),
            step=plain.get("step"),
            facts=plain.get("facts", {}),
            offered=tuple(Choice(label, value) for label, value in plain.get("offered", [])),
            language=plain.get("language"),
            said=plain.get("said"),
            rest=Message.from_json(plain["rest"]) if plain.get("rest") else None,
        )
