"""`beffroi understand`: what is meant, one utterance a line, for scripts and for the curious."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

from bot.commands.answers import AsJson

if TYPE_CHECKING:
    from handlers.understanding import KnownBody, Understood

LANGUAGES = {  # as they may be asked for → as the room of understanding calls them
    **{code: code for code in ("fr", "ar", "en", "ary", "ary-Latn")},
    "ary-Arab": "ary",
}
HOME = "Africa/Casablanca"
UNSHOWN = frozenset({"upcoming", "mine", "only"})  # hints from us to our own conversations
SHOWN = {"annex": "annexe", "press": "press_release"}  # kinds of documents, as others write them


@dataclass(frozen=True, slots=True)
class Ear:
    """Where and when things are heard: a commune's bodies and clocks, an instant, a language."""

    bodies: "Sequence[KnownBody]"
    zone: ZoneInfo
    at: datetime | None
    language: str | None

    def hear(self, text: str, language: str | None) -> "Understood":
        from domain.clock import SystemClock
        from handlers.understanding import guessed

        return guessed(
            text,
            now=self.at or SystemClock().now(),
            zone=self.zone,
            language=language or self.language,
            bodies=self.bodies,
        )


class Unheard(ValueError):
    """A line is no text."""


def understand(
    as_json: AsJson = False,
    at: Annotated[
        str | None, typer.Option(metavar="ISO", help="The instant it is said; now without it.")
    ] = None,
    lang: Annotated[
        str | None,
        typer.Option(help=f"Usually spoken: {', '.join(LANGUAGES)}; guessed without it."),
    ] = None,
) -> None:
    """Read one utterance a line, or {"text", "lang"} as JSON, and say what each likeliest means.

    How sure that is stands beside it; a conversation asks back where it is not sure enough.

    Bodies are those of the commune that is kept here; without one, Casablanca's.
    """
    ear = _ear(at, _language(lang))
    is_all_well = True
    if not as_json:
        typer.echo(f"{'Meaning':24} Sure  Said, and what is named")
    for number, line in enumerate(typer.get_binary_stream("stdin"), start=1):
        try:
            text, language = _read(line)
            heard = ear.hear(text, language)
        except Unheard as error:
            is_all_well = False
            typer.echo(f"Line {number} {error}", err=True)
            if as_json:
                _print({"text": None, "error": f"Line {number} {error}"})
            continue
        if as_json:
            _print(_told(text, heard))
        else:
            typer.echo("\n".join(_lines(text, heard)))
    if not is_all_well:
        raise typer.Exit(1)


def _ear(at: str | None, language: str | None) -> Ear:
    from domain.clock import require_true_zones

    require_true_zones()
    bodies, zone = _commune() or (_casablanca(), ZoneInfo(HOME))
    return Ear(bodies, zone, _instant(at, zone) if at else None, language)


def _language(code: str | None) -> str | None:
    if code is not None and code not in LANGUAGES:
        raise typer.BadParameter(f"{code!r} is none of {', '.join(LANGUAGES)}.")
    return LANGUAGES[code] if code else None


def _instant(text: str, zone: ZoneInfo) -> datetime:
    """Read an instant; one without an offset is on the commune's clocks."""
    from datetime import UTC

    try:
        at = datetime.fromisoformat(text)
        return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise typer.BadParameter(f"--at {text!r} is no instant such as 2026-01-28T10:00.") from None


def _commune() -> "tuple[Sequence[KnownBody], ZoneInfo] | None":
    """Return the bodies and the zone of the commune that is kept here, if one is."""
    from pathlib import Path

    from bot.configuring import found_settings
    from domain.errors import Misconfigured, Unavailable, Unreadable

    try:
        url = found_settings().database_url.get_secret_value()
        kind, _, file = url.partition(":///")
        if kind == "sqlite" and not Path(file.partition("?")[0]).exists():
            return None
        return _kept()
    except (Misconfigured, Unavailable, Unreadable) as error:
        typer.echo(f"Casablanca's bodies are used: {error}", err=True)
        return None


def _kept() -> "tuple[Sequence[KnownBody], ZoneInfo] | None":
    from bot.commands.answers import run
    from bot.wiring import unmigrated_store
    from domain.clock import SystemClock, zone
    from handlers.understanding import KnownBody

    async def ask(settings: Any) -> "tuple[Sequence[KnownBody], ZoneInfo] | None":
        async with unmigrated_store(settings, SystemClock()) as store:
            if not await store.is_migrated():
                return None
            async with store.reading() as unit:
                tenant = await unit.bodies.tenant()
                if tenant is None:
                    return None
                known = [
                    KnownBody(body.key, (*body.names.values(), *body.aliases))
                    for body in await unit.bodies.all()
                ]
                return known, zone(tenant.zone)

    return run(ask)


def _casablanca() -> "Sequence[KnownBody]":
    from bot.demonstration.bodies import bodies
    from handlers.understanding import KnownBody

    return [KnownBody(body.key, (*body.names.values(), *body.aliases)) for body in bodies()]


def _read(line: bytes) -> tuple[str, str | None]:
    """Return the text of a line, and its language where it says so; raise Unheard."""
    try:
        text = line.decode("utf-8").removeprefix("\ufeff").rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise Unheard(f"is not UTF-8: byte {error.start + 1} cannot be read.") from None
    if not text.lstrip().startswith("{"):
        return text, None
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return text, None  # people may open with a brace
    match said:
        case {"text": str(told), "lang": str(code)} if code in LANGUAGES:
            return told, LANGUAGES[code]
        case {"text": str(), "lang": str(code)}:
            raise Unheard(f"names the language {code!r}, which is none of {', '.join(LANGUAGES)}.")
        case {"text": str(told)}:
            return told, None
        case _:
            raise Unheard('is JSON without a "text".')


def _told(text: str, heard: "Understood") -> dict[str, object]:
    return {
        "text": text,
        "intent": heard.intent.value,
        "confidence": round(heard.confidence, 3),
        "slots": dict(_shown(heard)),
    }


def _shown(heard: "Understood") -> Iterator[tuple[str, object]]:
    """Yield what was named, as others write it; of what is none of our business, nothing."""
    from handlers.understanding import Intent

    slots = {} if heard.intent is Intent.OTHER else heard.slots
    for name, value in slots.items():
        is_told_twice = name == "time" and "datetime" in slots
        if name not in UNSHOWN and not is_told_twice:
            yield name, SHOWN.get(value, value) if isinstance(value, str) else value


def _lines(text: str, heard: "Understood") -> Iterable[str]:
    yield f"{heard.intent:24} {heard.confidence:4.0%}  {text}"
    for name, value in _shown(heard):
        yield f"{'':31}{name} = {', '.join(value) if isinstance(value, list) else value}"


def _print(plain: Mapping[str, object]) -> None:
    text = json.dumps(plain, ensure_ascii=False, default=list)
    # A lone surrogate cannot be printed; as an escape it is still JSON.
    typer.echo(text.encode("utf-8", "backslashreplace").decode())
