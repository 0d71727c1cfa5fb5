"""Who sits where: the elected of a body, by their office or their name. That much is public."""

from collections.abc import Mapping, Sequence

from domain.bodies import COUNCIL, ELECTED, Body, Role
from domain.folding import folded
from domain.messages import Choice
from domain.people import Seated
from handlers import (
    help,
    telling,
)
from handlers.finding import is_of_kind
from handlers.turn import Outcome, Slots, Turn

MOST_TOLD = 40
MOST_BODIES = 8
SHORTEST_NAME = 4  # letters of a name that says who is meant
CHAIRS = frozenset({Role.PRESIDENT, Role.COMMISSION_CHAIR})
OFFICES: Mapping[str, frozenset[Role]] = {
    "president": CHAIRS,
    "vice_president": frozenset({Role.VICE_PRESIDENT, Role.COMMISSION_VICE_CHAIR}),
    "secretary": frozenset({Role.SECRETARY, Role.DEPUTY_SECRETARY}),
    "rapporteur": frozenset({Role.RAPPORTEUR_BUDGET}),
    "leader": frozenset({Role.GROUP_LEADER}),
}
ORDER = {role: place for place, role in enumerate(Role)}  # the offices first


async def asked(turn: Turn, slots: Slots) -> Outcome:
    """Answer who holds an office, who sits in a body, or where somebody sits."""
    office = str(slots.get("office") or slots.get("person") or "")
    if office in OFFICES:
        key = str(slots.get("body") or COUNCIL)
        return await _told(turn, key, OFFICES[office])
    if named := _named(turn, await turn.unit.people.seated(on=turn.today)):
        return turn.tell("\n".join(_line(turn, one, with_body=True) for one in named))
    if slots.get("body") in turn.commune.bodies:
        return await shown(turn, str(slots["body"]))
    return _which(turn, slots)


async def shown(turn: Turn, body_key: str) -> Outcome:
    """List who sits in a body."""
    if body_key not in turn.commune.bodies:
        return _which(turn, {})
    return await _told(turn, body_key, ELECTED)


async def _told(turn: Turn, body_key: str, roles: frozenset[Role]) -> Outcome:
    body = turn.commune.bodies[body_key]
    seated = await turn.unit.people.seated(on=turn.today, body_key=body_key)
    found = sorted(
        (one for one in seated if one.role in roles), key=lambda one: (ORDER[one.role], one.name)
    )
    choices = [] if roles == ELECTED else [_choice(turn, body)]
    if not found:
        text = turn.say("member.none", body=telling.body(turn, body))
        return turn.tell(text, choices=[*choices, *help.menu(turn)])
    lines = [_line(turn, one) for one in found[:MOST_TOLD]]
    if len(found) > MOST_TOLD:
        lines.append(turn.say("member.rest", count=len(found) - MOST_TOLD))
    return turn.tell("\n".join(lines), title=telling.body(turn, body), choices=choices)


def _named(turn: Turn, seated: Sequence[Seated]) -> list[Seated]:
    """Return those whose name, or part of it, was said."""
    said = {word for word in folded(turn.incoming.text).split() if len(word) >= SHORTEST_NAME}
    found = [(len(said & set(folded(one.name).split())), one) for one in seated]
    best = max((count for count, _ in found), default=0)
    return [one for count, one in found if best and count == best][:MOST_TOLD]


def _which(turn: Turn, slots: Slots) -> Outcome:
    of_kind = [key for key in turn.commune.bodies if slots and is_of_kind(turn, key, slots)]
    keys = (of_kind if slots.get("body_kind") else []) or list(turn.commune.bodies)
    choices = [_choice(turn, turn.commune.bodies[key]) for key in keys[:MOST_BODIES]]
    return turn.tell(turn.say("member.which"), choices=choices)


def _choice(turn: Turn, body: Body) -> Choice:
    return turn.choice("member.of", f"members:{body.key}", body=telling.body(turn, body))


def _line(turn: Turn, one: Seated, *, with_body: bool = False) -> str:
    role = turn.say(f"council.role_{one.role}")
    if not with_body:
        return turn.say("member.line", name=one.name, role=role)
    body = telling.body(turn, turn.commune.bodies[one.body_key])
    return turn.say("member.line_body", name=one.name, role=role, body=body)
