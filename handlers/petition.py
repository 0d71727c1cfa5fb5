"""Petitions: what is asked for, where they stand, following one, and what its mandatary does."""

from actions.following import follower_at
from actions.moving_petitions import may_see, own
from actions.people import owning
from actions.petitions import petitioning
from actions.petitions.queuing import queue
from domain import law
from domain.errors import Refused
from domain.messages import Choice
from domain.people import Person
from domain.petitions import Petition, PetitionKind
from domain.petitions.conditions import DOCUMENTS
from domain.petitions.reading import similar
from domain.petitions.states import RUNNING
from domain.petitions.told import headline
from handlers import filling, help, petition_card
from handlers.petition_forms import FLOW
from handlers.turn import Outcome, Slots, Turn
from handlers.understanding import Intent

MOST_LISTED = 8
STARTING = "starting"
KNOWN = ("body", "topic")


async def required(turn: Turn, _slots: Slots) -> Outcome:
    """Say what the law asks of a petition here, each with its article."""
    commune = turn.commune.tenant
    file = help.offered(turn, Intent.PETITION_FILE)
    wanted = await petitioning.wanted(turn.unit, commune)
    rules = law.pack(commune.rule_pack).rules
    documents = rules.get(DOCUMENTS)
    lines = [
        turn.say("petition.asks_citizens", count=wanted.value, article=wanted.article),
        turn.say("petition.asks_association", count=rules["petition_association_age_years"].value),
        turn.say("petition.asks_subject"),
    ]
    if documents:
        names = [turn.say(f"petition.document_{one}") for one in documents.value]
        lines.append(
            turn.say("petition.asks_documents", documents=names, source=documents.authority.source)
        )
    lines.append(turn.say("petition.asks_time"))
    return turn.tell(
        "\n".join(lines),
        title=turn.say("petition.asks_title"),
        choices=[file, turn.choice("petition.others", "petitions")],
    )


async def file_asked(turn: Turn, slots: Slots) -> Outcome:
    """Ask who petitions, citizens or an association: the law asks other things of each."""
    if not turn.incoming.is_private:
        raise Refused("link.in_private")
    await petitioning.check(turn.unit, turn.actor, PetitionKind.CITIZENS)
    facts = {name: slots[name] for name in KNOWN if slots.get(name)}
    choices = [turn.choice(f"petition.kind_{kind}", f"petnew:{kind}") for kind in PetitionKind]
    cancel = turn.choice("common.cancel", "cancel")
    text = turn.say("petition.who")
    return turn.ask(FLOW, STARTING, text, choices=[*choices, cancel], **facts)


async def begun(turn: Turn, kind: PetitionKind) -> Outcome:
    """Begin the pre-check of citizens, or of an association."""
    slots = {name: turn.conversation.facts.get(name) for name in KNOWN}
    return await filling.beginning(f"precheck_{kind}")(turn, slots)


async def list_asked(turn: Turn, slots: Slots) -> Outcome:
    """List the petitions: one's own, those that wait for the staff, and what runs."""
    if slots.get("whose") and turn.incoming.is_private:
        return await _own_told(turn, turn.person) if turn.person else _own_unknown(turn)
    return await listed(turn, topic=str(slots.get("topic") or ""))


async def listed(turn: Turn, topic: str = "") -> Outcome:
    running = await turn.unit.petitions.in_states(RUNNING)
    own_ones = await turn.unit.petitions.of_mandatary(turn.person.id) if turn.person else []
    waiting = [one.petition for one in await queue(turn.unit, turn.actor)]
    found = similar(topic, running) if topic else [*own_ones, *waiting, *running]
    shown = list({one.id: one for one in found}.values())[:MOST_LISTED]
    file = help.offered(turn, Intent.PETITION_FILE)
    if not shown:
        return turn.tell(turn.say("petition.none"), choices=[file])
    lines = [headline(one, turn.language) for one in shown]
    choices = [Choice(one.ref, f"petition:{one.id}") for one in shown]
    title = turn.say("menu.petition_list")
    return turn.tell("\n".join(lines), title=title, choices=[*choices, file])


