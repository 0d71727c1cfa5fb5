"""The agenda: today's, another day's, of a body; told page by page."""

from collections.abc import Iterator, Sequence

from domain.agenda import AgendaItem
from domain.messages import Choice
from domain.sessions import AgendaState
from handlers import session, telling
from handlers.finding import Held, ahead, by_session, during, from_today, held_today, one, period
from handlers.turn import Outcome, Slots, Turn

PAGE = 10  # items
NAMED = ("body", "body_kind", "session_kind", "mine")  # of a session, beside its day


async def asked(turn: Turn, slots: Slots) -> Outcome:
    """Answer the agenda of the days named.

    Without any, today's, else that of the session last spoken of, else the next one's.
    """
    days = period(slots)
    if slots.get("upcoming") and not days:
        return await _next_told(turn, await ahead(turn, slots))
    coming = [] if days else await from_today(turn, slots)
    on_the_day = await during(turn, days, slots) if days else held_today(turn, coming)
    found = by_session(on_the_day)
    if len(found) > 1:
        return session.choose(turn, found, "agenda.which", "agenda:{id}")
    if told := found[0] if found else await _last_told(turn, slots):
        return await _told(turn, told, 0)
    if days:
        return await session.none_during(turn, days, slots, then="agenda:{id}")
    still_held = [held for held in coming if not held.is_off]
    return await _next_told(turn, still_held, preface=turn.say("agenda.none_today"))


async def _last_told(turn: Turn, slots: Slots) -> Held | None:
    """Return the session last spoken of, if it is still to come and nothing else was named."""
    if turn.about is None or period(slots) or any(slots.get(name) for name in NAMED):
        return None
    held = await one(turn, turn.about)
    return held if held and not held.is_off and held.sitting.ends.date() >= turn.today else None


async def shown(turn: Turn, session_id: int, offset: int = 0) -> Outcome:
    """Show one session's agenda, from the item at `offset`."""
    held = await one(turn, session_id)
    return await _told(turn, held, offset) if held else session.unknown(turn)


async def _next_told(turn: Turn, coming: Sequence[Held], *, preface: str = "") -> Outcome:
    if not coming:
        return session.none_ahead(turn)
    return await _told(turn, coming[0], 0, preface=preface)


async def _told(turn: Turn, held: Held, offset: int, *, preface: str = "") -> Outcome:
    items = await seen(turn, held)
    page = items[offset : offset + PAGE]
    parts = [preface, telling.header(turn, held) if not offset else "", _missing(turn, held, items)]
    parts.append("\n".join(telling.item_line(turn, item) for item in page))
    rest = len(items) - offset - len(page)
    if rest > 0:
        parts.append(turn.say("agenda.rest", count=rest))
    return turn.tell(
        "\n\n".join(part for part in parts if part),
        title=turn.say("agenda.title", session=telling.name(turn, held)),
        choices=list(_choices(turn, held, page, next_page=offset + PAGE if rest > 0 else 0)),
        about=held.session.id,
    )


async def seen(turn: Turn, held: Held) -> Sequence[AgendaItem]:
    """Return the items that whoever asks may see."""
    if not turn.viewer.sees_agenda(held.session):
        return ()
    items = await turn.unit.agenda.of(held.session.id)
    return telling.asides_last(turn.viewer.items(held.session, items))


def _missing(turn: Turn, held: Held, items: Sequence[AgendaItem]) -> str:
    """Say why there is nothing to read: three reasons that are never mixed up."""
    if held.session.agenda_state is AgendaState.UNREADABLE:
        return turn.say("agenda.unreadable")
    if held.session.agenda_state is not AgendaState.PUBLISHED:
        return turn.say("agenda.drafted" if items else "agenda.not_published")
    return "" if items else turn.say("agenda.empty")


def _choices(
    turn: Turn, held: Held, page: Sequence[AgendaItem], *, next_page: int
) -> Iterator[Choice]:
    session_id = held.session.id
    for item in page:
        yield turn.choice("agenda.item", f"item:{session_id}:{item.id}", number=item.number)
    if next_page:
        yield turn.choice("agenda.more", f"agenda:{session_id}:{next_page}")
    yield from session.actions(turn, held, but="agenda")
