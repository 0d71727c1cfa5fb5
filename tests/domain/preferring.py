"""Who is told where and when, a second time and as told aloud; and people invented to try it."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from random import Random
from zoneinfo import ZoneInfo

from domain.addresses import Address, Channel
from domain.bodies import Role
from domain.notices import NoticeClass
from domain.people import Recipient
from domain.policies import Policy
from domain.preferences import Occasion, Reason, Verdict
from domain.quiet_hours import QuietSpan
from domain.wishes import Preferences, Rhythm, Wish

THEN = datetime(2026, 1, 1, tzinfo=UTC)
TOPICS = ("sessions", "announcements", "body:arr:anfa")
ZONES = ("Africa/Casablanca", "Europe/Paris", "Asia/Tokyo")
ROLES = (Role.CLERK, Role.MEMBER)
FIVE_MINUTES = timedelta(minutes=5)
Answer = tuple[Verdict, Reason, datetime | None]


def some_recipient(chance: Random) -> Recipient:
    """Invent a recipient: any addresses in any state, any wishes, contradictions welcome."""
    places = tuple(
        Address(
            id=chance.randrange(100) * 10 + number,
            person_id=1,
            channel=chance.choice(list(Channel)),
            value="x",
            is_declared=chance.random() < 0.2,
            verified_at=chance.choice([None, THEN, THEN]),
            quarantined_at=chance.choice([None, None, None, THEN]),
        )
        for number in range(chance.randrange(6))
    )
    return Recipient(
        1,
        "fr",
        places,
        some_preferences(chance),
        frozenset(chance.sample(ROLES, chance.randrange(3))),
        chance.choice([0, 0, 0, 3, 10, 11]),
    )


def some_preferences(chance: Random) -> Preferences:
    scopes = [
        (chance.choice(["", "", *TOPICS]), chance.choice([None, *Channel]))
        for _ in range(chance.randrange(7))
    ]
    quiet = {
        QuietSpan(chance.randrange(7), time(chance.randrange(24)), time(chance.randrange(24), 30))
        for _ in range(chance.choice([0, 0, 1, 6]))
    }
    return Preferences(
        wishes={
            scope: wish
            for scope in scopes
            if (wish := Wish(chance.choice([None, True, False]), chance.choice([None, *Rhythm])))
            != Wish()
        },
        stopped=frozenset(chance.sample([None, *Channel], chance.choice([0, 0, 0, 1]))),
        quiet=tuple(sorted(quiet, key=lambda span: (span.weekday, span.starts, span.ends))),
        digest_at=time(chance.randrange(24), chance.choice([0, 30])),
        digest_on=chance.randrange(7),
        zone=chance.choice([None, None, *ZONES]),
    )


def some_occasion(chance: Random) -> Occasion:
    now = datetime(2026, 3, 20, tzinfo=UTC) + chance.randrange(3000) * FIVE_MINUTES
    lasts = chance.choice([None, None, 1, 10, 100])
    return Occasion(
        chance.choice(list(NoticeClass)),
        tuple(chance.sample(TOPICS, chance.choice([1, 2]))),
        now,
        ZoneInfo(chance.choice(ZONES)),
        frozenset(chance.sample(list(Channel), chance.randrange(len(Channel) + 1))),
        Policy(
            forced=_ways(chance),
            forbidden=_ways(chance),
            roles={Role.CLERK: frozenset({Channel.SLACK, Channel.EMAIL})}
            if chance.random() < 0.5
            else {},
        ),
        now + timedelta(hours=lasts) if lasts else None,
    )


def _ways(chance: Random) -> dict[str, frozenset[Channel]]:
    if chance.random() < 0.7:
        return {}
    return {chance.choice(["all", *TOPICS]): frozenset(chance.sample(list(Channel), 2))}


def naive(occasion: Occasion, recipient: Recipient) -> list[Answer]:
    """Return verdict, reason and hour for every address, one question after the other."""
    return [_answer(occasion, recipient, one) for one in recipient.addresses]


def _answer(occasion: Occasion, recipient: Recipient, one: Address) -> Answer:
    why = _whether(occasion, recipient, one)
    if isinstance(why, Reason):
        return Verdict.SUPPRESSED, why, None
    reason = why[0]
    asked = recipient.preferences
    zone = ZoneInfo(asked.zone) if asked.zone else occasion.zone
    if (
        occasion.notice_class == "emergency"
        or one.channel in ("inbox", "webhook")
        or reason == "declared"
    ):
        return Verdict.SENT, reason, None
    delayed = False
    if occasion.notice_class == "informational":
        rhythm = _rhythm(occasion, asked, one.channel)
        full = recipient.told_lately >= 10
        if rhythm != "at_once" or full:
            due = loud_again(
                next_hour(occasion.now, asked, zone, weekly=rhythm == "weekly"), asked.quiet, zone
            )
            if occasion.expires_at is None or due < occasion.expires_at:
                said = Reason.DIGEST if rhythm != "at_once" else Reason.THROTTLED
                return Verdict.DIGESTED, said, due
            delayed = True
    until = loud_again(occasion.now, asked.quiet, zone)
    if until != occasion.now:
        if occasion.expires_at is None or until < occasion.expires_at:
            return Verdict.HELD, Reason.QUIET_HOURS, until
        delayed = True
    return Verdict.SENT, Reason.CANNOT_WAIT if delayed else reason, None


def _whether(  # noqa: C901, PLR0911, PLR0912 - one question after the other
    occasion: Occasion, recipient: Recipient, one: Address
) -> Reason | list[Reason]:
    """Return [why it is sent], or why it is not."""
    asked, legal = recipient.preferences, occasion.notice_class == "statutory"
    owed = legal and one.is_declared
    if one.channel not in occasion.carried:
        return Reason.NO_CARRIER
    if one.channel == "web":
        return Reason.NOT_CHOSEN
    if one.quarantined_at:
        return Reason.QUARANTINED
    if one.verified_at is None and not owed and one.channel != "inbox":
        return Reason.UNVERIFIED
    if owed:
        return [Reason.DECLARED]
    if legal and one.channel == "inbox":
        return [Reason.STATUTORY]
    if None in asked.stopped or one.channel in asked.stopped:
        return Reason.OPTED_OUT
    if occasion.notice_class == "emergency":
        return [Reason.EMERGENCY]
    if one.channel in ("email", "sms", "whatsapp", "telegram", "slack"):
        same = [
            other
            for other in recipient.addresses
            if other.channel == one.channel and other.verified_at and not other.quarantined_at
        ]
        same.sort(key=lambda other: other.id)
        best = [other for other in same if other.is_declared] + same
        if best[0].id != one.id:
            return Reason.OTHER_ADDRESS
    return _wished(occasion, recipient, one)


def _wished(  # noqa: PLR0911 - one question after the other
    occasion: Occasion, recipient: Recipient, one: Address
) -> Reason | list[Reason]:
    asked, topics = recipient.preferences, occasion.topics
    for ways, answer in (
        (occasion.policy.forced, [Reason.FORCED]),
        (occasion.policy.forbidden, Reason.FORBIDDEN),
    ):
        if any(one.channel in ways.get(topic, ()) for topic in ("all", *topics)):
            return answer
    here = [w.is_wanted for t in topics if (w := asked.wishes.get((t, one.channel)))]
    if False in here:
        return Reason.TOPIC_DECLINED_HERE
    if True in here:
        return [Reason.CHOSEN_FOR_TOPIC]
    follows = [w.is_wanted for t in topics if (w := asked.wishes.get((t, None)))]
    if False in follows:
        return Reason.TOPIC_DECLINED
    channel = asked.wishes.get(("", one.channel), Wish()).is_wanted
    if channel is not None:
        return [Reason.CHOSEN] if channel else Reason.DECLINED
    if asked.wishes.get(("", None), Wish()).is_wanted is False and True not in follows:
        return Reason.MUTED
    return _defaults(occasion, recipient, one)


def _defaults(occasion: Occasion, recipient: Recipient, one: Address) -> Reason | list[Reason]:
    if one.channel == "inbox":
        return [Reason.DEFAULT]
    asked = recipient.preferences
    chose = [
        c
        for (t, c), w in asked.wishes.items()
        if c and w.is_wanted and (not t or t in occasion.topics)
    ]
    if chose:
        return Reason.NOT_CHOSEN
    theirs = [occasion.policy.roles[r] for r in recipient.roles if r in occasion.policy.roles]
    if theirs:
        return [Reason.ROLE] if any(one.channel in t for t in theirs) else Reason.NOT_CHOSEN
    for way in ("email", "telegram", "slack", "sms"):
        no = asked.wishes.get(("", Channel(way)), Wish()).is_wanted is False
        open_there = any(
            a.channel == way and a.verified_at and not a.quarantined_at for a in recipient.addresses
        )
        if open_there and way in occasion.carried and not no:
            return [Reason.DEFAULT] if one.channel == way else Reason.NOT_CHOSEN
    return Reason.NOT_CHOSEN


def _rhythm(occasion: Occasion, asked: Preferences, channel: Channel) -> str:
    for where in (channel, None):
        said = [asked.wishes.get((t, where), Wish()).rhythm for t in occasion.topics]
        for rhythm in Rhythm:
            if rhythm in said:
                return rhythm
    for where in (channel, None):
        found = asked.wishes.get(("", where), Wish()).rhythm
        if found:
            return found
    return "at_once"


def next_hour(after: datetime, asked: Preferences, zone: tzinfo, *, weekly: bool) -> datetime:
    """Return the next hour of a digest: look at every day in turn."""
    day: date = after.astimezone(zone).date() - timedelta(days=1)
    while True:
        day += timedelta(days=1)
        hour = datetime.combine(day, asked.digest_at, tzinfo=zone).astimezone(UTC)
        if hour > after and (not weekly or day.weekday() == asked.digest_on):
            return hour


def loud_again(at: datetime, quiet: tuple[QuietSpan, ...], zone: tzinfo) -> datetime:
    """Return `at`, or the first minute after it that is not quiet: look at every minute in turn."""
    moment = at
    while _is_quiet(moment, quiet, zone):
        moment = moment.replace(second=0, microsecond=0) + timedelta(minutes=1)
    return moment


def _is_quiet(at: datetime, quiet: tuple[QuietSpan, ...], zone: tzinfo) -> bool:
    wall = at.astimezone(zone)
    day, hour = wall.weekday(), wall.time()
    for span in quiet:
        into_the_next_day = span.ends <= span.starts
        if into_the_next_day:
            if day == span.weekday and hour >= span.starts:
                return True
            if day == (span.weekday + 1) % 7 and hour < span.ends:
                return True
        elif day == span.weekday and span.starts <= hour < span.ends:
            return True
    return False
