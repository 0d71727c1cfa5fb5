from datetime import UTC, datetime, timedelta

import pytest

from domain.notices import AudienceKind, NoticeKind
from domain.webhooks import Webhook, is_silent

NOW = datetime(2026, 1, 28, 9, 0, tzinfo=UTC)
EVERYTHING = Webhook("gis", "https://gis.commune.ma/", "secret")
COUNCIL = Webhook("gis", "https://gis.commune.ma/", "secret", bodies=frozenset({"council"}))
MOVES = Webhook(
    "gis", "https://gis.commune.ma/", "secret", kinds=frozenset({NoticeKind.SESSION_MOVED})
)

WANTED = [
    (EVERYTHING, NoticeKind.CONVOCATION, AudienceKind.BODY, "com:budget"),
    (EVERYTHING, NoticeKind.SESSION_CANCELLED, AudienceKind.TOLD, "council"),
    (EVERYTHING, NoticeKind.ANNOUNCEMENT, AudienceKind.EVERYONE, None),
    (COUNCIL, NoticeKind.CONVOCATION, AudienceKind.BODY, "council"),
    (COUNCIL, NoticeKind.ANNOUNCEMENT, AudienceKind.EVERYONE, None),
    (COUNCIL, NoticeKind.ANNOUNCEMENT, AudienceKind.BODY, "council"),
    (COUNCIL, NoticeKind.ANNOUNCEMENT, AudienceKind.FOLLOWERS, "council"),
    (EVERYTHING, NoticeKind.ANNOUNCEMENT, AudienceKind.FOLLOWERS, "com:budget"),
    (MOVES, NoticeKind.SESSION_MOVED, AudienceKind.TOLD, "council"),
]
UNWANTED = [
    (EVERYTHING, NoticeKind.REMINDER, AudienceKind.BODY, "council"),
    (EVERYTHING, NoticeKind.ANNOUNCEMENT, AudienceKind.PERSON, None),
    (EVERYTHING, NoticeKind.ANNOUNCEMENT, AudienceKind.BODY, "council"),
    (EVERYTHING, NoticeKind.ANNOUNCEMENT, AudienceKind.TOLD, None),
    (COUNCIL, NoticeKind.CONVOCATION, AudienceKind.BODY, "com:budget"),
    (COUNCIL, NoticeKind.ANNOUNCEMENT, AudienceKind.FOLLOWERS, "com:budget"),
    (EVERYTHING, NoticeKind.SESSION_NEWS, AudienceKind.FOLLOWERS, "council"),
    (MOVES, NoticeKind.CONVOCATION, AudienceKind.BODY, "council"),
]


@pytest.mark.parametrize(("system", "kind", "audience", "body"), WANTED)
def test_a_system_hears_what_is_news_and_what_it_asked_for(
    system: Webhook, kind: NoticeKind, audience: AudienceKind, body: str | None
) -> None:
    assert system.wants(kind, audience, body)


@pytest.mark.parametrize(("system", "kind", "audience", "body"), UNWANTED)
def test_a_system_hears_nothing_that_is_said_to_some_alone(
    system: Webhook, kind: NoticeKind, audience: AudienceKind, body: str | None
) -> None:
    assert not system.wants(kind, audience, body)


@pytest.mark.parametrize(
    ("failures", "days", "silent"), [(10, 3, True), (9, 30, False), (1000, 2.9, False)]
)
def test_a_system_is_given_up_after_many_failures_over_days(
    *, failures: int, days: float, silent: bool
) -> None:
    assert is_silent(failures, NOW - timedelta(days=days), NOW) is silent
