"""Trying out a way to somebody: a message that says it is a test, at their own wish."""

from collections.abc import Collection

from actions.records.noting import note
from domain.actors import Actor
from domain.addresses import Channel
from domain.errors import Refused
from domain.messages import Message
from domain.people import Person
from domain.phrasebook import Named, phrasebook
from store.unit import Unit


async def send_test(
    unit: Unit, person: Person, channel: Channel, carried: Collection[Channel]
) -> int:
    """Send somebody a test on a channel, and return to how many addresses; raise Refused for none.

    It was asked for here and now: neither quiet hours nor a STOP hold it back.
    """
    held = [
        one
        for one in await unit.people.addresses(person.id)
        if one.channel is channel
        and (one.is_verified or channel is Channel.INBOX)
        and not one.is_quarantined
    ]
    if not held or channel not in carried:
        raise Refused("wishes.no_way", channel=Named(f"delivery.channel_{channel}"))
    say, language = phrasebook().say, person.language
    where = Named(f"delivery.channel_{channel}")
    letter = Message(
        say("wishes.test_text", language, channel=where), language, say("wishes.test", language)
    )
    for one in held:
        await unit.outbox.put(channel, one.value, [letter], person_id=person.id)
    await note(unit, Actor.of(person), "test_way", f"person:{person.id}", tested=channel)
    return len(held)
