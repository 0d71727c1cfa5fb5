"""Proving anew who speaks, before what binds others: a code goes to another address of theirs."""

from actions.people import confirming, linking
from domain.addresses import masked
from domain.errors import Refused
from domain.letters import PROVE
from domain.messages import Heard
from domain.phrasebook import Named
from handlers.turn import Outcome, Turn

FLOW, CODE = "prove", "code"


async def wanted(turn: Turn, refused: Refused) -> Outcome:
    """Send a code elsewhere and wait for it; what was pressed is offered again afterwards."""
    incoming, act = turn.incoming, refused.facts["act"]
    if not incoming.is_private:
        return turn.tell(turn.say("link.in_private"))
    try:
        to = await confirming.send_elsewhere(
            turn.unit, incoming.channel, incoming.address, turn.known().id
        )
    except Refused as too_many:
        return turn.tell(turn.say(too_many.key, **too_many.facts))
    if to is None:
        return turn.tell(turn.say("confirm.nowhere", act=act))
    text = turn.say(
        "confirm.wanted",
        act=act,
        channel=Named(f"delivery.channel_{to.channel}"),
        address=masked(to.channel, to.value),
    )
    again = incoming.text if incoming.kind is Heard.PRESS else ""
    return turn.ask(FLOW, CODE, text, choices=[turn.choice("common.cancel", "cancel")], again=again)


def wanted_on_a_page(turn: Turn, refused: Refused) -> Outcome:
    """Lead to the page where one proves it, and offer what was pressed for afterwards."""
    choices = [turn.choice("prove.page", PROVE)]
    if turn.incoming.kind is Heard.PRESS:
        choices.append(turn.choice("confirm.go_on", turn.incoming.text))
    return turn.tell(turn.say("prove.wanted", act=refused.facts["act"]), choices=choices)


async def code_given(turn: Turn, text: str) -> Outcome:
    """Try a code; once it is right, what was wanted goes on with a press."""
    incoming, again = turn.incoming, str(turn.conversation.facts.get("again") or "")
    person = await linking.link_by_code(turn.unit, incoming.channel, incoming.address, text)
    if person is None:
        cancel = turn.choice("common.cancel", "cancel")
        return turn.ask(FLOW, CODE, turn.say("confirm.wrong"), choices=[cancel], again=again)
    choices = [turn.choice("confirm.go_on", again)] if again else []
    return turn.tell(turn.say("confirm.done"), choices=choices)
