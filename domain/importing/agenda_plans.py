"""What a file of agenda items changes: its lines gathered into meetings, held against ours."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import count

from domain.agenda import AgendaItem
from domain.errors import Refused
from domain.importing.agenda_files import AgendaLine
from domain.sessions import AgendaState, Session, SessionKind, SessionState, Sitting
from domain.spreadsheets import BadCell

USUAL_HOUR = time(9)
USUAL_LENGTH = timedelta(hours=3)
STILL_OURS = frozenset({SessionState.DRAFT, SessionState.AGENDA_SENT})

Standing = tuple[Session, Sitting]


@dataclass(frozen=True, slots=True)
class Meeting:
    """What a file says of one body's meeting on one day. `lines` have their numbers."""

    body_key: str
    day: date
    lines: tuple[AgendaLine, ...]

    @property
    def hour(self) -> time | None:
        """The earliest hour named: where each item has its own, the first one opens."""
        return min((line.hour for line in self.lines if line.hour), default=None)

    @property
    def place(self) -> str | None:
        return next((line.place for line in self.lines if line.place), None)

    @property
    def kind(self) -> SessionKind | None:
        return next((line.kind for line in self.lines if line.kind), None)

    @property
    def starts(self) -> datetime:
        return datetime.combine(self.day, self.hour or USUAL_HOUR)


@dataclass(frozen=True, slots=True)
class AgendaPlan:
    """What to do to one session's agenda; `session` and `sitting` are there where they change."""

    added: Sequence[AgendaItem]
    changed: Sequence[AgendaItem]
    same: int
    session: Session | None
    sitting: Sitting | None


def meetings(lines: Iterable[AgendaLine]) -> tuple[list[Meeting], list[BadCell]]:
    """Return the meetings a file is about, and the lines that contradict another."""
    by_meeting: dict[tuple[str, date], list[AgendaLine]] = defaultdict(list)
    for line in lines:
        by_meeting[line.body_key, line.day].append(line)
    found = [Meeting(key, day, tuple(told)) for (key, day), told in by_meeting.items()]
    bad = [cell for meeting in found for cell in _repeated(meeting)]
    return sorted(found, key=lambda meeting: (meeting.day, meeting.lines[0].line)), bad


def standing(meeting: Meeting, known: Sequence[Standing]) -> Standing | None:
    """Return which session of that body and day is meant, one that was not cancelled first."""
    fitting = [one for one in known if meeting.kind in {None, one[0].kind}]
    return min(fitting, key=lambda one: one[0].state is SessionState.CANCELLED, default=None)


def plan(
    meeting: Meeting, known: Standing | None, items: Sequence[AgendaItem], agenda: AgendaState
) -> AgendaPlan:
    """Return what becomes of a session and its items; without a session, all items are new.

    What the file says nothing of stays. Once members have been convened, a change of the agenda
    raises the session's sequence.
    """
    by_number = {item.number: item for item in items}
    by_reference = {item.reference: item for item in items if item.reference}
    added: list[AgendaItem] = []
    changed: list[AgendaItem] = []
    position = max((item.position for item in items), default=0)
    for line in _in_order(meeting, by_reference):
        before = by_number.get(line.number or "")
        if before is None:
            position += 1
            added.append(_new(line, position, known))
        elif (after := _told(before, line)) != before:
            changed.append(after)
    return AgendaPlan(
        added,
        changed,
        len(meeting.lines) - len(added) - len(changed),
        _session(known, agenda, is_changed=bool(added or changed)),
        _sitting(meeting, known),
    )


def contradiction(meeting: Meeting, known: Standing | None) -> BadCell | None:
    """Return what is wrong with moving, by a file, a session that members have been called to."""
    if known is None or known[0].state in STILL_OURS or known[0].state is SessionState.CLOSED:
        return None
    if _sitting(meeting, (replace(known[0], state=SessionState.DRAFT), known[1])) is None:
        return None
    return BadCell(meeting.lines[0].line, "", Refused("import.sitting_elsewhere", day=meeting.day))


def _repeated(meeting: Meeting) -> Iterator[BadCell]:
    """Tell which lines bear a number, or for want of one a reference, that another line bears."""
    seen: dict[tuple[str, str], int] = {}
    for line in meeting.lines:
        name = ("number", line.number) if line.number else ("reference", line.reference)
        word, value = name
        if value:
            first = seen.setdefault((word, value), line.line)
            if first != line.line:
                yield BadCell(line.line, "", _twice(word, value, first))


def _twice(word: str, value: str, line: int) -> Refused:
    if word == "number":
        return Refused("import.number_twice", number=value, other_line=str(line))
    return Refused("import.reference_twice", reference=value, other_line=str(line))


def _in_order(meeting: Meeting, known: dict[str, AgendaItem]) -> list[AgendaLine]:
    """Return the lines with a number each, by number where all are numbered so."""
    taken = {line.number for line in meeting.lines}
    free = (str(number) for number in count(1) if str(number) not in taken)
    taken |= {item.number for reference, item in known.items() if reference}
    numbered = [
        line
        if line.number
        else replace(
            line,
            number=known[line.reference].number
            if line.reference and line.reference in known
            else next(free),
        )
        for line in meeting.lines
    ]
    if all((line.number or "").isdecimal() for line in numbered):
        return sorted(numbered, key=lambda line: int(line.number or 0))
    return numbered


def _new(line: AgendaLine, position: int, known: Standing | None) -> AgendaItem:
    fresh = AgendaItem(
        id=0,
        session_id=known[0].id if known else 0,
        number=line.number or "",
        position=position,
        title=line.title,
        language=line.language,
    )
    return _told(fresh, line)


def _told(item: AgendaItem, line: AgendaLine) -> AgendaItem:
    """Return the item as the file tells it, and as it was where the file is silent."""
    return replace(
        item,
        title=line.title,
        language=line.language,
        source=line.source or item.source,
        rapporteur=line.rapporteur or item.rapporteur,
        department=line.department or item.department,
        reference=line.reference or item.reference,
        is_public=item.is_public if line.is_public is None else line.is_public,
        state=line.state or item.state,
    )


def _session(known: Standing | None, agenda: AgendaState, *, is_changed: bool) -> Session | None:
    if known is None:
        return None
    session = known[0]
    is_published = session.agenda_state is AgendaState.PUBLISHED
    after = replace(
        session,
        agenda_state=session.agenda_state if is_published else agenda,
        sequence=session.sequence + (is_changed and session.convened_at is not None),
    )
    return after if after != session else None


def _sitting(meeting: Meeting, known: Standing | None) -> Sitting | None:
    if known is None or known[0].state not in STILL_OURS:
        return None
    sitting = known[1]
    starts = meeting.starts if meeting.hour else sitting.starts
    after = replace(
        sitting,
        starts=starts,
        ends=starts + (sitting.ends - sitting.starts),
        place=meeting.place or sitting.place,
    )
    return after if after != sitting else None
