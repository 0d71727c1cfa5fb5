"""What happens to a session besides its sittings: the papers that go and come, with their days."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class SessionFact(StrEnum):
    """The facts that duties of the law run from, or are fulfilled by (domain/law/packs)."""

    REQUEST_FILED = "request_filed"  # who wants an extraordinary session has filed for it
    REQUEST_RECEIVED = "request_received"
    REQUEST_ANSWERED = "request_answered"
    AGENDA_SENT = "agenda_sent"  # to the governor
    AGENDA_RECEIVED = "agenda_received"  # by the governor
    GOVERNOR_ANSWERED = "governor_answered"  # added, objected, or let it be
    FIRST_FAILED = "first_failed"  # no quorum at the first meeting
    RECONVENED = "reconvened"
    SECOND_FAILED = "second_failed"
    OPENED = "opened"
    EXTENDED = "extended"
    CLOSED = "closed"
    REGISTER_SENT = "register_sent"  # of attendance, to the governor
    DECISIONS_POSTED = "decisions_posted"
    MINUTES_RECEIVED = "minutes_received"  # an arrondissement's, by the council's president
    MINUTES_SIGNED = "minutes_signed"  # by the president and the secretary (art. 47)
    MINUTES_GIVEN = "minutes_given"  # to every member
    MINUTES_SENT = "minutes_sent"  # to the governor
    MINUTES_SETTLED = "minutes_settled"
    MINUTES_PUBLISHED = "minutes_published"
    MINUTES_ARCHIVED = "minutes_archived"
    MINUTES_CORRECTED = "minutes_corrected"  # by another text, agreed to and signed as they were


F = SessionFact
# What moves the session or its minutes is noted by whoever moves them; papers are noted by hand.
PAPERS = frozenset(SessionFact) - {
    F.FIRST_FAILED,
    F.RECONVENED,
    F.SECOND_FAILED,
    F.OPENED,
    F.EXTENDED,
    F.CLOSED,
    F.MINUTES_CORRECTED,
}
# What cannot have happened without something before it.
AFTER = {
    F.REQUEST_ANSWERED: F.REQUEST_RECEIVED,
    F.AGENDA_RECEIVED: F.AGENDA_SENT,
    F.GOVERNOR_ANSWERED: F.AGENDA_RECEIVED,
    F.REGISTER_SENT: F.OPENED,
    F.DECISIONS_POSTED: F.OPENED,
    F.MINUTES_RECEIVED: F.CLOSED,
    F.MINUTES_SIGNED: F.CLOSED,
    F.MINUTES_GIVEN: F.OPENED,
    F.MINUTES_SENT: F.CLOSED,
    F.MINUTES_PUBLISHED: F.CLOSED,
    F.MINUTES_ARCHIVED: F.MINUTES_SIGNED,
}


@dataclass(frozen=True, slots=True)
class Noted:
    """A fact and the local day it happened on; noting it anew corrects the day."""

    fact: SessionFact
    on: date
