"""The contact of who petitions or signs: proved by a code before what they filled in is done.

Where the commune may ask for it, the national id is asked last, out of the form: a form that is
put off is kept, and this never is.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace

from actions.people import confirming
from actions.people.contacts import is_theirs
from actions.petitions.identifying import authorisation
from domain.drafts import Draft
from domain.errors import Refused
from domain.forms import Form, kept
from domain.messages import Choice
from domain.petitions import canonical_id
from domain.phrasebook import Named
from domain.sheets import RESUME
from handlers.forms.questions import FORM
from handlers.forms.resuming import held_by
from handlers.turn import Outcome, Turn

CODE, ID = "code", "national_id"
CONTACT = "contact"  # the field, and the fact that holds the one that was proved

Done = Callable[[Turn, Draft, str], Awaitable[Outcome]]
"""Does what a form was filled in for; the national id is empty where nobody asks for it."""


@dataclass(frozen=True, slots=True)
class Carried:
    """A form, and what is done once its contact is proved. `out` leads away from the question."""

    form: Form
    done: Done
    out: tuple[str, str]
    asks_id: bool = True


class Proving:
    """How the forms of one flow have their contact proved."""

    def __init__(self, flow: str, *carried: Carried) -> None:
        self.flow = flow
        self.carried: Mapping[str, Carried] = {one.form.name: one for one in carried}
        self.steps = {(flow, CODE): self.code_given, (flow, ID): self.id_given}

    async def send(self, turn: Turn, draft: Draft) -> Outcome:
        """Go on with a form whose contact is known to be theirs; else send a code there."""
        contact = draft.answers[CONTACT]
        if await is_theirs(turn.unit, turn.person, contact):
            return await self._proved(turn, draft)
        channel = await confirming.send_anew(
            turn.unit,
            turn.incoming.channel,
            turn.incoming.address,
            contact,
            language=turn.language,
        )
        sent = Named(f"delivery.channel_{channel}")
        text = turn.say("petition.code_sent", channel=sent, contact=contact)
        return turn.ask(
            self.flow,
            CODE,
            text,
            choices=self._ways(turn, draft.form),
            **{FORM: draft.form},
        )

    async def code_given(self, turn: Turn, text: str) -> Outcome | None:
        """Try a code; None when it is none."""
        draft = await self._draft(turn)
        if draft is None or not any(map(str.isdecimal, text)):
            return None
        incoming, contact = turn.incoming, draft.answers[CONTACT]
        if await confirming.holds(turn.unit, incoming.channel, incoming.address, contact, text):
            return await self._proved(turn, draft)
        return turn.ask(
            self.flow,
            CODE,
            turn.say("confirm.wrong"),
            choices=self._ways(turn, draft.form),
            **{FORM: draft.form},
        )

    async def id_given(self, turn: Turn, text: str) -> Outcome | None:
        """Take a national id for the contact that was proved a moment ago."""
        draft = await self._draft(turn)
        if draft is None or turn.conversation.facts.get(CONTACT) != draft.answers.get(CONTACT):
            return None
        try:
            number = canonical_id(text)
        except Refused as refused:
            return self._id_asked(turn, draft, turn.say(refused.key))
        return await self.carried[draft.form].done(turn, draft, number)

    async def _proved(self, turn: Turn, draft: Draft) -> Outcome:
        carried = self.carried[draft.form]
        may_ask = await authorisation(turn.unit) if carried.asks_id else ""
        if may_ask:
            asked = turn.say("petition.id_asked", authorisation=may_ask)
            return self._id_asked(turn, draft, asked)
        return await carried.done(turn, draft, "")

    def _id_asked(self, turn: Turn, draft: Draft, text: str) -> Outcome:
        facts = {FORM: draft.form, CONTACT: draft.answers[CONTACT]}
        return turn.ask(self.flow, ID, text, choices=[self._out(turn, draft.form)], **facts)

    async def _draft(self, turn: Turn) -> Draft | None:
        carried = self.carried.get(str(turn.conversation.facts.get(FORM)))
        if carried is None:
            return None
        draft = await turn.unit.drafts.of(held_by(turn), carried.form.name)
        return draft and replace(draft, answers=kept(carried.form, draft.answers, turn.today))

    def _ways(self, turn: Turn, form: str) -> list[Choice]:
        return [
            turn.choice("petition.another_code", f"{RESUME}:{form}:yes"),
            turn.choice("petition.other_contact", f"{RESUME}:{form}:at:{CONTACT}"),
            self._out(turn, form),
        ]

    def _out(self, turn: Turn, form: str) -> Choice:
        label, way = self.carried[form].out
        return turn.choice(label, f"{RESUME}:{form}:{way}")
