"""A petition in words: where it stands, for its list, its card and its news."""

from collections.abc import Callable, Mapping
from datetime import date

from domain.agenda import ItemState
from domain.messages import Message
from domain.petitions.petition import Petition
from domain.petitions.states import ICONS, PetitionState
from domain.phrasebook import LANGUAGES, Named, phrasebook

Facts = dict[str, dict[str, object]]
NEWS_LANGUAGES = (*LANGUAGES, "ary")  # citizens are told in theirs, too


def headline(petition: Petition, language: str) -> str:
    """Return the one line that names a petition and says where it stands."""
    return phrasebook().say(
        "petition.line",
        language,
        icon=ICONS[petition.state],
        ref=petition.ref,
        subject=petition.subject,
        state=Named(f"council.petition_{petition.state}"),
    )


def news(
    petition: Petition,
    language: str,
    *,
    day: date | None = None,
    result: ItemState | None = None,
) -> Message:
    """Return what is said when a petition has moved.

    `day` is that of the session it comes before, `result` what became of it there.
    """
    say = phrasebook().say
    lines = [headline(petition, language), *detail(petition, language)]
    if day:
        lines.append(say("petition.on_agenda", language, day=day))
    if result:
        lines.append(say("petition.result", language, state=Named(f"council.item_{result}")))
    title = say("petition.news_title", language, ref=petition.ref)
    return Message("\n".join(lines), language, title)


def detail(petition: Petition, language: str) -> list[str]:
    """Return what its state means for those who follow it, a line each."""
    facts = FACTS.get(petition.state, _nothing)(petition)
    return [phrasebook().say(key, language, **said) for key, said in facts.items()]


def _nothing(_: Petition) -> Facts:
    return {}


def _needs(petition: Petition) -> Facts:
    wanted = petition.threshold
    return {"petition.needs": {"count": wanted.value}} if wanted else {}


def _due(petition: Petition) -> Facts:
    return {"petition.due": {"day": petition.due_on}} if petition.due_on else {}


def _lacks(petition: Petition) -> Facts:
    return {"petition.lacks": {"lacks": petition.corrections}}


def _refused(petition: Petition) -> Facts:
    """Say why the bureau refused it: the code's sentence, and its own words."""
    code = Named(f"petition.refusal_{petition.refusal_code}")
    return {"petition.refused_because": {"code": code, "reason": petition.refusal_reason}}


def _followed_up(petition: Petition) -> Facts:
    return {"petition.follow_up": {"text": petition.follow_up}} if petition.follow_up else {}


def _expired(_: Petition) -> Facts:
    return {"petition.expired": {}}


# What is said of a state, beside its name: phrases with their facts.
FACTS: Mapping[PetitionState, Callable[[Petition], Facts]] = {
    PetitionState.COLLECTING: _needs,
    PetitionState.FILED: _due,
    PetitionState.AT_BUREAU: _due,
    PetitionState.TO_COMPLETE: _lacks,
    PetitionState.INADMISSIBLE: _refused,
    PetitionState.FOLLOWED_UP: _followed_up,
    PetitionState.CLOSED: _followed_up,
    PetitionState.EXPIRED: _expired,
}
