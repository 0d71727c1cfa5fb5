"""An approval flow as data: its steps, who decides each, and how long they have."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from domain.bodies import Role


@dataclass(frozen=True, slots=True)
class Step:
    """One signature, or several, that a text needs.

    `names` are by language. `roles` held in the body the text belongs to, or `people` by id, may
    decide; `needed` of them have to approve. They may delegate that right for a while to people who
    hold one of `delegates`; where there are none, to nobody. Steps of one `stage` are open
    together; a stage opens when the one before it is done. `within`: how long they have before
    `escalates_to` are told. `told`: who is told when the step is done, without deciding.
    """

    key: str
    names: Mapping[str, str]
    stage: int
    roles: frozenset[Role] = frozenset()
    people: frozenset[int] = frozenset()
    delegates: frozenset[Role] = frozenset()
    needed: int = 1
    within: timedelta = timedelta(days=1)
    escalates_to: frozenset[Role] = frozenset()
    told: frozenset[Role] = frozenset()


@dataclass(frozen=True, slots=True)
class Flow:
    """The steps in order. After `expires_after` without a last word, the text has to come anew."""

    key: str
    names: Mapping[str, str]
    steps: tuple[Step, ...]
    expires_after: timedelta = timedelta(days=14)

    def step(self, key: str) -> Step:
        return next(step for step in self.steps if step.key == key)

    @property
    def stages(self) -> tuple[tuple[Step, ...], ...]:
        """Return the steps, those that are open together side by side."""
        numbers = sorted({step.stage for step in self.steps})
        return tuple(
            tuple(step for step in self.steps if step.stage == number) for number in numbers
        )