async def _own_told(turn: Turn, person: Person) -> Outcome:
    """Tell of the petitions somebody speaks for, and of those they signed."""
    kinds = {
        "petition.own_filed": await turn.unit.petitions.of_mandatary(person.id),
        "petition.own_signed": await owning.signed(turn.unit, person.id),
    }
    parts: list[str] = []
    choices: dict[int, Choice] = {}
    for key, found in kinds.items():
        shown = found[:MOST_LISTED]
        if shown:
            parts.append(
                "\n".join([turn.say(key), *(headline(one, turn.language) for one in shown)])
            )
        choices |= {one.id: Choice(one.ref, f"petition:{one.id}") for one in shown}
    text = "\n\n".join(parts) or turn.say("petition.own_none")
    others = turn.choice("petition.others", "petitions")
    ways = [others, help.offered(turn, Intent.PETITION_FILE)]
    return turn.tell(text, choices=[*choices.values(), *ways])


def _own_unknown(turn: Turn) -> Outcome:
    """Say to whoever we do not know why nothing of theirs is found here."""
    ways = [turn.choice("petition.others", "petitions"), help.offered(turn, Intent.LINK)]
    return turn.tell(turn.say("petition.own_unknown"), choices=ways)


async def status_asked(turn: Turn, slots: Slots) -> Outcome:
    """Show the petition meant: by its number, by its words, else one's own."""
    ref = str(slots.get("petition_ref") or "")
    if ref:
        return await _shown(turn, await turn.unit.petitions.called(ref))
    if not slots.get("topic") and turn.about_petition:
        return await shown(turn, turn.about_petition)
    if not slots.get("topic") and turn.person:
        own_ones = await turn.unit.petitions.of_mandatary(turn.person.id)
        if len(own_ones) == 1:
            return await _shown(turn, own_ones[0])
    return await list_asked(turn, slots)


async def shown(turn: Turn, petition_id: int) -> Outcome:
    return await _shown(turn, await turn.unit.petitions.by_id(petition_id))


async def followed(turn: Turn, petition_id: int, answer: str = "yes") -> Outcome:
    """Follow a petition, or no more: whoever we do not know is told in this very chat."""
    petition = await turn.unit.petitions.by_id(petition_id)
    if petition is None:
        raise Refused("petition.unknown")
    person = turn.person or await follower_at(turn.unit, turn.actor, language=turn.language)
    is_wanted = answer == "yes"
    await petitioning.follow(turn.unit, person, petition, is_wanted=is_wanted)
    key = "petition.followed" if is_wanted else "petition.unfollowed"
    return turn.tell(
        turn.say(key, ref=petition.ref),
        choices=[turn.choice("petition.see", f"petition:{petition_id}")],
    )


async def filed(turn: Turn, petition_id: int, answer: str = "") -> Outcome:
    """File a petition whose threshold is reached, once that was said to be meant."""
    petition = await own(turn.unit, turn.actor, petition_id)
    if answer != "yes":
        yes = turn.choice("petition.file_yes", f"petfile:{petition_id}:yes")
        return _echo(turn, turn.say("petition.file_echo", ref=petition.ref), yes)
    return await petition_card.receipt(
        turn, await petitioning.file(turn.unit, turn.actor, petition_id)
    )


async def receipt(turn: Turn, petition_id: int) -> Outcome:
    petition = await own(turn.unit, turn.actor, petition_id)
    if petition.received_at is None:
        raise Refused("petition.unknown")
    return await petition_card.receipt(turn, petition)


async def added(turn: Turn, petition_id: int) -> Outcome:
    """Begin the form that brings what a petition lacked."""
    await own(turn.unit, turn.actor, petition_id)
    form = filling.FILLINGS["petition_supplement"]
    return await filling.begin(turn, form, {"petition": str(petition_id)})


async def withdrawn(turn: Turn, petition_id: int, answer: str = "") -> Outcome:
    petition = await own(turn.unit, turn.actor, petition_id)
    if answer != "yes":
        yes = turn.choice("petition.withdraw_yes", f"petwithdraw:{petition_id}:yes")
        return _echo(turn, turn.say("petition.withdraw_echo", ref=petition.ref), yes)
    done = await petitioning.withdraw(turn.unit, turn.actor, petition_id)
    return await petition_card.told(turn, turn.actor, done)


async def _shown(turn: Turn, petition: Petition | None) -> Outcome:
    if petition is None or not may_see(turn.person, petition):
        choices = [turn.choice("petition.others", "petitions")]
        return turn.tell(turn.say("petition.unknown"), choices=choices)
    return await petition_card.told(turn, turn.actor, petition)


def _echo(turn: Turn, text: str, yes: Choice) -> Outcome:
    return turn.tell(text, choices=[yes, turn.choice("common.cancel", "cancel")])
