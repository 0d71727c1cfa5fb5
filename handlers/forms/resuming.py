"""Forms that were begun and not sent: they wait, and are offered again."""

from collections.abc import Mapping
from dataclasses import replace

from domain.drafts import Draft, holders
from domain.forms import kept
from domain.messages import Choice
from domain.sheets import RESUME
from handlers.forms.filling import Filling
from handlers.turn import Turn


def held_by(turn: Turn) -> tuple[str, ...]:
    """Return who may hold the drafts of whoever speaks."""
    incoming = turn.incoming
    return holders(turn.person.id if turn.person else None, incoming.channel, incoming.address)


async def open_forms(turn: Turn) -> list[Choice]:
    """Return the choices to go on with what somebody has begun, the last touched first."""
    if not turn.incoming.is_private:
        return []
    begun_before = await turn.unit.drafts.open(held_by(turn))
    return [resume(turn, one.form) for one in begun_before if _is_form(turn, one.form)]


def resume(turn: Turn, name: str) -> Choice:
    return turn.choice("form.resume", f"{RESUME}:{name}", form=turn.say(f"{name}.title"))


def _is_form(turn: Turn, name: str) -> bool:
    """Say whether there is such a form: a draft may be older than its end."""
    return turn.phrases.has(f"{name}.title")


def title(turn: Turn, filling: Filling) -> str:
    return turn.say(f"{filling.form.name}.title")


async def begun(turn: Turn, filling: Filling, known: Mapping[str, str]) -> Draft:
    answers = kept(filling.form, known, turn.today)
    return await turn.unit.drafts.begin(held_by(turn)[0], filling.form.name, answers)


async def draft_of(turn: Turn, filling: Filling) -> Draft | None:
    """Return what somebody has answered so far, as far as it fits the form as it is now."""
    draft = await turn.unit.drafts.of(held_by(turn), filling.form.name)
    return draft and replace(draft, answers=kept(filling.form, draft.answers, turn.today))
