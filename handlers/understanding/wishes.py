"""What somebody wants to be told, where and when: channels, rhythms, quiet hours and topics."""

from collections.abc import Callable, Mapping, Sequence

from handlers.understanding import hours
from handlers.understanding.lexicon import lexicon
from handlers.understanding.marks import Mark, marked
from handlers.understanding.meaning import Intent
from handlers.understanding.wording import Word, norms

NEAR = 4  # words between a no and what it is said of
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKEND = ("saturday", "sunday")
PART_OF_DAY = {0: "08:00", 12: "18:00"}  # a morning, and an evening, without an hour

# Whole messages that are a legal opt-out, or take it back, in every tongue spoken here.
STOPS = frozenset(
    norms(one)
    for one in (
        *("stop", "stop all", "stopall", "stop tout", "arrêt", "arret", "arrêtez", "arrêtez tout"),
        *("désabonnement", "désinscription", "me désabonner", "unsubscribe", "opt out", "optout"),
        *("توقف", "توقفوا", "إيقاف", "أوقفوا", "قف", "ستوب", "إلغاء الاشتراك", "أوقفوا الإشعارات"),
        *("حبس", "حبسو", "7bess", "7bes", "hbess", "stopi", "7besso"),
    )
)
STARTS = frozenset(
    norms(one)
    for one in ("start", "unstop", "reprendre", "reprenez", "resume", "استئناف", "ابدأ", "بدء")
)


def opted(words: Sequence[Word]) -> Intent | None:
    """Return what a message that is nothing but STOP, or START, means."""
    said = tuple(word.norm for word in words)
    if said in STOPS:
        return Intent.UNSUBSCRIBE
    return Intent.SUBSCRIBE if said in STARTS else None


def wished(intent: Intent, words: Sequence[Word]) -> dict[str, object]:
    """Return the slots of an intent about preferences."""
    read = READERS.get(intent)
    return read(words, marked(words)) if read else {}


def _channels(words: Sequence[Word], _: Sequence[Mark]) -> dict[str, object]:
    """What follows a no closely, before anything else is named, is unwanted."""
    named = lexicon("slots", "channel").found(words)
    signs = lexicon("slots", "polarity").found(words)
    on: list[str] = []
    off: list[str] = []
    for number, hit in enumerate(named):
        since = named[number - 1].last if number else -1
        before = [sign for sign in signs if since < sign.first < hit.first + 1]
        after = [sign for sign in signs if hit.last < sign.first <= hit.last + 1]
        near = before[-1] if before and hit.first - before[-1].last <= NEAR else None
        if near is None and after and after[0].value == "no_more":
            near = after[0]
        (off if near and near.value == "no" else on).append(hit.value)
    slots: dict[str, object] = {}
    if on:
        slots["channel_on"] = on
        if any(sign.value == "only" for sign in signs):
            slots["only"] = True
    if off:
        slots["channel_off"] = off
    return slots


def _digest(words: Sequence[Word], marks: Sequence[Mark]) -> dict[str, object]:
    hits = lexicon("slots", "frequency").found(words)
    slots: dict[str, object] = {"frequency": hits[-1].value} if hits else {}
    days = _weekdays(marks)
    if days:
        slots["weekday"] = days[0]
        slots["frequency"] = "weekly"
    code = "".join(mark.letter for mark in marks)
    clock = hours.clock(marks, code)
    parts = [PART_OF_DAY.get(mark.value) for mark in marks if mark.letter == "P"]  # type: ignore[call-overload]  # a P holds 0 or 12
    if clock:
        slots["time"] = f"{clock.value:%H:%M}"
    elif parts and parts[0]:
        slots["time"] = parts[0]
    return slots


def _quiet(words: Sequence[Word], marks: Sequence[Mark]) -> dict[str, object]:
    """`après 21 h`, `avant 8 h`, `de 22 h à 7 h`, `la nuit`, `le week-end`."""
    signs = {hit.value: hit for hit in lexicon("slots", "quiet").found(words)}
    if "off" in signs:
        return {"quiet_off": True}
    slots: dict[str, object] = {}
    days = _weekdays(marks)
    if any(mark.letter == "k" for mark in marks):
        days = [*days, *WEEKEND]
    if days:
        slots["weekdays"] = list(dict.fromkeys(days))
    code = "".join(mark.letter for mark in marks)
    said = [f"{found.value:%H:%M}" for found in hours.clocks(marks, code)]
    if len(said) > 1:
        return {**slots, "quiet_from": said[0], "quiet_to": said[1]}
    if said:
        end = "quiet_to" if "before" in signs else "quiet_from"
        return {**slots, end: said[0]}
    return {**slots, "quiet_from": "21:00", "quiet_to": "07:00"} if "night" in signs else slots


def _weekdays(marks: Sequence[Mark]) -> list[str]:
    return [
        DAYS[mark.value] for mark in marks if mark.letter == "W" and isinstance(mark.value, int)
    ]


def _followed(words: Sequence[Word], _: Sequence[Mark]) -> dict[str, object]:
    hits = lexicon("slots", "object_kind").found(words)
    signs = {hit.value for hit in lexicon("slots", "polarity").found(words)}
    slots: dict[str, object] = {"object_kind": hits[0].value} if hits else {}
    if "only" in signs:
        slots["scope"] = "only"
    if lexicon("slots", "everything").found(words):
        slots["scope"] = "all"
    return slots


READERS: Mapping[Intent, Callable[[Sequence[Word], Sequence[Mark]], dict[str, object]]] = {
    Intent.PREFS_CHANNEL: _channels,
    Intent.PREFS_DIGEST: _digest,
    Intent.PREFS_QUIET_HOURS: _quiet,
    Intent.SUBSCRIBE: _followed,
    Intent.UNSUBSCRIBE: _followed,
}
