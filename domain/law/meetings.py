"""The meeting that follows one without a quorum: when to send for it, and when it is held."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from domain.law.deadlines import Deadline, deadline
from domain.law.loading import pack
from domain.law.workdays import HolidayEdits, WorkingCalendar
from domain.sessions import SessionKind

A_WEEK = timedelta(days=7)  # looked ahead, and waited where a law says nothing
EARLIEST, LATEST = "second_convocation_earliest_sending", "second_convocation_latest_sending"
THIRD = "third_meeting"
THIRD_OTHERWISE = "third_meeting_after_third_working_day"
AFTER_GOVERNORS = "extraordinary_governor_after_failed_quorum"
FRENCH = "second_meeting_earliest"


@dataclass(frozen=True, slots=True)
class NextMeeting:
    """The nth meeting, local dates throughout; sending is free where no window is given.

    `other` is the day by the other reading of the law, where it is another; `within` is the last
    day of the meeting by it. No reading has it before `not_before`. `sentences` say how the days
    were reached, that of the earliest one first.
    """

    number: int
    on: date
    send_from: date | None = None
    send_until: date | None = None
    other: date | None = None
    within: date | None = None
    not_before: date | None = None
    keeps_hour: bool = False
    sentences: tuple[str, ...] = ()

    def is_early(self, sending: date) -> bool:
        return self.send_from is not None and sending < self.send_from

    def is_late(self, sending: date) -> bool:
        return self.send_until is not None and sending > self.send_until

    def is_too_soon(self, on: date) -> bool:
        return self.not_before is not None and on < self.not_before

    def is_disputed(self, on: date) -> bool:
        """Say whether a meeting on a day is held by one reading of the law alone."""
        is_past = self.within is not None and on > self.within
        return is_past or (self.other is not None and on < self.other)


@dataclass(frozen=True, slots=True)
class Failed:
    """A meeting without a quorum: its number, the day fixed for it, and what the law looks at.

    `today` is the local day on which the next one is sent for.
    """

    pack_key: str
    number: int
    on: date
    today: date
    kind: SessionKind = SessionKind.ORDINARY
    holidays: HolidayEdits = field(default_factory=HolidayEdits)
    language: str = "en"

    def says(self, rule: str) -> bool:
        return f"{self.pack_key}.{rule}" in pack(self.pack_key).deadlines

    def reached(self, rule: str, name: str, day: date, *otherwise: str) -> Deadline:
        return deadline(
            f"{self.pack_key}.{rule}",
            {name: day},
            language=self.language,
            holidays=self.holidays,
            alternatives=otherwise,
        )

    def working_days(self, after: date) -> Iterator[date]:
        """Yield the working days of the week after a day."""
        calendar = WorkingCalendar(pack(self.pack_key), self.holidays)
        days = (after + timedelta(days=number) for number in range(1, A_WEEK.days * 2))
        return (day for day in days if calendar.is_working(day))


def next_meeting(failed: Failed) -> NextMeeting:
    """Return the meeting to call after one without a quorum (law 113-14, arts 37, 42; L2121-17).

    Of the days the law leaves open, the last working day that both its readings allow, where there
    is one; else the first after the sending.
    """
    if failed.kind is SessionKind.EXTRAORDINARY_GOVERNOR and failed.says(AFTER_GOVERNORS):
        after = failed.reached(AFTER_GOVERNORS, "session_date", failed.on)
        return NextMeeting(
            failed.number + 1, after.date, not_before=after.date, sentences=(after.sentence,)
        )
    if failed.number > 1 and failed.says(THIRD):
        return _third(failed)
    if failed.says(EARLIEST):
        return _second(failed)
    if failed.says(FRENCH):
        after = failed.reached(FRENCH, "second_convocation_sent", failed.today)
        on = next(failed.working_days(after.date - timedelta(days=1)))
        return NextMeeting(
            failed.number + 1, on, not_before=after.date, sentences=(after.sentence,)
        )
    return NextMeeting(failed.number + 1, failed.on + A_WEEK)


def _second(failed: Failed) -> NextMeeting:
    name = "first_meeting_date"
    earliest = failed.reached(EARLIEST, name, failed.on)
    latest = failed.reached(LATEST, name, failed.on)
    sending = max(failed.today, earliest.date)
    days = list(failed.working_days(sending))
    undisputed = [day for day in days if day <= latest.date]
    return NextMeeting(
        failed.number + 1,
        undisputed[-1] if undisputed else days[0],
        send_from=earliest.date,
        send_until=latest.date,
        within=latest.date,
        not_before=earliest.date,
        sentences=(earliest.sentence, latest.sentence),
    )


def _third(failed: Failed) -> NextMeeting:
    name = "second_meeting_date"
    third = failed.reached(THIRD, name, failed.on)
    other = failed.reached(THIRD, name, failed.on, THIRD_OTHERWISE)
    return NextMeeting(
        failed.number + 1,
        third.date,
        other=other.date if other.date != third.date else None,
        not_before=third.date,
        keeps_hour=True,
        sentences=(third.sentence,),
    )
