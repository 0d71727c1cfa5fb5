"""What I want to be told, where and when: done at once, because it can be undone."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import time

from actions import consenting
from actions.consenting import Changing
from domain.addresses import PASSING, Channel
from domain.messages import Choice
from domain.preferences_told import channel_names, told, topic_name
from domain.quiet_hours import WEEKDAYS, QuietSpan, every_day
from domain.topics import EVERYTHING, Topic, item_of, of_body
from domain.wishes import Preferences, Rhythm
from handlers import telling
from handlers.turn import Outcome, Slots, Turn

EVENING, MORNING = time(21), time(7)  # of a night, where only one end of it was said
ALL = "all"
NONE = "none"
TOPICS = {  # what people ask to hear of → the topic of its notices
    "session": Topic.SESSIONS,
    "reminder": Topic.REMINDERS,
    "announcement": Topic.ANNOUNCEMENTS,
}
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


async def subscribe_asked(turn: Turn, slots: Slots) -> Outcome:
    """Follow a body or a topic, or only that; or take a STOP back."""
    person = turn.known()
    if slots.get("scope") == ALL:
        version = await consenting.start(turn.unit, person.id)
        return turn.tell(turn.say("preferences.resumed"), choices=_after(turn, version))
    topic = _topic(turn, slots)
    if topic is None:
        return turn.tell(turn.say("preferences.which_topic"), choices=_topics(turn, "follow"))
    is_only = slots.get("scope") == "only"

    def changing(now: Preferences) -> Preferences:
        now = now.wanting(topic, None, is_wanted=True)
        return now.wanting(EVERYTHING, None, is_wanted=False) if is_only else now

    return await _changed(turn, changing)


async def unsubscribe_asked(turn: Turn, slots: Slots) -> Outcome:
    """Follow something no more, or be told nothing at all."""
    if slots.get("scope") == ALL:
        return await stopped(turn)
    turn.known()
    topic = _topic(turn, slots)
    if topic is None:
        choices = [*_topics(turn, "unfollow"), turn.choice("preferences.stop_all", "stop")]
        return turn.tell(turn.say("preferences.which_topic_off"), choices=choices)

    def changing(now: Preferences) -> Preferences:
        was_followed = now.wish(topic, None).is_wanted
        return now.wanting(topic, None, is_wanted=None if was_followed else False)

    return await _changed(turn, changing)


async def followed(turn: Turn, topic: str) -> Outcome:
    return await subscribe_asked(turn, {"topic": topic})


async def unfollowed(turn: Turn, topic: str) -> Outcome:
    return await unsubscribe_asked(turn, {"topic": topic})


async def stopped(turn: Turn, where: str = "") -> Outcome:
    """STOP: nothing that informs, on any channel, or `here` on this one alone."""
    if turn.person is None:
        return turn.tell(turn.say("preferences.stop_stranger"))
    person_id, channel = turn.person.id, turn.incoming.channel
    if where:
        # What STOP said of all is taken back, and said of this one channel.
        await consenting.start(turn.unit, person_id)
        version = await consenting.stop(turn.unit, person_id, channel)
        name = turn.say(f"delivery.channel_{channel}")
        text = turn.say("preferences.stop_done_here", channel=name)
        return turn.tell(text, choices=[turn.choice("preferences.resume", "resume")])
    version = await consenting.stop(turn.unit, person_id)
    choices = [
        turn.choice("preferences.undo", f"unprefs:{version}"),
        turn.choice("preferences.stop_only_here", "stop:here"),
    ]
    return turn.tell(turn.say("preferences.stop_done"), choices=choices)


async def resumed(turn: Turn) -> Outcome:
    return await subscribe_asked(turn, {"scope": ALL})


async def undone(turn: Turn, version: int) -> Outcome:
    """Take the last change back, if nothing was changed since."""
    is_undone = await consenting.undo(turn.unit, turn.known().id, version)
    key = "preferences.undone" if is_undone else "preferences.undo_too_late"
    return turn.settle(turn.say(key), choices=[turn.choice("preferences.show", "prefs")])


async def _changed(turn: Turn, changing: Changing, note: str = "") -> Outcome:
    """Change, and say what holds from now on."""
    person_id = turn.known().id
    version = await consenting.change(turn.unit, person_id, changing)
    now = (await turn.unit.preferences.of(person_id)).now
    parts = [turn.say("preferences.done"), *([note] if note else []), _told(turn, now)]
    return turn.settle("\n".join(parts), choices=_after(turn, version))


def _told(turn: Turn, now: Preferences) -> str:
    return "\n".join(told(now, turn.language, _names(turn)))


def _names(turn: Turn) -> Mapping[str, str]:
    return {key: telling.body(turn, body) for key, body in turn.commune.bodies.items()}


def _after(turn: Turn, version: int) -> list[Choice]:
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


def _topics(turn: Turn, verb: str) -> list[Choice]:
    is_staff = turn.person is not None and turn.person.is_staff
    return [
        Choice(topic_name(topic, turn.language, {}), f"{verb}:{topic}")
        for topic in Topic
        if topic is not Topic.REQUESTS or is_staff
    ]


def _yes_or_no(turn: Turn, channels: list[Channel]) -> list[Choice]:
    return [
        turn.choice(f"preferences.{key}", f"channel:{channel}:{answer}", channel=name)
        for channel, name in zip(channels, channel_names(channels, turn.language), strict=True)
        for key, answer in (("with_channel", "yes"), ("without_channel", "no"))
    ]


def _topic(turn: Turn, slots: Slots) -> str | None:
    """Return the topic named: a body that is known, or one of ours."""
    if slots.get("body") in turn.commune.bodies:
        return of_body(str(slots["body"]))
    if item_of(str(slots.get("topic"))) is not None:
        return str(slots["topic"])
    topic = str(TOPICS.get(str(slots.get("object_kind")), slots.get("topic") or ""))
    return topic if topic in set(Topic) else None


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
