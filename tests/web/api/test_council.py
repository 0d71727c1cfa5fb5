"""The council's work over the API: whole, in pages, and only what changed."""

from datetime import timedelta

from litestar.testing import AsyncTestClient

from actions.agenda import listing
from domain.actors import OPERATOR
from domain.sessions import SessionState
from tests.town import Town
from tests.web.api.calling import System
from web.watching import Watched


async def test_a_session_its_agenda_and_its_papers_are_read_as_they_stand(system: System) -> None:
    (session,) = (await system.get("/sessions", body="council")).json()["items"]
    assert (session["state"], session["sittings"][0]["starts"]) == (
        "convened",
        "2026-02-05T18:00:00+01:00",
    )
    assert (await system.get("/sessions", body="com:budget")).json()["items"] == []
    agenda = (await system.get(f"/sessions/{session['id']}/agenda")).json()["items"]
    assert [(one["number"], one["title"], one["is_public"]) for one in agenda] == [
        ("1", "Voirie", True)
    ]
    papers = (await system.get("/documents", session_id=session["id"])).json()["items"]
    assert {one["language"] for one in papers} == {"fr", "ar", "en"}


async def test_a_paper_s_bytes_are_fetched_once(system: System) -> None:
    paper = (await system.get("/documents/1")).json()
    path = paper["content"].removeprefix("/api/v1")
    fetched = await system.get(path)
    assert len(fetched.content) == paper["size"]
    assert fetched.headers["Content-Type"].startswith(paper["media_type"])
    assert "attachment" in fetched.headers["Content-Disposition"]
    again = await system.client.get(
        f"/api/v1{path}", headers=system.headers | {"If-None-Match": fetched.headers["ETag"]}
    )
    assert (again.status_code, again.content) == (304, b"")


async def test_only_what_changed_since_an_instant_is_asked_for(town: Town, system: System) -> None:
    await town.session(state=SessionState.DRAFT)
    town.clock.move_by(timedelta(hours=1))
    began = town.clock.now()
    for path in ("/sessions", "/documents", "/sessions/1/agenda"):
        changed = (await system.get(path, modified_since=began.isoformat())).json()["items"]
        assert all(one["modified_at"] is None for one in changed), path
    async with town.store.unit() as unit:
        await listing.reword(unit, 1, "1", "Voirie et trottoirs", actor=OPERATOR)
    for path in ("/sessions", "/sessions/1/agenda"):
        changed = (await system.get(path, modified_since=began.isoformat())).json()["items"]
        assert [one["id"] for one in changed if one["modified_at"]] == [1], path


async def test_a_list_is_read_to_its_end_by_its_cursors(town: Town, system: System) -> None:
    for _ in range(4):
        await town.session()
    ids: list[int] = []
    cursor = None
    while True:
        page = (
            await system.get("/sessions", limit=2, **({"cursor": cursor} if cursor else {}))
        ).json()
        ids += [one["id"] for one in page["items"]]
        if (cursor := page["next"]) is None:
            break
    assert ids == [1, 2, 3, 4, 5]


async def test_the_description_and_its_page_are_everybody_s(
    client: AsyncTestClient[Watched],
) -> None:
    told = await client.get("/api/v1/openapi.json")
    assert told.json()["openapi"] == "3.1.0"
    page = await client.get("/api/v1/")
    assert page.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    assert all(path in page.text for path in told.json()["paths"])
