"""Sessions at the desk: planned, filled, put in order, convened to what was shown, moved, off."""

import re
from datetime import timedelta

import pytest

from domain.addresses import Channel
from domain.agenda import ItemState
from domain.bodies import Role
from domain.sessions import SessionKind, SessionState
from tests.town import Town
from tests.web.desk.conftest import At
from tests.web.people import Browser

MARK = re.compile(r'name="mark" value="([^"]*)"')
KEPT = re.compile(r'name="kept_file" value="([^"]*)"')
THREE = ("Voirie", "Budget", "Éclairage")


async def drafted(town: Town, *titles: str) -> int:
    return await town.session(state=SessionState.DRAFT, titles=titles or THREE)


async def titles(town: Town, session_id: int) -> list[tuple[str, str]]:
    async with town.store.reading() as unit:
        return [(one.number, one.title) for one in await unit.agenda.of(session_id)]


async def state(town: Town, session_id: int) -> SessionState:
    async with town.store.reading() as unit:
        session = await unit.sessions.by_id(session_id)
    assert session
    return session.state


def mark(browser: Browser) -> str:
    (found, *_) = MARK.findall(browser.html)
    return str(found)


async def test_a_session_asked_for_by_a_third_is_planned_with_the_day_it_was_asked_for(
    at_desk: At, town: Town
) -> None:
    clerk = await at_desk(Role.CLERK)
    await clerk.opens("/desk/sessions/new")
    path = f"/desk/sessions/new?body=council&kind={SessionKind.EXTRAORDINARY_THIRD}"
    await clerk.opens(path)
    day = town.clock.now().date()
    filed, opens = day - timedelta(days=1), day + timedelta(days=8)
    await clerk.sends(path, filed=f"{filed}", starts=f"{opens}T18:00", place="")
    assert "La session est prévue" in clerk.html
    assert "brouillon" in clerk.html


async def test_what_is_wrong_with_a_plan_is_said_beside_it_and_nothing_typed_is_lost(
    at_desk: At,
) -> None:
    clerk = await at_desk(Role.CLERK)
    path = f"/desk/sessions/new?body=council&kind={SessionKind.ORDINARY}"
    await clerk.opens(path)
    answer = await clerk.sends(path, starts="2001-01-01T18:00", place="Salle <b>verte</b>")
    assert answer.status_code == 422
    assert 'id="fault-starts"' in clerk.html
    assert "Salle &lt;b&gt;verte&lt;/b&gt;" in answer.text


async def test_items_go_up_and_down_by_a_press_and_by_one_order_for_all(
    at_desk: At, town: Town
) -> None:
    session_id = await drafted(town)
    clerk = await at_desk(Role.CLERK)
    here = f"/desk/sessions/{session_id}"
    await clerk.opens(here)
    first = await town.item(session_id, "1")
    await clerk.sends(here, act=f"down:{first.id}", mark=mark(clerk))
    assert await titles(town, session_id) == [("1", "Budget"), ("2", "Voirie"), ("3", "Éclairage")]
    ids = [(await town.item(session_id, number)).id for number in ("3", "1", "2")]
    order = ",".join(str(one) for one in ids)
    await clerk.sends(here, act="order", order=order, mark=mark(clerk))
    assert await titles(town, session_id) == [("1", "Éclairage"), ("2", "Budget"), ("3", "Voirie")]
    item = f"{here}/items/{ids[2]}"  # in a long agenda, by its place
    await clerk.opens(item)
    far = await clerk.sends(item, act="place", words="première", mark=mark(clerk))
    assert (far.status_code, "en chiffres" in clerk.html) == (422, True)
    await clerk.sends(item, act="place", words="١", mark=mark(clerk))
    assert await titles(town, session_id) == [("1", "Voirie"), ("2", "Éclairage"), ("3", "Budget")]
    await clerk.sends(item, act="place", words="99", mark=mark(clerk))
    assert await titles(town, session_id) == [("1", "Éclairage"), ("2", "Budget"), ("3", "Voirie")]


