"""A form of the house as a page: all its questions at once, and what was filled in, read back."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import replace

from domain import forms
from domain.files import Carried, Kept
from domain.forms import Fault, Form
from domain.sheets import Blank, FieldKind, Sheet
from store.unit import Unit
from web.visiting import Visit

KEPT = "kept_file"  # what a form that is shown again calls the file it came with


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
        blanks=tuple(
            replace(_carried_along(visit, one), fault=wrong.get(one.name, ""))
            for one in sheet.blanks
        ),
    )


def filled(form: Form, said: Mapping[str, str]) -> dict[str, str]:
    """Return what a browser sent of a form's questions, each as it was written; but no file."""
    return {
        one.name: said.get(one.name, "") for one in form.fields if one.kind is not FieldKind.FILE
    }


async def filled_with_file(
    visit: Visit,
    unit: Unit,
    form: Form,
    said: Mapping[str, str],
    file: Carried | Fault | None,
) -> tuple[dict[str, str], dict[str, str]]:
    """Return what was filled in, and what is wrong with the file that came with it, by field.

    A file is kept at once: whoever has to correct another answer need not send it again.
    """
    of = next(one for one in form.fields if one.kind is FieldKind.FILE)
    answers = filled(form, said)
    if isinstance(file, Fault):
        return {**answers, of.name: ""}, {of.name: forms.said(file, visit.language)}
    if file is None:
        return {**answers, of.name: _unsealed(visit, said.get(KEPT, ""))}, {}
    sha256 = await unit.documents.keep(file.content)
    held = Kept(sha256, len(file.content), file.media_type, file.name)
    return {**answers, of.name: held.written}, {}


def _carried_along(visit: Visit, blank: Blank) -> Blank:
    """Seal a kept file's name: who could write one freely could hand in anybody's papers."""
    if blank.kind is not FieldKind.FILE or not blank.answer:
        return blank
    return replace(blank, answer=f"{_seal(visit, blank.answer)} {blank.answer}")


def _unsealed(visit: Visit, sealed: str) -> str:
    seal, _, written = sealed.partition(" ")
    is_ours = hmac.compare_digest(seal.encode(), _seal(visit, written).encode())
    return written if is_ours else ""


def _seal(visit: Visit, written: str) -> str:
    return hmac.new(visit.seal.encode(), f"file:{written}".encode(), hashlib.sha256).hexdigest()
