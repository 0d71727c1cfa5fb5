"""`beffroi preferences`: what somebody asked to be told, where and when, shown or set for them."""

from dataclasses import replace
from datetime import time
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.answers import (
    AsJson,
    changing,
    one_of,
    operator,
    person_called,
    print_json,
    reading,
)

if TYPE_CHECKING:
    from domain.wishes import Preferences
    from store.unit import Unit

app = typer.Typer(name="preferences", no_args_is_help=True, help="Who wants to be told what.")

Who = Annotated[str, typer.Argument(help="An id, an address or a whole name.", metavar="PERSON")]
Channels = Annotated[
    list[str] | None, typer.Option(help="Such as sms=off or email=on; again for more.")
]
Topics = Annotated[list[str] | None, typer.Option(help="A topic, or body:KEY; again for more.")]
Digest = Annotated[
    str | None, typer.Option(help="at_once, daily or weekly, then :monday and @08:00.")
]
Quiet = Annotated[str | None, typer.Option(help="Such as 21:00-07:00, or none.")]
Zone = Annotated[str | None, typer.Option(help="An IANA name, or commune.")]
Stop = Annotated[
    str | None, typer.Option(help="A channel, or all: nothing informational any more.")
]
Start = Annotated[str | None, typer.Option(help="A channel, or all: take a STOP back.")]
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@app.command()
def show(person: Who, as_json: AsJson = False) -> None:
    """Show what somebody asked for, and what comes whatever they ask."""

    async def ask(unit: "Unit", language: str) -> None:
        from domain.preferences_told import told

        asked = (await unit.preferences.of(await person_called(unit, person))).now
        if as_json:
            print_json(asked.to_json())
            return
        names = {body.key: body.name(language) for body in await unit.bodies.all()}
        typer.echo("\n".join(told(asked, language, names)))

    reading(ask)


@app.command("set")
def set_(
    person: Who,
    *,
    channel: Channels = None,
    follow: Topics = None,
    unfollow: Topics = None,
    digest: Digest = None,
    quiet: Quiet = None,
    zone: Zone = None,
    stop: Stop = None,
    start: Start = None,
) -> None:
    """Set what somebody asked for, on their word; it is written down who did."""

    async def act(unit: "Unit", _: str) -> None:
        from actions.people import consenting
        from domain.addresses import Channel

        person_id = await person_called(unit, person)
        asked = (await unit.preferences.of(person_id)).now
        for word in channel or ():
            asked = _with_channel(asked, word)
        for topic in follow or ():
            asked = asked.wanting(await _topic(unit, topic), None, is_wanted=True)
        for topic in unfollow or ():
            asked = asked.wanting(await _topic(unit, topic), None, is_wanted=False)
        asked = _with_rhythm(asked, digest) if digest else asked
        asked = _with_quiet(asked, quiet) if quiet else asked
        asked = _with_zone(asked, zone) if zone else asked
        await consenting.change(unit, person_id, lambda _: asked, actor=operator())
        if stop:
            where = None if stop == "all" else one_of(Channel, stop)
            await consenting.stop(unit, person_id, where, actor=operator())
        if start:
            where = None if start == "all" else one_of(Channel, start)
            await consenting.start(unit, person_id, where, actor=operator())

    changing(act)
    typer.echo(f"Noted: beffroi preferences show {person} says what holds now.")


def _with_channel(asked: "Preferences", word: str) -> "Preferences":
    from domain.addresses import Channel
    from domain.topics import EVERYTHING

    name, _, answer = word.partition("=")
    if answer not in {"on", "off", "default"}:
        raise typer.BadParameter(f"{word!r} is no wish: write {name}=on, =off or =default.")
    is_wanted = {"on": True, "off": False}.get(answer)
    return asked.wanting(EVERYTHING, one_of(Channel, name), is_wanted=is_wanted)


async def _topic(unit: "Unit", word: str) -> str:
    from domain.topics import Topic, body_of

    key = body_of(word)
    if key is None:
        return one_of(Topic, word)
    if key not in await unit.bodies.ids():
        raise typer.BadParameter(f"There is no body {key!r}: beffroi body list names them.")
    return word


def _with_rhythm(asked: "Preferences", text: str) -> "Preferences":
    from domain.wishes import Rhythm

    rest, _, hour = text.partition("@")
    word, _, day = rest.partition(":")
    asked = asked.at_rhythm(one_of(Rhythm, word))
    if day:
        if day not in DAYS:
            raise typer.BadParameter(f"{day!r} is none of {', '.join(DAYS)}.")
        asked = replace(asked, digest_on=DAYS.index(day))
    return replace(asked, digest_at=_hour(hour)) if hour else asked


def _with_quiet(asked: "Preferences", text: str) -> "Preferences":
    from domain.quiet_hours import every_day

    if text == "none":
        return replace(asked, quiet=())
    starts, _, ends = text.partition("-")
    return replace(asked, quiet=every_day(_hour(starts), _hour(ends)))


def _with_zone(asked: "Preferences", name: str) -> "Preferences":
    from domain.clock import zone

    if name == "commune":
        return replace(asked, zone=None)
    return replace(asked, zone=zone(name).key)


def _hour(text: str) -> time:
    try:
        return time.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no hour: write it as 08:00.") from None