async def test_an_empty_agenda_is_not_even_offered_to_the_governor(at_desk: At, town: Town) -> None:
    session_id = await town.session(state=SessionState.DRAFT)
    clerk = await at_desk(Role.CLERK)
    answer = await clerk.opens(f"/desk/sessions/{session_id}/submit")
    assert answer.status_code == 422
    assert 'name="mark"' not in clerk.html


async def test_an_order_for_an_agenda_that_changed_meanwhile_moves_nothing_and_says_so(
    at_desk: At, town: Town
) -> None:
    session_id = await drafted(town)
    clerk, other = await at_desk(Role.CLERK), await at_desk(Role.COUNCIL_SECRETARIAT)
    here = f"/desk/sessions/{session_id}"
    await clerk.opens(here)
    await other.opens(f"{here}/items/new")
    await other.sends(f"{here}/items/new", heading="Marchés", source="president", doors="open")
    first = await town.item(session_id, "1")
    answer = await clerk.sends(here, act=f"down:{first.id}", mark=mark(clerk))
    assert answer.status_code == 422
    assert "entre-temps" in clerk.html
    assert "Marchés" in clerk.html
    assert (await titles(town, session_id))[0] == ("1", "Voirie")


async def test_a_form_of_the_desk_that_is_sent_twice_has_one_effect(
    at_desk: At, town: Town
) -> None:
    session_id = await drafted(town)
    clerk = await at_desk(Role.CLERK)
    new = f"/desk/sessions/{session_id}/items/new"
    await clerk.opens(new)
    said = {"heading": "Marchés", "source": "president", "doors": "open", "nonce": clerk.nonce}
    await clerk.sends(new, **said)
    assert (await clerk.sends(new, **said)).status_code == 200
    assert [title for _, title in await titles(town, session_id)] == [*THREE, "Marchés"]
    plan = f"/desk/sessions/new?body=council&kind={SessionKind.EXTRAORDINARY_PRESIDENT}"
    await clerk.opens(plan)
    opens = town.clock.now().date() + timedelta(days=8)
    said = {"starts": f"{opens}T18:00", "place": "", "nonce": clerk.nonce}
    first = await clerk.sends(plan, **said)
    again = await clerk.sends(plan, **said)
    assert first.url.path.startswith("/desk/sessions/")
    assert again.url.path == "/desk/sessions"


async def test_a_title_that_somebody_else_changed_is_not_overwritten_and_ones_own_is_kept(
    at_desk: At, town: Town
) -> None:
    session_id = await drafted(town)
    item = await town.item(session_id, "1")
    here = f"/desk/sessions/{session_id}/items/{item.id}"
    one, other = await at_desk(Role.CLERK), await at_desk(Role.COUNCIL_SECRETARIAT)
    await one.opens(here)
    await other.opens(here)
    await other.sends(here, act="reword", words="Voirie du centre", mark=mark(other))
    answer = await one.sends(here, act="reword", words="Voirie du nord", mark=mark(one))
    assert answer.status_code == 422
    assert "Voirie du centre" in one.html
    assert "Voirie du nord" in one.html
    assert (await town.item(session_id, "1")).title == "Voirie du centre"
    await one.sends(here, act="reword", words="Voirie du nord", mark=mark(one))
    assert (await town.item(session_id, "1")).title == "Voirie du nord"


async def test_an_item_is_referred_opposed_freed_and_withdrawn_with_its_reasons(
    at_desk: At, town: Town
) -> None:
    session_id = await drafted(town)
    item = await town.item(session_id, "1")
    here = f"/desk/sessions/{session_id}/items/{item.id}"
    clerk = await at_desk(Role.CLERK)
    await clerk.opens(here)
    for act, words, becomes in (
        ("refer", "com:budget", ItemState.IN_COMMISSION),
        ("object", "Hors des compétences", ItemState.OPPOSED),
        ("lift", "", ItemState.LISTED),
        ("withdraw", "Reporté à juin", ItemState.WITHDRAWN),
    ):
        answer = await clerk.sends(here, act=act, words=words, mark=mark(clerk))
        assert answer.status_code == 200, clerk.html
        assert (await town.item(session_id, "1")).state is becomes
    assert "Reporté à juin" in clerk.html


