"""Looking for things in people's own words: what became of the file about lighting."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.agenda import ICONS
from domain.documents import DocumentKind
from domain.messages import Choice
from domain.searching import Called, Found, Sought, Wanted, wanted
from domain.topics import of_words, words_of
from handlers import (
    agenda,
    decision,
    document,
    help,
    item,
    petition,
    published,
    telling,
)
from handlers.finding import period
from handlers.turn import Outcome, Slots, Turn
from store.catalogue import Filter

MOST_TOLD = 8  # of each kind
MOST_OFFERED = 3  # beside other choices
MOST_LETTERS = 100  # of what was looked for, as it is told


@dataclass(frozen=True, slots=True)
class Results:
    """What was found, with one more than is told where there is more."""

    items: Sequence[Found]
    papers: Sequence[Found]
    called: Sequence[Called] = ()

    @property
    def told(self) -> tuple[Found | Called, ...]:
        return (
            *self.items[:MOST_TOLD],
            *self.papers[:MOST_TOLD],
            *self.called[:MOST_TOLD],
        )

    @property
    def has_more(self) -> bool:
        return any(len(one) > MOST_TOLD for one in (self.items, self.papers, self.called))


async def said(turn: Turn, words: str) -> Outcome:
    """Look everywhere for what somebody typed after `search`."""
    return await _told(turn, words, {}) if words else turn.tell(turn.say("search.how"))


async def status_asked(turn: Turn, slots: Slots) -> Outcome:
    """Say how an item or a file stands: by its number, or by what it is about."""
    if slots.get("item_number"):
        return await item.asked(turn, slots)
    return await _told(turn, _topic(slots), slots) if _topic(slots) else _asked_back(turn)


async def agenda_asked(turn: Turn, slots: Slots) -> Outcome:
    """Answer an agenda; where a topic was named, the items about it."""
    if _topic(slots):
        return await _told(turn, _topic(slots), slots, sought=Sought.ITEM)
    return await agenda.asked(turn, slots)


async def item_asked(turn: Turn, slots: Slots) -> Outcome:
    """Answer an item by its number, or by what it is about."""
    if _topic(slots) and not slots.get("item_number"):
        return await _told(turn, _topic(slots), slots, sought=Sought.ITEM)
    return await item.asked(turn, slots)


async def papers_asked(turn: Turn, slots: Slots) -> Outcome:
    """Send papers: of a session or an item, or those about a topic."""
    if _topic(slots) and not slots.get("item_number"):
        return await _told(turn, _topic(slots), slots, sought=Sought.DOCUMENT)
    return await document.asked(turn, slots)


async def items_about(turn: Turn, words: str) -> list[Choice]:
    """Return the items about something that somebody may see, as choices, the newest first."""
    results = await _results(turn, wanted(words), {}, Sought.ITEM)
    return [_choice(turn, one) for one in results.items[:MOST_OFFERED]]


async def _told(turn: Turn, words: str, slots: Slots, *, sought: Sought | None = None) -> Outcome:
    what = wanted(words)
    results = await _results(turn, what, slots, sought)
    is_near = not results.told and len(what) > 1
    if is_near:
        results = await _results(turn, what[:1], slots, sought)
    told = results.told
    if not told and sought is Sought.DOCUMENT:
        return await _told(turn, words, {})
    if not told:
        choices = [*_to_follow(turn, what, words), *help.menu(turn)]
        return turn.tell(turn.say("search.nothing", words=_short(words)), choices=choices)
    if len(told) == 1 and not is_near:
        return await _shown(turn, told[0])
    heading = turn.say("search.near" if is_near else "search.found", words=_short(words))
    lines = [heading, *(_line(turn, one) for one in told)]
    if results.has_more:
        lines.append(turn.say("search.more"))
    choices = [*(_choice(turn, one) for one in told), *_to_follow(turn, what, words)]
    return turn.tell("\n".join(lines), choices=choices)


async def _results(turn: Turn, what: Wanted, slots: Slots, sought: Sought | None) -> Results:
    scope, where = turn.viewer.scope, _where(turn, slots)
    if not what:
        return Results((), ())
    catalogue, most = turn.unit.catalogue, MOST_TOLD + 1
    wants = {sought} if sought else set(Sought)
    return Results(
        await catalogue.items(what, scope, where, most=most) if Sought.ITEM in wants else (),
        await catalogue.documents(what, scope, where, most=most)
        if Sought.DOCUMENT in wants
        else (),
        ()
        if sought or where.days
        else await turn.unit.references.about(
            what, scope, where, language=turn.language, most=most
        ),
    )


def _where(turn: Turn, slots: Slots) -> Filter:
    """Return where to look: in what was named, and everywhere where nothing was."""
    body, kind = slots.get("body"), slots.get("doc_kind")
    return Filter(
        body_keys=[str(body)] if body in turn.commune.bodies else None,
        days=period(slots),
        kinds=[DocumentKind(str(kind))] if kind in set(DocumentKind) else None,
    )


async def _shown(turn: Turn, found: Found | Called) -> Outcome:
    if isinstance(found, Called):
        return await SHOWN[found.sought](turn, found)
    if found.sought is Sought.ITEM:
        return await item.shown(turn, found.session_id, found.of)
    return await document.one_shown(turn, found.session_id, found.of)


def _line(turn: Turn, found: Found | Called) -> str:
    body = turn.commune.bodies[found.body_key]
    if isinstance(found, Called):
        return turn.say(
            "search.called_line",
            ref=found.ref,
            title=found.title,
            state=turn.say(found.says),
            body=telling.body(turn, body),
        )
    return turn.say(
        f"search.{found.sought}_line",
        title=found.title,
        number=found.number,
        state=_state(turn, found),
        body=telling.body(turn, body),
        day=found.starts.date() if found.starts else "",
    )


def _state(turn: Turn, found: Found) -> str:
    if found.document_kind:
        return turn.say(f"council.document_{found.document_kind}")
    return f"{ICONS[found.state]} {turn.say(f'council.item_{found.state}')}" if found.state else ""


def _choice(turn: Turn, found: Found | Called) -> Choice:
    if isinstance(found, Called):
        name, of = PRESSED[found.sought], found.ref if found.sought is Sought.DECISION else found.of
        title = _short(found.title, 40)
        return turn.choice("search.called_choice", f"{name}:{of}", ref=found.ref, title=title)
    name = "item" if found.sought is Sought.ITEM else "paper"
    return turn.choice(
        f"search.{found.sought}_choice",
        f"{name}:{found.session_id}:{found.of}",
        title=_short(found.title, 40),
        number=found.number,
    )


def _to_follow(turn: Turn, what: Wanted, words: str) -> list[Choice]:
    """Offer to be told when something comes up about what was looked for."""
    topic = of_words(words)
    if not what or not words_of(topic) or not turn.incoming.is_private:
        return []
    return [turn.choice("search.follow", f"follow:{topic}", words=words_of(topic))]


def _asked_back(turn: Turn) -> Outcome:
    return turn.tell(turn.say("search.which"), choices=help.menu(turn))


async def _decision(turn: Turn, found: Called) -> Outcome:
    return await decision.shown(turn, found.ref)


async def _petition(turn: Turn, found: Called) -> Outcome:
    return await petition.shown(turn, found.of)


async def _text(turn: Turn, found: Called) -> Outcome:
    return await published.shown(turn, found.of)


SHOWN = {Sought.DECISION: _decision, Sought.PETITION: _petition, Sought.TEXT: _text}
PRESSED = {Sought.DECISION: "decision", Sought.PETITION: "petition", Sought.TEXT: "text"}


def _topic(slots: Slots) -> str:
    return str(slots.get("topic") or "").strip()


def _short(words: str, most: int = MOST_LETTERS) -> str:
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
