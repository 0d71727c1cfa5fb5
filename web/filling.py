"""A form of the house as a page: all its questions at once, and what was filled in, read back."""

from collections.abc import Mapping
from dataclasses import replace

from domain import forms
from domain.forms import Form
from domain.sheets import Sheet
from web.visiting import Visit


def asked(
    visit: Visit,
    form: Form,
    answers: Mapping[str, str] | None = None,
    faults: Mapping[str, str] | None = None,
) -> Sheet:
    """Return a form as this reader sees it, with what they wrote and what is wrong with it.

    `faults` are sentences in the reader's language, by field.
    """
    sheet = forms.sheet(form, answers or {}, visit.language, zone=visit.commune.zone)
    wrong = faults or {}
    return replace(
        sheet,
        blanks=tuple(replace(one, fault=wrong.get(one.name, "")) for one in sheet.blanks),
    )


def filled(form: Form, said: Mapping[str, str]) -> dict[str, str]:
    """Return what a browser sent of a form's questions, each as it was written."""
    return {one.name: said.get(one.name, "") for one in form.fields}