async def test_convening_shows_who_how_and_by_which_law_first_and_tells_them_then(
    at_desk: At, town: Town
) -> None:
    amina = await town.resident("Samir", seats=["council"], on=Channel.TELEGRAM)
    session_id = await drafted(town)
    here = f"/desk/sessions/{session_id}"
    browser = await at_desk(Role.COUNCIL_SECRETARIAT)
    await browser.opens(f"{here}/convene")
    assert "art. 35" in browser.html
    assert "2 membres sont appelés" in browser.html
    assert "boîte de réception" in browser.html
    assert "Aucun document n’est joint" in browser.html
    assert await state(town, session_id) is SessionState.DRAFT
    await browser.sends(f"{here}/convene", mark=mark(browser))
    assert "les convocations partent" in browser.html
    assert re.search(r'href="/desk/deliveries/\d+">convocation</a>', browser.html)
    assert f'href="/desk/proofs/{session_id}"' in browser.html
    assert await state(town, session_id) is SessionState.CONVENED
    await town.carry()
    assert town.networks[Channel.TELEGRAM].told(amina.address)


async def test_what_changed_since_the_preview_is_shown_again_before_it_is_convened(
    at_desk: At, town: Town
) -> None:
    session_id = await drafted(town)
    here = f"/desk/sessions/{session_id}"
    browser, clerk = await at_desk(Role.COUNCIL_SECRETARIAT), await at_desk(Role.CLERK)
    await browser.opens(f"{here}/convene")
    item = await town.item(session_id, "1")
    await clerk.opens(here)
    await clerk.sends(here, act=f"down:{item.id}", mark=mark(clerk))
    answer = await browser.sends(f"{here}/convene", mark=mark(browser))
    assert answer.status_code == 422
    assert await state(town, session_id) is SessionState.DRAFT


async def test_two_who_convene_at_once_convene_once(at_desk: At, town: Town) -> None:
    session_id = await drafted(town)
    here = f"/desk/sessions/{session_id}/convene"
    one, other = await at_desk(Role.COUNCIL_SECRETARIAT), await at_desk(Role.DIRECTOR_GENERAL)
    await one.opens(here)
    await other.opens(here)
    await one.sends(here, mark=mark(one))
    assert (await other.sends(here, mark=mark(other))).status_code == 422
    assert "elle l’a déjà été" in other.html


async def test_a_session_is_moved_and_called_off_with_a_reason_its_members_get(
    at_desk: At, town: Town
) -> None:
    samir = await town.resident("Samir", seats=["council"])
    session_id = await drafted(town)
    await town.convene(session_id)
    here = f"/desk/sessions/{session_id}"
    browser = await at_desk(Role.COUNCIL_SECRETARIAT)
    await browser.opens(f"{here}/move")
    to = {"starts": "2026-01-30T10:00", "place": "Salle des fêtes"}
    assert (await browser.sends(f"{here}/move", **to)).status_code == 422
    assert "art. 35" in browser.html
    assert "Déplacer quand même" in browser.html
    assert 'value="2026-01-30T10:00"' in browser.html
    heeded = re.findall(r'action="([^"]*heeded=\w+)"', browser.html)[0]
    other = await browser.sends(heeded, **{**to, "starts": "2026-01-31T10:00"})
    assert other.status_code == 422  # of that day nothing was said yet
    await browser.sends(heeded, **to)
    assert "La session est déplacée" in browser.html
    await browser.opens(f"{here}/call_off")
    assert (await browser.sends(f"{here}/call_off", reason=" ")).status_code == 422
    await browser.sends(f"{here}/call_off", reason="Crue de l’oued")
    assert await state(town, session_id) is SessionState.CANCELLED
    await town.carry()
    assert any("Crue" in one.text for one in town.networks[Channel.TELEGRAM].told(samir.address))


