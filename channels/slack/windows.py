"""A form as a window of Slack's, and what is in it when it comes back; pure.

Files are left out: they are brought in the talk, where they can be looked at before they are kept.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from channels.slack.capabilities import (
    HINT,
    HOME_BLOCKS,
    INPUT,
    LABEL,
    OPTION,
    OPTION_VALUE,
    OPTIONS,
    WINDOW_TITLE,
)
from channels.slack.render import Block, plain
from domain.errors import BadUpdate
from domain.lettering import shortened
from domain.sheets import Blank, FieldKind, Sheet

SENT, CLOSED = "view_submission", "view_closed"
CALLBACK = "form"
ANSWER = "answer"  # the id of what is filled in, within the block that has its question's name
MALFORMED = (AttributeError, KeyError, TypeError, ValueError, OSError)  # what its reader raises


@dataclass(frozen=True, slots=True)
class Filled:
    """What came back of a window. `answers` is None when it was closed without sending."""

    form: str
    language: str
    zone: ZoneInfo
    answers: Mapping[str, str] | None


Check = Callable[[Filled], Mapping[str, str]]
"""Returns what is wrong in what was filled in, by field, as sentences in its language."""


def window(sheet: Sheet) -> dict[str, Any]:
    """Return the view of a form. Whoever closes it is told of: their answers are not lost."""
    blocks = [block for blank in sheet.blanks for block in _question(blank, sheet)]
    about = {"form": sheet.name, "language": sheet.language, "zone": sheet.zone}
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "title": plain(shortened(sheet.title, WINDOW_TITLE)),
        "submit": plain(shortened(sheet.submit, WINDOW_TITLE)),
        "close": plain(shortened(sheet.close, WINDOW_TITLE)),
        "notify_on_close": True,
        "private_metadata": json.dumps(about),
        "blocks": blocks[:HOME_BLOCKS],
    }


def filled(view: Mapping[str, Any], *, is_sent: bool) -> Filled | None:
    """Return what is in a window that came back, or None when it is no form of ours.

    Raises what reading a malformed one raises.
    """
    if view.get("callback_id") != CALLBACK:
        return None
    about = json.loads(view["private_metadata"])
    zone = ZoneInfo(about["zone"])
    answers = dict(_answers(view["state"]["values"], zone)) if is_sent else None
    return Filled(str(about["form"]), str(about["language"]), zone, answers)


def objections(payload: Mapping[str, Any], check: Check) -> dict[str, Any] | None:
    """Return what Slack is to say in a window that was sent, or None when nothing is wrong in it.

    The window then stays open, and nothing was heard. Raises BadUpdate.
    """
    if payload.get("type") != SENT:
        return None
    try:
        sent = filled(payload["view"], is_sent=True)
    except MALFORMED as error:
        raise BadUpdate("a window of unknown shape") from error
    if sent is None or sent.answers is None:
        return None
    found = check(sent).items()
    errors = {name: shortened(text, HINT) for name, text in found if name in sent.answers}
    return {"response_action": "errors", "errors": errors} if errors else None


def _question(blank: Blank, sheet: Sheet) -> Iterator[Block]:
    if blank.kind is FieldKind.FILE:
        return
    block = {
        "type": "input",
        "block_id": blank.name,
        "label": plain(shortened(blank.label, LABEL)),
        "optional": blank.is_optional,
        "element": {**ELEMENTS[blank.kind](blank, sheet), "action_id": ANSWER},
    }
    hint = "\n".join(text for text in (blank.fault, blank.question) if text)
    yield {**block, "hint": plain(shortened(hint, HINT))} if hint else block


def _line(blank: Blank, _: Sheet) -> Block:
    return _written("plain_text_input", blank, max_length=_room(blank))


def _lines(blank: Blank, _: Sheet) -> Block:
    return _written("plain_text_input", blank, max_length=_room(blank), multiline=True)


def _email(blank: Blank, _: Sheet) -> Block:
    return _written("email_text_input", blank)


def _number(blank: Blank, _: Sheet) -> Block:
    return _written("number_input", blank, is_decimal_allowed=False)


def _written(kind: str, blank: Blank, **more: Any) -> Block:
    element = {"type": kind, **more}
    return {**element, "initial_value": blank.answer[:INPUT]} if blank.answer else element


def _day(blank: Blank, _: Sheet) -> Block:
    element = {"type": "datepicker"}
    return {**element, "initial_date": blank.answer} if blank.answer else element


def _moment(blank: Blank, sheet: Sheet) -> Block:
    element: Block = {"type": "datetimepicker"}
    if not blank.answer:
        return element
    at = datetime.fromisoformat(blank.answer).replace(tzinfo=ZoneInfo(sheet.zone))
    return {**element, "initial_date_time": int(at.timestamp())}


def _one_of_few(blank: Blank, _: Sheet) -> Block:
    return _chosen("radio_buttons", blank)


def _one_of_many(blank: Blank, _: Sheet) -> Block:
    return _chosen("static_select", blank)


def _chosen(kind: str, blank: Blank) -> Block:
    options = [
        {"text": plain(shortened(option.label, OPTION)), "value": option.value}
        for option in blank.options
        if len(option.value) <= OPTION_VALUE
    ][:OPTIONS]
    before = [option for option in options if option["value"] == blank.answer]
    element: Block = {"type": kind, "options": options}
    return {**element, "initial_option": before[0]} if before else element


def _room(blank: Blank) -> int:
    return min(blank.longest, INPUT)


ELEMENTS: Mapping[FieldKind, Callable[[Blank, Sheet], Block]] = {
    FieldKind.SHORT: _line,
    FieldKind.LONG: _lines,
    FieldKind.CHOICE: _one_of_many,
    FieldKind.DATE: _day,
    FieldKind.MOMENT: _moment,
    FieldKind.NUMBER: _number,
    FieldKind.EMAIL: _email,
    FieldKind.PHONE: _line,
    FieldKind.YES_NO: _one_of_few,
}
# Where Slack puts what was filled in, by the kind of element.
FILLED = ("value", "selected_date")


def _answers(values: Mapping[str, Any], zone: ZoneInfo) -> Iterator[tuple[str, str]]:
    for name, block in values.items():
        yield name, _answer(block[ANSWER], zone)


def _answer(state: Mapping[str, Any], zone: ZoneInfo) -> str:
    """Return what was filled in, as it is kept; empty when nothing was."""
    if state.get("selected_option"):
        return str(state["selected_option"]["value"])
    if state.get("selected_date_time"):
        return _wall_time(int(state["selected_date_time"]), zone)
    return str(next((state[name] for name in FILLED if state.get(name)), ""))


def _wall_time(seconds: int, zone: ZoneInfo) -> str:
    try:
        local = datetime.fromtimestamp(seconds, UTC).astimezone(zone)
    except (OverflowError, OSError):
        raise ValueError("no moment of any zone") from None
    return local.replace(tzinfo=None).isoformat(timespec="minutes")
