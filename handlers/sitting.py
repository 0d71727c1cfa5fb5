"""The sitting, run from a chat: the roll, the opening, the next convocation, extending, closing."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from actions.agenda.proposing import Refusal
from actions.meetings import meeting
from actions.sessions import closing, opening, reconvening, rolling
from actions.sessions.rolling import Roll
from actions.sitting_words import failed_line, following_line
from actions.wording import place
from domain.attendance import Answer
from domain.errors import Refused
from domain.messages import Choice
from domain.rights import Act, require
from domain.rolls import PRESENCE_ICONS, Presence, Seat, toggled
from handlers import session, telling
from handlers.finding import Held, one
from handlers.proceedings import of_session
from handlers.tokens import wall_time, written
from handlers.turn import Outcome, Turn

FLOW, ROLL = "sitting", "roll"
PAGE = 8  # members
NUMBERS = re.compile(r"(\d{1,3})(?:\s*-\s*(\d{1,3}))?")
ONLY_NUMBERS = re.compile(r"[\d\s,;.،-]+")


async def roll_shown(turn: Turn, session_id: int, offset: int = 0) -> Outcome:
    """Show a page of the members, each with where they are marked to be."""
    held = await one(turn, session_id)
    if held is None:
        return session.unknown(turn)
    require(turn.actor, Act.HOLD, held.body)
    called = await meeting(turn.unit, session_id)
    await rolling.refuse_unready(turn.unit, called)
    return _roll_told(turn, held, await rolling.roll(turn.unit, called), offset)


async def marked(turn: Turn, session_id: int, offset: int, person_id: int) -> Outcome:
    """Mark a member otherwise: there, excused, away."""
    seats = (await rolling.roll(turn.unit, await meeting(turn.unit, session_id))).seats
    wanted = {seat.person_id: toggled(seat.presence) for seat in seats}
    return await _marked(turn, session_id, offset, {person_id: wanted.get(person_id)})


async def page_marked(turn: Turn, session_id: int, offset: int) -> Outcome:
    """Mark everybody of a page as present."""
    seats = (await rolling.roll(turn.unit, await meeting(turn.unit, session_id))).seats
    page = seats[offset : offset + PAGE]
    presences = {seat.person_id: Presence.PRESENT for seat in page}
    return await _marked(turn, session_id, offset, presences)


async def confirmed_marked(turn: Turn, session_id: int, offset: int) -> Outcome:
    """Mark those as present who said that they would come."""
    seats = (await rolling.roll(turn.unit, await meeting(turn.unit, session_id))).seats
    members = {seat.person_id for seat in seats}
    coming = {
        answer.person_id: Presence.PRESENT
        for answer in await turn.unit.attendances.of(session_id)
        if answer.answer is Answer.CONFIRMED and answer.person_id in members
    }
    return await _marked(turn, session_id, offset, coming)


async def numbers_given(turn: Turn, text: str) -> Outcome | None:
    """Mark those of the page as present whose numbers were written: "1 3 5-8"."""
    facts = turn.conversation.facts
    session_id, offset = facts.get("session"), facts.get("offset")
    if not (isinstance(session_id, int) and isinstance(offset, int)):
        return None
    if not ONLY_NUMBERS.fullmatch(text):
        return None
    seats = (await rolling.roll(turn.unit, await meeting(turn.unit, session_id))).seats
    page = seats[offset : offset + PAGE]
    presences = {page[at - 1].person_id: Presence.PRESENT for at in numbers(text, len(page))}
    return await _marked(turn, session_id, offset, presences)


async def opened(turn: Turn, session_id: int, answer: str = "") -> Outcome:
    """Open the session, or note that there is no quorum, once the count was said back."""
    held = await one(turn, session_id)
    if held is None:
        return session.unknown(turn)
    if answer != "yes":
        known = await rolling.roll(turn.unit, await meeting(turn.unit, session_id))
        key = "sitting.echo_open" if known.has_quorum else "sitting.echo_fail"
        text = turn.say(key, session=telling.name(turn, held), **_counts(known))
        return _echo(turn, held, text, f"opensession:{session_id}:yes")
    done = await opening.open_session(turn.unit, turn.actor, session_id, language=turn.language)
    held = await one(turn, session_id) or held
    if done.following is None:
        facts = _counts(done.roll)
        lines = [turn.say("sitting.opened", session=telling.name(turn, held), **facts)]
        lines += _to_be_read(turn, done.refused)
    else:
        called = await meeting(turn.unit, session_id)
        lines = [
            failed_line(done.counted, _spoken(turn)),
            following_line(called, done.following, _spoken(turn)),
        ]
    choices = [turn.choice("session.see_agenda", f"agenda:{session_id}"), *of_session(turn, held)]
    return turn.settle("\n\n".join([*lines, *done.warnings]), choices=choices, about=session_id)


def _to_be_read(turn: Turn, refused: Sequence[Refusal]) -> list[str]:
    """Say what the chair tells the council now, without debate (law 113-14, art. 40)."""
    if not refused:
        return []
    lines = [
        turn.say(
            "sitting.refused_line" if one.reason else "sitting.unanswered_line",
            number=one.number,
            title=one.title,
            name=one.name,
            reason=one.reason,
        )
        for one in refused
    ]
    return ["\n".join([turn.say("sitting.refused_proposals"), *lines])]


async def reconvened(turn: Turn, session_id: int, starts: str = "", answer: str = "") -> Outcome:
    """Send the next convocation, once it was said back with what the law would have."""
    held = await one(turn, session_id)
    if held is None:
        return session.unknown(turn)
    at = _wall_time(starts)
    if at is None or answer != "yes":
        ready = await reconvening.prepared(
            turn.unit, turn.actor, session_id, starts=at, language=turn.language
        )
        text = turn.say(
            "sitting.echo_reconvene",
            number=ready.following.number,
            starts=ready.starts,
            place=place(ready.called.opening, _spoken(turn)),
        )
        warnings = [warning.sentence for warning in ready.warnings]
        value = f"reconvene:{session_id}:{written(ready.starts)}:yes"
        return _echo(turn, held, "\n\n".join([text, *warnings]), value)
    done = await reconvening.reconvene(
        turn.unit, turn.actor, session_id, starts=at, language=turn.language
    )
    said = turn.say("sitting.reconvened", number=done.number, starts=done.starts)
    return turn.settle(said, choices=_after(turn, session_id), about=session_id)


async def extended(turn: Turn, session_id: int, answer: str = "") -> Outcome:
    held = await one(turn, session_id)
    if held is None:
        return session.unknown(turn)
    if answer != "yes":
        text = turn.say("sitting.echo_extend", session=telling.name(turn, held))
        return _echo(turn, held, text, f"extend:{session_id}:yes")
    last = await closing.extend(turn.unit, turn.actor, session_id, language=turn.language)
    said = turn.say("sitting.extended", last=last.date if last else "—")
    return turn.settle(said, choices=_after(turn, session_id), about=session_id)


async def closed(turn: Turn, session_id: int, answer: str = "") -> Outcome:
    held = await one(turn, session_id)
    if held is None:
        return session.unknown(turn)
    if answer != "yes":
        text = turn.say("sitting.echo_close", session=telling.name(turn, held))
        return _echo(turn, held, text, f"close:{session_id}:yes")
    done = await closing.close(turn.unit, turn.actor, session_id)
    lines = [turn.say("sitting.closed", session=telling.name(turn, held))]
    if done.unsettled:
        lines.append(turn.say("sitting.unsettled", numbers=list(done.unsettled)))
    if done.warned:
        names = [absent.name for absent in done.warned]
        lines.append(turn.say("sitting.absent_too_often", names=names))
    return turn.settle("\n".join(lines), choices=_after(turn, session_id), about=session_id)


async def _marked(
    turn: Turn, session_id: int, offset: int, presences: Mapping[int, Presence | None]
) -> Outcome:
    held = await one(turn, session_id)
    if held is None:
        return session.unknown(turn)
    if unknown := [person for person, presence in presences.items() if presence is None]:
        raise Refused("sitting.no_member", person=str(unknown[0]))
    known = {person: presence for person, presence in presences.items() if presence}
    after = await rolling.mark(turn.unit, turn.actor, session_id, known)
    return _roll_told(turn, held, after, offset)


def _roll_told(turn: Turn, held: Held, known: Roll, offset: int) -> Outcome:
    page = known.seats[offset : offset + PAGE]
    free = known.is_quorum_free and known.counted is None
    text = "\n".join(
        [
            turn.say("sitting.roll", session=telling.name(turn, held)),
            *(_line(turn, number, seat) for number, seat in enumerate(page, start=1)),
            turn.say("sitting.roll_free" if free else "sitting.roll_count", **_counts(known)),
            turn.say("sitting.roll_how"),
        ]
    )
    session_id = held.session.id
    choices = [
        Choice(
            f"{PRESENCE_ICONS[seat.presence]} {seat.name}",
            f"mark:{session_id}:{offset}:{seat.person_id}",
        )
        for seat in page
    ]
    choices += _roll_choices(turn, session_id, known, offset)
    return turn.ask(FLOW, ROLL, text, choices=choices, session=session_id, offset=offset)


def _roll_choices(turn: Turn, session_id: int, known: Roll, offset: int) -> Iterator[Choice]:
    yield turn.choice("sitting.all_here", f"markall:{session_id}:{offset}")
    if known.counted is None:
        yield turn.choice("sitting.confirmed_here", f"markyes:{session_id}:{offset}")
    if offset + PAGE < len(known.seats):
        yield turn.choice("sitting.next_page", f"roll:{session_id}:{offset + PAGE}")
    if offset:
        yield turn.choice("sitting.previous_page", f"roll:{session_id}:{max(0, offset - PAGE)}")
    if known.counted is None:
        yield turn.choice("sitting.open", f"opensession:{session_id}")


def _line(turn: Turn, number: int, seat: Seat) -> str:
    return turn.say(
        "sitting.roll_line",
        number=number,
        icon=PRESENCE_ICONS[seat.presence],
        name=seat.name,
        presence=turn.say(f"sitting.presence_{seat.presence}"),
    )


def _counts(known: Roll) -> dict[str, int]:
    return {"present": known.present, "in_office": known.in_office, "needed": known.needed}


def _echo(turn: Turn, held: Held, text: str, value: str) -> Outcome:
    return turn.echo(FLOW, text, value, about=held.session.id)


def _after(turn: Turn, session_id: int) -> list[Choice]:
    return [
        turn.choice("session.see_agenda", f"agenda:{session_id}"),
        turn.choice("sitting.see", f"session:{session_id}"),
    ]


def numbers(text: str, most: int) -> Sequence[int]:
    """Return the numbers written, ranges spelled out, that a page of `most` has."""
    found = [
        number
        for first, last in NUMBERS.findall(text)
        for number in range(int(first), int(last or first) + 1)
    ]
    return [number for number in dict.fromkeys(found) if 0 < number <= most]


def _wall_time(text: str) -> datetime | None:
    try:
        return wall_time(text)
    except ValueError:  # left out, or forged
        return None


def _spoken(turn: Turn) -> str:
    """Return the language bodies and places have names in."""
    return "ar" if turn.language == "ary" else turn.language
