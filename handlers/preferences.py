"""What I want to be told, where and when: done at once, because it can be undone."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import time

from actions.people import consenting
from actions.people.consenting import Changing
from domain.addresses import PASSING, Channel
from domain.messages import Choice
from domain.preferences_told import channel_names, told
from domain.quiet_hours import WEEKDAYS, QuietSpan, every_day
from domain.topics import EVERYTHING
from domain.wishes import Preferences, Rhythm
from handlers import telling
from handlers.turn import Outcome, Slots, Turn

EVENING, MORNING = time(21), time(7)  # of a night, where only one end of it was said
NONE = "none"
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


async def asked(turn: Turn, _slots: Slots) -> Outcome:
    return await shown(turn)


async def shown(turn: Turn) -> Outcome:
    """Show what was asked for, with what is asked for most often as choices."""
    kept = await turn.unit.preferences.of(turn.known().id)
    return turn.tell(
        _told(turn, kept.now), title=turn.say("preferences.title"), choices=_menu(turn, kept.now)
    )


async def channel_asked(turn: Turn, slots: Slots) -> Outcome:
    """Use some channels, or only some, and leave others alone."""
    on, off = _channels(slots.get("channel_on")), _channels(slots.get("channel_off"))
    person = turn.known()
    if torn := on & off:
        names = channel_names(torn, turn.language)
        choices = _yes_or_no(turn, sorted(torn))
        return turn.tell(turn.say("preferences.contradiction", channels=names), choices=choices)
    places = await turn.unit.people.addresses(person.id)
    theirs = {one.channel for one in places if one.is_verified} - {Channel.INBOX} - PASSING
    if not on and not off:
        choices = _yes_or_no(turn, sorted(theirs))
        return turn.tell(turn.say("preferences.which_channel"), choices=choices)
    lacking = channel_names(on - theirs, turn.language)
    note = turn.say("preferences.no_address", channels=lacking) if lacking else ""
    if slots.get("only"):
        return await _changed(turn, lambda now: now.only_on(on, theirs | off), note)
    return await _changed(turn, lambda now: _with_channels(now, on, off), note)


async def channel_chosen(turn: Turn, channel: str, answer: str) -> Outcome:
    slot = "channel_on" if answer == "yes" else "channel_off"
    return await channel_asked(turn, {slot: [channel]})


async def digest_asked(turn: Turn, slots: Slots) -> Outcome:
    """Gather notices into one message a day or a week, or tell them as they come."""
    turn.known()
    frequency = slots.get("frequency")
    if frequency not in set(Rhythm):
        choices = [_rhythm(turn, rhythm) for rhythm in Rhythm]
        return turn.tell(turn.say("preferences.which_rhythm"), choices=choices)
    rhythm, at, day = Rhythm(str(frequency)), _hour(slots.get("time")), slots.get("weekday")

    def changing(now: Preferences) -> Preferences:
        on = DAYS.index(str(day)) if day in DAYS else now.digest_on
        return replace(now.at_rhythm(rhythm), digest_at=at or now.digest_at, digest_on=on)

    return await _changed(turn, changing)


async def digest_chosen(turn: Turn, frequency: str) -> Outcome:
    return await digest_asked(turn, {"frequency": frequency})


async def quiet_asked(turn: Turn, slots: Slots) -> Outcome:
    """Keep quiet between two hours, on some days or on all; or no longer."""
    turn.known()
    if slots.get("quiet_off"):
        return await _changed(turn, lambda now: replace(now, quiet=()))
    starts, ends = _hour(slots.get("quiet_from")), _hour(slots.get("quiet_to"))
    named = slots.get("weekdays")
    days = [DAYS.index(day) for day in named if day in DAYS] if isinstance(named, list) else []
    if starts is None and ends is None and days:
        spans = tuple(QuietSpan(day, time(0), time(0)) for day in days)
        return await _changed(turn, lambda now: replace(now, quiet=_besides(now, days) + spans))
    if starts is None and ends is None:
        choices = [_night(turn), turn.choice("preferences.no_quiet", f"quiet:{NONE}")]
        return turn.tell(turn.say("preferences.which_hours"), choices=choices)
    hours = (starts or EVENING, ends or MORNING)
    if not days:
        return await _changed(turn, lambda now: replace(now, quiet=every_day(*hours)))
    spans = tuple(QuietSpan(day, *hours) for day in days)
    return await _changed(turn, lambda now: replace(now, quiet=_besides(now, days) + spans))


async def quiet_chosen(turn: Turn, hours: str) -> Outcome:
    """Read `21:00-07:00`, or none, out of a choice's value."""
    starts, _, ends = hours.partition("-")
    slots = {"quiet_off": True} if hours == NONE else {"quiet_from": starts, "quiet_to": ends}
    return await quiet_asked(turn, slots)


