"""A form of the house at the desk: what it is about, its questions, and the way back."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus

from domain.forms import Form
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
    lines: Sequence[str] = (),
    wrong: str = "",
) -> Page:
    """Return a form to fill in; `lines` say what it is about, `wrong` why it was refused."""
    return page(
        found,
        "desk/sheet.html",
        status=AGAIN if faults or wrong else HTTPStatus.OK,
        sheet=asked(found, form, answers, faults),
        action=action,
        back=back,
        lines=lines,
        wrong=wrong,
    )
