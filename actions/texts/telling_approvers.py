"""Telling of a text: those whose word is asked, those who wrote it, and those who are to know."""

from collections.abc import Collection, Iterable, Sequence

from actions.meetings import tenant, today
from actions.notices.settling import Shown, settle
from actions.texts import wording
from actions.texts.manuscripts import Manuscript, deciders, name_of, place_of
from actions.texts.wording import Said
from domain.approvals import Decision, Nudge, Open, Step, Verdict
from domain.bodies import Role
from domain.notices import Audience, AudienceKind, NoticeClass, NoticeKind
from store.unit import Unit


async def tell_open(
    unit: Unit, held: Manuscript, asked: Iterable[Open], nudge: Nudge | None = None
) -> None:
    """Ask those who may decide a step, each with what changed since the version they saw.

    Where nobody may, the author is told so: a text that waits for nobody would wait for ever.
    """
    for one in asked:
        people = await deciders(unit, held, one.step)
        for person in people:
            await ask(unit, held, one, person.id, nudge)
        if not people:
            await tell_author(unit, held, wording.nobody(one.step))


async def ask(
    unit: Unit, held: Manuscript, asked: Open, person_id: int, nudge: Nudge | None = None
) -> None:
    """Ask one person for their word on a step, once for each `nudge` that reminds them of it."""
    publication, place = held.publication, await place_of(unit)
    author = await name_of(unit, publication.author_id)
    seen = await unit.publications.seen(publication.id, person_id)
    card = wording.card(held, asked, author=author, seen=seen, place=place, nudge=nudge or "")
    await _tell(unit, person_id, card, f"{wording.matter(publication, asked.step)}:{nudge}")
    await unit.publications.show(publication, person_id)


async def tell_author(
    unit: Unit, held: Manuscript, told: Said, *, but: int | None = None, then: Sequence[str] = ()
) -> None:
    """Tell who wrote a text what became of it, but for whoever did it; `then`: what is offered."""
    publication = held.publication
    for person_id in sorted(held.round.authors - {but}):
        content = wording.to_author(publication, held.texts, told, then)
        await _tell(unit, person_id, content)


async def tell_done(unit: Unit, held: Manuscript, decision: Decision, told: Said) -> None:
    """Tell those whom a flow wants to know that a step is done."""
    step = held.flow.step(decision.step)
    is_done = step.key not in {one.step.key for one in held.standing.open}
    if decision.verdict is Verdict.APPROVE and is_done:
        but = held.round.authors | {decision.person_id}
        content = wording.news(held.publication, held.texts, told)
        await _tell_roles(unit, step.told, content, but=but)


async def tell_above(unit: Unit, held: Manuscript, late: Open) -> None:
    """Tell those above that a step has had all its time: they can ask, not decide."""
    place = await place_of(unit)
    content = wording.news(held.publication, held.texts, wording.late(late, place))
    await _tell_roles(unit, late.step.escalates_to, content, but=frozenset())


async def tell_fallen(unit: Unit, held: Manuscript, before: Manuscript, *, by: str) -> None:
    """Tell those whose word does not count any more, and who are not asked again yet."""
    asked = {
        person.id for one in held.standing.open for person in await deciders(unit, held, one.step)
    }
    content = wording.news(held.publication, held.texts, wording.undone("fallen", by=by))
    for person_id in sorted({one.person_id for one in before.round.decisions} - asked):
        await _tell(unit, person_id, content)


async def tell_deputy(unit: Unit, deputy_id: int, content: Said) -> None:
    await _tell(unit, deputy_id, content)


async def settle_steps(
    unit: Unit,
    held: Manuscript,
    steps: Sequence[Step],
    told: Said,
    *,
    by: int | None = None,
    pressed: Shown | None = None,
) -> int:
    """Have every message that asks about these steps tell what was decided.

    Return the number of the last settlement.
    """
    number = 0
    for step in steps:
        subject = wording.matter(held.publication, step)
        number = (await settle(unit, subject, told, by=by, pressed=pressed)).number
    return number


async def _tell_roles(
    unit: Unit, roles: Collection[Role], content: Said, *, but: frozenset[int]
) -> None:
    day = today(unit.clock, await tenant(unit))
    for person_id in await unit.people.holding(roles, on=day):
        if person_id not in but:
            await _tell(unit, person_id, content)


async def _tell(unit: Unit, person_id: int, content: Said, key: str | None = None) -> None:
    await unit.notices.publish(
        (await tenant(unit)).id,
        notice_class=NoticeClass.INFORMATIONAL,
        kind=NoticeKind.APPROVAL,
        audience=Audience(AudienceKind.PERSON, str(person_id)),
        content=content,
        created_by="beffroi",
        idempotency_key=f"{key}:{person_id}" if key else None,
    )
