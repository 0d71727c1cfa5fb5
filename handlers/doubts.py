"""What has to be asked first: days that do not exist, days and bodies that may be two."""

from datetime import date

from domain.messages import Choice
from handlers.finding import body_keys
from handlers.telling import body
from handlers.tokens import token
from handlers.turn import Outcome, Slots, Turn
from handlers.understanding import Intent

FLOW = "doubt"
STEP = "slots"
NAMED = (
    "date",
    "date_from",
    "date_to",
    "datetime",
    "body",
    "body_kind",
    "mine",
    "date_alt",
    "date_bad",
    "body_alt",
)
DOUBTS = ("date_bad", "date_alt", "body_alt", "body_kind")
MOST_CHOICES = 20


def doubted(turn: Turn, intent: Intent, slots: Slots) -> Outcome | None:
    """Return the question that stands before an answer; a doubt is never settled by a guess."""
    if slots.get("date_bad"):
        text = turn.say("common.unknown_date", text=_quoted(slots["date_bad"]))
        return _asked(turn, intent, slots, text, [])
    days = _days(slots)
    if len(days) > 1:
        choices = [
            Choice(
                turn.say("session.day", day=day), token(intent, {**slots, "date": day.isoformat()})
            )
            for day in days
        ]
        return _asked(turn, intent, slots, turn.say("common.which_date"), choices)
    keys = _bodies(turn, slots)
    if len(keys) > 1:
        choices = [
            Choice(body(turn, turn.commune.bodies[key]), token(intent, {**slots, "body": key}))
            for key in keys[:MOST_CHOICES]
        ]
        return _asked(turn, intent, slots, turn.say("common.which_body"), choices)
    return None


def settled(turn: Turn, slots: Slots) -> dict[str, object]:
    """Return the slots of the question that is open, with what has been named since."""
    facts = turn.conversation.facts
    before = dict(facts.get("slots") or {}) if turn.conversation.flow == FLOW else {}
    if any(slots.get(name) for name in ("date", "date_from", "datetime", "date_bad")):
        for name in ("date", "date_from", "date_to", "datetime", "date_alt", "date_bad"):
            before.pop(name, None)
    if slots.get("body"):
        before.pop("body_alt", None)
        before.pop("body_kind", None)
        before.pop("date_bad", None)  # who names a body instead of a day has left that day
    return {**before, **slots}


def open_intent(turn: Turn) -> Intent | None:
    """Return what was asked before we had to ask back."""
    if turn.conversation.flow != FLOW:
        return None
    name = turn.conversation.facts.get("intent")
    return Intent(name) if name in set(Intent) else None


def _asked(turn: Turn, intent: Intent, slots: Slots, text: str, choices: list[Choice]) -> Outcome:
    choices = [*choices, turn.choice("common.cancel", "cancel")]
    return turn.ask(FLOW, STEP, text, choices=choices, intent=str(intent), slots=dict(slots))


def _days(slots: Slots) -> list[date]:
    """Return the readings of an ambiguous date, the earlier first."""
    alternatives = slots.get("date_alt")
    if not slots.get("date") or not alternatives:
        return []
    named = alternatives if isinstance(alternatives, list | tuple) else [alternatives]
    return sorted({date.fromisoformat(str(day)) for day in (slots["date"], *named)})


def _bodies(turn: Turn, slots: Slots) -> list[str]:
    """Return the bodies that fit what was named, when it was not said which."""
    alternatives = slots.get("body_alt")
    if alternatives:
        named = alternatives if isinstance(alternatives, list | tuple) else [alternatives]
        keys = dict.fromkeys([slots.get("body"), *named])
        return [str(key) for key in keys if key in turn.commune.bodies]
    return body_keys(turn, slots) if slots.get("body_kind") and not slots.get("body") else []


def _quoted(said: object) -> str:
    return ", ".join(map(str, said)) if isinstance(said, list | tuple) else str(said)
