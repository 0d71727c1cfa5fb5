"""Which choice a number means: one of our last answer, or of a notice that has come since."""

from dataclasses import replace

from domain.messages import Choice, Message
from domain.paging import MORE
from handlers import choosing, more
from handlers.turn import Outcome, Turn


async def candidates(turn: Turn, text: str) -> tuple[Choice, ...]:
    """Return the choice that was numbered or spelled out; two where nobody can know which.

    A number answers what was told last. When a notice came while a question was open, whoever
    answers may have meant either.
    """
    offered = turn.conversation.offered
    ours = choosing.chosen(text, offered) or more.named(text, offered)
    theirs = await _of_a_notice(turn, text)
    if theirs is None:
        return (ours,) if ours else ()
    if ours is None or turn.conversation.flow is None:
        return (theirs,)
    return (ours, theirs)


def which(turn: Turn, choices: tuple[Choice, ...]) -> Outcome:
    """Ask which was meant; the question that is open stays open."""
    waiting = replace(turn.conversation, offered=choices, rest=None)
    message = Message(turn.say("common.which_answer"), turn.language, choices=choices)
    return Outcome((message,), waiting)


async def _of_a_notice(turn: Turn, text: str) -> Choice | None:
    """Return the choice of the last notice that was told here, unless an answer came after it."""
    is_said = choosing.digit(text) is not None or more.is_asked(text)
    if turn.person is None or not is_said:
        return None
    incoming = turn.incoming
    told = await turn.unit.letters.told(turn.person.id, incoming.channel, incoming.address)
    if told is None or (turn.conversation.offered and not told.is_newest):
        return None
    offered = [
        replace(choice, value=f"{MORE}:{more.OF_A_NOTICE}") if choice.value == MORE else choice
        for choice in turn.page(told.message).shown.choices
    ]
    return choosing.chosen(text, offered) or more.named(text, offered)
