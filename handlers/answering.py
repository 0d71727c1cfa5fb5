"""The order in which one thing somebody did is answered.

A press, a command, a choice spelled out, the question that waits, what was meant; and where
nothing is sure enough, a question with the likeliest as choices.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial

from actions.people.linking import is_a_code
from domain.messages import MESSAGE_OF_A_TALKER, RIGHT_TO_LEFT, Heard, Message, Surface
from handlers import (
    choosing,
    desk,
    doubts,
    entering,
    filling,
    group,
    help,
    item,
    link,
    more,
    numbered,
    openers,
    proving,
    remind,
    several,
    stop,
)
from handlers.entering import STARTING
from handlers.forms.questions import FLOW as FORM_FLOW
from handlers.routes import OF_A_SESSION, STEPS
from handlers.tokens import MEANING, meaning
from handlers.turn import Outcome, Slots, Turn
from handlers.understanding import Intent, Understood, parted, understood

MOST_GUESSES = 4
CUT = MESSAGE_OF_A_TALKER - 100  # as long as this, it was longer: cut, and its last spaces gone
SURELY_ELSEWHERE = 0.5  # the confidence with which something is none of our business
COMMAND = "/"  # what it opens is never the answer to a question of ours

DONE: dict[Heard, Callable[[Turn], Awaitable[Outcome]]] = {
    Heard.STOP: stop.stopped,
    Heard.START: stop.started,
    Heard.JOINED: group.welcomed,
    Heard.FORM: filling.submitted,
}  # what is done without words; anything else is answered as what we cannot read


async def answer(turn: Turn) -> Outcome:
    """Answer one thing somebody did; offer what else was wished, and the form it turned from."""
    return await filling.offered_again(turn, several.offered(turn, await _answered(turn)))


async def _answered(turn: Turn) -> Outcome:
    if turn.incoming.kind is Heard.EDITED:
        return await _said_anew(turn)
    turn = _with_said(turn, None)
    if turn.file is not None:
        return await _wordless(turn)
    if turn.incoming.kind is Heard.PRESS:
        return await pressed(turn, turn.incoming.text)
    if turn.incoming.kind is Heard.TEXT and turn.incoming.text.strip():
        outcome = await _said(turn, turn.incoming.text.strip())
        is_cut = len(turn.incoming.text) >= CUT
        return _warned(turn, outcome) if is_cut else outcome
    return await DONE.get(turn.incoming.kind, _wordless)(turn)


async def _wordless(turn: Turn) -> Outcome:
    return await filling.wordless(turn) or await help.wordless(turn)


async def pressed(turn: Turn, value: str) -> Outcome:
    """Answer a button, however old: its value says on its own what is meant."""
    name, _, rest = value.partition(":")
    try:
        if name == MEANING:
            intent, slots = meaning(rest)
            known = several.recalled(turn, intent, doubts.settled(turn, slots))
            return await _meant(turn, intent, known)
        act = entering.pressed(turn, name, rest)
    except (KeyError, ValueError):
        return turn.tell(turn.say("help.stale"), choices=help.menu(turn))
    return await act()


async def placed(turn: Turn, outcome: Outcome) -> Outcome:
    """Lay an answer out for where somebody acted; what wants words is asked where they write."""
    surface = turn.incoming.surface
    if surface is Surface.TALK:
        return more.begun(turn, outcome)
    is_desk = surface is Surface.DESK
    if (outcome.conversation.flow or "", outcome.conversation.step or "") not in STEPS:
        return await desk.laid_out(turn, outcome) if is_desk else outcome
    if any(message.form and message.opens for message in outcome.messages):
        return replace(outcome, left=())  # a window opens over where they are
    told = replace(turn, language=outcome.messages[-1].language).tell(turn.say("desk.in_talk"))
    left = await desk.laid_out(turn, told) if is_desk else told
    return replace(outcome, left=left.messages)


def in_their_language(turn: Turn) -> Turn:
    """Return the turn in the language that was just spoken, where it is sure which."""
    if turn.incoming.kind is not Heard.TEXT or turn.incoming.text.startswith(COMMAND):
        return turn
    return _spoken(turn, _understood(turn, turn.incoming.text))


async def _said(turn: Turn, text: str) -> Outcome:
    if text.startswith(COMMAND):
        return await _commanded(turn, text)
    if turn.incoming.is_forwarded:
        return await _forwarded(turn, text)
    if chosen := await _chosen(turn, text):
        return chosen
    meant = _understood(turn, text)
    if turn.conversation.flow != FORM_FLOW:  # an answer may be in whatever language
        turn = _spoken(turn, meant)
    step = STEPS.get((turn.conversation.flow or "", turn.conversation.step or ""))
    if step and not _breaks_off(turn, meant) and (outcome := await step(turn, text)):
        return outcome
    return await _weighed(_spoken(turn, meant), meant, text)


async def _chosen(turn: Turn, text: str) -> Outcome | None:
    """Answer what was numbered or spelled out, unless a number is what was asked."""
    if filling.is_a_figure(turn, text):
        return None
    choices = await numbered.candidates(turn, text)
    if len(choices) > 1:
        return numbered.which(turn, choices)
    return await pressed(turn, choices[0].value) if choices else None


async def _commanded(turn: Turn, text: str) -> Outcome:
    if text.startswith(STARTING):
        return await entering.opened(turn, text.removeprefix(STARTING).strip())
    return await _weighed(turn, _understood(turn, text), text)


async def _said_anew(turn: Turn) -> Outcome:
    """Answer what was edited as if said now, if nothing came after it and it bound nobody."""
    incoming = turn.incoming
    if not incoming.own_ref or incoming.own_ref != turn.conversation.said:
        return turn.beside(turn.say("said.edited"))
    return await _said(_with_said(turn, None), incoming.text.strip())


async def _forwarded(turn: Turn, text: str) -> Outcome:
    """Answer somebody else's words as a question, and never as an answer to one of ours.

    A code is as good when it is forwarded.
    """
    if turn.conversation.flow not in {None, doubts.FLOW, link.FLOW}:
        return turn.beside(turn.say("said.forwarded"))
    if turn.conversation.flow == link.FLOW and is_a_code(text):
        return await link.code_given(turn, text)
    meant = _understood(turn, text)
    return await _weighed(_spoken(turn, meant), meant, text)


def _with_said(turn: Turn, said: str | None) -> Turn:
    return replace(turn, conversation=replace(turn.conversation, said=said))


async def _weighed(turn: Turn, meant: Understood, text: str) -> Outcome:
    """Answer what was meant; of two wishes in one breath the first, and keep the other.

    It may be edited for as long as nothing else is said.
    """
    turn = _with_said(turn, turn.incoming.own_ref)
    if both := parted(text, meant, partial(_understood, turn)):
        return several.kept(turn, await _alone(turn, both[0], text), both[1])
    return await _alone(turn, meant, text)


async def _alone(turn: Turn, meant: Understood, text: str) -> Outcome:
    """Answer what was meant, or what had been asked before, or ask with the likeliest."""
    before = doubts.open_intent(turn)
    names_something = any(meant.slots.get(name) for name in doubts.NAMED)
    is_sure = _is_sure(meant)
    if opened := await openers.answered(turn, meant, text, is_sure=is_sure):
        return opened
    if before and names_something and (not is_sure or meant.intent in OF_A_SESSION):
        return await _meant(turn, before, doubts.settled(turn, meant.slots))
    if is_sure:
        return await _meant(turn, meant.intent, meant.slots)
    if _is_when(turn, meant.slots):
        return await remind.set_asked(turn, meant.slots)
    return await _hinted(turn, meant, text)


async def _hinted(turn: Turn, meant: Understood, text: str) -> Outcome:
    """Answer a day that does not exist or a lone number; else ask with the likeliest."""
    if meant.slots.get("date_bad"):
        return await _meant(turn, Intent.AGENDA_QUERY, meant.slots)
    number_said = choosing.lone_number(text)
    if number_said and not meant.slots.get("date"):
        return await item.asked(turn, {"item_number": number_said})
    return _guessed(turn, meant)


async def _meant(turn: Turn, intent: Intent, slots: Slots) -> Outcome:
    if intent in OF_A_SESSION:
        question = doubts.doubted(turn, intent, slots)
        if question:
            return question
    return await entering.meant(turn, intent, slots)


def _guessed(turn: Turn, meant: Understood) -> Outcome:
    guesses = dict.fromkeys([meant.intent, *meant.alternatives])
    choices = [
        help.offered(turn, intent, meant.slots)
        for intent in guesses
        if intent not in {Intent.OTHER, Intent.CANCEL} and help.is_offered(turn, intent)
    ][:MOST_GUESSES]
    choices = choices or help.menu(turn)
    return turn.ask(doubts.FLOW, "guess", turn.say("common.not_understood"), choices=choices)


def _understood(turn: Turn, text: str) -> Understood:
    return understood(
        text,
        now=turn.now,
        zone=turn.commune.zone,
        language=turn.language,
        bodies=turn.commune.known,
    )


def _spoken(turn: Turn, meant: Understood) -> Turn:
    """Answer in the language that was spoken, when it is sure which."""
    spoken = "ary" if meant.language.startswith("ary") else meant.language
    changes_script = (spoken in RIGHT_TO_LEFT) is not (turn.language in RIGHT_TO_LEFT)
    if spoken == turn.language or not (_is_sure(meant) or changes_script):
        return turn
    conversation = replace(turn.conversation, language=spoken)
    return replace(turn, language=spoken, conversation=conversation)


def _breaks_off(turn: Turn, meant: Understood) -> bool:
    """Say whether somebody leaves a question that takes any words for an answer."""
    if turn.conversation.flow in {link.FLOW, proving.FLOW}:  # a code is nothing one could mean
        is_answer = link.is_an_answer(turn.incoming.text)
        return not is_answer and meant.intent not in {Intent.OTHER, Intent.LINK}
    if turn.conversation.flow == FORM_FLOW:  # a form knows its own words for that
        return _opts_out(meant)
    return _opts_out(meant) or meant.intent in {Intent.CANCEL, Intent.HELP}


def _opts_out(meant: Understood) -> bool:
    return meant.intent is Intent.UNSUBSCRIBE and meant.slots.get("scope") == "all"


def _is_sure(meant: Understood) -> bool:
    """Say whether to act on what was understood: below the room's own floor it answers OTHER."""
    return meant.intent is not Intent.OTHER or meant.confidence >= SURELY_ELSEWHERE


def _is_when(turn: Turn, slots: Slots) -> bool:
    is_asked = (turn.conversation.flow, turn.conversation.step) == ("remind", "when")
    return is_asked and any(slots.get(name) for name in ("offset", "time", "datetime"))


def _warned(turn: Turn, outcome: Outcome) -> Outcome:
    warning = Message(turn.say("common.too_long"), turn.language)
    return replace(outcome, messages=(warning, *outcome.messages))
