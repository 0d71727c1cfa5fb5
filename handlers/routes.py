"""Who answers what: look here first.

In this order: a press, a command, a choice spelled out, the question that waits, what was meant;
and where nothing is sure enough, a question with the likeliest as choices.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any

from domain.letters import Drawer, Later
from domain.messages import MESSAGE_OF_A_TALKER, RIGHT_TO_LEFT, Heard, Message
from handlers import (
    agenda,
    attend,
    cancel,
    choosing,
    document,
    doubts,
    help,  # noqa: A004 - the person's word
    inbox,
    item,
    language,
    link,
    preferences,
    remind,
    session,
    stop,
    why,
)
from handlers.tokens import MEANING, meaning, number, word
from handlers.turn import Outcome, Slots, Turn
from handlers.understanding import Intent, Understood, understood

MOST_GUESSES = 4
CUT = MESSAGE_OF_A_TALKER - 100  # as long as this, it was longer: cut, and its last spaces gone
SURELY_ELSEWHERE = 0.5  # the confidence with which something is none of our business
COMMAND = "/"  # what it opens is never the answer to a question of ours

Answer = Callable[[Turn, Slots], Awaitable[Outcome]]

INTENTS: dict[Intent, Answer] = {
    Intent.AGENDA_QUERY: agenda.asked,
    Intent.AGENDA_ITEM: item.asked,
    Intent.DOCUMENT_GET: document.asked,
    Intent.SESSION_NEXT: session.next_asked,
    Intent.SESSION_LIST: session.list_asked,
    Intent.SESSION_DETAILS: session.details_asked,
    Intent.ATTENDANCE_CONFIRM: attend.come_asked,
    Intent.ATTENDANCE_EXCUSE: attend.excuse_asked,
    Intent.REMINDER_SET: remind.set_asked,
    Intent.REMINDER_LIST: remind.list_asked,
    Intent.REMINDER_CANCEL: remind.cancel_asked,
    Intent.NOTIFICATION_WHY: why.asked,
    Intent.NOTIFICATION_MISSING: why.missing,
    Intent.INBOX: inbox.asked,
    Intent.PREFS_LANGUAGE: language.asked,
    Intent.PREFS_SHOW: preferences.asked,
    Intent.PREFS_CHANNEL: preferences.channel_asked,
    Intent.PREFS_DIGEST: preferences.digest_asked,
    Intent.PREFS_QUIET_HOURS: preferences.quiet_asked,
    Intent.SUBSCRIBE: preferences.subscribe_asked,
    Intent.UNSUBSCRIBE: preferences.unsubscribe_asked,
    Intent.LINK: link.asked,
    Intent.UNLINK: link.unlink_asked,
    Intent.HELP: help.asked,
    Intent.GREETING: help.greeted,
    Intent.THANKS: help.thanked,
    Intent.HUMAN_HANDOFF: help.human_asked,
    Intent.COMPLAINT: help.complained,
    Intent.OTHER: help.out_of_scope,
    Intent.CANCEL: cancel.asked,
}

# Those that speak of a day or a body, which may first have to be asked.
OF_A_SESSION = frozenset(
    {
        Intent.AGENDA_QUERY,
        Intent.AGENDA_ITEM,
        Intent.DOCUMENT_GET,
        Intent.SESSION_NEXT,
        Intent.SESSION_LIST,
        Intent.SESSION_DETAILS,
        Intent.ATTENDANCE_CONFIRM,
        Intent.ATTENDANCE_EXCUSE,
        Intent.REMINDER_SET,
    }
)


@dataclass(frozen=True, slots=True)
class Press:
    """Who answers a button, and how the parts of its value are read; the last may be left out."""

    answer: Callable[..., Awaitable[Outcome]]
    parts: tuple[Callable[[str], Any], ...] = ()
    needed: int = 0

    def read(self, text: str) -> list[Any]:
        """Read the parts, or raise ValueError: a button's value may have been forged."""
        texts = text.split(":", len(self.parts) - 1) if text and self.parts else []
        if len(texts) < self.needed:
            raise ValueError("parts are missing")
        return [read(part) for read, part in zip(self.parts, texts, strict=False)]


PRESSES: dict[str, Press] = {
    "agenda": Press(agenda.shown, (number, number), needed=1),  # session, offset
    "session": Press(session.shown, (number,), needed=1),
    "item": Press(item.shown, (number, number), needed=2),  # session, item
    "docs": Press(document.shown, (number, number), needed=1),  # session, offset
    "attend": Press(attend.pressed, (number, word), needed=1),  # session, yes or no
    "excuse": Press(attend.excuse_pressed, (number, word), needed=1),
    "remind": Press(remind.pressed, (number, word), needed=1),  # session, rule
    "unremind": Press(remind.undone, (number, word), needed=2),
    "forget": Press(remind.forgotten, (remind.which,), needed=1),  # session, or all
    "reminders": Press(remind.listed),
    "why": Press(why.shown, (number,)),  # notice
    "inbox": Press(inbox.shown, (number,)),  # offset
    "drawer": Press(inbox.drawer_shown, (Drawer, number), needed=1),  # drawer, offset
    "letter": Press(inbox.opened, (number,), needed=1),
    "archive": Press(inbox.archived, (number,), needed=1),
    "restore": Press(inbox.restored, (number,), needed=1),
    "unread": Press(inbox.kept_unread, (number,), needed=1),
    "later": Press(inbox.put_off, (number,), needed=1),
    "snooze": Press(inbox.snoozed, (number, Later), needed=2),  # letter, when
    "lang": Press(language.chosen, (word,), needed=1),
    "prefs": Press(preferences.shown),
    "channel": Press(preferences.channel_chosen, (word, word), needed=2),
    "digest": Press(preferences.digest_chosen, (word,), needed=1),  # a rhythm
    "quiet": Press(preferences.quiet_chosen, (word,), needed=1),  # 21:00-07:00, or none
    "follow": Press(preferences.followed, (word,), needed=1),
    "unfollow": Press(preferences.unfollowed, (word,), needed=1),
    "stop": Press(preferences.stopped, (word,)),  # here, or everywhere
    "resume": Press(preferences.resumed),
    "unprefs": Press(preferences.undone, (number,), needed=1),  # a change
    "unlink": Press(link.unlinked, (word,)),
    "cancel": Press(cancel.pressed),
    "help": Press(help.pressed),
}


