"""What is said of notices."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from actions.notices.rehearsing import Foretold
from domain.addresses import Channel, masked
from domain.deliveries import State
from domain.estimates import Standstill
from domain.messages import Message
from domain.notices import Audience, AudienceKind, Notice, NoticeClass, NoticeKind, NoticeState
from domain.preferences import Reason, Verdict
from domain.trials import Reach
from store.overview import Sent, Tally

# What is said to one person, or what staff are told of one, is not told on.
TOLD_ON = frozenset({NoticeKind.ANNOUNCEMENT})


class Words(Struct, frozen=True, forbid_unknown_fields=True):
    """What is said in one language."""

    title: Annotated[str, Meta(min_length=1, max_length=300)]
    text: Annotated[str, Meta(min_length=1, max_length=20_000)]


class Content(Struct, frozen=True, forbid_unknown_fields=True):
    """What is said, in each of the three languages."""

    fr: Words
    ar: Words
    en: Words


class AudienceSaid(Struct, frozen=True, forbid_unknown_fields=True):
    """Who a notice is for."""

    kind: Literal["body", "followers", "everyone", "person", "told"]
    ref: Annotated[
        str,
        Meta(
            pattern=r"^([a-z][a-z0-9:._-]{0,63}|[0-9]{0,15})$",
            description="The key of a body, or the number of a person or a session.",
        ),
    ] = ""


class NewNotice(Struct, frozen=True, forbid_unknown_fields=True):
    """What is to be announced."""

    audience: AudienceSaid
    content: Content
    called: Annotated[
        Literal["informational", "emergency"],
        Meta(description="Statutory notices are made by their own acts alone."),
    ] = field(name="class", default="informational")

    @property
    def notice_class(self) -> NoticeClass:
        return NoticeClass(self.called)

    @property
    def whom(self) -> Audience:
        return Audience(AudienceKind(self.audience.kind), self.audience.ref)

    @property
    def texts(self) -> dict[str, tuple[str, str]]:
        """The title and text, by language."""
        said = {"fr": self.content.fr, "ar": self.content.ar, "en": self.content.en}
        return {language: (words.title, words.text) for language, words in said.items()}

    @property
    def messages(self) -> dict[str, Message]:
        """What each language is told."""
        return {
            language: Message(language=language, title=title, text=text)
            for language, (title, text) in self.texts.items()
        }


class Count(Struct, frozen=True):
    """How many deliveries are alike."""

    channel: Channel
    state: State
    reason: Reason
    code: str | None
    count: int


class NoticeShown(Struct, frozen=True):
    """A notice, and how far it has come."""

    id: int
    notice_class: NoticeClass = field(name="class")
    kind: NoticeKind
    audience: AudienceKind
    audience_ref: str
    session_id: int | None
    state: Annotated[NoticeState, Meta(description="expanding while its audience is read.")]
    reach: Annotated[Reach, Meta(description="How far it really goes; for others, simulated.")]
    created_at: datetime
    created_by: str
    content: Annotated[
        dict[str, Words] | None, Meta(description="By language; null where it is not told on.")
    ]


class NoticeStatus(Struct, frozen=True):
    """A notice, and what became of it."""

    notice: NoticeShown
    deliveries: list[Count]


class Delivery(Struct, frozen=True):
    """A notice on its way to one address."""

    id: int
    person_id: int | None
    channel: Channel
    address: Annotated[str, Meta(description="Masked, unless the token reads addresses.")]
    state: State
    reason: Reason
    code: str | None
    attempts: int
    queued_at: datetime
    due_at: datetime


class Way(Struct, frozen=True):
    """How many addresses of a channel would be used, or not, and why."""

    channel: Channel
    verdict: Verdict
    reason: Reason
    count: int


class Leaving(Struct, frozen=True):
    """When what leaves on one channel would have left."""

    channel: Channel
    messages: int
    parts: Annotated[int, Meta(description="As the network counts them, such as SMS segments.")]
    ends_at: Annotated[datetime | None, Meta(description="null where nobody can know.")]
    standstill: Annotated[Standstill | None, Meta(description="Why not.")]


class Price(Struct, frozen=True):
    """What it would cost on one channel."""

    channel: str
    parts: int
    total: Annotated[str, Meta(description="A decimal number.")]
    currency: Annotated[str, Meta(description="ISO 4217.")]


class DryRun(Struct, frozen=True):
    """What a notice would do for everyone it is for, were it published now with a live token."""

    recipients: int
    unreached: int
    ways: list[Way]
    leaving: list[Leaving]
    costs: list[Price]


def notice_shown(notice: Notice) -> NoticeShown:
    is_told_on = notice.kind in TOLD_ON and notice.audience.kind is not AudienceKind.PERSON
    said = {
        language: Words(message.title, message.text)
        for language, message in sorted(notice.content.items())
    }
    return NoticeShown(
        id=notice.id,
        notice_class=notice.notice_class,
        kind=notice.kind,
        audience=notice.audience.kind,
        audience_ref=notice.audience.ref,
        session_id=notice.session_id,
        state=notice.state,
        reach=notice.reach,
        created_at=notice.created_at,
        created_by=notice.created_by,
        content=said if is_told_on else None,
    )


def status_shown(notice: Notice, tallies: list[Tally]) -> NoticeStatus:
    counts = [Count(one.channel, one.state, one.reason, one.code, one.count) for one in tallies]
    return NoticeStatus(notice_shown(notice), counts)


def delivery_shown(sent: Sent, *, is_masked: bool) -> Delivery:
    return Delivery(
        id=sent.id,
        person_id=sent.person_id,
        channel=sent.channel,
        address=masked(sent.channel, sent.address) if is_masked else sent.address,
        state=sent.state,
        reason=sent.reason,
        code=sent.code,
        attempts=sent.attempts,
        queued_at=sent.queued_at,
        due_at=sent.due_at,
    )


def dry_run_shown(found: Foretold) -> DryRun:
    done = found.rehearsal
    return DryRun(
        done.recipients,
        done.unreached,
        [Way(*way, count) for way, count in sorted(done.ways.items())],
        [
            Leaving(
                one.load.channel, one.load.messages, one.load.parts, one.ends_at, one.standstill
            )
            for one in found.estimates
        ],
        [Price(one.channel, one.parts, str(one.total), one.currency) for one in found.costs],
    )
