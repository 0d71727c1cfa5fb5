"""`beffroi session open` and what goes with it: the roll, votes, the next meeting, the closing."""

import csv
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.commands.answers import (
    AsJson,
    changing,
    one_of,
    operator,
    print_json,
    print_table,
)
from bot.commands.attendance import member_of
from bot.commands.recording import SessionId

if TYPE_CHECKING:
    from actions.sessions.rolling import Roll
    from domain.votes import Voice
    from store.unit import Unit

WALL_TIME = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]
Number = Annotated[str, typer.Argument(metavar="ITEM", help="The item's number on the agenda.")]
Rows = Annotated[
    Path | None,
    typer.Option("--file", help="A CSV file: an id or a name, and a word, in each line."),
]
Names = Annotated[list[str] | None, typer.Argument(metavar="MEMBER…", help="Ids or names.")]


def present(
    session_id: SessionId,
    members: Names = None,
    file: Rows = None,
    as_state: Annotated[str, typer.Option("--as", help="present, excused or absent.")] = "present",
    as_json: AsJson = False,
) -> None:
    """Mark who is there, by id, by name or from a file; without any, show the roll."""

    async def act(unit: "Unit", _: str) -> "Roll":
        from actions.meetings import meeting
        from actions.sessions.rolling import mark, roll
        from domain.rolls import Presence

        known = await roll(unit, await meeting(unit, session_id))
        said = [(one, as_state) for one in members or ()] + (_rows(file) if file else [])
        marked = {member_of(known, who): one_of(Presence, word) for who, word in said}
        return await mark(unit, operator(), session_id, marked) if marked else known

    known = changing(act)
    if as_json:
        print_json([_seat(seat) for seat in known.seats])
        return
    print_table(
        ["Id", "Name", "Presence"], [(one.person_id, one.name, one.presence) for one in known.seats]
    )
    typer.echo(f"Present: {known.present} of {known.in_office}; the quorum is {known.needed}.")


def open_(session_id: SessionId, as_json: AsJson = False) -> None:
    """Count the quorum and open the session; without one, prepare the next meeting."""

    async def act(unit: "Unit", language: str) -> dict[str, Any]:
        from actions.sessions.opening import open_session

        done = await open_session(unit, operator(), session_id, language=language)
        following = asdict(done.following) if done.following else None
        refused = [asdict(one) for one in done.refused]
        told = {"next": following, "warnings": list(done.warnings), "refused": refused}
        return {**asdict(done.counted), **told}

    told = changing(act)
    if as_json:
        print_json(told)
        return
    for warning in told["warnings"]:
        typer.secho(f"Warning: {warning}", fg=typer.colors.YELLOW)
    typer.echo(f"Present: {told['present']} of {told['in_office']}, {told['needed']} needed.")
    if told["has_quorum"]:
        typer.echo(f"Session {session_id} is open.")
        for one in told["refused"]:
            answer = f"Refused: {one['reason']}" if one["reason"] else "It was never answered."
            typer.echo(f"Tell the council (art. 40): {one['title']}, by {one['name']}. {answer}")
        return
    following = told["next"]
    typer.echo(f"There is no quorum. Meeting {following['number']} is prepared: {following['on']}.")
    if following["send_from"]:
        typer.echo(f"Send for it from {following['send_from']} to {following['send_until']}.")
    typer.echo(f"Send it with: beffroi session reconvene {session_id}")


