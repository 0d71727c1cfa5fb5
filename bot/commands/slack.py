"""`beffroi slack`: who the members of the council's Slack workspaces are to us."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.answers import (
    AsJson,
    changing,
    operator,
    print_json,
    print_table,
    reading,
    with_program,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.wiring import Program
    from domain.matches import Match
    from store.unit import Unit

app = typer.Typer(
    name="slack", no_args_is_help=True, help="See and decide who is who in the council's Slack."
)
Number = Annotated[int, typer.Argument(help="The match's number, of beffroi slack members.")]


@app.command()
def members(
    *,
    everybody: Annotated[bool, typer.Option("--all", help="Those that are decided, too.")] = False,
    as_json: AsJson = False,
) -> None:
    """List the members who seem to be people we know, by an e-mail address both have proved."""

    async def ask(unit: "Unit", _language: str) -> "Sequence[tuple[Match, str, str]]":
        from actions.meetings import tenant, today
        from domain.addresses import Channel
        from domain.matches import MatchState

        state = None if everybody else MatchState.WAITING
        day = today(unit.clock, await tenant(unit))
        rows = []
        for match in await unit.matches.all(Channel.SLACK, state):
            person = await unit.people.by_id(match.person_id, on=day)
            roles = ", ".join(one.role.value for one in person.memberships) if person else ""
            rows.append((match, person.name if person else "", roles))
        return rows

    found = reading(ask)
    if as_json:
        print_json([_plain(*row) for row in found])
        return
    rows = [
        (
            one.id,
            one.address,
            one.person_id,
            name,
            roles,
            one.state.value,
            f"{one.found_at:%Y-%m-%d}",
        )
        for one, name, roles in found
    ]
    print_table(["Match", "Address", "Person", "Name", "Roles", "State", "Found"], rows)


@app.command()
def match(as_json: AsJson = False) -> None:
    """Match every member of every workspace now, and end the links that nothing vouches for."""

    async def act(program: "Program") -> tuple[int, int]:
        from bot.wiring_slack import greeter
        from channels.slack.provider import SlackProvider
        from domain.addresses import Channel
        from domain.errors import Misconfigured
        from domain.matches import MatchState

        carrier = program.providers.get(Channel.SLACK)
        if not isinstance(carrier, SlackProvider):
            raise Misconfigured("Slack is not set up: see docs/howto/configure.md.")
        looked_at = await greeter(
            program.settings.slack, carrier, program.store, program.clock
        ).match_everybody()
        async with program.store.reading() as unit:
            waiting = await unit.matches.all(Channel.SLACK, MatchState.WAITING)
        return looked_at, len(waiting)

    looked_at, waiting = with_program(act)
    if as_json:
        print_json({"members": looked_at, "waiting": waiting})
    else:
        typer.echo(f"{looked_at} members looked at; {waiting} wait: beffroi slack members.")


@app.command()
def confirm(number: Number, as_json: AsJson = False) -> None:
    """Say that a member is the person they seem to be; they are told."""

    async def act(unit: "Unit", _language: str) -> "Match":
        from actions.people.recognising import confirm

        return await confirm(unit, number, actor=operator())

    _decided(changing(act), "is linked to", as_json=as_json)


@app.command()
def refuse(number: Number, as_json: AsJson = False) -> None:
    """Say that a member is not the person they seem to be; they are told where to turn."""

    async def act(unit: "Unit", _language: str) -> "Match":
        from actions.people.recognising import refuse

        return await refuse(unit, number, actor=operator())

    _decided(changing(act), "is not linked to", as_json=as_json)


def _decided(match: "Match", is_linked: str, *, as_json: bool) -> None:
    if as_json:
        print_json({"address": match.address, "person": match.person_id, "state": match.state})
    else:
        typer.echo(f"{match.address} {is_linked} person {match.person_id}.")


def _plain(match: "Match", name: str, roles: str) -> dict[str, object]:
    from dataclasses import asdict

    return {**asdict(match), "name": name, "roles": roles}
