"""What I want to hear of: a body, an item, a subject in my own words; or nothing any more."""

from collections.abc import Mapping, Sequence

from actions.following import follower_at
from actions.people import consenting
from domain.messages import Choice
from domain.preferences_told import topic_name
from domain.searching import stems
from domain.topics import EVERYTHING, Topic, body_of, item_of, of_body, of_item, of_words, words_of
from domain.wishes import Preferences
from handlers import item, petition, preferences, search
from handlers.agenda import seen
from handlers.finding import meant
from handlers.turn import Outcome, Slots, Turn

ALL = "all"
TOPICS = {  # what people ask to hear of → the topic of its notices
    "session": Topic.SESSIONS,
    "reminder": Topic.REMINDERS,
    "announcement": Topic.ANNOUNCEMENTS,
}
OF_STAFF = {Topic.REQUESTS}
OF_OFFICE = {Topic.TASKS, Topic.APPROVALS}
MOST_FOLLOWED = 8  # offered to be followed no more


async def subscribe_asked(turn: Turn, slots: Slots) -> Outcome:
    """Follow a body or a topic, or only that; or take a STOP back.

    Whoever nobody knows is known from then on by this address alone.
    """
    topic = await _topic_meant(turn, slots, "follow")
    if topic is None and slots.get("scope") != ALL and turn.about_petition:
        return await petition.followed(turn, turn.about_petition)
    if slots.get("scope") == ALL and (topic is None or topic in set(Topic)):
        return await resumed(turn)
    if topic is None:
        return turn.tell(turn.say("preferences.which_topic"), choices=_offered(turn, "follow"))
    person = turn.person or await follower_at(turn.unit, turn.actor, language=turn.language)
    is_only = slots.get("scope") == "only"

    def changing(now: Preferences) -> Preferences:
        now = now.wanting(topic, None, is_wanted=True)
        return now.wanting(EVERYTHING, None, is_wanted=False) if is_only else now

    note, found = await _noted(turn, topic)
    return await preferences.changed(turn, person.id, changing, note, choices=found)


async def unsubscribe_asked(turn: Turn, slots: Slots) -> Outcome:
    """Follow something no more, or be told nothing at all."""
    followed_now = await _followed(turn)
    topic = await _topic_meant(turn, slots, "unfollow")
    if topic and words_of(topic) is not None:
        topic = _as_followed(topic, followed_now)
    if topic is None and slots.get("scope") == ALL:
        return await stopped(turn)
    person = turn.known()
    if topic is None:
        theirs = _named(turn, "unfollow", [one for one in followed_now if one not in set(Topic)])
        stop = turn.choice("preferences.stop_all", "stop")
        choices = [*theirs[:MOST_FOLLOWED], *_offered(turn, "unfollow"), stop]
        return turn.tell(turn.say("preferences.which_topic_off"), choices=choices)

    def changing(now: Preferences) -> Preferences:
        was_followed = now.wish(topic, None).is_wanted
        return now.wanting(topic, None, is_wanted=None if was_followed else False)

    return await preferences.changed(turn, person.id, changing)


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
    version = await consenting.start(turn.unit, turn.known().id)
    return turn.tell(turn.say("preferences.resumed"), choices=preferences.after(turn, version))


def _topic(turn: Turn, slots: Slots) -> str | None:
    """Return the topic named: a body that is known, one of ours, or the words that were said."""
    body = str(slots.get("body") or body_of(str(slots.get("topic") or "")))
    if body in turn.commune.bodies:
        return of_body(body)
    said = str(slots.get("topic") or "")
    if item_of(said) is not None:
        return said
    topic = str(TOPICS.get(str(slots.get("object_kind")), said))
    if topic in set(Topic):
        return topic
    words = words_of(topic) or topic
    return of_words(words) if ":" not in words and stems(words) else None


async def _topic_meant(turn: Turn, slots: Slots, verb: str) -> str | None:
    """Return the topic named, the item of the number said, or the one thing just offered."""
    topic = _topic(turn, slots)
    if topic or slots.get("scope") == ALL:
        return topic
    if slots.get("item_number"):
        held = await meant(turn, slots)
        found = item.numbered(await seen(turn, held), slots) if held else None
        return of_item(found.id) if found else None
    offered = [choice.value.partition(":") for choice in turn.conversation.offered]
    topics = {of for name, _, of in offered if name == verb}
    return topics.pop() if len(topics) == 1 else None


async def _followed(turn: Turn) -> tuple[str, ...]:
    if turn.person is None:
        return ()
    return (await turn.unit.preferences.of(turn.person.id)).now.followed


def _as_followed(topic: str, known: Sequence[str]) -> str | None:
    """Return the words of theirs that are meant, however they were said this time."""
    wanted = stems(words_of(topic) or "")
    return next(
        (one for one in known if words_of(one) and stems(words_of(one) or "") == wanted), None
    )


async def _noted(turn: Turn, topic: str) -> tuple[str, list[Choice]]:
    """Say what following comes to: of an item its title, of words what there is already."""
    if item_id := item_of(topic):
        one = await turn.unit.agenda.by_id(item_id)
        is_shown = one is not None and one.is_shown_to_citizens
        return (
            (turn.say("preferences.item_noted", title=one.title), [])
            if one and is_shown
            else ("", [])
        )
    words = words_of(topic)
    if words is None:
        return "", []
    found = await search.items_about(turn, words)
    key = "preferences.words_found" if found else "preferences.words_noted"
    return turn.say(key, words=words), found


def _offered(turn: Turn, verb: str) -> list[Choice]:
    is_staff = turn.person is not None and turn.person.is_staff
    holds_office = turn.person is not None and bool(turn.person.memberships)
    hidden = (OF_STAFF if not is_staff else set()) | (OF_OFFICE if not holds_office else set())
    topics = [topic for topic in Topic if topic not in hidden]
    return _named(turn, verb, topics)


def _named(turn: Turn, verb: str, topics: Sequence[str]) -> list[Choice]:
    names: Mapping[str, str] = preferences.names(turn)
    return [Choice(topic_name(topic, turn.language, names), f"{verb}:{topic}") for topic in topics]
