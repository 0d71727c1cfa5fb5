"""A second wish said in the same breath: kept while the first is answered, then offered."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from domain.messages import Message
from handlers import help
from handlers.turn import Outcome, Slots, Turn
from handlers.understanding import Intent, Understood

NEXT = "next"  # the fact of a conversation: the wish that waits


def kept(turn: Turn, outcome: Outcome, waiting: Understood) -> Outcome:
    """Keep the wish that waits, if it may be granted to who speaks."""
    if not turn.incoming.is_private or not help.is_offered(turn, waiting.intent):
        return outcome
    return _with(outcome, {"intent": str(waiting.intent), "slots": dict(waiting.slots)})


def offered(turn: Turn, outcome: Outcome) -> Outcome:
    """Offer the wish that waits as soon as no question is open."""
    before = turn.conversation
    waiting = outcome.conversation.facts.get(NEXT) or (before.flow and before.facts.get(NEXT))
    if not waiting or not outcome.messages:
        return outcome
    if outcome.conversation.flow is not None:
        return _with(outcome, waiting)
    *earlier, last = outcome.messages
    wished = _told(replace(turn, language=last.language), last, waiting)
    conversation = replace(outcome.conversation, offered=wished.choices)
    return _with(replace(outcome, messages=(*earlier, wished), conversation=conversation), waiting)


def recalled(turn: Turn, intent: Intent, slots: Slots) -> Slots:
    """Return what was named of a wish when it was said, beside what its button has room for."""
    waiting = turn.conversation.facts.get(NEXT) or {}
    return {**waiting["slots"], **slots} if waiting.get("intent") == intent else slots


def _told(turn: Turn, last: Message, waiting: Mapping[str, Any]) -> Message:
    """Name the wish, and offer it in place of what is called the same and knows less of it."""
    intent, slots = Intent(waiting["intent"]), waiting["slots"]
    wished = help.offered(turn, intent, slots)
    if any(choice.value == wished.value for choice in last.choices):
        return last
    text = f"{last.text}\n\n{turn.say('common.also', wish=wished.label)}"
    others = tuple(choice for choice in last.choices if choice.label != wished.label)
    is_offered = len(others) < len(last.choices) and not slots
    return replace(last, text=text, choices=last.choices if is_offered else (*others, wished))


def _with(outcome: Outcome, waiting: Mapping[str, Any]) -> Outcome:
    facts = {**outcome.conversation.facts, NEXT: waiting}
    return replace(outcome, conversation=replace(outcome.conversation, facts=facts))
