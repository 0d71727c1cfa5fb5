"""The forms of petitioners: the pre-check, the petition itself, and what it lacked."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from actions import confirming, petitioning
from domain.actors import Actor
from domain.bodies import COUNCIL, BodyKind
from domain.drafts import Draft
from domain.errors import Refused
from domain.files import Kept
from domain.forms import Form
from domain.messages import Choice
from domain.people import Person
from domain.petitions import Finding, Level, PetitionKind, PetitionState, prechecked
from domain.petitions.forms import (
    FILE,
    FILINGS,
    PRECHECKS,
    SUPPLEMENT,
    answers,
    reached_by,
    read,
    written,
)
from domain.petitions.reading import similar
from domain.petitions.states import RUNNING
from domain.petitions.told import headline
from domain.phrasebook import Named
from domain.sheets import RESUME
from handlers import petition_card
from handlers.forms import Filling
from handlers.forms.questions import FORM
from handlers.forms.resuming import draft_of, held_by
from handlers.turn import Outcome, Slots, Turn

FLOW, CODE = "petition", "code"
PETITIONED = frozenset({BodyKind.COUNCIL, BodyKind.ARRONDISSEMENT_COUNCIL})
ICONS = {Level.STOPS: "⛔", Level.WARNS: "⚠️", Level.HOLDS: "✅"}


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


def _filed(kind: PetitionKind) -> Callable[[Turn, Draft], Awaitable[Outcome]]:
    """Return who takes a petition: filed by who has proved the contact, else a code goes there."""

    async def send(turn: Turn, draft: Draft) -> Outcome:
        if turn.person and await _is_theirs(turn, turn.person, draft.answers["contact"]):
            return await _begun(turn, kind, draft, turn.actor)
        return await _code_sent(turn, draft)

    return send


async def _is_theirs(turn: Turn, person: Person, contact: str) -> bool:
    held = await turn.unit.people.addresses(person.id)
    wanted = reached_by(contact)
    return any((one.channel, one.value) == wanted and one.is_verified for one in held)


async def _code_sent(turn: Turn, draft: Draft) -> Outcome:
    incoming, contact = turn.incoming, draft.answers["contact"]
    channel = await confirming.send_anew(
        turn.unit, incoming.channel, incoming.address, contact, language=turn.language
    )
    text = turn.say(
        "petition.code_sent", channel=Named(f"delivery.channel_{channel}"), contact=contact
    )
    return turn.ask(FLOW, CODE, text, choices=_ways(turn, draft.form), **{FORM: draft.form})


def _ways(turn: Turn, form: str) -> list[Choice]:
    return [
        turn.choice("petition.another_code", f"{RESUME}:{form}:yes"),
        turn.choice("petition.other_contact", f"{RESUME}:{form}:at:contact"),
        turn.choice("form.later", f"{RESUME}:{form}:later"),
    ]


async def code_given(turn: Turn, text: str) -> Outcome | None:
    """Try a code; once it is right, the petition is its mandatary's, and begins."""
    form = str(turn.conversation.facts.get(FORM))
    kind = next((one for one, filing in FILINGS.items() if filing.name == form), None)
    draft = await draft_of(turn, BY_FORM[form]) if kind else None
    if kind is None or draft is None or not any(map(str.isdecimal, text)):
        return None
    incoming, said = turn.incoming, draft.answers
    is_right = await confirming.holds(
        turn.unit, incoming.channel, incoming.address, said["contact"], text
    )
    if not is_right:
        wrong = turn.say("confirm.wrong")
        return turn.ask(FLOW, CODE, wrong, choices=_ways(turn, form), **{FORM: form})
    person = await petitioning.mandatary_at(
        turn.unit, turn.actor, said["contact"], said["name"], language=turn.language
    )
    actor = Actor.of(person, incoming.channel, incoming.address)
    return await _begun(turn, kind, draft, actor)


async def _begun(turn: Turn, kind: PetitionKind, draft: Draft, actor: Actor) -> Outcome:
    said = draft.answers
    petition = await petitioning.begin(
        turn.unit,
        actor,
        petitioning.Asked(
            kind=kind,
            body_key=said["body"],
            subject=said["subject"],
            reasons=said["reasons"],
            goals=said["goals"],
            language=turn.language,
            mandatary=said["name"],
            checks=read(said.get("checks", "")),
            association=said.get("association", ""),
            file=Kept.read(said[FILE]) if said.get(FILE) else None,
        ),
    )
    await turn.unit.drafts.end(draft.id)
    if petition.state is PetitionState.FILED:
        return await petition_card.receipt(turn, petition)
    return await petition_card.told(
        turn, actor, petition, before=turn.say(f"petition.begun_{petition.state}")
    )


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
    send = _checked(kind) if is_precheck else _filed(kind)
    return Filling(form=form, check=_may(kind), send=send, known=_known)


FILLINGS = (
    *(_of(forms[kind], kind) for forms in (PRECHECKS, FILINGS) for kind in PetitionKind),
    Filling(form=SUPPLEMENT, check=_may_add, send=_added, known=_nothing),
)
BY_FORM = {one.form.name: one for one in FILLINGS}
STEPS = {(FLOW, CODE): code_given}
