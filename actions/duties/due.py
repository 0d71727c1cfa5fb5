"""What is due: the duties of every session and petition that is not over, and whose they are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from actions.keeping_holidays import edits
from actions.meetings import meeting, tenant
from domain import law
from domain.bodies import Body, Role
from domain.clock import wall_time, zone
from domain.decisions import Decision, DecisionState
from domain.law import Duty, DutyOf
from domain.petitions import Petition
from domain.petitions.states import UNANSWERED
from domain.sessions import Session, SessionState, Sitting
from store.bodies import Tenant
from store.session_facts import Days
from store.unit import Unit

ON_THEIR_WAY = frozenset({DecisionState.SENT, DecisionState.VISA_AWAITED})
OVER = frozenset({SessionState.CANCELLED, SessionState.POSTPONED})


@dataclass(frozen=True, slots=True)
class Owed:
    """A duty, and what it is about: `session:12` or `petition:7`, of which body.

    `ref` is what people call it, where it has a reference.
    """

    duty: Duty
    subject: str
    body: Body
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Planned:
    """A session as its duties see it."""

    session: Session
    opening: Sitting
    body: Body
    known: Days


async def due(unit: Unit, *, language: str, owners: Iterable[Role] = ()) -> list[Owed]:
    """Return what is open, the earliest first; only what these roles owe, where any are named."""
    wanted, commune = frozenset(owners), await tenant(unit)
    rules = law.pack(commune.rule_pack).duties.values()
    sessions = await unit.sessions.owing(one for one in rules if one.of is DutyOf.SESSION)
    return [
        one
        for one in await _owed(unit, commune, sessions, language)
        if one.duty.is_open and (not wanted or one.duty.owner in wanted)
    ]


async def everything(unit: Unit, *, language: str) -> list[Owed]:
    """Return what is open and what is done, the earliest first."""
    return await _owed(unit, await tenant(unit), await unit.sessions.all(), language)


async def _owed(
    unit: Unit, commune: Tenant, sessions: Sequence[Session], language: str
) -> list[Owed]:
    """Return the duties of these sessions, and of the petitions and decisions on their way."""
    bodies = {body.key: body for body in await unit.bodies.all()}
    owed = await _reckoned(unit, commune, await _planned(unit, sessions, bodies), language)
    for petition in await unit.petitions.in_states(UNANSWERED):
        owed += await _of_petition(unit, commune, petition, bodies[petition.body_key], language)
    for decision in await unit.decisions.all(states=ON_THEIR_WAY):
        owed += await _of_decision(unit, commune, decision, bodies[decision.body_key], language)
    return sorted(owed, key=lambda one: (one.duty.deadline.date, one.subject))


async def of_session(unit: Unit, session_id: int, *, language: str) -> list[Owed]:
    """Return the duties of one session, done and open, in the order of their days."""
    called = await meeting(unit, session_id)
    known = await unit.session_facts.of(session_id)
    planned = Planned(called.session, called.opening, called.body, known)
    return await _reckoned(unit, await tenant(unit), [planned], language)


async def _planned(
    unit: Unit, sessions: Sequence[Session], bodies: dict[str, Body]
) -> list[Planned]:
    ids = [one.id for one in sessions if one.state not in OVER]
    known = await unit.session_facts.of_all(ids)
    openings = await unit.sessions.openings(ids)
    return [
        Planned(one, openings[one.id], bodies[one.body_key], known.get(one.id, {}))
        for one in sessions
        if one.id in openings
    ]


async def _reckoned(
    unit: Unit, commune: Tenant, sessions: Sequence[Planned], language: str
) -> list[Owed]:
    holidays = await edits(unit, commune)
    return [
        Owed(duty, f"session:{one.session.id}", one.body)
        for one in sessions
        for duty in law.duties(
            commune.rule_pack,
            DutyOf.SESSION,
            _facts(one, commune),
            language=language,
            holidays=holidays,
        )
    ]


async def _of_petition(
    unit: Unit, commune: Tenant, petition: Petition, body: Body, language: str
) -> list[Owed]:
    """Return what a petition is owed; its day was frozen when it was received."""
    if petition.received_at is None:
        return []
    received = wall_time(petition.received_at, zone(commune.zone)).date()
    found = law.duties(
        commune.rule_pack,
        DutyOf.PETITION,
        {"received": received},
        language=language,
        holidays=await edits(unit, commune),
    )
    return [Owed(duty, f"petition:{petition.id}", body, petition.ref) for duty in found]


async def _of_decision(
    unit: Unit, commune: Tenant, decision: Decision, body: Body, language: str
) -> list[Owed]:
    """Return what is awaited of the governor for a decision that was sent to him."""
    found = law.duties(
        commune.rule_pack,
        DutyOf.DECISION,
        {"body_kind": body.kind, **{fact.value: day for fact, day in decision.days.items()}},
        language=language,
        holidays=await edits(unit, commune),
    )
    return [Owed(duty, f"decision:{decision.ref}", body, decision.ref) for duty in found]


def _facts(planned: Planned, commune: Tenant) -> dict[str, object]:
    """Return what the duties of a session look at, by name."""
    session = planned.session
    convened = session.convened_at and wall_time(session.convened_at, zone(commune.zone)).date()
    return {
        "session_date": planned.opening.starts.date(),
        "session_kind": session.kind.value,
        "body_kind": planned.body.kind,
        "population": commune.population,
        "convened": convened,
        **{fact.value: day for fact, day in planned.known.items()},
    }
