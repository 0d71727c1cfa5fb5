"""An item in a sitting, at the desk: taken up, put off, voted on, with what came of it."""

from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from actions.sessions import deliberating, ways
from actions.sessions.deliberating import WITH_REASON, Ballot
from actions.sessions.rolling import roll
from actions.sessions.ways import ItemWay
from actions.wording import Meeting
from domain.agenda import AgendaItem, ItemState
from domain.errors import Refused
from domain.folding import latin_digits
from domain.rights import Act, require
from domain.votes import Count, Majority, Voice, Vote
from store.unit import Unit
from web.desk.items import item_of
from web.desk.refusals import AGAIN, mark, refuse_stale, told
from web.desk.visiting import desk_visit
from web.forms import SMALL, form
from web.mistakes import Mistaken
from web.rendering import Page, page
from web.site import Site
from web.visiting import AnyRequest, Visit, number, see_other

COUNTED = ("in_favour", "against", "abstained")
SIDES = (Voice.FOR, Voice.AGAINST)
VOTE, UNANIMOUS = ItemWay.VOTE.value, "unanimous"
NOBODY: Mapping[int, Voice] = MappingProxyType({})


def pages(site: Site) -> list[HTTPRouteHandler]:
    path = "/desk/sessions/{session_id:int}/items/{item_id:int}/debate"

    @get(path)
    async def one(session_id: FromPath[int], item_id: FromPath[int], request: AnyRequest) -> Page:
        found, _ = await desk_visit(site, request, Act.DELIBERATE)
        return await _shown(found, session_id, item_id)

    @post(path, request_max_body_size=SMALL)
    async def go_on(
        session_id: FromPath[int], item_id: FromPath[int], request: AnyRequest
    ) -> Response[Any]:
        """Record a vote or move the item on, unless another has done so since it was shown."""
        found, _ = await desk_visit(site, request, Act.DELIBERATE)
        said = await form(found)
        act = said.get("act", "")
        if act not in {VOTE, UNANIMOUS, *ItemState}:
            raise Mistaken(HTTPStatus.BAD_REQUEST)
        try:
            async with site.store.unit() as unit:
                called, item = await item_of(unit, found, session_id, item_id, to_change=True)
                require(found.actor, Act.DELIBERATE, called.body)
                present, votes = await _present(unit, called), await unit.votes.of(item_id)
                refuse_stale(said.get("mark", ""), mark(item, votes, present))
                await _gone_on(unit, found, item, said, present)
        except Refused as refused:
            return await _shown(found, session_id, item_id, wrong=told(found, refused), typed=said)
        return see_other(found, f"/desk/sessions/{session_id}/items/{item_id}/debate?done=kept")

    return [one, go_on]


async def _gone_on(
    unit: Unit, found: Visit, item: AgendaItem, said: Mapping[str, str], present: int
) -> None:
    which = (item.session_id, item.id)
    if said["act"] in {VOTE, UNANIMOUS}:
        count = Count(present, 0) if said["act"] == UNANIMOUS else _count(said)
        await deliberating.vote(unit, found.actor, *which, ballot(said, count))
        return
    to, reason = ItemState(said["act"]), said.get("words", "")
    await deliberating.take_up(unit, found.actor, *which, to, reason=reason)


async def _present(unit: Unit, called: Meeting) -> int:
    return (await roll(unit, called)).present


def _count(said: Mapping[str, str]) -> Count:
    """Return the count that was typed, or raise Refused where it is none."""
    written = [latin_digits(said.get(name, "").strip() or "0") for name in COUNTED]
    if not all(one.isdecimal() for one in written):
        raise Refused("vote.not_a_count")
    return Count(*(number(one) for one in written))


def ballot(said: Mapping[str, str], count: Count, named: Mapping[int, Voice] = NOBODY) -> Ballot:
    """Return what was voted, as a form says it besides the count or the names."""
    side, majority = said.get("president", ""), said.get("majority", "")
    return Ballot(
        count,
        named,
        majority=Majority(majority) if majority in set(Majority) else Majority.CAST,
        president=Voice(side) if side in SIDES else None,
        is_amended="is_amended" in said,
        needs_visa="needs_visa" in said,
        text=said.get("text", "").strip(),
    )


async def _shown(
    found: Visit,
    session_id: int,
    item_id: int,
    *,
    wrong: str = "",
    typed: Mapping[str, str] | None = None,
) -> Page:
    async with found.site.store.reading() as unit:
        called, item = await item_of(unit, found, session_id, item_id)
        require(found.actor, Act.DELIBERATE, called.body)
        votes = await unit.votes.of(item_id)
        decisions = await unit.decisions.of_item(item_id)
        present = await _present(unit, called)
        names = await unit.overview.names({one for vote in votes for one in vote.named})
    next_ways = ways.of_debate(found.actor, called.session, called.body, item)
    return page(
        found,
        "desk/debate.html",
        status=AGAIN if wrong else HTTPStatus.OK,
        called=called,
        item=item,
        mark=mark(item, votes, present),
        present=present,
        following=_following(found, called, item),
        has_vote=ItemWay.VOTE in next_ways,
        at_once=[one for one in next_ways if one not in {ItemWay.VOTE, *WITH_REASON}],
        with_reason=[one for one in next_ways if one in WITH_REASON],
        votes=[(vote, _named(vote, names)) for vote in votes],
        decisions=decisions,
        counted=COUNTED,
        majorities=list(Majority),
        sides=SIDES,
        done=found.request.query_params.get("done") == "kept",
        wrong=wrong,
        typed=typed or {},
    )


def _following(found: Visit, called: Meeting, item: AgendaItem) -> AgendaItem | None:
    """Return the next item that something is still to be done about."""
    later = called.items[called.items.index(item) + 1 :]
    return next(
        (one for one in later if ways.of_debate(found.actor, called.session, called.body, one)),
        None,
    )


def _named(vote: Vote, names: Mapping[int, str]) -> dict[Voice, list[str]]:
    """Return who said what in a vote by name, each side in the order of its names."""
    sides = {
        voice: sorted(names[one] for one, said in vote.named.items() if said is voice)
        for voice in Voice
    }
    return {voice: side for voice, side in sides.items() if side}
