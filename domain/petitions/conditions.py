"""What the law asks of a petition before it is filed: said early, each with its article."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from domain.errors import Refused
from domain.law.loading import pack
from domain.law.rules import Rule, RulePack

SIGNATURES = "petition_signatures"
AGE = "petition_association_age_years"
DOCUMENTS = "petition_documents"
SMALL = 35_000  # inhabitants; the rule's own word for it is `population_below_35000`


class Level(StrEnum):
    STOPS = "stops"  # it would be refused: filing waits until this is mended
    WARNS = "warns"  # it may be refused, or go elsewhere
    HOLDS = "holds"  # this condition is met


ICONS = {Level.STOPS: "⛔", Level.WARNS: "⚠️", Level.HOLDS: "✅"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One condition looked at; its sentence is the phrase `petition.check_<code>`."""

    code: str
    level: Level
    article: str


@dataclass(frozen=True, slots=True)
class Threshold:
    """How many valid signatures are wanted, by which article; `case` names the class of town."""

    value: int
    article: str
    case: str


@dataclass(frozen=True, slots=True)
class Answers:
    """What somebody says of their petition; None where they do not know, or were not asked.

    `recognised_on`: when the association was recognised, a local date.
    """

    is_association: bool = False
    lives_or_works_here: bool | None = None
    may_register_to_vote: bool | None = None
    has_direct_interest: bool | None = None
    is_communal: bool | None = None
    touches_constants: bool | None = None
    is_before_a_court: bool | None = None
    is_about_security: bool | None = None
    recognised_on: date | None = None
    is_in_good_standing: bool | None = None
    has_seat_here: bool | None = None
    is_its_field: bool | None = None


def threshold(pack_key: str, *, population: int | None, has_arrondissements: bool) -> Threshold:
    """Return the signatures a citizens' petition needs here (law 113-14, art. 123).

    Raises Refused where the pack has no rule for petitions, or the population is not known.
    """
    rule = _rule(pack(pack_key), SIGNATURES)
    if has_arrondissements:
        case = "with_arrondissements"
    elif population is None:
        raise Refused("petition.population_unknown")
    else:
        case = "population_below_35000" if population < SMALL else "other"
    values: Mapping[str, int] = rule.value
    return Threshold(values[case], rule.authority.article, case)


@dataclass(frozen=True, slots=True)
class Condition:
    """`holds` answers yes, no, or None where nobody knows, which is a warning."""

    code: str
    article: str
    holds: Callable[[Answers, date, RulePack], bool | None]
    when_not: Level = Level.STOPS


def _rule(law: RulePack, name: str) -> Rule:
    found: Any = law.rules.get(name)
    if not law.is_enabled or found is None:
        raise Refused("petition.no_rules")
    rule: Rule = found
    return rule


def _is_old_enough(said: Answers, today: date, law: RulePack) -> bool | None:
    """Say whether the association has been recognised for more than three years (art. 124)."""
    if said.recognised_on is None:
        return None
    years: int = _rule(law, AGE).value
    anniversary = (
        said.recognised_on.year + years,
        said.recognised_on.month,
        said.recognised_on.day,
    )
    return (today.year, today.month, today.day) > anniversary


def _not(said: bool | None) -> bool | None:  # noqa: FBT001 - an answer, not a switch
    return None if said is None else not said


OF_ALL = (
    Condition("powers", "121", lambda said, *_: said.is_communal),
    Condition("constants", "121", lambda said, *_: _not(said.touches_constants)),
    # Excluded for national petitions (organic law 44-14, art. 4); for a commune's, a warning.
    Condition("court", "", lambda said, *_: _not(said.is_before_a_court), Level.WARNS),
    Condition("security", "", lambda said, *_: _not(said.is_about_security), Level.WARNS),
)
OF_CITIZENS = (
    Condition("residence", "123", lambda said, *_: said.lives_or_works_here),
    Condition("electoral", "123", lambda said, *_: said.may_register_to_vote),
    Condition("interest", "123", lambda said, *_: said.has_direct_interest),
)
OF_ASSOCIATIONS = (
    Condition("age", "124", _is_old_enough),
    Condition("standing", "124", lambda said, *_: said.is_in_good_standing),
    Condition("seat", "124", lambda said, *_: said.has_seat_here),
    Condition("field", "124", lambda said, *_: said.is_its_field),
)


def prechecked(pack_key: str, said: Answers, *, today: date) -> tuple[Finding, ...]:
    """Return every condition with what the answers make of it, the gravest first.

    Raises Refused where the pack has no rule for petitions.
    """
    law = pack(pack_key)
    _rule(law, SIGNATURES)
    conditions = (*OF_ALL, *(OF_ASSOCIATIONS if said.is_association else OF_CITIZENS))
    findings = [_finding(condition, condition.holds(said, today, law)) for condition in conditions]
    return tuple(_gravest_first(findings))


def _finding(condition: Condition, holds: bool | None) -> Finding:  # noqa: FBT001 - an answer, not a switch
    levels = {True: Level.HOLDS, False: condition.when_not, None: Level.WARNS}
    return Finding(condition.code, levels[holds], condition.article)


def _gravest_first(findings: Iterable[Finding]) -> list[Finding]:
    order = list(Level)
    return sorted(findings, key=lambda finding: order.index(finding.level))
