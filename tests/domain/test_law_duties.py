"""What the law asks next, over a session's life: the worked calendar of February 2026."""

from datetime import date

import pytest

from domain import law
from domain.bodies import BodyKind, Role
from domain.law import DutyOf

OPENS = date(2026, 2, 5)
PLANNED = {"session_date": OPENS, "session_kind": "ordinary", "body_kind": BodyKind.COUNCIL}
CLOSED = {**PLANNED, "agenda_sent": date(2026, 1, 16), "convened": date(2026, 1, 26)}
CLOSED |= {"opened": OPENS, "closed": date(2026, 2, 19)}


def days(facts: dict[str, object], of: DutyOf = DutyOf.SESSION) -> dict[str, str]:
    found = law.duties("ma", of, facts)
    return {duty.name: duty.deadline.date.isoformat() for duty in found if duty.is_open}


def test_a_planned_session_wants_its_agenda_sent_and_its_convocations() -> None:
    assert days(PLANNED) == {
        "send_agenda_to_governor": "2026-01-16",
        "send_convocations": "2026-01-26",
    }


def test_what_was_done_is_no_longer_asked() -> None:
    sent = {**PLANNED, "agenda_sent": date(2026, 1, 16), "agenda_received": date(2026, 1, 16)}
    assert days(sent) == {"hear_from_governor": "2026-01-24", "send_convocations": "2026-01-26"}


def test_a_closed_session_leaves_four_duties_on_the_worked_days() -> None:
    assert days(CLOSED) == {
        "send_attendance_register": "2026-02-24",
        "post_decisions": "2026-02-27",
        "give_minutes_to_members": "2026-03-06",
        "send_minutes_to_governor": "2026-03-12",
    }


def test_a_failed_quorum_asks_for_another_convocation_and_then_for_a_third_meeting() -> None:
    failed = {**PLANNED, "agenda_sent": OPENS, "convened": OPENS, "first_failed": OPENS}
    assert days(failed) == {"send_second_convocation": "2026-02-10"}
    again = {**failed, "reconvened": date(2026, 2, 9), "second_failed": date(2026, 2, 12)}
    assert days(again) == {"hold_third_meeting": "2026-02-17"}


def test_an_extended_session_may_last_longer() -> None:
    open_ = {name: day for name, day in CLOSED.items() if name != "closed"}
    assert days(open_) == {"close_ordinary": "2026-02-19"}
    assert days({**open_, "extended": date(2026, 2, 18)}) == {"close_extended": "2026-03-02"}


def test_an_arrondissement_may_sit_long_and_a_commission_owes_nothing() -> None:
    opened = {**CLOSED, "closed": None}
    assert days({**opened, "body_kind": BodyKind.ARRONDISSEMENT_COUNCIL}) == {}
    assert days({**PLANNED, "body_kind": BodyKind.COMMISSION_PERMANENT}) == {}


def test_a_petition_is_answered_within_three_months_and_france_asks_for_other_things() -> None:
    received: dict[str, object] = {"received": date(2026, 11, 30)}
    assert days(received, DutyOf.PETITION) == {"answer_petition": "2027-02-28"}
    french = law.duties("fr", DutyOf.SESSION, {**CLOSED, "population": 5000})
    assert [duty.name for duty in french if duty.is_open] == ["post_list_of_deliberations"]


def test_what_is_awaited_is_never_late_and_what_is_owed_is_after_its_day() -> None:
    sent = {**PLANNED, "agenda_received": date(2026, 1, 16)}
    late = {duty.name: duty.is_late(OPENS) for duty in law.duties("ma", DutyOf.SESSION, sent)}
    assert late == {
        "send_agenda_to_governor": True,
        "hear_from_governor": False,
        "send_convocations": True,
    }
    done = {**PLANNED, "convened": date(2026, 1, 26)}
    in_time = next(
        duty for duty in law.duties("ma", DutyOf.SESSION, done) if duty.name == "send_convocations"
    )
    assert not in_time.is_late(OPENS)
    assert in_time.owner is Role.COUNCIL_SECRETARIAT


@pytest.mark.parametrize("pack", ["ma", "fr"])
def test_every_duty_rests_on_a_deadline_of_its_pack(pack: str) -> None:
    for rule in law.pack(pack).duties.values():
        assert f"{pack}.{rule.deadline}" in law.pack(pack).deadlines