# The questions that take whatever is said as their answer.
STEPS: dict[tuple[str, str], Callable[[Turn, str], Awaitable[Outcome]]] = {
    (attend.FLOW, attend.REASON): attend.reason_given,
    (link.FLOW, link.CODE): link.code_given,
}


async def answer(turn: Turn) -> Outcome:
    """Answer one thing somebody did."""
    match turn.incoming.kind:
        case Heard.PRESS:
            return await pressed(turn, turn.incoming.text)
        case Heard.TEXT if turn.incoming.text.strip():
            outcome = await _said(turn, turn.incoming.text.strip())
            is_cut = len(turn.incoming.text) >= CUT
            return _warned(turn, outcome) if is_cut else outcome
        case Heard.STOP:
            return await stop.stopped(turn)
        case Heard.START:
            return await stop.started(turn)
        case _:
            return await help.wordless(turn)


async def pressed(turn: Turn, value: str) -> Outcome:
    """Answer a button, however old: its value says on its own what is meant."""
    name, _, rest = value.partition(":")
    try:
        if name == MEANING:
            intent, slots = meaning(rest)
            return await _meant(turn, intent, doubts.settled(turn, slots))
        press = PRESSES[name]
        parts = press.read(rest)
    except (KeyError, ValueError):
        return turn.tell(turn.say("help.stale"), choices=help.menu(turn))
    return await press.answer(turn, *parts)


def in_their_language(turn: Turn) -> Turn:
    """Return the turn in the language that was just spoken, where it is sure which."""
    if turn.incoming.kind is not Heard.TEXT or turn.incoming.text.startswith(COMMAND):
        return turn
    return _spoken(turn, _understood(turn, turn.incoming.text))


async def _said(turn: Turn, text: str) -> Outcome:
    if text.startswith(COMMAND):
        return await _weighed(turn, _understood(turn, text), text)
    choice = choosing.chosen(text, turn.conversation.offered) or await _of_a_notice(turn, text)
    if choice:
        return await pressed(turn, choice.value)
    meant = _understood(turn, text)
    turn = _spoken(turn, meant)
    step = STEPS.get((turn.conversation.flow or "", turn.conversation.step or ""))
    if step and not _breaks_off(turn, meant):
        return await step(turn, text)
    return await _weighed(turn, meant, text)


async def _weighed(turn: Turn, meant: Understood, text: str) -> Outcome:
    """Answer what was meant, or what had been asked before, or ask with the likeliest."""
    before = doubts.open_intent(turn)
    names_something = any(meant.slots.get(name) for name in doubts.NAMED)
    is_sure = _is_sure(meant)
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
    return await INTENTS[intent](turn, slots)


def _guessed(turn: Turn, meant: Understood) -> Outcome:
    guesses = dict.fromkeys([meant.intent, *meant.alternatives])
    choices = [
        help.offered(turn, intent, meant.slots)
        for intent in guesses
        if intent not in {Intent.OTHER, Intent.CANCEL}
    ][:MOST_GUESSES]
    choices = choices or help.menu(turn)
    return turn.ask(doubts.FLOW, "guess", turn.say("common.not_understood"), choices=choices)


async def _of_a_notice(turn: Turn, text: str) -> Any:
    """Return the choice a bare digit means under the last notice told here."""
    if turn.person is None or turn.conversation.offered or choosing.digit(text) is None:
        return None
    incoming = turn.incoming
    offered = await turn.unit.letters.offered(turn.person.id, incoming.channel, incoming.address)
    return choosing.chosen(text, offered)


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
    if turn.conversation.flow == link.FLOW:  # a code is nothing one could mean
        return meant.intent not in {Intent.OTHER, Intent.LINK}
    says_stop = meant.intent is Intent.UNSUBSCRIBE and meant.slots.get("scope") == "all"
    return says_stop or meant.intent in {Intent.CANCEL, Intent.HELP}


def _is_sure(meant: Understood) -> bool:
    """Say whether to act on what was understood: below the room's own floor it answers OTHER."""
    return meant.intent is not Intent.OTHER or meant.confidence >= SURELY_ELSEWHERE


def _is_when(turn: Turn, slots: Slots) -> bool:
    is_asked = (turn.conversation.flow, turn.conversation.step) == ("remind", "when")
    return is_asked and any(slots.get(name) for name in ("offset", "time", "datetime"))


def _warned(turn: Turn, outcome: Outcome) -> Outcome:
    warning = Message(turn.say("common.too_long"), turn.language)
    return replace(outcome, messages=(warning, *outcome.messages))
