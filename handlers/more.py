"""What is too long to be shown at once: kept, and told page by page as it is asked for."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from domain.folding import folded
from domain.messages import Choice, Message
from domain.paging import MORE, joined, whole
from domain.phrasebook import FALLBACK, LANGUAGES, phrasebook
from handlers import help
from handlers.turn import Outcome, Turn

OF_A_NOTICE = "notice"  # what goes on is a notice, not our last answer


def begun(turn: Turn, outcome: Outcome) -> Outcome:
    """Keep what is not shown at once, where messages are short, and offer only what is shown."""
    if turn.page is whole or not outcome.messages:
        return outcome
    message, waiting = joined(outcome.messages), outcome.conversation
    page = turn.page(message)
    if page.rest:
        waiting = replace(waiting, offered=page.shown.choices, rest=page.rest)
    return replace(outcome, messages=(message,), conversation=waiting)


async def shown(turn: Turn, of: str = "") -> Outcome:
    """Go on where a page stopped; a question that is open stays."""
    rest = await _of_a_notice(turn) if of == OF_A_NOTICE else turn.conversation.rest
    if rest is None:
        return turn.tell(turn.say("common.no_more"), choices=help.menu(turn))
    return Outcome((rest,), replace(turn.conversation, offered=rest.choices, rest=None))


def named(text: str, offered: Sequence[Choice]) -> Choice | None:
    """Return the choice to go on when it was asked for, in whatever language."""
    if not is_asked(text):
        return None
    return next((choice for choice in offered if choice.value.startswith(MORE)), None)


def is_asked(text: str) -> bool:
    return folded(text) in _words()


async def _of_a_notice(turn: Turn) -> Message | None:
    if turn.person is None:
        return None
    incoming = turn.incoming
    told = await turn.unit.letters.told(turn.person.id, incoming.channel, incoming.address)
    return turn.page(told.message).rest if told else None


@cache
def _words() -> frozenset[str]:
    say = phrasebook().say
    return frozenset(folded(say("common.more", language)) for language in (*LANGUAGES, *FALLBACK))
