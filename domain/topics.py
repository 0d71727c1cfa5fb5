"""What notices are about: the topics that people follow, or have had enough of."""

from enum import StrEnum

from domain.notices import NoticeKind

EVERYTHING = ""  # the topic of what is said of all topics
PETITION = "petition:"  # one petition: `petition:PET-2026-0012`
BODY = "body:"  # what a body does is a topic too: `body:arr:anfa`


class Topic(StrEnum):
    """Each has a phrase `preferences.topic_<value>`."""

    SESSIONS = "sessions"
    REMINDERS = "reminders"
    ANNOUNCEMENTS = "announcements"
    PETITIONS = "petitions"
    REQUESTS = "requests"  # what people ask of the town hall: the staff's
    APPROVALS = "approvals"  # texts on their way: those who write and decide
    TASKS = "tasks"  # deadlines and proposals of sessions: whose work they are


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


def topics_of(kind: NoticeKind, body_key: str | None) -> tuple[str, ...]:
    """Return what a notice is about: its kind's topic, and the body it speaks of."""
    own = TOPIC_OF[kind].value
    return (own, of_body(body_key)) if body_key else (own,)
