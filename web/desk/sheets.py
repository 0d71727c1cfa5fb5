"""A form of the house at the desk: what it is about, its questions, and the way back."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from http import HTTPStatus

from domain.forms import Form
from domain.phrasebook import phrasebook
from web.desk.refusals import AGAIN
from web.filling import asked
from web.rendering import Page, page
from web.visiting import Visit


def sheet_page(
    found: Visit,
    form: Form,
    answers: Mapping[str, str],
    faults: Mapping[str, str],
    *,
    action: str,
    back: str,
    submit: str,
    lines: Sequence[str] = (),
    wrong: str = "",
) -> Page:
    """Return a form to fill in; `lines` say what it is about, `wrong` why it was refused.

    `submit` is the phrase of its button: what is done at once, and not only gone on with.
    """
    sheet = asked(found, form, answers, faults)
    return page(
        found,
        "desk/sheet.html",
        status=AGAIN if faults or wrong else HTTPStatus.OK,
        sheet=replace(sheet, submit=phrasebook().say(submit, found.language)),
        action=action,
        back=back,
        lines=lines,
        wrong=wrong,
    )
