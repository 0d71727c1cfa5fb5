"""`beffroi session`: plan, show, convene, move and cancel the council's sessions."""

from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.commands import attendance, sitting, sittings
from bot.commands.answers import (
    AsJson,
    changing,
    deep_link,
    one_of,
    operator,
    print_json,
    print_table,
    reading,
    with_store,
)
from bot.commands.recording import SessionId, record, strike

if TYPE_CHECKING:
    from actions.sessions.convening import Warned
    from actions.wording import Meeting
    from bot.settings import Settings
    from store.connecting import Store
    from store.unit import Unit

app = typer.Typer(name="session", no_args_is_help=True, help="Plan, convene, move, cancel.")

WALL_TIME = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]
WallTime = typer.Option(formats=WALL_TIME, help="The commune's wall time, 2026-02-05T10:00.")


@app.command("list")
def list_sessions(as_json: AsJson = False) -> None:
    """List every session, with its state and when it opens."""

    async def ask(unit: "Unit", language: str) -> None:
        found = [await _told(unit, session.id, language) for session in await unit.sessions.all()]
        if as_json:
            print_json(found)
        else:
            columns = ("id", "name", "state", "starts", "place", "agenda")
            print_table(columns, [[one[column] for column in columns] for one in found])

    reading(ask)


@app.command()
def show(session_id: SessionId, as_json: AsJson = False) -> None:
    """Show a session with its sittings, items, documents and notices, and the link to open it."""

    async def ask(store: "Store", settings: "Settings") -> dict[str, Any]:
        async with store.reading() as unit:
            told = await _whole(unit, session_id, settings.language)
        return {**told, "url": deep_link(settings, f"s_{session_id}")}

    told = with_store(ask)
    if as_json:
        print_json(told)
    else:
        _print_session(told)


app.command()(record)
app.command()(strike)
OTHERS = {**sitting.COMMANDS, **sittings.COMMANDS, **attendance.COMMANDS}
for name, command in OTHERS.items():
    app.command(name)(command)


@app.command()
def add(
    body: Annotated[str, typer.Argument(help="A body's key, such as council.")],
    starts: Annotated[datetime, WallTime],
    kind: Annotated[
        str, typer.Option(help="ordinary, or extraordinary_… who called it.")
    ] = "ordinary",
    ends: Annotated[datetime | None, WallTime] = None,
    place: Annotated[str, typer.Option()] = "",
    as_json: AsJson = False,
) -> None:
    """Plan a session of a body: a draft, until it is convened."""

    async def act(unit: "Unit", _: str) -> int:
        from actions.sessions.planning import plan
        from domain.sessions import SessionKind

        return await plan(
            unit,
            body,
            kind=one_of(SessionKind, kind),
            starts=starts,
            ends=ends,
            place=place,
            actor=operator(),
        )

    session_id = changing(act)
    _done({"session": session_id}, f"Session {session_id} is planned.", as_json=as_json)


@app.command()
def convene(session_id: SessionId, as_json: AsJson = False) -> None:
    """Send the convocation with its documents; warn, with the article, when days are not kept."""

    async def act(unit: "Unit", language: str) -> "tuple[int, tuple[Warned, ...]]":
        from actions.sessions.convening import convene as convened

        done = await convened(unit, session_id, actor=operator(), language=language)
        return done.notice_id, done.warnings

    notice_id, warnings = changing(act)
    _done(
        {"session": session_id, "notice": notice_id},
        f"Session {session_id} is convened: beffroi serve sends notice {notice_id}, "
        f"beffroi notice show {notice_id} tells how far it is.",
        warnings,
        as_json=as_json,
    )


@app.command()
def move(
    session_id: SessionId,
    starts: Annotated[datetime, WallTime],
    place: Annotated[str | None, typer.Option(help="If it changes too.")] = None,
    as_json: AsJson = False,
) -> None:
    """Move a session; its reminders move along, and whoever was told of it is told."""

    async def act(unit: "Unit", language: str) -> "tuple[Warned, ...]":
        from actions.sessions.changing import move as moved

        done = await moved(
            unit, session_id, starts=starts, place=place, actor=operator(), language=language
        )
        return done.warnings

    warnings = changing(act)
    said = f"Session {session_id} is moved to {starts:%Y-%m-%d %H:%M}."
    _done({"session": session_id}, said, warnings, as_json=as_json)


@app.command()
def cancel(
    session_id: SessionId,
    reason: Annotated[str, typer.Option(help="What the members are told.")],
    as_json: AsJson = False,
) -> None:
    """Cancel a session, and tell everyone who had been told of it."""

    async def act(unit: "Unit", _: str) -> None:
        from actions.sessions.changing import cancel as cancelled

        await cancelled(unit, session_id, reason=reason, actor=operator())

    changing(act)
    _done({"session": session_id}, f"Session {session_id} is cancelled.", as_json=as_json)


async def _told(unit: "Unit", session_id: int, language: str) -> dict[str, Any]:
    from actions.meetings import meeting

    return _summary(await meeting(unit, session_id), language)


def _summary(called: "Meeting", language: str) -> dict[str, Any]:
    session, opening = called.session, called.opening
    return {
        "id": session.id,
        "name": called.name(language),
        "body": session.body_key,
        "kind": session.kind,
        "state": session.state,
        "agenda": session.agenda_state,
        "starts": opening.starts.isoformat(" ", "minutes"),
        "zone": opening.zone,
        "place": opening.place,
        "convened_at": session.convened_at,
        "cancelled_reason": session.cancelled_reason,
        "sequence": session.sequence,
    }


def _notice(notice: Any) -> dict[str, Any]:
    return {
        "id": notice.id,
        "kind": notice.kind,
        "class": notice.notice_class,
        "created_at": notice.created_at,
    }


async def _whole(unit: "Unit", session_id: int, language: str) -> dict[str, Any]:
    from actions.meetings import meeting

    called = await meeting(unit, session_id)
    return {
        **_summary(called, language),
        "sittings": [asdict(sitting) for sitting in called.sittings],
        "items": [asdict(item) for item in called.items],
        "documents": [asdict(one) for one in await unit.documents.of(session_id)],
        "notices": [_notice(one) for one in await unit.notices.of_session(session_id)],
    }


def _print_session(told: dict[str, Any]) -> None:
    typer.echo(f"{told['name']}  ({told['state']})")
    if told["url"]:
        typer.echo(f"On Telegram: {told['url']}")
    print_table(
        ["Sitting", "Starts", "Ends", "Place", "State"],
        [
            (one["number"], one["starts"], one["ends"], one["place"], one["state"])
            for one in told["sittings"]
        ],
    )
    for title, columns, key in (
        ("Items", ("number", "title", "state"), "items"),
        ("Documents", ("id", "title", "language", "version", "visibility", "sha256"), "documents"),
        ("Notices", ("id", "kind", "class", "created_at"), "notices"),
    ):
        if told[key]:
            rows = [[one[column] for column in columns] for one in told[key]]
            print_table([column.capitalize() for column in columns], rows, title=f"\n{title}")


def _done(
    plain: dict[str, Any],
    said: str,
    warnings: "tuple[Warned, ...]" = (),
    *,
    as_json: bool,
) -> None:
    if as_json:
        print_json(plain | {"warnings": [asdict(warning) for warning in warnings]})
        return
    for warning in warnings:
        typer.secho(f"Warning: {warning.sentence}", fg=typer.colors.YELLOW)
    typer.echo(said)
