"""A form whose contact is proved by a code: kept for this browser until the code is typed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from http import HTTPStatus

from actions.meetings import today
from actions.people import confirming
from actions.people.contacts import is_theirs
from actions.petitions.identifying import authorisation
from domain.addresses import Channel
from domain.drafts import Draft, holders
from domain.errors import Refused
from domain.forms import Form, kept
from domain.petitions import canonical_id
from store.unit import Unit
from web.mistakes import Mistaken
from web.pace import Pace
from web.rendering import Page, page
from web.site import Site
from web.visiting import Visit

CONTACT = "contact"
HEARD = "?done=heard"  # a code that nothing waits for: sent twice, more often than not
MOST = 120  # forms with a contact from one network within an hour: many telephones share one
MOST_TRIES = 3  # codes tried for each
WITHIN = timedelta(hours=1)
WRONG = HTTPStatus.UNPROCESSABLE_ENTITY


@dataclass(frozen=True, slots=True)
class Proved:
    """A form whose contact was proved, and the national id where the commune may ask for it."""

    draft: Draft
    national_id: str = ""


class Desk:
    """Keeps what was filled in, sends the code, and hears it, so often from one network.

    `asks_id`: whether the national id is asked for as well, where the commune may.
    """

    def __init__(self, site: Site, *, asks_id: bool = True) -> None:
        self._sent = Pace(site.clock, most=MOST, within=WITHIN)
        self._tried = Pace(site.clock, most=MOST_TRIES * MOST, within=WITHIN)
        self._asks_id = asks_id

    async def take(self, unit: Unit, visit: Visit, form: Form, answers: Mapping[str, str]) -> Draft:
        """Keep a form, and send a code to its contact unless that is theirs; raises Refused."""
        if not self._sent.allows(visit.network):
            raise Mistaken(HTTPStatus.TOO_MANY_REQUESTS, wait=WITHIN)
        draft = await unit.drafts.begin(held_by(visit)[0], form.name, answers)
        if not await is_theirs(unit, visit.person, answers[CONTACT]):
            await confirming.send_anew(
                unit, Channel.INBOX, visit.place, answers[CONTACT], language=visit.language
            )
        return draft

    async def asked(
        self, unit: Unit, visit: Visit, draft: Draft, *, action: str, wrong: str = "", id_: str = ""
    ) -> Page:
        """Return the page that asks for the code, and for the id; `wrong` is a phrase."""
        return page(
            visit,
            "public/petition_code.html",
            action=action,
            contact=draft.answers[CONTACT],
            lasts=confirming.LASTS,
            needs_code=not await is_theirs(unit, visit.person, draft.answers[CONTACT]),
            authorisation=await self._authorisation(unit),
            back=action.replace("/code", "", 1),
            national_id=id_,
            wrong=wrong,
            status=WRONG if wrong else HTTPStatus.OK,
        )

    async def heard(
        self, unit: Unit, visit: Visit, draft: Draft, said: Mapping[str, str], *, action: str
    ) -> Proved | Page:
        """Return the form once its contact is proved; else the page that asks again."""
        if not self._tried.allows(visit.network):
            raise Mistaken(HTTPStatus.TOO_MANY_REQUESTS, wait=WITHIN)
        number, contact = said.get("national_id", ""), draft.answers[CONTACT]
        try:
            number = canonical_id(number) if await self._authorisation(unit) else ""
        except Refused as refused:
            return await self.asked(
                unit, visit, draft, action=action, wrong=refused.key, id_=number
            )
        if await is_theirs(unit, visit.person, contact):
            return Proved(draft, number)
        code = said.get("code", "")
        if await confirming.holds(unit, Channel.INBOX, visit.place, contact, code):
            return Proved(draft, number)
        return await self.asked(
            unit, visit, draft, action=action, wrong="confirm.wrong", id_=number
        )

    async def _authorisation(self, unit: Unit) -> str:
        return await authorisation(unit) if self._asks_id else ""


def spare(site: Site, visit: Visit) -> None:
    """Raise Mistaken when too much is tried from one place."""
    if not site.tried.allows(visit.network):
        raise Mistaken(HTTPStatus.TOO_MANY_REQUESTS, wait=site.tried.within)


def held_by(visit: Visit) -> tuple[str, ...]:
    person_id = visit.person.id if visit.person else None
    return holders(person_id, Channel.INBOX, visit.place)


async def kept_draft(unit: Unit, visit: Visit, form: Form) -> Draft | None:
    """Return what this browser has filled in of a form, as far as it fits the form as it is."""
    draft = await unit.drafts.of(held_by(visit), form.name)
    day = today(unit.clock, visit.commune)
    return draft and replace(draft, answers=kept(form, draft.answers, day))
