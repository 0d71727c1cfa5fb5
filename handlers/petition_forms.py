"""The forms of petitioners: the pre-check, the petition itself, and what it lacked."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from actions.people.contacts import is_theirs
from actions.petitions import petitioning
from domain.actors import Actor
from domain.bodies import COUNCIL, BodyKind
from domain.drafts import Draft
from domain.errors import Refused
from domain.files import Kept
from domain.forms import Form
from domain.messages import Choice
from domain.petitions import Finding, Level, PetitionKind, PetitionState, prechecked
from domain.petitions.conditions import ICONS
from domain.petitions.forms import (
    FILE,
    FILINGS,
    PRECHECKS,
    SUPPLEMENT,
    answers,
    written,
)
from domain.petitions.reading import similar
from domain.petitions.states import RUNNING
from domain.petitions.told import headline
from domain.sheets import RESUME
from handlers import petition_card
from handlers.forms import Filling
from handlers.forms.resuming import held_by
from handlers.proved_contacts import Carried, Done, Proving
from handlers.turn import Outcome, Slots, Turn

FLOW = "petition"
PETITIONED = frozenset({BodyKind.COUNCIL, BodyKind.ARRONDISSEMENT_COUNCIL})


def _known(turn: Turn, slots: Slots) -> Mapping[str, str]:
    """Return which council is asked, and what for, as far as the first sentence says."""
    body = turn.commune.bodies.get(str(slots.get("body") or ""))
    key = body.key if body and body.kind in PETITIONED else COUNCIL
    return {"body": key, "subject": str(slots.get("topic") or "")}


def _may(kind: PetitionKind) -> Callable[[Turn, Mapping[str, str]], Awaitable[None]]:
    async def check(turn: Turn, _: Mapping[str, str]) -> None:
        await petitioning.check(turn.unit, turn.actor, kind)

    return check


def _checked(kind: PetitionKind) -> Callable[[Turn, Draft], Awaitable[Outcome]]:
    """Return who says what a pre-check came to: it goes on, or is held back by what stops it."""

    async def send(turn: Turn, draft: Draft) -> Outcome:
        findings = prechecked(
            turn.commune.tenant.rule_pack, answers(kind, draft.answers), today=turn.today
        )
        alike, choices = await _alike(turn, draft.answers["subject"])
        text = "\n".join([*_findings(turn, findings), *alike])
        if findings[0].level is Level.STOPS:
            mend = turn.choice("petition.mend", f"{RESUME}:{draft.form}:correct")
            return turn.settle(text, choices=[mend, *choices])
        form = FILINGS[kind].name
        carried = {name: draft.answers.get(name, "") for name in ("body", "subject")}
        given = {**carried, "checks": written(draft.answers), **_own_name(turn)}
        await turn.unit.drafts.begin(held_by(turn)[0], form, given)
        await turn.unit.drafts.end(draft.id)
        go_on = turn.choice("petition.write_it", f"{RESUME}:{form}")
        return turn.settle(text, choices=[go_on, *choices])

    return send


def _own_name(turn: Turn) -> Mapping[str, str]:
    return {"name": turn.person.name} if turn.person and turn.person.memberships else {}


def _findings(turn: Turn, findings: Sequence[Finding]) -> list[str]:
    """Say what stands against it, the gravest first, each with its article and what to do."""
    worst = findings[0].level
    lines = [turn.say(f"petition.precheck_{worst}")]
    for finding in findings:
        if finding.level is not Level.HOLDS:
            said = turn.say(f"petition.check_{finding.code}")
            article = turn.say("petition.article", article=finding.article)
            lines.append(
                f"{ICONS[finding.level]} {said} {article if finding.article else ''}".strip()
            )
    met = sum(finding.level is Level.HOLDS for finding in findings)
    if met:
        lines.append(turn.say("petition.met", icon=ICONS[Level.HOLDS], count=met))
    return lines


async def _alike(turn: Turn, subject: str) -> tuple[list[str], list[Choice]]:
    found = similar(subject, await turn.unit.petitions.in_states(RUNNING))
    if not found:
        return [], []
    lines = [turn.say("petition.alike"), *(headline(one, turn.language) for one in found)]
    choices = [
        turn.choice("petition.see_other", f"petition:{one.id}", ref=one.ref) for one in found
    ]
    return lines, choices


def _filed(kind: PetitionKind) -> Done:
    """Return who takes a petition of whoever has just proved the contact."""

    async def done(turn: Turn, draft: Draft, national_id: str) -> Outcome:
        actor = await _mandatary(turn, draft.answers)
        asked = petitioning.Asked.read(kind, draft.answers, language=turn.language)
        petition = await petitioning.begin(turn.unit, actor, asked, national_id)
        await turn.unit.drafts.end(draft.id)
        if petition.state is PetitionState.FILED:
            return await petition_card.receipt(turn, petition)
        return await petition_card.told(
            turn, actor, petition, before=turn.say(f"petition.begun_{petition.state}")
        )

    return done


async def _mandatary(turn: Turn, said: Mapping[str, str]) -> Actor:
    """Return who petitions: who speaks, where the contact was theirs; else who has proved it."""
    if await is_theirs(turn.unit, turn.person, said["contact"]):
        return turn.actor
    person = await petitioning.mandatary_at(
        turn.unit, turn.actor, said["contact"], said["name"], language=turn.language
    )
    return Actor.of(person, turn.incoming.channel, turn.incoming.address)


async def _may_add(_: Turn, said: Mapping[str, str]) -> None:
    if not said.get("petition"):
        raise Refused("petition.nothing_lacks")


async def _added(turn: Turn, draft: Draft) -> Outcome:
    said = draft.answers
    file = Kept.read(said[FILE]) if said.get(FILE) else None
    petition = await petitioning.supplement(
        turn.unit, turn.actor, int(said["petition"]), said["text"], file
    )
    await turn.unit.drafts.end(draft.id)
    return await petition_card.told(turn, turn.actor, petition, before=turn.say("petition.added"))


def _nothing(_turn: Turn, _slots: Slots) -> Mapping[str, str]:
    return {}


def _of(form: Form, kind: PetitionKind) -> Filling:
    is_precheck = form is PRECHECKS[kind]
    send = _checked(kind) if is_precheck else PROVING.send
    return Filling(form=form, check=_may(kind), send=send, known=_known)


PROVING = Proving(
    FLOW,
    *(Carried(form, _filed(kind), ("form.later", "later")) for kind, form in FILINGS.items()),
)
FILLINGS = (
    *(_of(forms[kind], kind) for forms in (PRECHECKS, FILINGS) for kind in PetitionKind),
    Filling(form=SUPPLEMENT, check=_may_add, send=_added, known=_nothing),
)
STEPS = PROVING.steps
