"""Convening a session: the convocation with its documents, to everyone who has a seat."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date

from actions import wording
from actions.agenda.papers import write_agenda
from actions.agenda.telling_items import tell_of_subjects
from actions.keeping_holidays import edits
from actions.meetings import meeting, tenant, today
from actions.notices.telling_followers import tell_of_convocation
from actions.records.noting import note
from actions.sessions.reminding import plan_defaults
from actions.wording import Meeting
from domain import law
from domain.actors import Actor
from domain.documents import Document, DocumentKind, Visibility
from domain.errors import Refused
from domain.messages import Attachment
from domain.notices import Audience, AudienceKind, NoticeClass, NoticeKind
from domain.phrasebook import LANGUAGES, Named, phrasebook
from domain.rights import Act, may, require
from domain.sessions import AgendaState, Session, SessionState, moved
from store.bodies import Tenant
from store.unit import Unit

MOST_MEMBERS = 1000  # of one body
SHARED = frozenset({Visibility.PUBLIC, Visibility.MEMBERS})


@dataclass(frozen=True, slots=True)
class Warned:
    """What the law would have otherwise. `sentence` is in the language asked for."""

    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Convened:
    session: Session
    notice_id: int
    warnings: tuple[Warned, ...]


async def convene(unit: Unit, session_id: int, *, actor: Actor, language: str = "fr") -> Convened:
    """Call the members of a session's body, and plan their reminders.

    Warns when the law's days are not kept or papers are missing (law 113-14, art. 35), and never
    blocks. Raises Refused when the session cannot be convened from where it stands.
    """
    commune = await tenant(unit)
    called = await meeting(unit, session_id, to_change=True)
    require(actor, Act.CONVENE, called.body)
    session = replace(
        called.session,
        state=moved(called.session.state, SessionState.CONVENED),
        agenda_state=AgendaState.PUBLISHED if called.items else called.session.agenda_state,
        convened_at=unit.clock.now(),
        agenda_changed_at=None,
    )
    called = replace(called, session=session)
    warnings = await _warnings(unit, called, commune, language)
    await unit.sessions.change(session)
    await write_agenda(unit, called)
    notice_id = await unit.notices.publish(
        commune.id,
        notice_class=NoticeClass.STATUTORY,
        kind=NoticeKind.CONVOCATION,
        audience=Audience(AudienceKind.BODY, called.body.key),
        content=wording.convocation(called, await shared_papers(unit, session_id)),
        created_by=actor.name,
        session_id=session_id,
        idempotency_key=f"convocation:{session_id}",
    )
    if notice_id is None:
        raise Refused("meeting.already_convened", session=str(session_id))
    await tell_of_convocation(unit, called, actor=actor)
    await tell_of_subjects(unit, actor, called)
    await plan_defaults(unit, called)
    await note(
        unit,
        actor,
        "convene",
        f"session:{session_id}",
        notice=notice_id,
        warnings=[warning.code for warning in warnings],
    )
    return Convened(session, notice_id, tuple(warnings))


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What convening would do: how many members are called, how many have declared no address."""

    meeting: Meeting
    members: int
    without_address: int
    warnings: tuple[Warned, ...]


async def foreseen(unit: Unit, session_id: int, *, actor: Actor, language: str = "fr") -> Foreseen:
    """Return what convening a session would do, and change nothing; raises Refused as it would."""
    commune = await tenant(unit)
    called = await meeting(unit, session_id)
    if not may(actor, Act.CONVENE, called.body):
        raise Refused("access.not_allowed", act=Named(f"access.act_{Act.CONVENE}"))
    moved(called.session.state, SessionState.CONVENED)
    members = await unit.audiences.page(
        Audience(AudienceKind.BODY, called.body.key),
        on=today(unit.clock, commune),
        after=0,
        most=MOST_MEMBERS,
    )
    unreached = [one for one in members if not any(place.is_declared for place in one.addresses)]
    warnings = await _warnings(unit, called, commune, language)
    return Foreseen(called, len(members), len(unreached), tuple(warnings))


def sending_deadline(
    commune: Tenant,
    session: Session,
    opens: date,
    *,
    language: str,
    holidays: law.HolidayEdits = law.HolidayEdits(),
) -> law.Deadline | None:
    """Return the last day to send the convocations; None where the commune's pack has none.

    `holidays` is what the town's own table changes.
    """
    pack = law.pack(commune.rule_pack)
    if f"{commune.rule_pack}.convocation_latest_sending" not in pack.deadlines:
        return None
    return law.convocation_latest(
        commune.rule_pack,
        opens,
        kind=session.kind,
        population=commune.population,
        language=language,
        holidays=holidays,
    )


async def late(unit: Unit, commune: Tenant, called: Meeting, language: str) -> tuple[Warned, ...]:
    """Warn when the day for sending the convocations has passed (law 113-14, art. 35)."""
    opens = called.opening.starts.date()
    holidays = await edits(unit, commune)
    deadline = sending_deadline(
        commune, called.session, opens, language=language, holidays=holidays
    )
    if deadline is None or today(unit.clock, commune) <= deadline.date:
        return ()
    said = phrasebook().say("meeting.late", language, sentence=deadline.sentence)
    return (Warned("late", said),)


async def _warnings(unit: Unit, called: Meeting, commune: Tenant, language: str) -> list[Warned]:
    say = phrasebook().say
    warnings = [*await late(unit, commune, called, language)]
    if not wording.said(called.items):
        warnings.append(Warned("no_agenda", say("meeting.no_agenda", language)))
    papers = await unit.documents.of(called.session.id)
    if all(one.kind is DocumentKind.AGENDA for one in papers):
        warnings.append(Warned("no_documents", say("meeting.no_documents", language)))
    return warnings


async def shared_papers(unit: Unit, session_id: int) -> dict[str, list[Attachment]]:
    """Share out the papers: the agenda in the reader's language, the others to everyone."""
    shared: dict[str, list[Attachment]] = defaultdict(list)
    for document in await unit.documents.of(session_id):
        if document.visibility in SHARED:
            in_languages = (
                [document.language] if document.kind is DocumentKind.AGENDA else LANGUAGES
            )
            for language in in_languages:
                shared[language].append(attachment(document))
    return shared


def attachment(document: Document) -> Attachment:
    """Return a document as a message carries it."""
    return Attachment(document.name, document.media_type, document.sha256, document.size)
