from datetime import UTC, date, datetime, timedelta
from itertools import product

from actions.records.cataloguing import catalogue
from domain.access import Scope, Viewer
from domain.agenda import AgendaItem, ItemState
from domain.bodies import Body, Role
from domain.documents import DocumentKind, Visibility
from domain.people import Membership, Person
from domain.searching import wanted
from domain.sessions import AgendaState, Session, SessionKind, SessionState
from store.catalogue import Filter
from store.connecting import Store
from store.unit import Unit
from tests.communes import founded

STARTS = datetime(2026, 2, 5, 18)
WORD = wanted("éclairage")
ALL = Scope.whole(["council", "com:budget"])
STANDINGS = (
    (SessionState.DRAFT, AgendaState.PUBLISHED, False),
    (SessionState.CONVENED, AgendaState.DRAFTED, True),
    (SessionState.CONVENED, AgendaState.PUBLISHED, True),
    (SessionState.CANCELLED, AgendaState.PUBLISHED, True),
    (SessionState.CANCELLED, AgendaState.PUBLISHED, False),
)
VIEWS = [(None, ""), *product(Role, ("council", "com:budget"))]


async def _bodies(unit: Unit) -> dict[str, Body]:
    return {body.key: body for body in await unit.bodies.all()}


async def _session(
    unit: Unit,
    body: Body,
    state: SessionState = SessionState.CONVENED,
    agenda: AgendaState = AgendaState.PUBLISHED,
    *,
    starts: datetime = STARTS,
    was_convened: bool = True,
) -> Session:
    session_id = await unit.sessions.add(body.id, SessionKind.ORDINARY)
    await unit.sessions.add_sitting(
        session_id,
        number=1,
        starts=starts,
        ends=starts + timedelta(hours=3),
        zone_name="Africa/Casablanca",
        place="",
    )
    at = datetime(2026, 1, 1, tzinfo=UTC) if was_convened else None
    session = Session(
        session_id, body.key, SessionKind.ORDINARY, state, agenda_state=agenda, convened_at=at
    )
    await unit.sessions.change(session)
    return session


async def _title(unit: Unit, session: Session, *titles: str) -> None:
    await unit.agenda.add(
        [
            AgendaItem(0, session.id, str(number), number, title, "fr")
            for number, title in enumerate(titles, start=1)
        ]
    )


async def _mixed(unit: Unit, bodies: dict[str, Body]) -> list[Session]:
    """Return sessions in every state, with items and papers of every sort."""
    sessions = [
        await _session(unit, bodies[key], state, agenda, was_convened=was_convened)
        for key, (state, agenda, was_convened) in product(("council", "com:budget"), STANDINGS)
    ]
    for session in sessions:
        sorts = product((True, False), (ItemState.LISTED, ItemState.PROPOSED))
        await unit.agenda.add(
            [
                AgendaItem(
                    *(0, session.id, str(at), at, "Éclairage", "fr"),
                    is_public=is_public,
                    state=state,
                )
                for at, (is_public, state) in enumerate(sorts, start=1)
            ]
        )
        items = await unit.agenda.of(session.id)
        for who, item in product(Visibility, (None, items[0], items[2])):
            document_id = await unit.documents.add(
                session.id,
                kind=DocumentKind.REPORT,
                title="Éclairage",
                language="fr",
                visibility=who,
                item_id=item.id if item else None,
            )
            await unit.documents.add_version(document_id, b"%PDF", name="e.pdf", media_type="a/b")
    return sessions


async def test_what_is_found_is_what_may_be_seen_whoever_asks(store: Store) -> None:
    await founded(store)
    async with store.unit() as unit:
        bodies = await _bodies(unit)
        sessions = await _mixed(unit, bodies)
        for role, key in VIEWS:
            held = (Membership(key, role),) if role else ()
            viewer = Viewer(Person(1, "P", "fr", held) if held else None, bodies)
            items, papers = set[int](), set[int]()
            for session in sessions:
                seen = viewer.items(session, await unit.agenda.of(session.id))
                items |= {item.id for item in seen}
                papers |= {
                    paper.id
                    for paper in await unit.documents.of(session.id)
                    if viewer.sees_document(session, bodies[session.body_key], paper, seen)
                }
            found = await unit.catalogue.items(WORD, viewer.scope, most=10_000)
            assert {one.of for one in found} == items, (role, key)
            found = await unit.catalogue.documents(WORD, viewer.scope, most=10_000)
            assert {one.of for one in found} == papers, (role, key)


async def test_words_find_whatever_the_accents_the_script_and_the_language(store: Store) -> None:
    await founded(store)
    async with store.unit() as unit:
        session = await _session(unit, (await _bodies(unit))["council"])
        titles = ("Éclairage public à Aïn Chock", "اتفاقية الإنارة العمومية", "Budget des eaux")
        await _title(unit, session, *titles)

        async def numbers(words: str) -> list[str]:
            found = await unit.catalogue.items(wanted(words), ALL)
            return [one.number for one in found]

        assert await numbers("eclairage") == ["1", "2"]
        assert await numbers("إنارة") == ["1", "2"]
        assert await numbers("lighting in ain chock") == ["1"]
        assert await numbers("l'éclairage public") == ["1", "2"]
        assert await numbers("convention éclairage") == ["2"]
        assert await numbers("éclair") == ["1"]
        assert await numbers("l'eau") == ["3"]
        assert await numbers("tramway") == []


async def test_a_title_that_changes_is_found_by_its_new_words_alone(store: Store) -> None:
    await founded(store)
    async with store.unit() as unit:
        session = await _session(unit, (await _bodies(unit))["council"])
        await _title(unit, session, "Voirie")
        (item,) = await unit.agenda.of(session.id)
        changed = AgendaItem(item.id, session.id, "1", 1, "Piscines", "fr")
        await unit.agenda.change(changed)
        assert not await unit.catalogue.items(wanted("voirie"), ALL)
        assert await catalogue(unit)
        assert not await catalogue(unit)
        (found,) = await unit.catalogue.items(wanted("piscine"), ALL)
        assert (found.title, found.starts) == ("Piscines", STARTS)


async def test_what_is_looked_for_can_be_narrowed_to_bodies_and_days(
    store: Store,
) -> None:
    await founded(store)
    async with store.unit() as unit:
        bodies = await _bodies(unit)
        for body, month in (("council", 2), ("council", 3), ("com:budget", 2)):
            session = await _session(unit, bodies[body], starts=STARTS.replace(month=month))
            await _title(unit, session, "Éclairage")

        async def count(where: Filter) -> int:
            return len(await unit.catalogue.items(WORD, ALL, where))

        assert await count(Filter()) == 3
        assert await count(Filter(body_keys=["council"])) == 2
        assert await count(Filter(days=(date(2026, 2, 5), date(2026, 2, 5)))) == 2
        newest = await unit.catalogue.items(WORD, ALL, most=1)
        assert newest[0].starts == STARTS.replace(month=3)
