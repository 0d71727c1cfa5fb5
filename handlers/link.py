"""Who speaks here: a chat is linked to a person by a one-time code, and unlinked at will."""

from collections.abc import Mapping
from dataclasses import replace

from actions import linking
from domain.errors import Refused
from domain.messages import Choice
from handlers.help import menu
from handlers.menus import commands, standing
from handlers.turn import Outcome, Slots, Turn

FLOW, CODE = "link", "code"


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
    """Try a code. A wrong one says nothing of whom it might have been."""
    incoming = turn.incoming
    person = await linking.link(turn.unit, incoming.channel, incoming.address, code)
    if person is None:
        cancel = turn.choice("common.cancel", "cancel")
        return turn.ask(FLOW, CODE, turn.say("link.wrong"), choices=[cancel])
    known = replace(turn, person=person, language=person.language)
    known = replace(known, conversation=replace(turn.conversation, language=person.language))
    done = known.tell(known.say("link.done", name=person.name), choices=menu(known))
    return _with_menu(done, commands(standing(person), known.language))


async def unlink_asked(turn: Turn, _slots: Slots) -> Outcome:
    """Say what unlinking means, and have it confirmed."""
    turn.known()
    choices = [turn.choice("common.yes", "unlink:yes"), turn.choice("common.no", "cancel")]
    return turn.ask(FLOW, "unlinking", turn.say("link.unlink_echo"), choices=choices)


async def unlinked(turn: Turn, answer: str = "") -> Outcome:
    if answer != "yes":
        return await unlink_asked(turn, {})
    await linking.unlink(turn.unit, turn.incoming.channel, turn.incoming.address)
    return _with_menu(turn.settle(turn.say("link.undone")), {})


def _with_menu(outcome: Outcome, shown: Mapping[str, str]) -> Outcome:
    """Show other commands from now on, beside what is said."""
    message, *more = outcome.messages
    choices = tuple(Choice(does, name) for name, does in shown.items())
    return replace(outcome, messages=(replace(message, menu=choices), *more))
