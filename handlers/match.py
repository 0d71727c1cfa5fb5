"""Accounts that seem to be somebody's: shown to the staff who link others, and decided by them."""

from collections.abc import Sequence

from actions import recognising
from domain.errors import Refused
from domain.matches import Match, MatchState
from domain.messages import Section
from domain.phrasebook import Named
from domain.rights import Act, may
from handlers.turn import Outcome, Turn

MOST = 5


async def sections(turn: Turn) -> Sequence[Section]:
    """Return the accounts that wait for a decision, to whoever may decide."""
    if not may(turn.actor, Act.LINK_OTHERS):
        return []
    waiting = await turn.unit.matches.all(state=MatchState.WAITING)
    told = [await _section(turn, match) for match in waiting[:MOST]]
    if told:
        title = turn.say("match.title", count=len(waiting))
        told[0] = Section(told[0].text, title, told[0].choices)
    return told


async def decided(turn: Turn, match_id: int, answer: str) -> Outcome:
    """Take the decision of a button: `yes` links, `no` does not."""
    decide = {"yes": recognising.confirm, "no": recognising.refuse}.get(answer)
    if decide is None:
        raise Refused("match.unknown", number=match_id)
    match = await decide(turn.unit, match_id, actor=turn.actor)
    return turn.settle(turn.say(f"match.{match.state}", name=await _name(turn, match)))


async def _section(turn: Turn, match: Match) -> Section:
    name = await _name(turn, match)
    choices = (
        turn.choice("match.confirm", f"match:{match.id}:yes"),
        turn.choice("match.refuse", f"match:{match.id}:no"),
    )
    channel = Named(f"delivery.channel_{match.channel}")
    return Section(turn.say("match.line", name=name, channel=channel), choices=choices)


async def _name(turn: Turn, match: Match) -> str:
    person = await turn.unit.people.by_id(match.person_id, on=turn.today)
    return person.name if person else ""
