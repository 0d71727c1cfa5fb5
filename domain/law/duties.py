"""What the law asks next, of whom, and by when: duties of sessions, decisions and petitions."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from domain.bodies import BodyKind, Role
from domain.law.deadlines import Deadline, deadline
from domain.law.loading import pack
from domain.law.rules import DutyOf, DutyRule
from domain.law.workdays import HolidayEdits

SESSION_KIND = "session_kind"
BODY_KIND = "body_kind"
LOOKED_AT = (SESSION_KIND, "population", "emergency")


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing to be done by a day, or awaited until it where it is nobody's here.

    `done_on` is the local date on which it was done; None while it is open.
    """

    name: str
    owner: Role | None
    deadline: Deadline
    done_on: date | None = None

    @property
    def is_open(self) -> bool:
        return self.done_on is None

    def is_late(self, today: date) -> bool:
        """Return whether its day passed before it was done; what is awaited is never late."""
        return self.owner is not None and (self.done_on or today) > self.deadline.date


def duties(
    pack_key: str,
    of: DutyOf,
    facts: Mapping[str, object],
    *,
    language: str = "en",
    holidays: HolidayEdits = HolidayEdits(),
    alternatives: Collection[str] = (),
) -> tuple[Duty, ...]:
    """Return the duties that the facts give rise to, open and done, the earliest deadline first.

    `facts` are local dates by the name of what happened (`convened`, `closed`), the days that were
    set (`session_date`), the kinds of session and body, and what else a deadline looks at. A duty
    whose first day is not known yet is not there yet.
    """
    found = [
        Duty(
            name=rule.name,
            owner=rule.owner,
            deadline=deadline(
                f"{pack_key}.{rule.deadline}",
                _inputs(rule, facts),
                language=language,
                holidays=holidays,
                alternatives=alternatives,
            ),
            done_on=_done_on(rule, facts),
        )
        for rule in pack(pack_key).duties.values()
        if rule.of is of and _arises(rule, facts)
    ]
    return tuple(sorted(found, key=lambda duty: (duty.deadline.date, duty.name)))


def _arises(rule: DutyRule, facts: Mapping[str, object]) -> bool:
    kind, body = facts.get(SESSION_KIND, "ordinary"), facts.get(BODY_KIND, BodyKind.COUNCIL)
    if (rule.kinds and kind not in rule.kinds) or body not in rule.bodies:
        return False
    return all(facts.get(name) is not None for name in (rule.since, rule.once) if name)


def _inputs(rule: DutyRule, facts: Mapping[str, object]) -> dict[str, object]:
    inputs = {name: facts[name] for name in LOOKED_AT if facts.get(name) is not None}
    return {**inputs, rule.start: facts[rule.since]}


def _done_on(rule: DutyRule, facts: Mapping[str, object]) -> date | None:
    days = [day for name in rule.done if isinstance(day := facts.get(name), date)]
    return min(days, default=None)