def reconvene(
    session_id: SessionId,
    starts: Annotated[
        datetime | None,
        typer.Option(formats=WALL_TIME, help="Another wall time than the one prepared."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Send the second convocation, or that to the third meeting, after one without a quorum."""

    async def act(unit: "Unit", language: str) -> dict[str, Any]:
        from actions.sessions.reconvening import reconvene as reconvened

        done = await reconvened(unit, operator(), session_id, starts=starts, language=language)
        return {
            "session": session_id,
            "meeting": done.number,
            "starts": done.starts,
            "notice": done.notice_id,
            "warnings": [asdict(warning) for warning in done.warnings],
        }

    told = changing(act)
    if as_json:
        print_json(told)
        return
    for warning in told["warnings"]:
        typer.secho(f"Warning: {warning['sentence']}", fg=typer.colors.YELLOW)
    typer.echo(f"Meeting {told['meeting']} is called for {told['starts']:%Y-%m-%d %H:%M}.")


def take_up(
    session_id: SessionId,
    item: Number,
    state: Annotated[str, typer.Argument(help="debated, noted, deferred or withdrawn.")],
    reason: Annotated[str, typer.Option(help="Why it is deferred or withdrawn.")] = "",
) -> None:
    """Move an item on in an open session, without a vote."""

    async def act(unit: "Unit", _: str) -> None:
        from actions.sessions.deliberating import take_up as taken_up
        from domain.agenda import ItemState

        item_id = await _item(unit, session_id, item)
        to = one_of(ItemState, state)
        await taken_up(unit, operator(), session_id, item_id, to, reason=reason)

    changing(act)
    typer.echo(f"Item {item} of session {session_id} is {state}.")


def result(  # noqa: PLR0917 - a vote as it is written down, an option each
    session_id: SessionId,
    item: Number,
    in_favour: Annotated[int, typer.Option("--for", min=0)] = 0,
    against: Annotated[int, typer.Option(min=0)] = 0,
    abstained: Annotated[int, typer.Option(min=0)] = 0,
    file: Rows = None,
    majority: Annotated[str, typer.Option(help="cast or in_office (art. 43).")] = "cast",
    president: Annotated[str, typer.Option(help="In a tie: for or against.")] = "",
    amended: Annotated[bool, typer.Option("--amended", help="Adopted with amendments.")] = False,
    visa: Annotated[bool, typer.Option("--visa", help="It takes a visa (art. 118).")] = False,
    text: Annotated[str, typer.Option(help="What was decided, if not the title.")] = "",
    as_json: AsJson = False,
) -> None:
    """Record a vote, by count or by name; what is adopted becomes a numbered decision."""

    async def act(unit: "Unit", _: str) -> dict[str, Any]:
        from actions.sessions.deliberating import Ballot, vote
        from domain.votes import Count, Majority, Voice

        ballot = Ballot(
            Count(in_favour, against, abstained),
            named=await _voices(unit, session_id, file) if file else {},
            majority=one_of(Majority, majority),
            president=one_of(Voice, president) if president else None,
            is_amended=amended,
            needs_visa=visa,
            text=text,
        )
        item_id = await _item(unit, session_id, item)
        done = await vote(unit, operator(), session_id, item_id, ballot)
        return {
            "session": session_id,
            "item": item,
            "result": done.vote.result,
            "state": done.item.state,
            "decision": done.decision.ref if done.decision else None,
        }

    told = changing(act)
    if as_json:
        print_json(told)
    else:
        decided = f", decision {told['decision']}" if told["decision"] else ""
        typer.echo(f"Item {item}: {told['result']}{decided}.")


def extend(session_id: SessionId) -> None:
    """Extend an ordinary session, once; the governor is to be told at once."""

    async def act(unit: "Unit", language: str) -> str:
        from actions.sessions.closing import extend as extended

        last = await extended(unit, operator(), session_id, language=language)
        return last.sentence if last else ""

    sentence = changing(act)
    typer.echo(f"Session {session_id} is extended. Tell the governor at once. {sentence}".strip())


def close(session_id: SessionId, as_json: AsJson = False) -> None:
    """Close a session; name what was left undecided, and who has missed too many."""

    async def act(unit: "Unit", _: str) -> dict[str, Any]:
        from actions.sessions.closing import close as closed

        return asdict(await closed(unit, operator(), session_id))

    told = changing(act)
    if as_json:
        print_json({"session": session_id, **told})
        return
    typer.echo(f"Session {session_id} is closed. beffroi due tells what the law asks next.")
    if told["unsettled"]:
        typer.echo(f"Items without a decision: {', '.join(told['unsettled'])}.")
    for one in told["warned"]:
        missed = f"{one['consecutive']} in a row, {one['scattered']} in all"
        typer.echo(f"Art. 67: {one['name']} missed {missed}.")


COMMANDS: dict[str, Callable[..., None]] = {
    "present": present,
    "open": open_,
    "reconvene": reconvene,
    "take-up": take_up,
    "result": result,
    "extend": extend,
    "close": close,
}


def _rows(file: Path) -> list[tuple[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return [(row[0].strip(), row[1].strip()) for row in csv.reader(lines) if len(row) > 1]


async def _voices(unit: "Unit", session_id: int, file: Path) -> "dict[int, Voice]":
    from actions.meetings import meeting
    from actions.sessions.rolling import roll
    from domain.votes import Voice

    known = await roll(unit, await meeting(unit, session_id))
    return {member_of(known, who): one_of(Voice, word) for who, word in _rows(file)}


async def _item(unit: "Unit", session_id: int, number: str) -> int:
    from domain.errors import Refused

    items = await unit.agenda.of(session_id)
    found = next((item for item in items if item.number == number), None)
    if found is None:
        raise Refused("vote.no_item", session=str(session_id))
    return found.id


def _seat(seat: Any) -> dict[str, Any]:
    return {**asdict(seat), "roles": sorted(seat.roles)}
