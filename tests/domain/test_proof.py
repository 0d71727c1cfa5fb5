from dataclasses import replace
from datetime import UTC, date, datetime

from domain.addresses import Channel
from domain.clock import zone
from domain.deliveries import State
from domain.notices import NoticeKind
from domain.preferences import Reason
from domain.proof import Lack, Line, Member, Owed, missing

OWED = Owed(
    notice_ids=frozenset({1}),
    agenda=frozenset({"agenda"}),
    latest=date(2026, 1, 26),
    place=zone("Africa/Casablanca"),
)
AMINA = Member(1, "Amina", (Channel.EMAIL, "amina@elus.example"))
SENT = Line(
    notice_id=1,
    kind=NoticeKind.CONVOCATION,
    person_id=1,
    channel=Channel.EMAIL,
    address="amina@elus.example",
    reason=Reason.DECLARED,
    state=State.ACCEPTED,
    code=None,
    papers=("agenda", "report"),
    queued_at=datetime(2026, 1, 26, 9, tzinfo=UTC),
    due_at=datetime(2026, 1, 26, 9, tzinfo=UTC),
    sent_at=datetime(2026, 1, 26, 9, tzinfo=UTC),
)
CHANGE = replace(SENT, notice_id=2, kind=NoticeKind.SESSION_MOVED, papers=())


def lacks(*lines: Line, member: Member = AMINA, owed: Owed = OWED) -> list[Lack]:
    return [one.lack for one in missing([member], lines, owed)]


def test_a_convocation_sent_in_time_with_the_agenda_counts() -> None:
    assert lacks(SENT) == []


def test_who_declared_no_address_is_missing() -> None:
    assert lacks(SENT, member=Member(1, "Amina", None)) == [Lack.NO_DECLARED_ADDRESS]


def test_another_address_than_the_declared_one_does_not_count() -> None:
    assert lacks(replace(SENT, channel=Channel.TELEGRAM, address="7")) == [Lack.NOT_SENT]


def test_a_convocation_still_waiting_does_not_count() -> None:
    assert lacks(replace(SENT, state=State.QUEUED, sent_at=None)) == [Lack.NOT_SENT]


def test_a_convocation_that_failed_or_is_uncertain_does_not_count() -> None:
    for state in (State.FAILED, State.UNCERTAIN, State.SUPPRESSED):
        assert lacks(replace(SENT, state=state, sent_at=None)) == [Lack.FAILED]


def test_a_day_ends_where_the_council_sits() -> None:
    # 23:30 UTC on the 26th is the 27th in Casablanca.
    assert lacks(replace(SENT, sent_at=datetime(2026, 1, 26, 23, 30, tzinfo=UTC))) == [Lack.LATE]


def test_word_of_a_change_is_owed_as_early_as_the_convocation() -> None:
    both = replace(OWED, notice_ids=frozenset({1, 2}))
    assert lacks(SENT, owed=both) == [Lack.NOT_SENT]
    assert lacks(SENT, CHANGE, owed=both) == []
    late = replace(CHANGE, sent_at=datetime(2026, 1, 29, 9, tzinfo=UTC))
    assert lacks(SENT, late, owed=both) == [Lack.LATE]


def test_a_convocation_without_the_agenda_does_not_count() -> None:
    assert lacks(replace(SENT, papers=("report",))) == [Lack.NO_AGENDA]


def test_a_law_without_a_day_leaves_nobody_late() -> None:
    assert (
        lacks(
            replace(SENT, sent_at=datetime(2026, 2, 4, tzinfo=UTC)), owed=replace(OWED, latest=None)
        )
        == []
    )
