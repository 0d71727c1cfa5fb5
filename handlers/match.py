"""Accounts that seem to be somebody's: shown to the staff who link others, and decided by them."""

from collections.abc import Sequence

from actions.duties import waiting
from actions.people import recognising
from domain.errors import Refused
from domain.matches import Match
from domain.messages import Section
from domain.people import Person
from domain.phrasebook import Named
from handlers.turn import Outcome, Turn

MOST = 5


async def sections(turn: Turn) -> Sequence[Section]:
    """Return the accounts that wait for a decision, to whoever may decide."""
    found = await waiting.unmatched(turn.unit, turn.actor)
    told = [_section(turn, match, person) for match, person in found[:MOST]]
    if told:
        title = turn.say("match.title", count=len(found))
        told[0] = Section(told[0].text, title, told[0].choices)
    return told


async def decided(turn: Turn, match_id: int, answer: str) -> Outcome:
    """Take the decision of a button: `yes` links, `no` does not."""
    decide = {"yes": recognising.confirm, "no": recognising.refuse}.get(answer)
    if decide is None:
        raise Refused("match.unknown", number=match_id)
    match = await decide(turn.unit, match_id, actor=turn.actor)
    return turn.settle(turn.say(f"match.{match.state}", name=await _name(turn, match)))


def _section(turn: Turn, match: Match, person: Person | None) -> Section:
    name = person.name if person else ""
    choices = (
        turn.choice("match.confirm", f"match:{match.id}:yes"),
        turn.choice("match.refuse", f"match:{match.id}:no"),
    )
    channel = Named(f"delivery.channel_{match.channel}")
    return Section(turn.say("match.line", name=name, channel=channel), choices=choices)


async def _name(turn: Turn, match: Match) -> str:
    person = await turn.unit.people.by_id(match.person_id, on=turn.today)
    return person.name if person else ""
