"""`beffroi deadline`: ask the law for a date, one question or a file of them."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from domain.law import HolidayEdits
    from store.unit import Unit


class Language(StrEnum):
    FR = "fr"
    AR = "ar"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks: in which language, and with which law's public holidays corrected."""

    language: Language
    corrected: "Mapping[str, HolidayEdits]"

    def holidays(self, rule: str) -> "HolidayEdits":
        from domain import law

        return self.corrected.get(rule.partition(".")[0], law.HolidayEdits())


def deadline(
    rule: Annotated[
        str | None, typer.Argument(help="A deadline's name; see --list.", show_default=False)
    ] = None,
    given: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NAME=VALUE]...", help="Such as session_date=2026-02-05."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help='Read {"rule", "inputs"} a line, answer in JSON lines.')
    ] = False,
    names: Annotated[
        bool, typer.Option("--list", help="Show every deadline and what it is reckoned from.")
    ] = False,
    language: Annotated[Language, typer.Option(help="Of the sentences.")] = Language.EN,
    commune: Annotated[
        bool, typer.Option("--commune", help="Count the public holidays the commune has corrected.")
    ] = False,
) -> None:
    """Say when the law wants a thing done, by which article, and why that day."""
    if names:
        _list(as_json=as_json)
        return
    asker = Asker(language, _corrected() if commune else {})
    if rule is not None:
        _answer_one(rule, _pairs(given or []), asker, as_json=as_json)
    elif as_json:
        _answer_lines(typer.get_binary_stream("stdin"), asker)
    else:
        raise typer.BadParameter("name a deadline, or give --list or --json")


def _corrected() -> "dict[str, HolidayEdits]":
    """Return, by the commune's law, what the commune has corrected."""
    from bot.commands.answers import reading

    async def ask(unit: "Unit", _: str) -> "dict[str, HolidayEdits]":
        from actions.keeping_holidays import edits
        from actions.meetings import tenant

        commune = await tenant(unit)
        return {commune.rule_pack: await edits(unit, commune)}

    return reading(ask)


def _pairs(given: Iterable[str]) -> dict[str, object]:
    pairs = dict[str, object]()
    for text in given:
        name, equals, value = text.partition("=")
        if not equals:
            raise typer.BadParameter(f"{text!r} is not NAME=VALUE, such as session_date=2026-02-05")
        pairs[name.strip()] = value.strip()
    return pairs


def _answer_one(rule: str, inputs: Mapping[str, object], asker: Asker, *, as_json: bool) -> None:
    from domain import law

    answer = _answer(rule, inputs, asker)
    if as_json:
        _print_json(answer)
    elif "error" not in answer:
        typer.echo(f"{answer['date']}  {answer['sentence']}")
        if answer["reading"]:
            key = rule.partition(".")[0]
            reading = law.pack(key).readings.get(answer["reading"])
            typer.echo(f"Reading: {reading.says} ({reading.because})" if reading else "")
    else:
        typer.echo(answer["error"], err=True)
    if "error" in answer:
        raise typer.Exit(1)


def _answer_lines(lines: Iterable[bytes], asker: Asker) -> None:
    """Answer every line, good or bad; bad ones make the exit code 1 at the end."""
    is_all_well = True
    for line in lines:
        if line.strip():
            answer = _answer_line(line, asker)
            _print_json(answer)
            is_all_well = is_all_well and "error" not in answer
    if not is_all_well:
        raise typer.Exit(1)


def _answer_line(line: bytes, asker: Asker) -> dict[str, Any]:
    try:
        question = json.loads(line)
    except (ValueError, RecursionError):
        return {"rule": None, "error": "This line is not JSON."}
    match question:
        case {"rule": str(rule), "inputs": dict(inputs)}:
            return _answer(rule, inputs, asker)
        case {"rule": str(rule)}:
            return {"rule": rule, "error": 'Give "inputs", a JSON object of names and values.'}
        case _:
            return {"rule": None, "error": 'Give an object with "rule" and "inputs".'}


def _answer(rule: str, inputs: Mapping[str, object], asker: Asker) -> dict[str, Any]:
    from domain import law
    from domain.errors import Refused
    from domain.phrasebook import phrasebook

    try:
        found = law.deadline(rule, inputs, language=asker.language, holidays=asker.holidays(rule))
    except Refused as refusal:
        error = phrasebook().say(refusal.key, asker.language, **refusal.facts)
        return {"rule": rule, "error": error}
    return {
        "rule": found.rule,
        "date": found.date.isoformat(),
        "article": found.article,
        "sentence": found.sentence,
        "reading": found.reading,
    }


def _list(*, as_json: bool) -> None:
    from domain import law

    for key in law.pack_keys():
        for one in law.pack(key).deadlines.values():
            if as_json:
                _print_json(
                    {
                        "rule": one.name,
                        "inputs": one.inputs,
                        "article": one.reckoning.authority.article,
                    }
                )
            else:
                article = f"art. {one.reckoning.authority.article}"
                typer.echo(f"{one.name:48} {article:18} {', '.join(one.inputs)}")


def _print_json(plain: Mapping[str, Any]) -> None:
    text = json.dumps(plain, ensure_ascii=False)
    # A lone surrogate cannot be printed; as an escape it is still JSON.
    typer.echo(text.encode("utf-8", "backslashreplace").decode())
