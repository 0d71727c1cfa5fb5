"""An agenda for the demonstration: real titles from Montpellier, on a day of ours."""

from collections.abc import Sequence
from datetime import date
from importlib.resources import files

from actions.agenda.importing import import_agenda
from domain.actors import OPERATOR
from domain.documents import DocumentKind, Visibility
from domain.errors import Refused
from domain.importing.decoding import decoded
from domain.local_time import day as written_day
from domain.sessions import Session, Sitting
from domain.spreadsheets import csv_text, lines
from store.unit import Unit

DATA = files("bot.demonstration") / "data"
TITLES = "montpellier_deliberations_2013-2014.csv"  # see ATTRIBUTION.md beside it
MEETING = "16/12/2013"  # the one that votes the budget
HEADER = ("body", "date", "number", "title", "department")
NUMBER, DEPARTMENT, TITLE, DATE = 0, 2, 3, 7  # of the file's columns
# Kind, title, language, file, visibility, and the number of the item it belongs to.
PAPERS = (
    (
        DocumentKind.TIMETABLE,
        "Calendrier des séances",
        "fr",
        "timetable.md",
        Visibility.PUBLIC,
        None,
    ),
    (DocumentKind.REPORT, "Rapport sur le budget", "fr", "budget.md", Visibility.MEMBERS, "1"),
    (
        DocumentKind.REPORT,
        "تقرير حول المرافق العمومية",
        "ar",
        "services.md",
        Visibility.PUBLIC,
        "2",
    ),
)
MARKDOWN = "text/markdown; charset=utf-8"


async def fill_agenda(unit: Unit, session_id: int) -> None:
    """Put the titles on a session's agenda, published, and its first papers on file.

    The elected people named in the file are left out: ours are others.
    """
    session = await unit.sessions.by_id(session_id)
    if session is None:
        raise Refused("meeting.unknown", session=str(session_id))
    opening = (await unit.sessions.sittings(session_id))[0]
    content = csv_text(HEADER, list(_items(session.body_key, opening.starts.date())))
    await import_agenda(unit, content.encode(), actor=OPERATOR)
    await _file_papers(unit, session, opening)


def _items(body_key: str, day: date) -> Sequence[tuple[str, ...]]:
    text = decoded((DATA / TITLES).read_bytes())
    return [
        (body_key, day.isoformat(), line.cells[NUMBER], line.cells[TITLE], line.cells[DEPARTMENT])
        for line in lines(text)
        if line.cells[DATE] == MEETING
    ]


async def _file_papers(unit: Unit, session: Session, opening: Sitting) -> None:
    items = {item.number: item.id for item in await unit.agenda.of(session.id)}
    for kind, title, language, name, visibility, number in PAPERS:
        text = (DATA / name).read_text("utf-8")
        written = text.replace("{day}", written_day(opening.starts.date(), language))
        document_id = await unit.documents.add(
            session.id,
            kind=kind,
            title=title,
            language=language,
            visibility=visibility,
            item_id=items.get(number) if number else None,
        )
        await unit.documents.add_version(
            document_id, written.encode(), name=name, media_type=MARKDOWN
        )
