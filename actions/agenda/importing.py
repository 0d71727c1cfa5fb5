"""Taking agendas from a file, our own or a town hall's: all of them, or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from actions.meetings import tenant
from actions.people.importing_people import Progress
from actions.records.noting import note
from domain.actors import Actor
from domain.bodies import Body
from domain.importing.agenda_files import agenda_lines, columns
from domain.importing.agenda_plans import (
    USUAL_LENGTH,
    AgendaPlan,
    Meeting,
    Standing,
    contradiction,
    meetings,
    plan,
    standing,
)
from domain.importing.body_names import BodyNames
from domain.importing.columns import table
from domain.importing.workbooks import records
from domain.rights import Act, require
from domain.sessions import AgendaState, Session, SessionKind, SessionState
from domain.spreadsheets import BadCell
from store.bodies import Tenant
from store.unit import Unit

DAY = timedelta(days=1, microseconds=-1)


@dataclass(frozen=True, slots=True)
class AgendaImported:
    """What became of a file. When anything is `bad`, nothing was changed.

    `session_ids` are those the file speaks of; `convened_ids` those among them whose members have
    been convened to another agenda than it now is.
    """

    sessions: int = 0
    added: int = 0
    changed: int = 0
    same: int = 0
    session_ids: tuple[int, ...] = ()
    convened_ids: tuple[int, ...] = ()
    bad: tuple[BadCell, ...] = ()


Planned = tuple[Meeting, Standing | None, AgendaPlan]


async def import_agenda(
    unit: Unit,
    content: bytes,
    *,
    actor: Actor,
    body: str = "council",
    day: date | None = None,
    is_draft: bool = False,
    is_dry_run: bool = False,
    progress: Progress = lambda _done, _all: None,
) -> AgendaImported:
    """Add and change the agenda items of a CSV file; the same file twice changes nothing.

    Sessions are found by body and day, or made as drafts. `body` and `day` are for lines that
    name none. Agendas are published unless `is_draft`; one that was stays so. Raises Refused
    when the file is no table of items, or tells of a body whose agenda is not theirs.
    """
    commune = await tenant(unit)
    bodies = await unit.bodies.all()
    names = BodyNames(bodies)
    read, bad = agenda_lines(
        table(records(content), columns(day=day)),
        names,
        body=names.named(body).key,
        day=day,
    )
    told, contradicting = meetings(read)
    _require(actor, told, bodies)
    state = AgendaState.DRAFTED if is_draft else AgendaState.PUBLISHED
    planned = [await _planned(unit, meeting, state) for meeting in told]
    bad += [*contradicting, *filter(None, (contradiction(one, known) for one, known, _ in planned))]
    if bad:
        return AgendaImported(bad=tuple(sorted(bad, key=lambda cell: cell.line)))
    outcome = _outcome(planned)
    if is_dry_run:
        return outcome
    ids = await _carry_out(unit, commune, planned, state, progress)
    if outcome.sessions or outcome.added or outcome.changed:
        await _note(unit, commune, outcome, actor)
    return replace(outcome, session_ids=tuple(ids))


def _require(actor: Actor, told: Sequence[Meeting], bodies: Sequence[Body]) -> None:
    """Raise Refused where a file speaks of a body whose agenda is not theirs to change."""
    keys = {meeting.body_key for meeting in told}
    for body in bodies:
        if body.key in keys:
            require(actor, Act.FILL_AGENDA, body)


async def _planned(unit: Unit, meeting: Meeting, state: AgendaState) -> Planned:
    opens = datetime.combine(meeting.day, time.min)
    known = standing(
        meeting,
        await unit.sessions.between(opens, opens + DAY, body_keys=[meeting.body_key]),
    )
    items = await unit.agenda.of(known[0].id) if known else []
    return meeting, known, plan(meeting, known, items, state)


def _outcome(planned: Sequence[Planned]) -> AgendaImported:
    return AgendaImported(
        sessions=sum(known is None for _, known, _ in planned),
        added=sum(len(change.added) for *_, change in planned),
        changed=sum(len(change.changed) + bool(change.sitting) for *_, change in planned),
        same=sum(change.same for *_, change in planned),
        session_ids=tuple(known[0].id for _, known, _ in planned if known),
        convened_ids=tuple(
            known[0].id
            for _, known, change in planned
            if known
            and change.session
            and change.session.sequence > known[0].sequence
            and known[0].state is not SessionState.CLOSED
        ),
    )


async def _carry_out(
    unit: Unit,
    commune: Tenant,
    planned: Sequence[Planned],
    state: AgendaState,
    progress: Progress,
) -> list[int]:
    """Write what was planned, and return the id of each meeting's session."""
    body_ids = await unit.bodies.ids()
    ids = []
    for done, (meeting, known, change) in enumerate(planned, start=1):
        if known:
            session_id = known[0].id
            await _update(unit, known[0], change)
        else:
            session_id = await _draft(unit, commune, body_ids[meeting.body_key], meeting, state)
        await unit.agenda.add([replace(item, session_id=session_id) for item in change.added])
        ids.append(session_id)
        progress(done, len(planned))
    return ids


async def _draft(
    unit: Unit, commune: Tenant, body_id: int, meeting: Meeting, state: AgendaState
) -> int:
    session_id = await unit.sessions.add(body_id, meeting.kind or SessionKind.ORDINARY)
    await unit.sessions.add_sitting(
        session_id,
        number=1,
        starts=meeting.starts,
        ends=meeting.starts + USUAL_LENGTH,
        zone_name=commune.zone,
        place=meeting.place or "",
    )
    session = await unit.sessions.by_id(session_id)
    if session:
        await unit.sessions.change(replace(session, agenda_state=state))
    return session_id


async def _update(unit: Unit, before: Session, change: AgendaPlan) -> None:
    """Write what was planned; whoever was convened to the agenda is told by the clock."""
    if change.session:
        is_news = change.session.sequence > before.sequence
        changed_at = unit.clock.now() if is_news else before.agenda_changed_at
        await unit.sessions.change(replace(change.session, agenda_changed_at=changed_at))
    if change.sitting:
        await unit.sessions.change_sitting(change.sitting)
    await unit.agenda.change(*change.changed)


async def _note(unit: Unit, commune: Tenant, outcome: AgendaImported, actor: Actor) -> None:
    await note(
        unit,
        actor,
        "agenda.imported",
        f"tenant:{commune.slug}",
        sessions=outcome.sessions,
        added=outcome.added,
        changed=outcome.changed,
        same=outcome.same,
    )
