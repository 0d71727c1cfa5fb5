"""What is done to a session besides its agenda: each said back on a page of its own first."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any

from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from actions import wording
from actions.duties.due import of_session
from actions.meetings import today
from actions.papers import hearing_governor
from actions.sessions import changing, closing, telling_changes, timetabling
from actions.sessions.ways import WAYS, Way
from actions.wording import Meeting
from domain import forms
from domain.errors import Refused
from domain.forms import Form
from domain.phrasebook import phrasebook
from domain.rights import require
from domain.session_forms import CALLING_OFF, MOVING, SITTING_MORE
from store.unit import Unit
from web.desk.refusals import AGAIN, mark, refuse_stale, told
from web.desk.session import desk_meeting
from web.desk.sheets import sheet_page
from web.desk.visiting import desk_visit
from web.filling import filled
from web.forms import SMALL, form, is_new
from web.rendering import Page, page
from web.site import Site
from web.visiting import AnyRequest, Visit, see_other

NOTHING: Mapping[str, str] = {}
Lines = Callable[[Unit, Visit, Meeting], Awaitable[list[str]]]
Warns = Callable[[Unit, Visit, Meeting, Mapping[str, str]], Awaitable[str]]
Do = Callable[[Unit, Visit, Meeting, Mapping[str, str]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Change:
    """`lines` say back what would be done; `form` is what it wants to know, where it wants any.

    `warns` says what the law would have otherwise, of what was filled in; else nothing.
    """

    lines: Lines
    do: Do
    done: str
    form: Form | None = None
    warns: Warns | None = None


def pages(site: Site) -> list[HTTPRouteHandler]:
    return [handler for way in CHANGES for handler in _change(site, way)]


def _change(site: Site, way: Way) -> list[HTTPRouteHandler]:
    act, change = WAYS[way][0], CHANGES[way]
    path = f"/desk/sessions/{{session_id:int}}/{way}"

    @get(path)
    async def ask(session_id: FromPath[int], request: AnyRequest) -> Page:
        """Say back what would be done; who has to prove who they are does so before writing."""
        found, _ = await desk_visit(site, request, act)
        async with site.store.reading() as unit:
            called = await desk_meeting(unit, found, session_id)
            require(found.actor, act, called.body)
            return await _asked(unit, found, called, way, _now(called, change.form), NOTHING)

    @post(path, request_max_body_size=SMALL)
    async def do(session_id: FromPath[int], request: AnyRequest) -> Response[Any]:
        found, _ = await desk_visit(site, request, act)
        said = await form(found)
        answers = filled(change.form, said) if change.form else NOTHING
        faults = _faults(found, change.form, answers)
        try:
            async with site.store.unit() as unit:
                called = await desk_meeting(unit, found, session_id, to_change=True)
                require(found.actor, act, called.body)
                if change.form is None:
                    refuse_stale(said.get("mark", ""), mark(called))
                warned = "" if faults else await _unheeded(unit, found, called, change, answers)
                if faults or warned:
                    return await _asked(unit, found, called, way, answers, faults, warned=warned)
                if await is_new(unit, found, said):
                    await change.do(unit, found, called, answers)
        except Refused as refused:
            wrong = told(found, refused)
        else:
            return see_other(found, f"/desk/sessions/{session_id}?done={change.done}")
        async with site.store.reading() as unit:
            called = await desk_meeting(unit, found, session_id)
            return await _asked(unit, found, called, way, answers, NOTHING, wrong=wrong)

    return [ask, do]


async def _unheeded(
    unit: Unit, found: Visit, called: Meeting, change: Change, answers: Mapping[str, str]
) -> str:
    """Return what the law would have otherwise, unless that was said of these answers before."""
    if change.warns is None or found.request.query_params.get("heeded") == mark(answers):
        return ""
    return await change.warns(unit, found, called, answers)


async def _asked(
    unit: Unit,
    found: Visit,
    called: Meeting,
    way: Way,
    answers: Mapping[str, str],
    faults: Mapping[str, str],
    *,
    wrong: str = "",
    warned: str = "",
) -> Page:
    """Say back what would be done; what was `warned` of is done by pressing once more."""
    change, back = CHANGES[way], f"/desk/sessions/{called.session.id}"
    try:
        lines = await change.lines(unit, found, called)
    except Refused as refused:
        lines, wrong = [], told(found, refused)
    if change.form:
        return sheet_page(
            found,
            change.form,
            answers,
            faults,
            action=f"{back}/{way}?heeded={mark(answers)}" if warned else f"{back}/{way}",
            back=back,
            submit=f"desk_sessions.{way}_anyway" if warned else f"desk_sessions.way_{way}",
            lines=lines,
            wrong=wrong or warned,
        )
    return page(
        found,
        "desk/confirm.html",
        status=AGAIN if wrong else HTTPStatus.OK,
        called=called,
        way=way,
        lines=lines,
        action=f"{back}/{way}",
        back=back,
        mark=mark(called),
        wrong=wrong,
    )


def _now(called: Meeting, asks: Form | None) -> Mapping[str, str]:
    """Return what a form begins with: when and where the session is held as it stands."""
    if asks is not MOVING:
        return NOTHING
    opening = called.opening
    return {"starts": opening.starts.isoformat(timespec="minutes"), "place": opening.place}


def _faults(found: Visit, asks: Form | None, answers: Mapping[str, str]) -> dict[str, str]:
    day = today(found.site.clock, found.commune)
    return forms.faults(asks, answers, found.language, today=day) if asks else {}


def _line(found: Visit, key: str, called: Meeting, **facts: object) -> str:
    return phrasebook().say(
        key,
        found.language,
        session=called.name(found.language),
        starts=called.opening.starts,
        **facts,
    )


async def _which(_: Unit, found: Visit, called: Meeting) -> list[str]:
    return [_line(found, "desk_sessions.which", called)]


async def _submitting(unit: Unit, found: Visit, called: Meeting) -> list[str]:
    owed = await of_session(unit, called.session.id, language=found.language)
    law = [one.duty.deadline.sentence for one in owed if one.duty.name == hearing_governor.SENDING]
    items = len(wording.said(called.items))
    if not items:
        raise Refused("governor.empty", session=str(called.session.id))
    return [_line(found, "calling.submit", called, items=items), *law]


async def _telling(_: Unit, found: Visit, called: Meeting) -> list[str]:
    return [_line(found, "calling.tell", called)]


async def _extending(_: Unit, found: Visit, called: Meeting) -> list[str]:
    return [_line(found, "desk_sessions.which", called), _said(found, "desk_sessions.extend_how")]


async def _closing(_: Unit, found: Visit, called: Meeting) -> list[str]:
    lines = [_line(found, "desk_sessions.which", called), _said(found, "desk_sessions.close_how")]
    left = [one.number for one in called.items if one.state in closing.UNSETTLED]
    unsettled = phrasebook().say("sitting.unsettled", found.language, numbers=left)
    return [*lines, unsettled] if left else lines


def _said(found: Visit, key: str) -> str:
    return phrasebook().say(key, found.language)


async def _move(unit: Unit, found: Visit, called: Meeting, answers: Mapping[str, str]) -> None:
    await changing.move(
        unit,
        called.session.id,
        starts=datetime.fromisoformat(answers["starts"]),
        place=answers["place"],
        actor=found.actor,
        language=found.language,
    )


async def _warn_of_move(
    unit: Unit, found: Visit, called: Meeting, answers: Mapping[str, str]
) -> str:
    starts = datetime.fromisoformat(answers["starts"])
    warnings = await changing.foreseen(
        unit, called.session.id, starts=starts, language=found.language
    )
    return " ".join(one.sentence for one in warnings)


async def _call_off(unit: Unit, found: Visit, called: Meeting, answers: Mapping[str, str]) -> None:
    await changing.cancel(unit, called.session.id, reason=answers["reason"], actor=found.actor)


async def _submit(unit: Unit, found: Visit, called: Meeting, _: Mapping[str, str]) -> None:
    await hearing_governor.send_agenda(
        unit, called.session.id, actor=found.actor, language=found.language
    )


async def _tell(unit: Unit, found: Visit, called: Meeting, _: Mapping[str, str]) -> None:
    await telling_changes.tell_now(
        unit, called.session.id, actor=found.actor, language=found.language
    )


async def _extend(unit: Unit, found: Visit, called: Meeting, _: Mapping[str, str]) -> None:
    await closing.extend(unit, found.actor, called.session.id, language=found.language)


async def _close(unit: Unit, found: Visit, called: Meeting, _: Mapping[str, str]) -> None:
    await closing.close(unit, found.actor, called.session.id)


async def _add_sitting(
    unit: Unit, found: Visit, called: Meeting, answers: Mapping[str, str]
) -> None:
    await timetabling.add(
        unit,
        found.actor,
        called.session.id,
        starts=datetime.fromisoformat(answers["starts"]),
        place=answers["place"],
        language=found.language,
    )


CHANGES: Mapping[Way, Change] = {
    Way.ADD_SITTING: Change(_which, _add_sitting, "sitting_added", SITTING_MORE),
    Way.SUBMIT: Change(_submitting, _submit, "submitted"),
    Way.TELL: Change(_telling, _tell, "told"),
    Way.MOVE: Change(_which, _move, "moved", MOVING, _warn_of_move),
    Way.CALL_OFF: Change(_which, _call_off, "called_off", CALLING_OFF),
    Way.EXTEND: Change(_extending, _extend, "extended"),
    Way.CLOSE: Change(_closing, _close, "closed"),
}
