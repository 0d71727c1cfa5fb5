import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

from domain.addresses import Channel
from domain.clock import HandClock
from domain.requests import OPEN, Filed, RequestKind
from store.connecting import Store
from store.unit import Unit
from tests.communes import founded

ME = ("telegram:7",)
BYTES = b"%PDF-1.7"


def filed(kind: RequestKind = RequestKind.MESSAGE, **fields: str) -> Filed:
    return Filed(kind, fields, Channel.TELEGRAM, "7", "fr")


async def since_then(unit: Unit, since: datetime) -> int:
    return await unit.requests.filed_since(
        since, person_id=None, channel=Channel.TELEGRAM, address="7"
    )


async def file(store: Store, what: Filed) -> str:
    async with store.unit() as unit:
        request = await unit.requests.by_id(await unit.requests.file(1, what, year=2026))
    assert request
    return str(request.ref)


async def test_each_book_counts_without_a_gap_whoever_files_at_once(store: Store) -> None:
    await founded(store)
    refs = await asyncio.gather(*(file(store, filed()) for _ in range(5)))
    assert sorted(refs) == [f"REQ-2026-{number}" for number in range(1, 6)]
    assert await file(store, filed(RequestKind.MAIL, direction="in")) == "ARR-2026-1"
    assert await file(store, filed(RequestKind.MAIL, direction="out")) == "DEP-2026-1"


async def test_what_is_open_is_listed_by_when_it_is_due(store: Store) -> None:
    await founded(store)
    async with store.unit() as unit:
        now = unit.clock.now()
    for days in (None, 9, 2):
        due_at = now + timedelta(days=days) if days else None
        await file(store, replace(filed(RequestKind.MEDIA), due_at=due_at))
    async with store.reading() as unit:
        found = await unit.requests.listed(kinds=[RequestKind.MEDIA], states=OPEN)
        assert [one.ref[-1] for one in found] == ["3", "2", "1"]
        since = now - timedelta(days=1)
        assert await since_then(unit, since) == 3
        assert await since_then(unit, now) == 0


async def test_a_draft_is_one_for_each_holder_and_form_and_ends_as_a_request(
    store: Store, clock: HandClock
) -> None:
    await founded(store)
    async with store.unit() as unit:
        first = await unit.drafts.begin(ME[0], "message", {"subject": "Parc"})
        await unit.drafts.keep(first.answering(text="Fermé"))
        sha256 = await unit.documents.keep(BYTES)
        await unit.drafts.hold_file(first.id, sha256)
    clock.move_by(timedelta(days=5))
    async with store.unit() as unit:
        draft = await unit.drafts.of(ME, "message")
        assert draft
        assert dict(draft.answers) == {"subject": "Parc", "text": "Fermé"}
        request_id = await unit.requests.file(1, filed(), year=2026)
        await unit.drafts.hand_over(draft.id, request_id)
        assert await unit.drafts.of(ME, "message") is None
        assert await unit.requests.files(request_id) == [sha256]
        await unit.drafts.forget(untouched_since=clock.now(), dropped_before=clock.now())
        assert await unit.documents.content(sha256) == BYTES


async def test_beginning_anew_lets_go_of_the_file_that_came_before(store: Store) -> None:
    await founded(store)
    async with store.unit() as unit:
        draft = await unit.drafts.begin(ME[0], "question", {})
        sha256 = await unit.documents.keep(BYTES)
        await unit.drafts.hold_file(draft.id, sha256)
        again = await unit.drafts.begin(ME[0], "question", {"subject": "Parc"})
        assert again.id == draft.id
        found = await unit.connection.exec_driver_sql("SELECT count(*) FROM contents")
        assert found.scalar_one() == 0