async def test_a_paper_is_attached_and_one_of_another_kind_is_refused(
    at_desk: At, town: Town
) -> None:
    session_id = await drafted(town)
    clerk = await at_desk(Role.CLERK)
    path = f"/desk/sessions/{session_id}/papers/new"
    await clerk.opens(path)

    async def sends(name: str, content: bytes, **answers: str) -> int:
        clerk.shown = await clerk.client.post(
            path,
            data={"seal": clerk.seal, **answers},
            files={"file": (name, content)},
            headers={"Accept": "text/html"},
        )
        return clerk.shown.status_code

    said = {"kind": "report", "readers": "members"}
    assert await sends("virus.exe", b"MZ\x90\x00", **said) == 422
    assert await sends("rapport.pdf", b"%PDF-1.7\n%%EOF", kind="report") == 422
    kept = {"kept_file": KEPT.findall(clerk.html)[0]}
    nonce = clerk.nonce
    for _ in range(2):  # pressed twice
        assert await sends("", b"", **kept, **said, nonce=nonce) == 200
        assert clerk.html.count("rapport.pdf") == 1
        assert "Le document est joint" in clerk.html
        await clerk.opens(path)


@pytest.mark.parametrize("role", [Role.CLERK, Role.VICE_PRESIDENT])
async def test_who_fills_an_agenda_and_convenes_nobody_is_told_so(
    at_desk: At, town: Town, role: Role
) -> None:
    session_id = await drafted(town)
    browser = await at_desk(role)
    assert (await browser.opens(f"/desk/sessions/{session_id}")).status_code == 200
    assert f"/desk/sessions/{session_id}/convene" not in browser.html
    for act in ("convene", "move", "call_off"):
        assert (await browser.opens(f"/desk/sessions/{session_id}/{act}")).status_code == 403
    await browser.opens(f"/desk/sessions/{session_id}")
    answer = await browser.sends(f"/desk/sessions/{session_id}/convene", mark=mark(browser))
    assert answer.status_code == 403
    assert await state(town, session_id) is SessionState.DRAFT


async def test_a_chair_of_a_commission_finds_its_sessions_and_no_others(
    at_desk: At, town: Town
) -> None:
    theirs = await town.session("com:budget", state=SessionState.DRAFT)
    others = await drafted(town)
    chair = await at_desk(Role.COMMISSION_CHAIR, body="com:budget")
    await chair.opens("/desk/sessions")
    assert f"/desk/sessions/{theirs}" in chair.html
    assert f'/desk/sessions/{others}"' not in chair.html
    assert (await chair.opens(f"/desk/sessions/{others}")).status_code == 404


async def test_a_proof_that_is_old_is_asked_for_again_before_convening(
    at_desk: At, town: Town
) -> None:
    session_id = await drafted(town)
    browser = await at_desk(Role.COUNCIL_SECRETARIAT)
    town.clock.move_by(timedelta(hours=13))
    shown = await browser.opens(f"/desk/sessions/{session_id}/convene")
    assert shown.url.path == "/prove"


async def test_a_session_of_two_sittings_says_which_item_comes_before_which(
    at_desk: At, town: Town
) -> None:
    session_id = await drafted(town)
    here = f"/desk/sessions/{session_id}"
    clerk = await at_desk(Role.CLERK)
    await clerk.opens(f"{here}/add_sitting")
    early = await clerk.sends(f"{here}/add_sitting", starts="2026-02-04T10:00", place="")
    assert early.status_code == 422
    more = {"starts": "2026-02-12T10:00", "place": "", "nonce": clerk.nonce}
    for _ in range(2):  # pressed twice
        await clerk.sends(f"{here}/add_sitting", **more)
        assert "La séance est ajoutée" in clerk.html
        assert "Séance 3" not in clerk.html
    item = await town.item(session_id, "2")
    await clerk.opens(f"{here}/items/{item.id}")
    await clerk.sends(f"{here}/items/{item.id}", act="in_sitting", words="2", mark=mark(clerk))
    assert (await town.item(session_id, "2")).sitting_id is not None
    await clerk.opens(here)
    assert (await clerk.sends(f"{here}/sittings", number="2")).status_code == 422
