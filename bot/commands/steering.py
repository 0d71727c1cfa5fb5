"""`beffroi pause`, `resume` and `replay`: hold back, let go, and send again what failed."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.answers import AsJson, changing, one_of, operator, print_json

if TYPE_CHECKING:
    from domain.addresses import Channel
    from store.unit import Unit

What = Annotated[
    str, typer.Argument(help="channel:NAME, as channel:email, or notice:ID.", metavar="WHAT")
]


def pause(what: What, as_json: AsJson = False) -> None:
    """Hold a channel or a notice back: every process obeys within seconds, and nothing is lost."""

    async def act(unit: "Unit", _language: str) -> None:
        from actions.notices import steering

        target = _target(what)
        if isinstance(target, int):
            await steering.pause_notice(unit, target, actor=operator())
        else:
            await steering.pause_channel(unit, target, actor=operator())

    changing(act)
    if as_json:
        print_json({"paused": what})
    else:
        typer.echo(f"{what} is held back; beffroi resume {what} lets it go on.")


def resume(what: What, as_json: AsJson = False) -> None:
    """Let a channel or a notice go on; a provider that rests is tried at once."""

    async def act(unit: "Unit", _language: str) -> bool:
        from actions.notices import steering

        target = _target(what)
        if isinstance(target, int):
            return await steering.resume_notice(unit, target, actor=operator())
        return await steering.resume_channel(unit, target, actor=operator())

    was_held = changing(act)
    if as_json:
        print_json({"resumed": what, "was_held": was_held})
    else:
        typer.echo(f"{what} goes on." if was_held else f"Nothing held {what} back.")


def replay(
    *,
    notice: Annotated[int | None, typer.Argument(help="Of this notice.")] = None,
    delivery: Annotated[int | None, typer.Option(help="This one only.")] = None,
    channel: Annotated[str | None, typer.Option(help="Of this channel, as email.")] = None,
    since: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M"], help="Queued since, by the commune's clocks."
        ),
    ] = None,
    uncertain: Annotated[
        bool, typer.Option("--uncertain", help="Also what may have arrived: it may come twice.")
    ] = False,
    expired: Annotated[
        bool, typer.Option("--expired", help="Also what was too late to be of use.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Send again what failed, once what was wrong is mended; never what was accepted."""

    async def act(unit: "Unit", _language: str) -> int:
        from actions.meetings import tenant
        from actions.notices.replaying import replay as replayed
        from domain.addresses import Channel
        from domain.clock import instant, zone
        from domain.deliveries import State
        from store.replays import Chosen

        more = {State.UNCERTAIN: uncertain, State.EXPIRED: expired}
        place = zone((await tenant(unit)).zone)
        chosen = Chosen(
            frozenset({State.FAILED, *(state for state, is_wanted in more.items() if is_wanted)}),
            notice_id=notice,
            delivery_id=delivery,
            channel=one_of(Channel, channel) if channel else None,
            since=instant(since, place) if since else None,
        )
        return await replayed(unit, chosen, actor=operator())

    count = changing(act)
    if as_json:
        print_json({"replayed": count})
    else:
        typer.echo(f"{count} deliveries are queued again; beffroi serve sends them.")


def _target(what: str) -> "int | Channel":
    from domain.addresses import Channel

    kind, _, name = what.partition(":")
    if kind == "notice" and name.isdecimal():
        return int(name)
    if kind == "channel":
        return one_of(Channel, name)
    raise typer.BadParameter(f"{what!r} is neither channel:NAME nor notice:ID.")
