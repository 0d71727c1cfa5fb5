"""Who speaks here: a chat is linked to a person by a one-time code, and unlinked at will."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from actions.people import confirming, linking
from domain.addresses import Address, masked
from domain.clock import wall_time
from domain.errors import Refused
from domain.messages import Choice
from domain.phrasebook import Named
from handlers.help import menu
from handlers.menus import commands, standing
from handlers.turn import Outcome, Slots, Turn

FLOW, CODE = "link", "code"
TELEPHONE = 8  # digits: fewer are a code


async def asked(turn: Turn, slots: Slots) -> Outcome:
    """Link with the code given; without one, say where codes come from and wait for it."""
    if not turn.incoming.is_private:
        raise Refused("link.in_private")
    if slots.get("token"):
        return await code_given(turn, str(slots["token"]))
    if turn.person:
        return turn.tell(turn.say("link.already", name=turn.person.name), choices=menu(turn))
    return turn.ask(
        FLOW, CODE, turn.say("link.how"), choices=[turn.choice("common.cancel", "cancel")]
    )


async def opened(turn: Turn) -> Outcome:
    return await asked(turn, {})


async def code_given(turn: Turn, code: str) -> Outcome:
    """Try a code, or send one to the address given.

    Neither a wrong code nor an unknown address says anything of anybody.
    """
    incoming, digits = turn.incoming, _digits(code)
    cancel = turn.choice("common.cancel", "cancel")
    if "@" in code or digits >= TELEPHONE:
        await confirming.send_to(turn.unit, incoming.channel, incoming.address, code)
        return turn.ask(FLOW, CODE, turn.say("confirm.sent"), choices=[cancel])
    link = linking.link_by_code if digits == confirming.DIGITS else linking.link
    person = await link(turn.unit, incoming.channel, incoming.address, code)
    if person is None:
        return turn.ask(FLOW, CODE, turn.say("link.wrong"), choices=[cancel])
    known = replace(turn, person=person, language=person.language)
    known = replace(known, conversation=replace(turn.conversation, language=person.language))
    done = known.tell(known.say("link.done", name=person.name), choices=menu(known))
    return _with_menu(done, commands(standing(person), known.language))


def is_an_answer(text: str) -> bool:
    """Say whether a text looks like an address, a number or a code, and like nothing else."""
    return "@" in text or _digits(text) >= confirming.DIGITS


def _digits(text: str) -> int:
    """Count the digits of a number; of what has letters too, none."""
    return 0 if any(map(str.isalpha, text)) else sum(map(str.isdecimal, text))


async def unlink_asked(turn: Turn, _slots: Slots) -> Outcome:
    """Show from where somebody is known, to end any of it; here alone, have it confirmed."""
    held = await linking.linked(turn.unit, turn.known().id)
    here = (turn.incoming.channel, turn.incoming.address)
    elsewhere = [one for one in held if (one.channel, one.value) != here]
    if elsewhere:
        return _devices(turn, elsewhere)
    return _leaving(turn)


def _devices(turn: Turn, elsewhere: Sequence[Address]) -> Outcome:
    lines = [turn.say("link.devices"), *(_device(turn, one) for one in elsewhere)]
    choices = [turn.choice("link.untie", f"untie:{one.id}", **_facts(one)) for one in elsewhere]
    return turn.tell("\n".join(lines), choices=[turn.choice("link.untie_here", "unlink"), *choices])


def _device(turn: Turn, one: Address) -> str:
    since = wall_time(one.verified_at or turn.now, turn.commune.zone).date()
    return turn.say("link.device", since=since, **_facts(one))


def _facts(one: Address) -> dict[str, object]:
    return {
        "channel": Named(f"delivery.channel_{one.channel}"),
        "address": masked(one.channel, one.value),
    }


async def untied(turn: Turn, address_id: int) -> Outcome:
    """End the trust in another address of theirs at once: it may be in a thief's hands."""
    turn.known()
    address = await linking.untie(turn.unit, address_id, actor=turn.actor)
    return turn.settle(turn.say("link.untied", **_facts(address)))


def _leaving(turn: Turn) -> Outcome:
    """Say what unlinking means, and have it confirmed."""
    return turn.echo(FLOW, turn.say("link.unlink_echo"), "unlink:yes")


async def unlinked(turn: Turn, answer: str = "") -> Outcome:
    turn.known()
    if answer != "yes":
        return _leaving(turn)
    await linking.unlink(turn.unit, turn.incoming.channel, turn.incoming.address)
    return _with_menu(turn.settle(turn.say("link.undone")), {})


def _with_menu(outcome: Outcome, shown: Mapping[str, str]) -> Outcome:
    """Show other commands from now on, beside what is said."""
    message, *more = outcome.messages
    choices = tuple(Choice(does, name) for name, does in shown.items())
    return replace(outcome, messages=(replace(message, menu=choices), *more))
