"""A form as a window of Slack's, there and back."""

from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from slack_sdk.models.views import View

from channels.slack.inbound import translate
from channels.slack.windows import Filled, filled, objections, window
from domain.errors import BadUpdate
from domain.messages import Heard
from domain.sheets import Blank, FieldKind, Option, Sheet
from tests.channels.slack.test_inbound import NOW, known

OPTIONS = (Option("Oui", "yes"), Option("Non", "no"))
ZONE = "Africa/Casablanca"
# What is kept, by kind of question, and where Slack puts it.
ANSWERS: dict[FieldKind, tuple[str, dict[str, Any]]] = {
    FieldKind.SHORT: ("Voirie", {"value": "Voirie"}),
    FieldKind.LONG: ("Une\nrue", {"value": "Une\nrue"}),
    FieldKind.CHOICE: ("no", {"selected_option": {"value": "no"}}),
    FieldKind.DATE: ("2026-02-05", {"selected_date": "2026-02-05"}),
    FieldKind.MOMENT: ("2026-02-05T18:00", {"selected_date_time": 1770310800}),
    FieldKind.NUMBER: ("12", {"value": "12"}),
    FieldKind.EMAIL: ("salma@commune.ma", {"value": "salma@commune.ma"}),
    FieldKind.PHONE: ("+212612345678", {"value": "+212612345678"}),
    FieldKind.YES_NO: ("yes", {"selected_option": {"value": "yes"}}),
}


def blank(kind: FieldKind, answer: str = "") -> Blank:
    is_chosen = kind in {FieldKind.CHOICE, FieldKind.YES_NO}
    options = OPTIONS if is_chosen else ()
    return Blank(f"my_{kind}", kind, "Objet", "De quoi s’agit-il ?", 200, True, options, answer)  # noqa: FBT003 - as the others, by place


def sheet(*blanks: Blank, **changes: Any) -> Sheet:
    plain = Sheet("audience", "Demande d’audience", "Continuer", "Plus tard", "fr", ZONE, blanks)
    return replace(plain, **changes)


def returned(values: dict[str, Any], kind: str = "view_submission") -> dict[str, Any]:
    view = window(sheet()) | {"id": "V1", "state": {"values": values}}
    user = {"id": "U9", "team_id": "T1"}
    return {"type": kind, "team": {"id": "T1"}, "user": user, "view": view, "trigger_id": "1.2.x"}


def test_every_kind_of_question_is_one_of_slacks_own() -> None:
    view = window(sheet(*(blank(kind) for kind in FieldKind)))
    View(**view).to_dict()  # raises where a limit is passed
    shown = [block["block_id"] for block in view["blocks"]]
    assert shown == [f"my_{kind}" for kind in FieldKind if kind is not FieldKind.FILE]


@pytest.mark.parametrize("kind", ANSWERS)
def test_what_was_answered_before_stands_there_and_comes_back_as_it_was(kind: FieldKind) -> None:
    answer, state = ANSWERS[kind]
    view = window(sheet(blank(kind, answer)))
    View(**view).to_dict()
    assert any(name.startswith("initial_") for name in view["blocks"][0]["element"])
    back = view | {"state": {"values": {f"my_{kind}": {"answer": state}}}}
    assert filled(back, is_sent=True) == Filled(
        "audience", "fr", ZoneInfo(ZONE), {f"my_{kind}": answer}
    )


def test_what_is_too_long_for_slack_is_cut() -> None:
    long = "مطلب للحصول على موعد مع السيد الرئيس " * 100
    crowd = tuple(Option(f"{number} {long}", str(number)) for number in range(200))
    choice = replace(blank(FieldKind.CHOICE), label=long, question=long, options=crowd)
    note = replace(blank(FieldKind.LONG), longest=10_000, answer=long * 2)
    view = window(sheet(choice, note, title=long, submit=long, close=long, language="ar"))
    View(**view).to_dict()
    assert len(view["title"]["text"]) <= 24


def test_a_window_that_was_sent_is_a_form_with_its_answers() -> None:
    heard = known(translate(returned({"about": {"answer": {"value": "Voirie"}}}), NOW))
    assert (heard.kind, heard.text, heard.address) == (Heard.FORM, "audience", "T1:U9")
    assert heard.answers == {"about": "Voirie"}
    assert (heard.language, heard.opens, heard.place) == ("fr", "1.2.x", "T1:U9")


def test_a_window_that_was_closed_has_no_answers() -> None:
    closed = known(translate(returned({}, "view_closed"), NOW))
    assert (closed.kind, closed.answers) == (Heard.FORM, None)


def test_another_apps_window_is_none_of_ours() -> None:
    payload = returned({})
    payload["view"]["callback_id"] = "another"
    assert translate(payload, NOW) is None
    assert objections(payload, lambda _: {"about": "Non."}) is None


def test_what_is_wrong_is_told_in_the_window_at_its_question() -> None:
    payload = returned({"about": {"answer": {"value": "x"}}})
    wrong = {"about": "Dites-en plus.", "paper": "Un fichier manque."}  # the window has no files
    told = objections(payload, lambda _: wrong)
    assert told == {"response_action": "errors", "errors": {"about": "Dites-en plus."}}
    assert objections(payload, lambda _: {}) is None
    assert objections(returned({}, "view_closed"), lambda _: wrong) is None


@pytest.mark.parametrize("change", [{"state": {}}, {"private_metadata": "{"}, {"state": None}])
def test_a_window_that_cannot_be_read_is_refused(change: dict[str, Any]) -> None:
    payload = returned({})
    payload["view"] |= change
    with pytest.raises(BadUpdate):
        objections(payload, lambda _: {})
    with pytest.raises(BadUpdate):
        translate(payload, NOW)
