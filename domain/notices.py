"""What the council publishes: three classes that never share a switch."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.messages import Message
from domain.trials import Reach

Content = Mapping[str, Message]
"""What a notice says, by language."""

FALLBACK = "fr"  # the language of the administration, where a notice has no words in another
# A language we may have no words in, and the one its readers read as well.
NEIGHBOURS = {"ary": "ar"}


class NoticeClass(StrEnum):
    STATUTORY = "statutory"  # the law wants it: no opt-out, proof kept
    EMERGENCY = "emergency"  # goes through quiet hours
    INFORMATIONAL = "informational"  # the person's preferences decide


class NoticeKind(StrEnum):
    CONVOCATION = "convocation"
    SESSION_MOVED = "session_moved"
    SESSION_CANCELLED = "session_cancelled"
    SESSION_NEWS = "session_news"  # what those who follow a body are told of its sessions
    REMINDER = "reminder"
    ANNOUNCEMENT = "announcement"
    AGENDA_CHANGED = "agenda_changed"  # after the convocation, to all who got it
    TASK = "task"  # what is asked of whoever prepares a session: a deadline, a proposal, an item
    PETITION = "petition"  # what befalls a petition, to who follows it and who sees to it
    REQUEST = "request"  # what staff are told of a request to the town hall
    APPROVAL = "approval"  # what those who write and decide are told of a text


# What tells a member when and where to be.
TELLING = frozenset({NoticeKind.CONVOCATION, NoticeKind.SESSION_MOVED})


class NoticeState(StrEnum):
    EXPANDING = "expanding"  # its audience is being read, page by page
    EXPANDED = "expanded"  # every delivery is stored


class AudienceKind(StrEnum):
    """Who a notice is for."""

    BODY = "body"  # members in office of a body; `ref` is the body's key
    PERSON = "person"  # one person; `ref` is their id
    TOLD = "told"  # all who were told of a session; `ref` is the session's id
    EVERYONE = "everyone"
    ASKED = "asked"  # who asked by name to be told of a topic, which is `ref`
    # who follows an item, what it is about, or its body without a seat in it; `ref` is `40:council`
    ITEM = "item"
    ABOUT = "about"  # who follows what an item is about in their own words; `ref` is `40:council`
    FOLLOWERS = "followers"  # who follows a body without sitting in it; `ref` is the body's key


# Their `ref` is the key of a body.
OF_A_BODY = frozenset({AudienceKind.BODY, AudienceKind.FOLLOWERS})
# Their `ref` is the id of an item, and the key of its body.
OF_AN_ITEM = frozenset({AudienceKind.ITEM, AudienceKind.ABOUT})


@dataclass(frozen=True, slots=True)
class Audience:
    kind: AudienceKind
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """One publication: its content in every language, frozen when it is made.

    `expires_at`: after it, nobody is told any more. `reach`: how far it really goes. `created_by`:
    who published it, as the audit log names them.
    """

    id: int
    notice_class: NoticeClass
    kind: NoticeKind
    audience: Audience
    content: Content
    created_at: datetime
    session_id: int | None = None
    expires_at: datetime | None = None
    state: NoticeState = NoticeState.EXPANDING
    reach: Reach = Reach.EVERYONE
    created_by: str = ""


def in_language(content: Content, language: str, fallback: str = FALLBACK) -> Message:
    """Return what to say to someone who reads `language`: in it, near it, or in the fallback."""
    for known in (language, NEIGHBOURS.get(language, language), fallback):
        if known in content:
            return content[known]
    return content[min(content)]