async def undone(turn: Turn, version: int) -> Outcome:
    """Take the last change back, if nothing was changed since."""
    is_undone = await consenting.undo(turn.unit, turn.known().id, version)
    key = "preferences.undone" if is_undone else "preferences.undo_too_late"
    return turn.settle(turn.say(key), choices=[turn.choice("preferences.show", "prefs")])


async def changed(
    turn: Turn,
    person_id: int,
    changing: Changing,
    note: str = "",
    *,
    choices: Sequence[Choice] = (),
) -> Outcome:
    """Change, and say what holds from now on; `choices` are offered before those of taking back."""
    version = await consenting.change(turn.unit, person_id, changing)
    now = (await turn.unit.preferences.of(person_id)).now
    parts = [turn.say("preferences.done"), *([note] if note else []), _told(turn, now)]
    return turn.settle("\n".join(parts), choices=[*choices, *after(turn, version)])


async def _changed(turn: Turn, changing: Changing, note: str = "") -> Outcome:
    return await changed(turn, turn.known().id, changing, note)


def _told(turn: Turn, now: Preferences) -> str:
    return "\n".join(told(now, turn.language, names(turn)))


def names(turn: Turn) -> Mapping[str, str]:
    return {key: telling.body(turn, body) for key, body in turn.commune.bodies.items()}


def after(turn: Turn, version: int) -> list[Choice]:
    return [
        turn.choice("preferences.undo", f"unprefs:{version}"),
        turn.choice("preferences.show", "prefs"),
    ]


def _menu(turn: Turn, now: Preferences) -> list[Choice]:
    rhythm = now.wish(EVERYTHING, None).rhythm or Rhythm.AT_ONCE
    choices = [_rhythm(turn, other) for other in Rhythm if other is not rhythm]
    silence = turn.choice("preferences.no_quiet", f"quiet:{NONE}") if now.quiet else _night(turn)
    stop = turn.choice("preferences.stop_all", "stop")
    return [*choices, silence, turn.choice("preferences.resume", "resume") if now.stopped else stop]


def _rhythm(turn: Turn, rhythm: Rhythm) -> Choice:
    return turn.choice(f"preferences.{rhythm}", f"digest:{rhythm}")


def _night(turn: Turn) -> Choice:
    value = f"quiet:{EVENING:%H:%M}-{MORNING:%H:%M}"
    return turn.choice("preferences.night", value, starts=EVENING, ends=MORNING)


def _yes_or_no(turn: Turn, channels: list[Channel]) -> list[Choice]:
    return [
        turn.choice(f"preferences.{key}", f"channel:{channel}:{answer}", channel=name)
        for channel, name in zip(channels, channel_names(channels, turn.language), strict=True)
        for key, answer in (("with_channel", "yes"), ("without_channel", "no"))
    ]


def _channels(said: object) -> frozenset[Channel]:
    words = said if isinstance(said, list) else []
    return frozenset(Channel(word) for word in words if word in set(Channel))


def _with_channels(
    now: Preferences, on: frozenset[Channel], off: frozenset[Channel]
) -> Preferences:
    for channel in on | off:
        now = now.wanting(EVERYTHING, channel, is_wanted=channel in on)
    return now


def _besides(now: Preferences, days: list[int]) -> tuple[QuietSpan, ...]:
    return tuple(span for span in now.quiet if span.weekday in set(WEEKDAYS) - set(days))


def _hour(said: object) -> time | None:
    try:
        return time.fromisoformat(str(said)).replace(tzinfo=None) if said else None
    except ValueError:  # of a choice that was forged
        return None
