"""Other municipal systems that hear what the council publishes, and when one has fallen silent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from domain.messages import Message
from domain.notices import AudienceKind, NoticeClass, NoticeKind

# What is the council's own news. Reminders, and what is said to one person, are nobody else's.
TOLD_KINDS = (
    NoticeKind.CONVOCATION,
    NoticeKind.SESSION_MOVED,
    NoticeKind.SESSION_CANCELLED,
    NoticeKind.ANNOUNCEMENT,
)
# Announcements to these are said among the members.
FOR_MEMBERS = frozenset({AudienceKind.BODY, AudienceKind.TOLD})
MOST_FAILURES = 10
LONGEST_SILENCE = timedelta(days=3)


class WebhookState(StrEnum):
    LIVE = "live"
    SUSPENDED = "suspended"  # it did not answer for too long, or said that it is gone


@dataclass(frozen=True, slots=True)
class Webhook:
    """One system. `kinds` and `bodies`, when not empty, are all it wants to hear of.

    `failures` and `failing_since` count since it last answered. `code` is its last failure's.
    `secret_before` signs as well until `secret_before_until`, so that it may change its own at any
    time until then.
    """

    name: str
    url: str
    secret: str
    kinds: frozenset[NoticeKind] = frozenset()
    bodies: frozenset[str] = frozenset()
    state: WebhookState = WebhookState.LIVE
    failures: int = 0
    failing_since: datetime | None = None
    code: str | None = None
    secret_before: str | None = None
    secret_before_until: datetime | None = None

    def secrets(self, now: datetime) -> tuple[str, ...]:
        """Return those that sign now, the newest first."""
        until = self.secret_before_until
        if self.secret_before and until and now < until:
            return self.secret, self.secret_before
        return (self.secret,)

    @property
    def is_live(self) -> bool:
        return self.state is WebhookState.LIVE

    def wants(self, kind: NoticeKind, audience: AudienceKind, body_key: str | None) -> bool:
        """Say whether it hears of a notice. `body_key`: the body it is of or for, if one.

        An announcement to one body is for those alone who named that body.
        """
        if kind not in (self.kinds or TOLD_KINDS) or audience is AudienceKind.PERSON:
            return False
        if kind is NoticeKind.ANNOUNCEMENT and audience in FOR_MEMBERS:
            return body_key in self.bodies
        return not self.bodies or body_key is None or body_key in self.bodies


def is_silent(failures: int, failing_since: datetime, now: datetime) -> bool:
    """Say whether a system is given up: it failed often enough, and for long enough."""
    return failures >= MOST_FAILURES and now - failing_since >= LONGEST_SILENCE


@dataclass(frozen=True, slots=True)
class Bulletin:
    """What a system is told of one notice: nothing of whom else it went to.

    `public_files` are the sha256 of the documents that anybody may see. `is_closed`: the text
    names what is debated behind closed doors, and stays with the members.
    """

    kind: str
    content: Mapping[str, Message]
    notice_id: int | None = None
    notice_class: NoticeClass | None = None
    published_at: datetime | None = None
    body_key: str | None = None
    session_id: int | None = None
    public_files: frozenset[str] = field(default_factory=frozenset)
    is_closed: bool = False
