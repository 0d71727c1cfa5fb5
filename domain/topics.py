"""What notices are about: the topics that people follow, or have had enough of."""

import re
from enum import StrEnum

from domain.notices import OF_AN_ITEM, Audience, AudienceKind, NoticeKind

EVERYTHING = ""  # the topic of what is said of all topics
PETITION = "petition:"  # one petition: `petition:PET-2026-0012`
ITEM = "item:"  # one item of an agenda: `item:40`
ITEM_TOPIC = re.compile(f"{ITEM}([0-9]{{1,9}})")
BODY = "body:"  # what a body does is a topic too: `body:arr:anfa`
WORDS = "words:"  # whatever is about something, in the words of who follows it: `words:écoles`
WORDS_BYTES = 48  # so that a button's value has room for them


class Topic(StrEnum):
    """Each has a phrase `preferences.topic_<value>`."""

    SESSIONS = "sessions"
    REMINDERS = "reminders"
    ANNOUNCEMENTS = "announcements"
    TASKS = "tasks"  # deadlines and proposals of sessions: whose work they are
    PETITIONS = "petitions"
    REQUESTS = "requests"  # what people ask of the town hall: the staff's
    APPROVALS = "approvals"  # texts on their way: those who write and decide


TOPIC_OF = {
    NoticeKind.CONVOCATION: Topic.SESSIONS,
    NoticeKind.SESSION_MOVED: Topic.SESSIONS,
    NoticeKind.SESSION_CANCELLED: Topic.SESSIONS,
    NoticeKind.SESSION_NEWS: Topic.SESSIONS,
    NoticeKind.REMINDER: Topic.REMINDERS,
    NoticeKind.ANNOUNCEMENT: Topic.ANNOUNCEMENTS,
    NoticeKind.AGENDA_CHANGED: Topic.SESSIONS,
    NoticeKind.TASK: Topic.TASKS,
    NoticeKind.PETITION: Topic.PETITIONS,
    NoticeKind.REQUEST: Topic.REQUESTS,
    NoticeKind.APPROVAL: Topic.APPROVALS,
}


def of_body(key: str) -> str:
    return BODY + key


def body_of(topic: str) -> str | None:
    """Return the key of the body a topic is about, or None."""
    return topic.removeprefix(BODY) if topic.startswith(BODY) else None


def of_item(item_id: int) -> str:
    return f"{ITEM}{item_id}"


def item_of(topic: str) -> int | None:
    """Return the id of the item a topic is about, or None."""
    found = ITEM_TOPIC.fullmatch(topic)
    return int(found[1]) if found else None


def of_petition(ref: str) -> str:
    return PETITION + ref


def petition_of(topic: str) -> str | None:
    """Return what the petition that a topic is about is called, or None."""
    return topic.removeprefix(PETITION) if topic.startswith(PETITION) else None


def of_words(said: str) -> str:
    """Return the topic of somebody's own words: as many of them as there is room for."""
    topic = ""
    for word in said.casefold().split():
        longer = f"{topic} {word}".strip()
        if len(longer.encode()) > WORDS_BYTES:
            break
        topic = longer
    return WORDS + topic


def words_of(topic: str) -> str | None:
    """Return the words a topic is made of, or None."""
    return topic.removeprefix(WORDS) if topic.startswith(WORDS) else None


def followers_of_item(item_id: int, body_key: str) -> Audience:
    return Audience(AudienceKind.ITEM, f"{item_id}:{body_key}")


def followers_of_words(item_id: int, body_key: str) -> Audience:
    return Audience(AudienceKind.ABOUT, f"{item_id}:{body_key}")


def item_and_body(audience: Audience) -> tuple[int, str] | None:
    """Return the item and the body's key of an audience that follows an item, or None."""
    if audience.kind not in OF_AN_ITEM:
        return None
    item_id, _, body_key = audience.ref.partition(":")
    return int(item_id), body_key


def followed_by(audience: Audience) -> tuple[str, ...]:
    """Return the topics that an audience follows: an item and its body, or a body."""
    named = item_and_body(audience)
    if audience.kind is AudienceKind.ITEM and named:
        return of_item(named[0]), of_body(named[1])
    return (of_body(audience.ref),) if audience.kind is AudienceKind.FOLLOWERS else ()


def topics_of(kind: NoticeKind, body_key: str | None) -> tuple[str, ...]:
    """Return what a notice is about: its kind's topic, and the body it speaks of."""
    own = TOPIC_OF[kind].value
    return (own, of_body(body_key)) if body_key else (own,)
