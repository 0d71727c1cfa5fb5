"""The words of a session's notices, in every language they are sent in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from domain.agenda import AgendaItem, ItemState
from domain.attendance import Answer, Attendance
from domain.bodies import Body
from domain.clock import wall_time
from domain.messages import Attachment, CalendarEvent, Choice, EventStatus, Message
from domain.phrasebook import LANGUAGES, phrasebook
from domain.sessions import Session, Sitting

ITEMS_SHOWN = 20  # the rest is in the agenda that goes with the notice
UNSAID = frozenset({ItemState.PROPOSED, ItemState.REFUSED, ItemState.WITHDRAWN})

Content = dict[str, Message]


@dataclass(frozen=True, slots=True)
class Meeting:
    """A session with what its notices speak of; `sittings` in order, at least one."""

    session: Session
    body: Body
    sittings: Sequence[Sitting]
    items: Sequence[AgendaItem] = ()

    @property
    def opening(self) -> Sitting:
        return self.sittings[0]

    def name(self, language: str) -> str:
        """Return what the session is called: its kind, and the body that meets."""
        return phrasebook().say(
            "notice.session_name",
            language,
            kind=_capital(self.kind(language)),
            body=self.body.name(language),
        )

    def kind(self, language: str) -> str:
        return phrasebook().say(f"council.kind_{self.session.kind}", language)


def convocation(meeting: Meeting, attachments: Mapping[str, Sequence[Attachment]]) -> Content:
    """Call the members; `attachments` by language."""
    return _in_every_language(
        lambda language: Message(
            language=language,
            title=phrasebook().say("notice.convocation", language, session=meeting.name(language)),
            text="\n\n".join(
                [_called(meeting, language), *_agenda(meeting, language), *_attached(language)]
            ),
            choices=answers(meeting.session.id, language),
            subject=attendance_of(meeting.session.id),
            attachments=tuple(attachments.get(language, ())),
            event=event(meeting, language),
        )
    )


def news(meeting: Meeting) -> Content:
    """Tell those who follow the body; of the agenda, what is debated in public."""
    public = replace(meeting, items=[item for item in meeting.items if item.is_public])
    return _in_every_language(
        lambda language: Message(
            language=language,
            title=phrasebook().say("notice.news", language, session=meeting.name(language)),
            text="\n\n".join(
                [
                    phrasebook().say(
                        "notice.news_text",
                        language,
                        starts=meeting.opening.starts,
                        place=place(meeting.opening, language),
                    ),
                    *_agenda(public, language),
                ]
            ),
            event=event(meeting, language),
        )
    )


def change(meeting: Meeting, before: datetime) -> Content:
    """Tell that the session, planned for the wall time `before`, has moved."""
    return _in_every_language(
        lambda language: Message(
            language=language,
            title=phrasebook().say("notice.moved", language, session=meeting.name(language)),
            text=phrasebook().say(
                "notice.moved_text",
                language,
                before=before,
                after=meeting.opening.starts,
                place=place(meeting.opening, language),
            ),
            choices=answers(meeting.session.id, language),
            subject=attendance_of(meeting.session.id),
            event=event(meeting, language),
        )
    )


def changed_agenda(
    meeting: Meeting,
    before: Mapping[str, str],
    attachments: Mapping[str, Sequence[Attachment]],
) -> Content:
    """Tell what has come on the agenda and gone off it; `before`: how it was told, by language."""
    return _in_every_language(
        lambda language: Message(
            language=language,
            title=phrasebook().say(
                "notice.agenda_changed", language, session=meeting.name(language)
            ),
            text="\n\n".join(
                [
                    phrasebook().say(
                        "notice.agenda_changed_text", language, starts=meeting.opening.starts
                    ),
                    *_differences(meeting, before.get(language, ""), language),
                    *_agenda(meeting, language),
                ]
            ),
            choices=answers(meeting.session.id, language),
            subject=attendance_of(meeting.session.id),
            attachments=tuple(attachments.get(language, ())),
            event=event(meeting, language),
        )
    )


def cancellation(meeting: Meeting, reason: str) -> Content:
    return _in_every_language(
        lambda language: Message(
            language=language,
            title=phrasebook().say("notice.cancelled", language, session=meeting.name(language)),
            text=phrasebook().say(
                "notice.cancelled_text",
                language,
                starts=meeting.opening.starts,
                reason=reason,
            ),
            event=event(meeting, language, status=EventStatus.CANCELLED),
        )
    )


def reminder(meeting: Meeting) -> Content:
    return _in_every_language(
        lambda language: Message(
            language=language,
            title=phrasebook().say("notice.reminder", language, session=meeting.name(language)),
            text=phrasebook().say(
                "notice.reminder_text",
                language,
                starts=meeting.opening.starts,
                place=place(meeting.opening, language),
            ),
            choices=answers(meeting.session.id, language),
            subject=attendance_of(meeting.session.id),
        )
    )


def agenda_document(meeting: Meeting, language: str) -> str:
    """Write the whole agenda with its timetable, as a text file holds it (art. 35)."""
    heading = phrasebook().say("notice.agenda_document", language, session=meeting.name(language))
    lines = [heading, "", *(_sitting_line(sitting, language) for sitting in meeting.sittings), ""]
    return "\n".join([*lines, *(_item(item, language) for item in said(meeting.items))]) + "\n"


def answers(session_id: int, language: str) -> tuple[Choice, ...]:
    """Offer to come, to send an excuse, or to see the agenda."""
    say = phrasebook().say
    return (
        Choice(say("notice.come", language), f"attend:{session_id}:yes"),
        Choice(say("notice.excuse", language), f"attend:{session_id}:no"),
        Choice(say("notice.see_agenda", language), f"agenda:{session_id}"),
    )


def attendance_of(session_id: int) -> str:
    """Return the name of the matter that `answers` decides."""
    return f"attend:{session_id}"


def attendance_told(attendance: Attendance, place: ZoneInfo) -> Content:
    """Say how a member answered and by what channel, with a way to change their mind."""
    session_id = attendance.session_id
    change = {
        Answer.CONFIRMED: ("notice.excuse", f"attend:{session_id}:no"),
        Answer.EXCUSED: ("attend.come_after_all", f"attend:{session_id}"),
    }

    def told(language: str) -> Message:
        say = phrasebook().say
        key, value = change[attendance.answer]
        text = say(
            f"attend.settled_{attendance.answer}",
            language,
            channel=say(f"delivery.channel_{attendance.channel}", language),
            at=wall_time(attendance.at, place),
        )
        agenda = Choice(say("notice.see_agenda", language), f"agenda:{session_id}")
        return Message(text, language, choices=(Choice(say(key, language), value), agenda))

    return _in_every_language(told)


def event(
    meeting: Meeting, language: str, *, status: EventStatus = EventStatus.CONFIRMED
) -> CalendarEvent:
    """Return the opening as a calendar knows it: one name for life, a sequence that grows."""
    opening = meeting.opening
    return CalendarEvent(
        uid=f"session-{meeting.session.id}@beffroi",
        sequence=meeting.session.sequence,
        status=status,
        summary=meeting.name(language),
        starts=opening.starts,
        ends=opening.ends,
        zone=opening.zone,
        place=opening.place,
    )


def said(items: Sequence[AgendaItem]) -> list[AgendaItem]:
    """Return the items that an agenda names."""
    return [item for item in items if item.state not in UNSAID]


def place(sitting: Sitting, language: str) -> str:
    return sitting.place or phrasebook().say("notice.no_place", language)


def _in_every_language(write: Callable[[str], Message]) -> Content:
    return {language: write(language) for language in LANGUAGES}


def _called(meeting: Meeting, language: str) -> str:
    called = phrasebook().say(
        "notice.convoked",
        language,
        kind=meeting.kind(language),
        body=meeting.body.name(language),
        starts=meeting.opening.starts,
        place=place(meeting.opening, language),
    )
    return "\n".join([called, *(_sitting_line(one, language) for one in meeting.sittings[1:])])


def _sitting_line(sitting: Sitting, language: str) -> str:
    return phrasebook().say(
        "notice.further_sitting",
        language,
        number=sitting.number,
        starts=sitting.starts,
        place=place(sitting, language),
    )


def _agenda(meeting: Meeting, language: str) -> list[str]:
    say, items = phrasebook().say, said(meeting.items)
    if not items:
        return [say("notice.agenda_empty", language)]
    lines = [say("notice.agenda_heading", language)]
    lines += [_item(item, language) for item in items[:ITEMS_SHOWN]]
    if len(items) > ITEMS_SHOWN:
        lines.append(say("notice.agenda_more", language, count=len(items) - ITEMS_SHOWN))
    return ["\n".join(lines)]


def _differences(meeting: Meeting, before: str, language: str) -> list[str]:
    was = before.splitlines()
    now = agenda_document(meeting, language).splitlines()
    told = [("notice.agenda_gone", line) for line in was if line not in now]
    told += [("notice.agenda_come", line) for line in now if line not in was]
    lines = [phrasebook().say(key, language, line=line) for key, line in told]
    return ["\n".join(lines)] if lines and before else []


def _item(item: AgendaItem, language: str) -> str:
    return phrasebook().say("notice.agenda_item", language, number=item.number, title=item.title)


def _attached(language: str) -> list[str]:
    return [phrasebook().say("notice.documents_attached", language)]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
