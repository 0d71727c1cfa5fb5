"""A vote by name: each member's voice is marked, counted up, said back, and recorded (art. 43)."""

from collections.abc import Iterator, Mapping, Sequence

from actions.meetings import meeting
from actions.sessions.rolling import roll
from actions.sessions.ways import VOTED
from domain.agenda import AgendaItem
from domain.folding import latin_digits
from domain.messages import Choice
from domain.rights import Act, require
from domain.rolls import Presence, Seat
from domain.votes import Voice, counted
from handlers import session, sitting, telling, voting
from handlers.finding import Held
from handlers.turn import Outcome, Turn
from handlers.votes_told import sides

FLOW, VOICES = "roll_vote", "voices"
PAGE = 8  # members
NEXT = {
    Voice.FOR: Voice.AGAINST,
    Voice.AGAINST: Voice.ABSTAINED,
    Voice.ABSTAINED: Voice.FOR,
}
ICONS = {Voice.FOR: "✅", Voice.AGAINST: "❌", Voice.ABSTAINED: "⚪"}


Voices = Mapping[int, Voice]
"""Those that were marked; whoever is there and is not among them is for."""


async def shown(turn: Turn, session_id: int, item_id: int, offset: int = 0) -> Outcome:
    """Show a page of the members who are there, each with their voice."""
    found = await voting.item_meant(turn, session_id, item_id)
    if found is None:
        return session.unknown(turn)
    return await _page(turn, *found, offset, _voices(turn, item_id) or {})


async def voiced(turn: Turn, session_id: int, item_id: int, person_id: int) -> Outcome:
    """Mark a member's voice otherwise."""
    found = await voting.item_meant(turn, session_id, item_id)
    if found is None:
        return session.unknown(turn)
    return await _turned(turn, *found, [person_id])


async def numbers_given(turn: Turn, text: str) -> Outcome | None:
    """Mark otherwise the voices of those of the page whose numbers were written: "3 5"."""
    facts, said = turn.conversation.facts, latin_digits(text)
    session_id, item_id = facts.get("session"), facts.get("item")
    if not (isinstance(session_id, int) and isinstance(item_id, int)):
        return None
    if not sitting.ONLY_NUMBERS.fullmatch(said):
        return None
    found = await voting.item_meant(turn, session_id, item_id)
    if found is None:
        return session.unknown(turn)
    offset = _offset(turn)
    page = (await _present(turn, session_id))[offset : offset + PAGE]
    chosen = [page[at - 1].person_id for at in sitting.numbers(said, len(page))]
    return await _turned(turn, *found, chosen)


async def counted_up(turn: Turn, session_id: int, item_id: int, how: str = "") -> Outcome:
    """Say the count back, with who was not for; record it once that was confirmed.

    Voices that are not remembered any more are marked anew: nobody is counted unasked.
    """
    found = await voting.item_meant(turn, session_id, item_id)
    voices = _voices(turn, item_id)
    if found is None:
        return session.unknown(turn)
    if voices is None:
        return await _page(turn, *found, 0, {})
    present = await _present(turn, session_id)
    named = {seat.person_id: voices.get(seat.person_id, Voice.FOR) for seat in present}
    if how in voting.HOW:
        return await voting.recorded(turn, *found, voting.ballot(counted(named), how, named))
    value, sides = f"countup:{session_id}:{item_id}", _not_for(turn, present, named)
    known = _facts(*found, _offset(turn), voices)
    return voting.echoed(turn, found[1], counted(named), value, sides=sides, known=known)


async def _turned(turn: Turn, held: Held, item: AgendaItem, people: Sequence[int]) -> Outcome:
    """Turn the voices of these people to what comes next."""
    voices = _voices(turn, item.id) or {}
    turned = {person: NEXT[voices.get(person, Voice.FOR)] for person in people}
    return await _page(turn, held, item, _offset(turn), {**voices, **turned})


async def _page(turn: Turn, held: Held, item: AgendaItem, offset: int, voices: Voices) -> Outcome:
    require(turn.actor, Act.DELIBERATE, held.body)
    if item.state not in VOTED:
        return voting.over(turn, held, item)
    present = await _present(turn, held.session.id)
    page = present[offset : offset + PAGE]
    title = turn.say("vote.by_name_title", item=telling.item_line(turn, item))
    lines = [
        turn.say(
            "vote.voice_line",
            number=number,
            icon=ICONS[_voice(voices, seat)],
            name=seat.name,
            voice=turn.say(f"vote.voice_{_voice(voices, seat)}"),
        )
        for number, seat in enumerate(page, start=1)
    ]
    return turn.ask(
        FLOW,
        VOICES,
        "\n".join([title, *lines, turn.say("vote.by_name_how")]),
        choices=[
            *(_to_turn(held, item, seat, _voice(voices, seat)) for seat in page),
            *_ways_on(turn, f"{held.session.id}:{item.id}", offset, len(present)),
        ],
        **_facts(held, item, offset, voices),
    )


def _to_turn(held: Held, item: AgendaItem, seat: Seat, voice: Voice) -> Choice:
    value = f"voice:{held.session.id}:{item.id}:{seat.person_id}"
    return Choice(f"{ICONS[voice]} {seat.name}", value)


def _ways_on(turn: Turn, pair: str, offset: int, present: int) -> Iterator[Choice]:
    if offset + PAGE < present:
        yield turn.choice("sitting.next_page", f"byname:{pair}:{offset + PAGE}")
    if offset:
        yield turn.choice("sitting.previous_page", f"byname:{pair}:{max(0, offset - PAGE)}")
    yield turn.choice("vote.count_up", f"countup:{pair}")
    yield turn.choice("common.cancel", "cancel")


def _not_for(turn: Turn, present: Sequence[Seat], named: Voices) -> list[str]:
    """Name who is against and who abstains; all the others are for."""
    names = {seat.person_id: seat.name for seat in present}
    return sides(turn, named, names, (Voice.AGAINST, Voice.ABSTAINED))


async def _present(turn: Turn, session_id: int) -> list[Seat]:
    known = await roll(turn.unit, await meeting(turn.unit, session_id))
    return [seat for seat in known.seats if seat.presence is Presence.PRESENT]


def _voice(voices: Voices, seat: Seat) -> Voice:
    return voices.get(seat.person_id, Voice.FOR)


def _facts(held: Held, item: AgendaItem, offset: int, voices: Voices) -> dict[str, object]:
    written = {str(person): voice.value for person, voice in voices.items()}
    return {"session": held.session.id, "item": item.id, "offset": offset, "voices": written}


def _voices(turn: Turn, item_id: int) -> Voices | None:
    """Return the voices that are being marked on an item; None where none are."""
    facts = turn.conversation.facts
    written = facts.get("voices")
    if facts.get("item") != item_id or not isinstance(written, dict):
        return None
    return {int(person): Voice(voice) for person, voice in written.items()}


def _offset(turn: Turn) -> int:
    offset = turn.conversation.facts.get("offset")
    return offset if isinstance(offset, int) else 0
