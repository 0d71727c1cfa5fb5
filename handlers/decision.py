"""The council's decisions: by number, date, body and words; and their track, for who keeps it."""

from collections.abc import Iterator, Sequence
from datetime import date

from actions.sessions import deciding
from actions.sitting_words import vote_line
from domain.decisions import ICONS, Decision, DecisionFact
from domain.errors import Refused
from domain.folding import folded
from domain.messages import Choice
from domain.phrasebook import Named
from domain.rights import Act, Sight, may, sees
from handlers import help, telling
from handlers.finding import period
from handlers.turn import Outcome, Slots, Turn

FLOW = "decision"
MOST_LISTED = 8


async def asked(turn: Turn, slots: Slots) -> Outcome:
    """Answer with the decision of this number, else with those of the day, body and words."""
    if slots.get("decision_ref"):
        return await shown(turn, str(slots["decision_ref"]))
    body_key = str(slots["body"]) if slots.get("body") in turn.commune.bodies else None
    found = await turn.unit.decisions.all(body_key=body_key, days=period(slots))
    words = folded(str(slots.get("topic") or "")).split()
    seen = [one for one in found if _is_seen(turn, one) and _says(one, words)]
    if len(seen) == 1:
        return await _told(turn, seen[0])
    if not seen:
        return await _none(turn, body_key, period(slots))
    return _listed(turn, seen, turn.say("decision.listed"))


async def _none(turn: Turn, body_key: str | None, days: tuple[date, date] | None) -> Outcome:
    """Say that there is none; name the last before those days, or the last of all."""
    until = (date.min, days[1]) if days else None
    all_before = await turn.unit.decisions.all(body_key=body_key, days=until)
    seen = [one for one in all_before if _is_seen(turn, one)]
    if not seen:
        return turn.tell(turn.say("decision.none"), choices=help.menu(turn))
    last = [one for one in seen if one.adopted_on == seen[0].adopted_on]
    return _listed(turn, last, turn.say("decision.none_but", on=last[0].adopted_on))


def _listed(turn: Turn, seen: Sequence[Decision], heading: str) -> Outcome:
    listed = seen[:MOST_LISTED]
    lines = [heading, *(_line(turn, one) for one in listed)]
    if len(seen) > len(listed):
        lines.append(turn.say("decision.more", count=len(seen) - len(listed)))
    choices = [Choice(one.ref, f"decision:{one.ref}") for one in listed]
    return turn.tell("\n".join(lines), choices=choices)


async def shown(turn: Turn, ref: str) -> Outcome:
    return await _told(turn, await _known(turn, ref))


async def tracked(turn: Turn, ref: str, fact: DecisionFact, answer: str = "") -> Outcome:
    """Note what happened to a decision today, once that was said back."""
    decision = await _known(turn, ref)
    named = Named(f"decision.fact_{fact}")
    if answer != "yes":
        text = turn.say("decision.echo", ref=decision.ref, fact=named, on=turn.today)
        return turn.echo(FLOW, text, f"track:{decision.ref}:{fact}:yes")
    after = await deciding.advance(turn.unit, turn.actor, ref, fact)
    text = turn.say("decision.noted", ref=after.ref, fact=named, on=turn.today)
    return turn.settle(text, choices=list(_choices(turn, after)))


async def _known(turn: Turn, ref: str) -> Decision:
    """Return a decision; of what somebody may not see, the same is said as of what is not there."""
    decision = await deciding.known(turn.unit, ref)
    if not _is_seen(turn, decision):
        raise Refused("decision.unknown", ref=ref)
    return decision


def _is_seen(turn: Turn, decision: Decision) -> bool:
    body = turn.commune.bodies[decision.body_key]
    return decision.is_public or sees(turn.person, Sight.CLOSED_ITEMS, body)


async def _told(turn: Turn, decision: Decision) -> Outcome:
    lines = [
        turn.say(
            "decision.card",
            icon=ICONS[decision.state],
            state=turn.say(f"council.decision_{decision.state}"),
            on=decision.adopted_on,
            body=telling.body(turn, turn.commune.bodies[decision.body_key]),
            text=decision.text,
        )
    ]
    votes = await turn.unit.votes.of(decision.item_id)
    lines += [vote_line(vote, turn.language) for vote in votes if vote.on == decision.adopted_on]
    lines += [
        turn.say("decision.day", fact=Named(f"decision.fact_{fact}"), on=decision.days[fact])
        for fact in DecisionFact
        if fact in decision.days
    ]
    return turn.tell(
        "\n".join(lines),
        title=f"{decision.ref} — {decision.title}",
        choices=list(_choices(turn, decision)),
        about=decision.session_id,
    )


def _choices(turn: Turn, decision: Decision) -> Iterator[Choice]:
    yield turn.choice("vote.see_item", f"item:{decision.session_id}:{decision.item_id}")
    if may(turn.actor, Act.RECORD, turn.commune.bodies[decision.body_key]):
        for fact in decision.next_facts:
            yield turn.choice(f"decision.fact_{fact}", f"track:{decision.ref}:{fact}")


def _says(decision: Decision, words: list[str]) -> bool:
    said = folded(f"{decision.title} {decision.text}")
    return all(word in said for word in words)


def _line(turn: Turn, decision: Decision) -> str:
    return turn.say(
        "decision.line",
        icon=ICONS[decision.state],
        ref=decision.ref,
        on=decision.adopted_on,
        title=decision.title,
    )
