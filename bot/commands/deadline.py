"""`beffroi deadline`: ask the law for a date, one question or a file of them."""

import json
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Annotated, Any

import typer


class Language(StrEnum):
    FR = "fr"
    AR = "ar"
    EN = "en"


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
) -> None:
    """Say when the law wants a thing done, by which article, and why that day."""
    if names:
        _list(as_json=as_json)
    elif rule is not None:
        _answer_one(rule, _pairs(given or []), language, as_json=as_json)
    elif as_json:
        _answer_lines(typer.get_binary_stream("stdin"), language)
    else:
        raise typer.BadParameter("name a deadline, or give --list or --json")


def _pairs(given: Iterable[str]) -> dict[str, object]:
    pairs = dict[str, object]()
    for text in given:
        name, equals, value = text.partition("=")
        if not equals:
            raise typer.BadParameter(f"{text!r} is not NAME=VALUE, such as session_date=2026-02-05")
        pairs[name.strip()] = value.strip()
    return pairs


def _answer_one(rule: str, inputs: Mapping[str, object], language: str, *, as_json: bool) -> None:
    from domain import law

    answer = _answer(rule, inputs, language)
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


def _answer_lines(lines: Iterable[bytes], language: str) -> None:
    """Answer every line, good or bad; bad ones make the exit code 1 at the end."""
    is_all_well = True
    for line in lines:
        if line.strip():
            answer = _answer_line(line, language)
            _print_json(answer)
            is_all_well = is_all_well and "error" not in answer
    if not is_all_well:
        raise typer.Exit(1)


def _answer_line(line: bytes, language: str) -> dict[str, Any]:
    try:
        question = json.loads(line)
    except (ValueError, RecursionError):
        return {"rule": None, "error": "This line is not JSON."}
    match question:
        case {"rule": str(rule), "inputs": dict(inputs)}:
            return _answer(rule, inputs, language)
        case {"rule": str(rule)}:
            return {"rule": rule, "error": 'Give "inputs", a JSON object of names and values.'}
        case _:
            return {"rule": None, "error": 'Give an object with "rule" and "inputs".'}


def _answer(rule: str, inputs: Mapping[str, object], language: str) -> dict[str, Any]:
    from domain import law
    from domain.errors import Refused
    from domain.phrasebook import phrasebook

    try:
        found = law.deadline(rule, inputs, language=language)
    except Refused as refusal:
        error = phrasebook().say(refusal.key, language, **refusal.facts)
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
