"""Requesting: what people ask of the town hall is filed, handed on, answered and closed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from actions.meetings import tenant, today
from actions.records.noting import note
from actions.requests.telling_staff import tell_staff
from domain.actors import Actor
from domain.drafts import Draft
from domain.errors import Refused
from domain.messages import Message
from domain.phrasebook import phrasebook
from domain.requests import Filed, Request, RequestKind, RequestState
from domain.rights import Act, require
from store.unit import Unit

DAY = timedelta(days=1)
A_DAY_BY_A_STRANGER = 3  # requests; whoever wants to write more is known to the secretariat
A_DAY_BY_A_PERSON = 20
LONGEST_ANSWER = 3000  # characters

# Those that not everybody may file.
RIGHTS: Mapping[RequestKind, Act] = {
    RequestKind.QUESTION: Act.ASK_IN_WRITING,
    RequestKind.MEDIA: Act.LOG_MEDIA,
    RequestKind.MAIL: Act.REGISTER_MAIL,
}
# Those that are somebody's daily work: they file as many as there are.
WORK = frozenset({RequestKind.MEDIA, RequestKind.MAIL})


async def check(
    unit: Unit, actor: Actor, kind: RequestKind, *, body_key: str | None = None
) -> None:
    """Raise Refused unless somebody may file such a request now."""
    if kind in RIGHTS:
        if actor.person is None:
            raise Refused("link.needed")
        bodies = {body.key: body for body in await unit.bodies.all()}
        require(actor, RIGHTS[kind], bodies.get(body_key or ""))
    if kind not in WORK and actor.channel is not None:
        filed = await unit.requests.filed_since(
            unit.clock.now() - DAY,
            person_id=actor.person.id if actor.person else None,
            channel=actor.channel,
            address=actor.address,
        )
        most = A_DAY_BY_A_PERSON if actor.person else A_DAY_BY_A_STRANGER
        if filed >= most:
            raise Refused("request.too_many", count=most)


async def file(unit: Unit, actor: Actor, filed: Filed, draft: Draft) -> Request:
    """File what a draft has become, end the draft, and tell the staff who see to it.

    Raises Refused when somebody may not, or has filed too many today.
    """
    await check(unit, actor, filed.kind, body_key=filed.body_key)
    commune = await tenant(unit)
    body_id = (await unit.bodies.ids()).get(filed.body_key or "")
    year = today(unit.clock, commune).year
    request_id = await unit.requests.file(commune.id, filed, year=year, body_id=body_id)
    await unit.drafts.hand_over(draft.id, request_id)
    request = await unit.requests.by_id(request_id)
    if request is None:
        raise LookupError(f"request {request_id} was just filed")
    await tell_staff(unit, request, filed_by=actor.person)
    await note(unit, actor, f"file_{filed.kind}", _subject(request))
    return request


async def answer(unit: Unit, actor: Actor, ref: str, text: str) -> Request:
    """Answer a request: whoever filed it is told where they wrote. Raises Refused."""
    text = text.strip()
    if not text:
        raise Refused("request.empty_answer")
    if len(text) > LONGEST_ANSWER:
        raise Refused("request.long_answer", count=LONGEST_ANSWER)
    return await answered_so(unit, actor, await known(unit, actor, ref), text)


async def answered_so(unit: Unit, actor: Actor, request: Request, text: str) -> Request:
    """Keep the answer to a request, and tell whoever filed it."""
    answered = replace(request, state=request.moved(RequestState.ANSWERED), answer=text)
    await unit.requests.change(answered)
    said = phrasebook().say(
        "request.answered",
        request.language,
        ref=request.ref,
        subject=request.about,
        answer=text,
    )
    message = Message(said, request.language)
    await unit.outbox.put(request.channel, request.address, [message], person_id=request.person_id)
    await note(unit, actor, "answer_request", _subject(request))
    return answered


async def assign(unit: Unit, actor: Actor, ref: str, assignee: str) -> Request:
    """Hand a request to somebody, by a name the town hall knows; raises Refused."""
    assignee = " ".join(assignee.split())
    if not assignee:
        raise Refused("request.no_assignee")
    request = await known(unit, actor, ref)
    state = request.moved(RequestState.ASSIGNED)
    assigned = replace(request, state=state, assignee=assignee[:200])
    await unit.requests.change(assigned)
    await note(unit, actor, "assign_request", _subject(request))
    return assigned


async def close(unit: Unit, actor: Actor, ref: str) -> Request:
    """Close a request, answered or not; raises Refused."""
    request = await known(unit, actor, ref)
    closed = replace(request, state=request.moved(RequestState.CLOSED))
    await unit.requests.change(closed)
    await note(unit, actor, "close_request", _subject(request))
    return closed


async def known(unit: Unit, actor: Actor, ref: str) -> Request:
    """Return the request people call so, for those who see to them; raises Refused."""
    require(actor, Act.ANSWER_REQUESTS)
    request = await unit.requests.called(ref.strip())
    if request is None:
        raise Refused("request.unknown", ref=ref)
    return request


def _subject(request: Request) -> str:
    return f"request:{request.ref}"
