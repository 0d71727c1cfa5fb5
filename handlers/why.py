"""Why did I get this, and why did I not: what was sent, when, where, and the reasons."""

from actions.notices import explaining
from actions.notices.explaining import Explanation, Way
from domain.clock import wall_time
from domain.deliveries import REACHED, UNFINISHED, State
from domain.notices import NoticeKind
from domain.preferences import Reason
from handlers.finding import ahead, by_session
from handlers.turn import Outcome, Slots, Turn

TOLD_LATER = frozenset({State.GATHERED, State.DIGESTED})


async def asked(turn: Turn, _slots: Slots) -> Outcome:
    """Explain the last notice."""
    return await shown(turn)


async def shown(turn: Turn, notice_id: int | None = None) -> Outcome:
    explanation = await explaining.why(turn.unit, turn.known().id, notice_id, spoken=turn.language)
    return turn.tell(_explained(turn, explanation), title=explanation.title)


async def missing(turn: Turn, slots: Slots) -> Outcome:
    """Answer "I did not get the convocation": what was sent, when and where."""
    person = turn.known()
    for held in by_session(await ahead(turn, slots, keys=list(person.seats))):
        notices = await turn.unit.notices.of_session(held.session.id)
        convocation = [one.id for one in notices if one.kind is NoticeKind.CONVOCATION]
        if not convocation:
            continue
        choices = [
            turn.choice("session.see_agenda", f"agenda:{held.session.id}"),
            turn.choice("session.see_documents", f"docs:{held.session.id}"),
        ]
        if not await turn.unit.evidence.of_notice(convocation[-1], person_id=person.id):
            return turn.tell(turn.say("why.no_trace"), choices=choices, about=held.session.id)
        explanation = await explaining.why(
            turn.unit, person.id, convocation[-1], spoken=turn.language
        )
        text = f"{_explained(turn, explanation)}\n\n{turn.say('why.again')}"
        return turn.tell(text, title=explanation.title, choices=choices, about=held.session.id)
    return turn.tell(turn.say("why.nothing_sent"))


def _explained(turn: Turn, explanation: Explanation) -> str:
    heading = turn.say(
        "why.heading",
        kind=turn.say(f"delivery.kind_{explanation.kind}"),
        notice_class=turn.say(f"delivery.class_{explanation.notice_class}"),
        at=wall_time(explanation.created_at, turn.commune.zone),
    )
    ways = [way for way in explanation.ways if way.reason is not Reason.NO_ADDRESS]
    return "\n".join([heading, explanation.because, *(_line(turn, way) for way in ways)])


def _line(turn: Turn, way: Way) -> str:
    """Return what became of one way, with an icon that never stands without its words."""
    place = turn.say(f"delivery.channel_{way.channel}")
    facts = {
        "place": turn.say("why.place", channel=place, address=way.address)
        if way.address
        else place,
        "state": turn.say(f"delivery.state_{way.state}") if way.state else "—",
        "reason": turn.say(f"reason.{way.reason}"),
    }
    if way.state in REACHED and way.at:
        return turn.say("why.line_at", at=wall_time(way.at, turn.commune.zone), **facts)
    is_later = way.due_at is not None and way.due_at > turn.now
    if way.due_at and (way.state in TOLD_LATER or (way.state is State.QUEUED and is_later)):
        return turn.say("why.line_later", at=wall_time(way.due_at, turn.commune.zone), **facts)
    return turn.say("why.line_waiting" if way.state in UNFINISHED else "why.line", **facts)
