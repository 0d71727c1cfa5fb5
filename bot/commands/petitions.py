"""`beffroi petitions`: what citizens ask of the councils, seen through to its end."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.commands.answers import (
    AsJson,
    changing,
    one_of,
    operator,
    print_json,
    print_table,
    reading,
)

if TYPE_CHECKING:
    from domain.actors import Actor
    from domain.petitions import Petition
    from store.unit import Unit

app = typer.Typer(
    name="petitions",
    no_args_is_help=True,
    help="See petitions through, from filing to carrying out.",
)

Ref = Annotated[str, typer.Argument(help="Its reference, such as PET-2026-0012.")]
Code = Annotated[str, typer.Argument(help="Why, such as outside_powers; a wrong one lists them.")]
Act = Callable[["Unit", "Actor", int], Awaitable["Petition"]]


@app.command("list")
def list_petitions(
    state: Annotated[
        list[str] | None, typer.Option(help="Only in this state; may be repeated.")
    ] = None,
    *,
    everything: Annotated[bool, typer.Option("--all", help="Those that are over too.")] = False,
    as_json: AsJson = False,
) -> None:
    """List what is not over, what is due first at the head."""

    async def ask(unit: "Unit", _: str) -> "list[dict[str, Any]]":
        from domain.petitions import PetitionState
        from domain.petitions.states import FORWARD

        going = [one for one, ways in FORWARD.items() if ways or everything]
        states = [one_of(PetitionState, one) for one in state or going]
        return [await _plain(unit, one) for one in await unit.petitions.in_states(states)]

    rows = reading(ask)
    if as_json:
        print_json(rows)
        return
    columns = ["Reference", "State", "Kind", "Council", "Valid", "Wanted", "Due", "Subject"]
    print_table(columns, [list(row.values()) for row in rows])


@app.command()
def show(ref: Ref, as_json: AsJson = False) -> None:
    """Show a petition whole: what it asks, of whom, and how far it has come."""

    async def ask(unit: "Unit", _: str) -> "dict[str, Any]":
        from actions.moving_petitions import called

        petition = await called(unit, ref)
        papers = await unit.petitions.papers(petition.id)
        return {
            **await _plain(unit, petition),
            "mandatary": petition.mandatary,
            "association": petition.association,
            "reasons": petition.reasons,
            "goals": petition.goals,
            "answers": dict(petition.answers),
            "received_at": petition.received_at,
            "closes_at": petition.closes_at,
            "corrections": petition.corrections,
            "refusal_code": petition.refusal_code,
            "refusal_reason": petition.refusal_reason,
            "follow_up": petition.follow_up,
            "item": petition.item_id,
            "papers": [paper.name for paper in papers],
        }

    shown = reading(ask)
    if as_json:
        print_json(shown)
        return
    print_table(["", ""], [(name, value) for name, value in shown.items() if value])


@app.command()
def release(ref: Ref) -> None:
    """Publish a petition that was held to be read."""

    async def act(unit: "Unit", actor: "Actor", petition_id: int) -> "Petition":
        from actions.petitions.reviewing import release as released

        return await released(unit, actor, petition_id)

    _do(ref, act)


@app.command()
def hold(ref: Ref) -> None:
    """Take a petition out of sight until somebody has read it."""

    async def act(unit: "Unit", actor: "Actor", petition_id: int) -> "Petition":
        from actions.petitions.reviewing import hold as held

        return await held(unit, actor, petition_id)

    _do(ref, act)


@app.command()
def block(ref: Ref, code: Code) -> None:
    """Keep a petition that was held out of sight for good."""

    async def act(unit: "Unit", actor: "Actor", petition_id: int) -> "Petition":
        from actions.petitions.reviewing import block as blocked

        return await blocked(unit, actor, petition_id, code)

    _do(ref, act)


@app.command()
def file(ref: Ref) -> None:
    """File a petition whose threshold is reached, at its mandatary's word."""

    async def act(unit: "Unit", actor: "Actor", petition_id: int) -> "Petition":
        from actions.petitions.petitioning import file as filed

        return await filed(unit, actor, petition_id)

    _do(ref, act)


@app.command()
def complete(
    ref: Ref,
    lacks: Annotated[
        str | None, typer.Option(help="What it lacks, as its mandatary will read it; asked once.")
    ] = None,
) -> None:
    """Pass a complete petition on to the bureau, or ask for what it lacks."""

    async def act(unit: "Unit", actor: "Actor", petition_id: int) -> "Petition":
        from actions.petitions.reviewing import ask_for_more, pass_on

        if lacks is None:
            return await pass_on(unit, actor, petition_id)
        return await ask_for_more(unit, actor, petition_id, lacks)

    _do(ref, act)


@app.command()
def admit(ref: Ref) -> None:
    """Record the bureau's decision: it is admissible, and goes on the next ordinary session."""

    async def act(unit: "Unit", actor: "Actor", petition_id: int) -> "Petition":
        from actions.petitions.deciding import admit as admitted

        return await admitted(unit, actor, petition_id)

    _do(ref, act)


@app.command()
def refuse(
    ref: Ref,
    code: Code,
    reason: Annotated[str, typer.Argument(help="The bureau's own words, which are notified.")],
) -> None:
    """Record the bureau's decision: it is inadmissible, for a reason (art. 125)."""

    async def act(unit: "Unit", actor: "Actor", petition_id: int) -> "Petition":
        from actions.petitions.deciding import refuse as refused

        return await refused(unit, actor, petition_id, code, reason)

    _do(ref, act)


@app.command()
def news(ref: Ref, text: Annotated[str, typer.Argument(help="As people will read it.")]) -> None:
    """Tell its followers how the council's decision is carried out."""

    async def act(unit: "Unit", actor: "Actor", petition_id: int) -> "Petition":
        from actions.petitions.reviewing import follow_up

        return await follow_up(unit, actor, petition_id, text)

    _do(ref, act)


@app.command()
def close(ref: Ref) -> None:
    """Close a petition that was debated."""

    async def act(unit: "Unit", actor: "Actor", petition_id: int) -> "Petition":
        from actions.petitions.reviewing import close as closed

        return await closed(unit, actor, petition_id)

    _do(ref, act)


@app.command()
def withdraw(ref: Ref) -> None:
    """Withdraw a petition at its mandatary's word."""

    async def act(unit: "Unit", actor: "Actor", petition_id: int) -> "Petition":
        from actions.petitions.petitioning import withdraw as withdrawn

        return await withdrawn(unit, actor, petition_id)

    _do(ref, act)


def _do(ref: str, act: Act) -> None:
    """Do one thing to a petition, and say where it stands now."""

    async def acting(unit: "Unit", _: str) -> "Petition":
        from actions.moving_petitions import called

        return await act(unit, operator(), (await called(unit, ref)).id)

    petition = changing(acting)
    typer.echo(f"{petition.ref} is {petition.state}; those concerned are told.")


async def _plain(unit: "Unit", petition: "Petition") -> dict[str, Any]:
    return {
        "ref": petition.ref,
        "state": petition.state,
        "kind": petition.kind,
        "body": petition.body_key,
        "signatures": await unit.signatures.count(petition.id),
        "threshold": petition.threshold.value if petition.threshold else None,
        "due_on": petition.due_on,
        "subject": petition.subject,
    }
