"""In a group: what I do there, and which body it follows. What is personal is said in private."""

from actions.notices import telling_groups
from domain.actors import Actor
from domain.bodies import Body
from domain.errors import Refused
from domain.messages import CHOICE_BYTES, OPENS, Choice
from domain.people import Person
from domain.rights import Act, may
from handlers import help, telling
from handlers.turn import Outcome, Slots, Turn

MOST_OFFERED = 8  # bodies


async def welcomed(turn: Turn) -> Outcome:
    """Say in three lines what I do, to a group that has just let me in."""
    return turn.tell(turn.say("group.hello", commune=help.commune(turn)))


async def helped(turn: Turn, _slots: Slots) -> Outcome:
    return turn.tell(help.sayable_in_a_group(turn))


async def followed(turn: Turn, topic: str) -> Outcome:
    """Follow the body of a button's value, `body:com:budget`."""
    return await follow_asked(turn, {"body": topic.removeprefix("body:")})


async def unfollowed(turn: Turn, topic: str) -> Outcome:
    return await unfollow_asked(turn, {"body": topic.removeprefix("body:")})


async def follow_asked(turn: Turn, slots: Slots) -> Outcome:
    """Have the group told of the body named; without one, ask which of those they may choose."""
    actor = await _actor(turn)
    if actor is None:
        return _unknown(turn)
    body = turn.commune.bodies.get(str(slots.get("body")))
    if body is None:
        offered = [one for one in turn.commune.bodies.values() if may(actor, Act.TELL_GROUPS, one)]
        return _which(turn, "group.which", offered, "follow")
    is_new = await telling_groups.follow(
        turn.unit,
        actor,
        body,
        turn.incoming.channel,
        turn.incoming.address,
        language=turn.language,
    )
    key = "group.followed" if is_new else "group.followed_already"
    return turn.tell(turn.say(key, body=telling.body(turn, body)))


async def unfollow_asked(turn: Turn, slots: Slots) -> Outcome:
    """Tell the group no more of the body named, or of all; without one, ask which."""
    actor = await _actor(turn)
    if actor is None:
        return _unknown(turn)
    channel, group = turn.incoming.channel, turn.incoming.address
    keys = await turn.unit.places.followed(channel, group)
    if not keys:
        return turn.tell(turn.say("group.follows_nothing"))
    if slots.get("scope") == "all":
        for key in keys:
            await telling_groups.unfollow(
                turn.unit, actor, turn.commune.bodies[key], channel, group
            )
        return turn.tell(turn.say("group.unfollowed_all"))
    body = turn.commune.bodies.get(str(slots.get("body")))
    if body is None:
        offered = [turn.commune.bodies[key] for key in keys]
        return _which(turn, "group.which_off", offered, "unfollow")
    was_told = await telling_groups.unfollow(turn.unit, actor, body, channel, group)
    key = "group.unfollowed" if was_told else "group.not_followed"
    return turn.tell(turn.say(key, body=telling.body(turn, body)))


async def in_private(turn: Turn, entrance: str = "") -> Outcome:
    """Lead whoever asked to a private talk, at one of handlers.routes.START.

    Raises Refused where they can be answered aside at once.
    """
    if turn.incoming.taken_aside():
        raise Refused("link.in_private")
    return turn.tell(turn.say("link.in_private"), choices=[_opened(turn, entrance)])


def _unknown(turn: Turn) -> Outcome:
    return turn.tell(turn.say("group.who"), choices=[_opened(turn, "link")])


def _opened(turn: Turn, entrance: str) -> Choice:
    return turn.choice("start.open", f"{OPENS}{entrance}")


def _which(turn: Turn, key: str, bodies: list[Body], act: str) -> Outcome:
    if not bodies:
        return _unknown(turn)
    choices = [
        Choice(telling.body(turn, body), value)
        for body in bodies
        if len((value := f"{act}:body:{body.key}").encode()) <= CHOICE_BYTES
    ]
    return turn.tell(turn.say(key), choices=choices[:MOST_OFFERED])


async def _actor(turn: Turn) -> Actor | None:
    """Return who speaks in the group, if we know them from a private talk."""
    speaker = turn.incoming.speaker
    person: Person | None = None
    if speaker is not None:
        person = await turn.unit.people.at(turn.incoming.channel, speaker, on=turn.today)
    return Actor.of(person, turn.incoming.channel, turn.incoming.address) if person else None
