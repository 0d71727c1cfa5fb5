"""The pages of a person's mailbox: its letters by drawer, and one of them open."""

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from litestar.response import Redirect, Stream

from actions.notices import reading
from actions.notices.settling import up_to_date
from domain.clock import wall_time
from domain.letters import Drawer, Later, back_at
from domain.messages import Message
from domain.people import Person
from store.letters import Letter
from store.unit import Unit
from web.forms import SMALL, form
from web.mistakes import Mistaken
from web.papers import handed_over
from web.personal.talk import ANSWERS
from web.rendering import Page, page
from web.site import Site
from web.visiting import AnyRequest, Visit, known_visit, see_other

ON_A_PAGE = 20  # letters
DONE = frozenset({"archive", "restore", "unread", "snooze"})
UNDONE = frozenset({"archive", "snooze"})  # what may be undone with one press
EVENTS = {"Content-Type": "text/event-stream", "X-Accel-Buffering": "no"}


@dataclass(frozen=True, slots=True)
class Line:
    """A letter as its list shows it; `kind` names a phrase."""

    id: int
    title: str
    kind: str
    at: datetime
    language: str
    direction: str


def pages(site: Site) -> list[HTTPRouteHandler]:
    return [*_list(site), *_letter(site), _paper(site)]


def _list(site: Site) -> list[HTTPRouteHandler]:
    @get("/inbox")
    async def letters(request: AnyRequest) -> Page:
        found, person, _ = await known_visit(site, request)
        asked = request.query_params
        drawer = _drawer(asked.get("drawer", ""))
        offset = min(_number(asked.get("offset", "")), 1_000_000)
        async with site.store.reading() as unit:
            counts = await unit.letters.counts(person.id)
            held = await unit.letters.of_person(
                person.id, drawer=drawer, offset=offset, most=ON_A_PAGE + 1
            )
        shown = held[:ON_A_PAGE]
        if new := [letter.id for letter in shown if not letter.is_seen]:
            async with site.store.unit() as unit:
                await unit.letters.see(new)
        done = asked.get("done", "")
        return page(
            found,
            "personal/inbox.html",
            drawer=drawer.value,
            drawers=[one.value for one in Drawer],
            counts=counts,
            letters=[_line(found, letter) for letter in shown],
            newer=max(0, offset - ON_A_PAGE) if offset else None,
            older=offset + ON_A_PAGE if len(held) > ON_A_PAGE else None,
            done=done if done in DONE else "",
            undo=_number(asked.get("letter", "")) if done in UNDONE else 0,
        )

    @get("/inbox/live")
    async def live(request: AnyRequest) -> Stream:
        """Tell an open page whenever its mailbox changes, from where it was last told."""
        _, person, session = await known_visit(site, request)
        if site.mailrooms.is_full_for(person.id):
            raise Mistaken(HTTPStatus.TOO_MANY_REQUESTS, wait=site.tried.within)
        told = request.headers.get("last-event-id", "")
        return Stream(
            site.mailrooms.events(person.id, session.id, last_told=told), headers=dict(EVENTS)
        )

    return [letters, live]


def _letter(site: Site) -> list[HTTPRouteHandler]:
    @get("/inbox/{letter_id:int}")
    async def letter(letter_id: FromPath[int], request: AnyRequest) -> Page:
        """Show a letter whole; that it was opened is noted when somebody looks."""
        found, person, _ = await known_visit(site, request)
        async with site.store.unit() if found.is_read else site.store.reading() as unit:
            held = await _opened(unit, found, person, letter_id)
            message = await up_to_date(unit, held.message, person.id)
            unread = (await unit.letters.counts(person.id)).unread
            since = _number(request.query_params.get("since", ""))
            said = await unit.mailboxes.talk(person.id, after=since, most=ANSWERS) if since else []
        return page(
            found,
            "personal/letter.html",
            letter=_line(found, held),
            message=message,
            is_away=held.is_archived or _is_asleep(held, site.clock.now()),
            laters=[later.value for later in Later],
            said=said,
            unread=unread,
        )

    @post("/inbox/{letter_id:int}", request_max_body_size=SMALL)
    async def move(letter_id: FromPath[int], request: AnyRequest) -> Redirect:
        """Put a letter away, off, or back; and lead to the list, where it may be undone."""
        found, person, _ = await known_visit(site, request)
        how, _, later = (await form(found)).get("move", "").partition(":")
        async with site.store.unit() as unit:
            moved = await _moved(unit, found, person, letter_id, how, later)
        if moved is None:
            raise Mistaken(HTTPStatus.NOT_FOUND)
        return see_other(found, f"/inbox?done={how}&letter={letter_id}")

    return [letter, move]


def _paper(site: Site) -> HTTPRouteHandler:
    @get("/inbox/{letter_id:int}/papers/{sha256:str}")
    async def paper(
        letter_id: FromPath[int], sha256: FromPath[str], request: AnyRequest
    ) -> Response[bytes]:
        """Hand over a document that a letter or an answer of theirs came with."""
        _, person, _ = await known_visit(site, request)
        async with site.store.reading() as unit:
            message = await _message(unit, person, letter_id)
            held = message.attachments if message else ()
            one = next((paper for paper in held if paper.sha256 == sha256), None)
            if one is None:
                raise Mistaken(HTTPStatus.NOT_FOUND)
            content = await unit.documents.content(sha256)
        return handed_over(one, content)

    return paper


async def _opened(unit: Unit, found: Visit, person: Person, letter_id: int) -> Letter:
    """Return a letter, open if somebody reads it, or raise Mistaken."""
    if found.is_read:
        held = await reading.open_letter(unit, person, letter_id)
    else:
        held = await unit.letters.by_id(letter_id, person_id=person.id)
    if held is None:
        raise Mistaken(HTTPStatus.NOT_FOUND)
    return held


async def _moved(
    unit: Unit, found: Visit, person: Person, letter_id: int, how: str, later: str
) -> Letter | None:
    match how:
        case "archive":
            return await reading.archive(unit, person, letter_id)
        case "restore":
            return await reading.bring_back(unit, person, letter_id)
        case "unread":
            return await reading.keep_unread(unit, person, letter_id)
        case "snooze" if later in set(Later):
            until = back_at(Later(later), unit.clock.now(), found.zone)
            return await reading.snooze(unit, person, letter_id, until)
    raise Mistaken(HTTPStatus.BAD_REQUEST)


async def _message(unit: Unit, person: Person, delivery_id: int) -> Message | None:
    letter = await unit.letters.by_id(delivery_id, person_id=person.id)
    return letter.message if letter else await unit.mailboxes.said(person.id, delivery_id)


def _line(found: Visit, letter: Letter) -> Line:
    title = letter.message.title or letter.message.text.partition("\n")[0]
    asleep = letter.snoozed_until if _is_asleep(letter, found.site.clock.now()) else None
    kind = "read" if letter.is_read else "unread" if letter.is_seen else "new"
    return Line(
        letter.id,
        title,
        "snoozed" if asleep else kind,
        wall_time(asleep or letter.at, found.zone),
        letter.message.language,
        letter.message.direction,
    )


def _is_asleep(letter: Letter, now: datetime) -> bool:
    return letter.snoozed_until is not None and letter.snoozed_until > now


def _drawer(asked: str) -> Drawer:
    return Drawer(asked) if asked in set(Drawer) else Drawer.OPEN


def _number(asked: str) -> int:
    """Return a number that came in an address; 0 for what is none."""
    return int(asked) if asked.isdecimal() and len(asked) < 16 else 0  # noqa: PLR2004 - digits of an id
