"""The editor of a text: what it holds, how it is shown, and what its buttons mean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from litestar import Response

from actions.texts import submitting
from actions.texts.manuscripts import Manuscript
from domain.approval_forms import AUDIENCES, WRITTEN
from domain.bodies import COUNCIL, Body
from domain.differences import Difference
from domain.notices import Audience
from domain.phrasebook import LANGUAGES
from domain.publications import TITLE_LENGTH, TOLD, PublicationKind, Texts, in_order, longest
from domain.rights import Act
from store.unit import Unit
from web.desk.drafting import Draft, previews, reckoned
from web.desk.refusals import AGAIN
from web.desk.sessions import bodies_for
from web.rendering import page
from web.visiting import Visit

MOST = 4 * 1024 * 1024  # bytes: long minutes in three languages, each letter written as six
SUBMIT, PREVIEW = "submit", "preview"
Changed = tuple[str, tuple[Difference, ...]]  # in which language, and what


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the editor shows: of a new text, or of one that is kept under `held`.

    `mark` is the content it was filled in for. `changed` is what another has changed meanwhile.
    """

    kind: PublicationKind
    typed: Mapping[str, str]
    texts: Texts
    audience: Audience | None = None
    body: str = COUNCIL
    chosen: str = "everyone"
    release: str = ""
    held: Manuscript | None = None
    mark: str = ""
    changed: Sequence[Changed] = ()


def of_draft(draft: Draft) -> Sheet:
    return Sheet(
        draft.kind,
        draft.typed,
        draft.texts,
        draft.told_to,
        draft.body,
        draft.audience,
        draft.release,
    )


async def edited(
    found: Visit, sheet: Sheet, *, looks: bool = False, wrong: str = ""
) -> Response[Any]:
    """Show the editor; `looks`: with how each channel shows it, and what it would cost."""
    has_words = looks and bool(sheet.texts)
    async with found.site.store.reading() as unit:
        bodies: dict[str, Body] = await bodies_for(unit, found, Act.WRITE)
        foretold = None
        if has_words and sheet.audience and sheet.body in bodies:
            foretold = await reckoned(unit, found, sheet.kind, sheet.texts, sheet.audience)
    return page(
        found,
        "desk/publication.html",
        status=AGAIN if wrong else HTTPStatus.OK,
        sheet=sheet,
        bodies=bodies,
        kinds=WRITTEN,
        audiences=list(AUDIENCES),
        languages=LANGUAGES,
        has_audience=sheet.kind in TOLD and bool(sheet.chosen),
        missing=[one for one in LANGUAGES if one not in sheet.texts] if has_words else [],
        shown=in_order(sheet.texts, found.language) if has_words else [],
        previews=previews(found, sheet.kind, sheet.texts) if has_words else [],
        foretold=foretold,
        longest_title=TITLE_LENGTH,
        longest_text=longest(sheet.kind),
        wrong=wrong,
    )


async def submitted(unit: Unit, found: Visit, text: int, said: Mapping[str, str]) -> None:
    """Put a text before its steps, unless it is on its way: an edit has done so itself."""
    publication = await unit.publications.by_id(text)
    is_on_its_way = publication is None or publication.state in submitting.ON_ITS_WAY
    if said.get("act") == SUBMIT and not is_on_its_way:
        await submitting.submit(unit, found.actor, text)


def done(said: Mapping[str, str]) -> str:
    return "submit" if said.get("act") == SUBMIT else "saved"
