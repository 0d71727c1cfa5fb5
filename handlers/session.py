"""Sessions: the next one, those of a period, one with when, where and how it stands."""

from collections.abc import Iterator, Sequence
from datetime import date

from domain.local_time import span
from domain.messages import Choice
from handlers import help, telling
from handlers.finding import Held, ahead, by_session, during, one, period
from handlers.proceedings import of_session
from handlers.turn import Outcome, Slots, Turn

MOST_LISTED = 12


async def next_asked(turn: Turn, slots: Slots) -> Outcome:
    """Answer the next session: of the body named, or the first on the days named."""
    days = period(slots)
    coming = await during(turn, days, slots) if days else await ahead(turn, slots)
    if coming:
        return _told(turn, coming[0])
    if days:
        return await none_during(turn, days, slots, then="session:{id}")
    return none_ahead(turn)


async def list_asked(turn: Turn, slots: Slots) -> Outcome:
    """List the sessions of a period, or those to come."""
    days = period(slots)
    found = by_session(await during(turn, days, slots) if days else await ahead(turn, slots))
    if days and not found:
        return await none_during(turn, days, slots, then="session:{id}")
    if not found:
        return none_ahead(turn)
    if len(found) == 1:
        return _told(turn, found[0])
    return choose(turn, found, "session.listed", "session:{id}")


async def details_asked(turn: Turn, slots: Slots) -> Outcome:
    """Tell when and where a session is held: the one named, or the one last spoken of."""
    if not period(slots) and not slots.get("body") and turn.about is not None:
        return await shown(turn, turn.about)
    return await (list_asked if period(slots) else next_asked)(turn, slots)


async def shown(turn: Turn, session_id: int) -> Outcome:
    held = await one(turn, session_id)
    return _told(turn, held) if held else unknown(turn)


def choose(turn: Turn, found: Sequence[Held], key: str, value: str) -> Outcome:
    """List sessions, each of them a choice whose value is made of its id."""
    listed = found[:MOST_LISTED]
    lines = [turn.say(key), *(telling.line(turn, held) for held in listed)]
    if len(found) > len(listed):
        lines.append(turn.say("session.rest", count=len(found) - len(listed)))
    choices = [
        Choice(telling.label(turn, held), value.format(id=held.session.id)) for held in listed
    ]
    return turn.tell("\n".join(lines), choices=choices)


async def none_during(turn: Turn, days: tuple[date, date], slots: Slots, *, then: str) -> Outcome:
    """Say that nothing is held on these days, and what comes next."""
    text = turn.say("session.none_then", period=span(*days, turn.language))
    coming = await ahead(turn, slots)
    if not coming:
        return turn.tell(text)
    after = turn.say("session.next_is", line=telling.line(turn, coming[0]))
    choice = Choice(telling.label(turn, coming[0]), then.format(id=coming[0].session.id))
    return turn.tell(f"{text}\n{after}", choices=[choice])


def none_ahead(turn: Turn) -> Outcome:
    """Say that nothing is convened of what was asked for, and what else there is."""
    return turn.tell(turn.say("session.none_ahead"), choices=help.menu(turn))


def unknown(turn: Turn) -> Outcome:
    """Say the same of what does not exist and of what is not theirs to see."""
    return turn.tell(turn.say("session.unknown"))


def actions(turn: Turn, held: Held, *, but: str = "") -> Iterator[Choice]:
    """Offer what can be asked or done about a session, and is not being shown."""
    session_id = held.session.id
    offers = [
        ("agenda", "session.see_agenda", f"agenda:{session_id}"),
        ("docs", "session.see_documents", f"docs:{session_id}"),
    ]
    is_ahead = held.sitting.starts.date() >= turn.today and not held.is_off
    if is_ahead and turn.viewer.is_member(held.session.body_key):
        offers += [
            ("remind", "session.remind", f"remind:{session_id}"),
            ("attend", "notice.come", f"attend:{session_id}"),
            ("excuse", "notice.excuse", f"attend:{session_id}:no"),
        ]
    yield from (turn.choice(key, value) for kind, key, value in offers if kind != but)
    yield from of_session(turn, held)


def _told(turn: Turn, held: Held) -> Outcome:
    return turn.tell(
        telling.header(turn, held),
        title=telling.name(turn, held),
        choices=list(actions(turn, held)),
        about=held.session.id,
    )
