"""How the votes on an item went: counts, who was on which side where it was by name, decisions."""

from collections.abc import Mapping

from actions.meetings import meeting
from actions.sessions.rolling import roll
from actions.sitting_words import vote_line
from domain.agenda import AgendaItem
from domain.votes import Voice
from handlers import telling
from handlers.turn import Turn

SIDES = (Voice.AGAINST, Voice.ABSTAINED, Voice.FOR)  # who stood apart is what is asked for most


async def votes_of(turn: Turn, item: AgendaItem) -> list[str]:
    """Return a line for each vote and each of its sides, and what was decided."""
    lines: list[str] = []
    for vote in await turn.unit.votes.of(item.id):
        lines.append(vote_line(vote, turn.language))
        if vote.named:
            lines += sides(turn, vote.named, await _names(turn, item.session_id), SIDES)
    decided = await turn.unit.decisions.of_item(item.id)
    return lines + [turn.say("vote.decided", ref=one.ref) for one in decided[:1]]


def sides(
    turn: Turn,
    named: Mapping[int, Voice],
    names: Mapping[int, str],
    told: tuple[Voice, ...],
) -> list[str]:
    """Name who is on each of these sides; `names` by person, in the order they are told."""
    lines = []
    for voice in told:
        here = [name for person_id, name in names.items() if named.get(person_id) is voice]
        if here:
            word = turn.say(f"vote.voice_{voice}")
            lines.append(turn.say("vote.named_side", voice=word, names=telling.some(here)))
    return lines


async def _names(turn: Turn, session_id: int) -> dict[int, str]:
    seats = (await roll(turn.unit, await meeting(turn.unit, session_id))).seats
    return {seat.person_id: seat.name for seat in seats}
