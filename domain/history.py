"""The history of a thing: who did what to it, when, by which channel, and what it was before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.phrasebook import Phrasebook

OTHER = "history.other"
LINE = "history.line"
POSTS = {
    "operator": "history.operator",
    "beffroi": "history.program",
    "citizen": "history.citizen",
}
LINE_FROM = "history.line_from"
PUBLIC_LINE = "history.line_public"
# What everybody may know was done: what moves a thing from one public state to another.
PUBLIC = frozenset(
    {
        *("session_convene", "session_move", "session_cancel", "session_open"),
        *("session_fail_quorum", "session_reconvene", "session_extend", "session_close"),
        *("item_refer", "item_withdraw", "item_object", "item_lift", "item_move_item", "item_vote"),
        *("decision_adopt", "decision_decision_signed", "decision_decision_opposed"),
        *("decision_decision_executory", "decision_decision_posted"),
        *("decision_decision_carried_out", "decision_decision_annulled"),
    }
)
SESSION_STEPS = frozenset(
    key.removeprefix("session_") for key in PUBLIC if key.startswith("session_")
)  # as the audit log calls them
SHOWN_FACTS = ("reason", "fact", "on", "starts")  # besides what changed


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that was done. `at` is a wall time; `who` is how they are called, or nothing.

    `kind` is the subject's: `session`, `item`. `facts` are those of the audit log.
    """

    at: datetime
    kind: str
    act: str
    who: str
    channel: str
    facts: Mapping[str, object]

    @property
    def key(self) -> str:
        return f"{self.kind}_{self.act}".replace(".", "_")

    @property
    def is_public(self) -> bool:
        return self.key in PUBLIC


def told(one: Happening, say: Phrasebook, language: str, *, publicly: bool = False) -> str:
    """Say what was done in one line: in public, without who did it and from where."""
    facts = {"at": one.at, "what": done(one, say, language)}
    if publicly:
        return say.say(PUBLIC_LINE, language, **facts)
    if not one.channel:
        return say.say(LINE, language, who=_who(one, say, language), **facts)
    channel = say.say(f"delivery.channel_{one.channel}", language)
    who = _who(one, say, language)
    return say.say(LINE_FROM, language, who=who, channel=channel, **facts)


def done(one: Happening, say: Phrasebook, language: str) -> str:
    """Say what was done, and what it changed."""
    key = f"history.{one.key}"
    what = say.say(key, language) if say.has(key) else say.say(OTHER, language, act=one.act)
    more = "; ".join(_details(one, say, language))
    return f"{what} ({more})" if more else what


def _who(one: Happening, say: Phrasebook, language: str) -> str:
    """Return how whoever did it is called; the command line and the program have no name."""
    post = one.who.partition(":")[0]
    return say.say(POSTS[post], language) if post in POSTS else one.who


def _details(one: Happening, say: Phrasebook, language: str) -> list[str]:
    before, after = one.facts.get("before"), one.facts.get("after")
    changed: list[str] = []
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        changed = [
            _change(one.kind, before.get(name), after[name], say, language)
            for name in after
            if after[name] != before.get(name)
        ]
    elif before is not None or after is not None:
        changed = [_change(one.kind, before, after, say, language)]
    rest = [one.facts[name] for name in SHOWN_FACTS if one.facts.get(name)]
    return [*changed, *(_word(one.kind, value, say, language) for value in rest)]


def _change(kind: str, before: object, after: object, say: Phrasebook, language: str) -> str:
    if before is None or after is None:
        return _word(kind, after if before is None else before, say, language)
    return f"{_word(kind, before, say, language)} → {_word(kind, after, say, language)}"


def _word(kind: str, value: object, say: Phrasebook, language: str) -> str:
    """Return a fact in words: a state has its own, and what is no word stands as it is."""
    if isinstance(value, Mapping):
        return ", ".join(_word(kind, each, say, language) for each in value.values() if each)
    if isinstance(value, list):
        return ", ".join(_word(kind, each, say, language) for each in value)
    key = f"council.{kind}_{value}"
    return say.say(key, language) if say.has(key) else str(value)
