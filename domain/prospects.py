"""What would become of notices now: topics by channels, by the very rules that send them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from domain.addresses import PASSING, Channel
from domain.bodies import STAFF
from domain.notices import NoticeClass
from domain.people import Recipient
from domain.preferences import resolve
from domain.routes import Reason, Route, Verdict
from domain.timing import Occasion
from domain.topics import BODY, EVERYTHING, ITEM, PETITION, WORDS, Topic
from domain.wishes import Preferences, Rhythm, Scope, Wish

OF_STAFF = frozenset({Topic.TASKS, Topic.REQUESTS, Topic.APPROVALS})
# A notice on a narrow topic is about a wide one as well.
WITHIN: Mapping[str, Topic] = {
    BODY: Topic.SESSIONS,
    ITEM: Topic.SESSIONS,
    WORDS: Topic.SESSIONS,
    PETITION: Topic.PETITIONS,
}
BEST_FIRST = tuple(Verdict)


class Said(StrEnum):
    """What can be said of a topic and a channel at once; each has a phrase `wishes.said_<value>`.

    `NOTHING` leaves it to what was said more widely.
    """

    NOTHING = "nothing"
    YES = "yes"
    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"
    NO = "no"


RHYTHMS: Mapping[Said, Rhythm] = {Said(rhythm.value): rhythm for rhythm in Rhythm}


@dataclass(frozen=True, slots=True)
class Cell:
    """A topic on a channel: what was said of just these, and what comes of all that was said.

    `route` is None where there is no address.
    """

    channel: Channel
    said: Said
    route: Route | None

    @property
    def verdict(self) -> Verdict:
        return self.route.verdict if self.route else Verdict.SUPPRESSED

    @property
    def reason(self) -> Reason:
        return self.route.reason if self.route else Reason.NO_ADDRESS


@dataclass(frozen=True, slots=True)
class Row:
    """A topic; `said` of it wherever it is told. EVERYTHING stands for all that is not named."""

    topic: str
    said: Said
    cells: tuple[Cell, ...]

    @property
    def is_told(self) -> bool:
        """Whether it reaches them elsewhere than in the mailbox here."""
        return bool(outcomes(self.cells))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happens at once, or at one instant, on some channels."""

    verdict: Verdict
    due_at: datetime | None
    channels: tuple[Channel, ...]


@dataclass(frozen=True, slots=True)
class Prospect:
    """`owed` are the notices that nobody can decline: by their class, and where they go."""

    channels: tuple[Channel, ...]
    rows: tuple[Row, ...]
    owed: Mapping[NoticeClass, tuple[Cell, ...]]


def prospect(occasion: Occasion, recipient: Recipient) -> Prospect:
    """Return what would become of notices; `occasion` tells when, and what is possible here."""
    channels = tuple(_channels(recipient))
    rows = (_row(occasion, recipient, topic, channels) for topic in _topics(recipient))
    owed = {
        kind: _cells(replace(occasion, notice_class=kind), recipient, EVERYTHING, channels)
        for kind in (NoticeClass.STATUTORY, NoticeClass.EMERGENCY)
    }
    return Prospect(channels, tuple(rows), owed)


def outcomes(cells: Iterable[Cell]) -> tuple[Outcome, ...]:
    """Return what comes elsewhere than in the mailbox here, the soonest first."""
    found: dict[tuple[Verdict, datetime | None], list[Channel]] = {}
    for cell in cells:
        if cell.route and cell.verdict is not Verdict.SUPPRESSED:
            found.setdefault((cell.verdict, cell.route.due_at), []).append(cell.channel)
    told = (
        Outcome(verdict, due_at, tuple(one for one in channels if one is not Channel.INBOX))
        for (verdict, due_at), channels in found.items()
    )
    by_time = sorted(told, key=lambda one: BEST_FIRST.index(one.verdict))
    return tuple(one for one in by_time if one.channels)


def said_of(wish: Wish) -> Said:
    if wish.is_wanted is False:
        return Said.NO
    if wish.rhythm:
        return Said(wish.rhythm.value)
    return Said.YES if wish.is_wanted else Said.NOTHING


def saying(asked: Preferences, scope: Scope, said: Said) -> Preferences:
    """Return preferences in which this was said of a topic and a channel, in place of the earlier.

    A rhythm of everything is no wish to be told more.
    """
    rhythm = RHYTHMS.get(said)
    wanted = None if scope == (EVERYTHING, None) and said is not Said.NO else True
    is_wanted = {Said.NOTHING: None, Said.NO: False}.get(said, wanted)
    return asked.wanting(*scope, is_wanted=is_wanted).at_rhythm(rhythm, *scope)


def _row(
    occasion: Occasion, recipient: Recipient, topic: str, channels: tuple[Channel, ...]
) -> Row:
    cells = _cells(occasion, recipient, topic, channels)
    return Row(topic, said_of(recipient.preferences.wish(topic, None)), cells)


def _cells(
    occasion: Occasion, recipient: Recipient, topic: str, channels: tuple[Channel, ...]
) -> tuple[Cell, ...]:
    routes = resolve(replace(occasion, topics=_about(topic)), recipient)
    return tuple(
        Cell(
            channel,
            said_of(recipient.preferences.wish(topic, channel)),
            _best([route for route in routes if route.address.channel is channel]),
        )
        for channel in channels
    )


def _best(routes: list[Route]) -> Route | None:
    return min(routes, key=lambda route: BEST_FIRST.index(route.verdict), default=None)


def _about(topic: str) -> tuple[str, ...]:
    """Return what a notice on a topic is about."""
    wide = next((wide for kind, wide in WITHIN.items() if topic.startswith(kind)), None)
    return (wide.value, topic) if wide else (topic,) if topic else ()


def _topics(recipient: Recipient) -> Iterator[str]:
    """Everything, the topics of the house, then those that were named."""
    yield EVERYTHING
    is_staff = bool(recipient.roles & STAFF)
    house = [one.value for one in Topic if is_staff or one not in OF_STAFF]
    yield from house
    named = {topic for topic, _ in recipient.preferences.wishes}
    yield from sorted(named - {EVERYTHING, *house})


def _channels(recipient: Recipient) -> list[Channel]:
    """Where they have an address, and what they spoke of."""
    theirs = {address.channel for address in recipient.addresses}
    theirs |= {channel for _, channel in recipient.preferences.wishes if channel}
    return [channel for channel in Channel if channel in theirs - PASSING]
