from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from actions.agenda.importing import AgendaImported, import_agenda
from domain.actors import OPERATOR
from domain.agenda import AgendaItem, ItemSource, ItemState
from domain.clock import HandClock
from domain.errors import Refused
from domain.sessions import AgendaState, Session, SessionKind, SessionState, Sitting
from store.connecting import Store, opened
from tests.communes import founded

MONTPELLIER = Path(__file__).parents[2] / (
    "bot/demonstration/data/montpellier_deliberations_2013-2014.csv"
)
HEADER = (
    "Instance;Date;Heure;Nature de la session;Lieu;N°;Titre;Rapporteur;Direction;Public;Source\n"
)
BUDGET = (
    "Conseil communal;5 février 2026;9h30;ordinaire;Salle 1;1;Budget 2026;L. Ouazzani;Finances;"
    "oui;gouverneur\n"
)
LOANS = "council;05/02/2026;;;;2;Emprunts;;;huis clos;\n"
ANFA = "مقاطعة أنفا;٠٦/٠٢/٢٠٢٦;;استثنائية;;١;برنامج النظافة;;;;\n"
SCDL = (
    "COLL_NOM,COLL_SIRET,DELIB_ID,DELIB_DATE,DELIB_MATIERE_CODE,DELIB_MATIERE_NOM,DELIB_OBJET,"
    "VOTE_POUR,DELIB_URL\n"
    "Ville de Poitiers,21860194600013,1DL15494,2017-10-15,8.4,aménagement,Politique montagne,25,\n"
    "Ville de Poitiers,21860194600013,1DL15495,2017-10-15,7.1,finances,Budget annexe,25,\n"
)


@pytest.fixture
async def town(store: Store) -> Store:
    return await founded(store)


@pytest.fixture
async def sqlite_town(sqlite_url: str, clock: HandClock) -> AsyncIterator[Store]:
    """Return a commune where the database makes no difference."""
    store = opened(sqlite_url, clock)
    yield await founded(store)
    await store.close()


async def imported(
    town: Store,
    text: str | bytes,
    *,
    body: str = "council",
    day: date | None = None,
    is_draft: bool = False,
    is_dry_run: bool = False,
) -> AgendaImported:
    content = text.encode() if isinstance(text, str) else text
    async with town.unit() as unit:
        return await import_agenda(
            unit,
            content,
            actor=OPERATOR,
            body=body,
            day=day,
            is_draft=is_draft,
            is_dry_run=is_dry_run,
        )


async def sessions(town: Store) -> list[tuple[Session, Sitting, list[AgendaItem]]]:
    async with town.reading() as unit:
        return [
            (
                session,
                (await unit.sessions.sittings(session.id))[0],
                await unit.agenda.of(session.id),
            )
            for session in await unit.sessions.all()
        ]


def wrong(outcome: AgendaImported) -> list[tuple[int, str]]:
    return [(cell.line, cell.reason.key) for cell in outcome.bad]


async def test_an_agenda_makes_its_sessions_as_drafts(town: Store) -> None:
    outcome = await imported(town, HEADER + BUDGET + LOANS + ANFA)
    assert (outcome.sessions, outcome.added, outcome.bad) == (2, 3, ())
    (session, sitting, items), (other, evening, _) = await sessions(town)
    assert (session.state, session.kind) == (SessionState.DRAFT, SessionKind.ORDINARY)
    assert session.agenda_state is AgendaState.PUBLISHED
    assert sitting.starts == datetime(2026, 2, 5, 9, 30)
    assert (sitting.zone, sitting.place) == ("Africa/Casablanca", "Salle 1")
    assert (items[0].title, items[0].source) == ("Budget 2026", ItemSource.GOVERNOR)
    assert (items[0].rapporteur, items[0].department) == ("L. Ouazzani", "Finances")
    assert [item.is_public for item in items] == [True, False]
    assert {item.state for item in items} == {ItemState.LISTED}
    assert (other.body_key, other.kind) == ("arr:anfa", SessionKind.EXTRAORDINARY_PRESIDENT)
    assert evening.starts.time() == time(9)


async def test_the_language_of_a_title_is_told_by_its_letters(town: Store) -> None:
    await imported(town, HEADER + BUDGET + ANFA)
    assert [items[0].language for _, _, items in await sessions(town)] == ["fr", "ar"]


async def test_the_file_of_montpellier_is_read_as_it_is(town: Store) -> None:
    outcome = await imported(town, MONTPELLIER.read_bytes())
    assert (outcome.sessions, outcome.added, outcome.bad) == (2, 160, ())
    november, december = await sessions(town)
    assert [len(november[2]), len(december[2])] == [102, 58]
    assert november[1].starts.date() == date(2013, 11, 25)
    fifth = november[2][4]
    assert (fifth.number, fifth.reference, fifth.rapporteur) == ("5", "468", "Serge FLEURENCE")
    assert fifth.state is ItemState.ADOPTED
    assert fifth.title == (
        "Gestion Multimodale des Déplacements dans l'Agglomération de Montpellier – "
        "Participation financière de la Ville de Montpellier"
    )
    assert not [one for one in november[2] + december[2] if "_x0" in one.title]


async def test_montpellier_twice_changes_nothing(town: Store) -> None:
    await imported(town, MONTPELLIER.read_bytes())
    before = await sessions(town)
    outcome = await imported(town, MONTPELLIER.read_bytes())
    assert (outcome.sessions, outcome.added, outcome.changed, outcome.same) == (0, 0, 0, 160)
    assert await sessions(town) == before


async def test_deliberations_of_the_french_schema_are_read(town: Store) -> None:
    assert (await imported(town, SCDL)).added == 2
    assert (await imported(town, SCDL)).same == 2
    ((_, sitting, items),) = await sessions(town)
    assert sitting.starts.date() == date(2017, 10, 15)
    assert [(item.number, item.reference) for item in items] == [
        ("1", "1DL15494"),
        ("2", "1DL15495"),
    ]
    assert {item.state for item in items} == {ItemState.ADOPTED}


async def test_a_new_deliberation_goes_behind_those_there(town: Store) -> None:
    await imported(town, SCDL)
    header, first, second = SCDL.splitlines(keepends=True)
    third = second.replace("1DL15495", "1DL15400")
    assert (await imported(town, header + third + second + first)).added == 1
    ((_, _, items),) = await sessions(town)
    assert [item.reference for item in items] == ["1DL15494", "1DL15495", "1DL15400"]


async def test_what_changed_is_changed_and_the_rest_is_kept(town: Store) -> None:
    await imported(town, HEADER + BUDGET + LOANS)
    outcome = await imported(town, "date;n°;titre\n2026-02-05;1;Budget rectifié\n")
    assert (outcome.added, outcome.changed, outcome.same) == (0, 1, 0)
    ((_, sitting, items),) = await sessions(town)
    assert [item.title for item in items] == ["Budget rectifié", "Emprunts"]
    assert (items[0].rapporteur, sitting.starts.time()) == ("L. Ouazzani", time(9, 30))


async def test_a_draft_moves_with_its_file(town: Store) -> None:
    await imported(town, HEADER + BUDGET)
    outcome = await imported(town, HEADER + BUDGET.replace("9h30", "18h"))
    ((_, sitting, _),) = await sessions(town)
    assert (outcome.changed, sitting.starts.hour, sitting.ends.hour) == (1, 18, 21)


async def test_a_convened_session_is_not_moved_by_a_file(town: Store) -> None:
    await convened(town)
    outcome = await imported(town, HEADER + BUDGET.replace("9h30", "18h"))
    assert wrong(outcome) == [(2, "import.sitting_elsewhere")]


async def test_a_change_after_the_convocation_raises_the_sequence(town: Store) -> None:
    session_id = await convened(town)
    outcome = await imported(town, HEADER + BUDGET + LOANS)
    ((session, _, items),) = await sessions(town)
    assert (outcome.convened_ids, session.sequence, len(items)) == ((session_id,), 1, 2)


async def test_drafted_agendas_stay_drafts_until_they_are_published(town: Store) -> None:
    states = []
    for is_draft in (True, False, True):
        await imported(town, HEADER + BUDGET, is_draft=is_draft)
        ((session, _, _),) = await sessions(town)
        states.append(session.agenda_state)
    assert states == [AgendaState.DRAFTED, AgendaState.PUBLISHED, AgendaState.PUBLISHED]


async def test_a_dry_run_says_what_would_change_and_changes_nothing(town: Store) -> None:
    outcome = await imported(town, HEADER + BUDGET, is_dry_run=True)
    assert (outcome.sessions, outcome.added) == (1, 1)
    assert await sessions(town) == []


async def test_every_bad_line_is_named_and_nothing_is_kept(town: Store) -> None:
    outcome = await imported(
        town,
        HEADER
        + BUDGET
        + "Atlantis;31/02/2026;25h;;;2;;;;;\n"
        + ";hier;;festive;;3;Titre;;;peut-être;dieu\n"
        + BUDGET.replace("Budget 2026", "Autre")
        + ";;;;;4;Sans date;;;;\n",
    )
    assert wrong(outcome) == [
        (3, "import.unknown_body"),
        (3, "import.no_such_date"),
        (3, "import.missing"),
        (3, "import.not_an_hour"),
        (4, "import.not_a_date"),
        (4, "import.unknown_word"),
        (4, "import.not_yes_or_no"),
        (4, "import.unknown_word"),
        (5, "import.number_twice"),
        (6, "import.missing"),
    ]
    assert await sessions(town) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize(
    ("header", "when"),
    [
        (("Numéro", "Objet de la délibération", "Date de séance"), "05.02.2026"),
        (("N° d'ordre", "Intitulé", "Date du conseil municipal"), "jeudi 5 février 2026"),
        (("num", "LIBELLE", "date_seance"), "2026-02-05T09:00:00"),
    ],
)
async def test_other_town_halls_are_understood(
    sqlite_town: Store, encoding: str, delimiter: str, header: tuple[str, ...], when: str
) -> None:
    cells = (header, ("1", '"Été ; à l’œuvre, enfin"', when))
    text = "".join(f"{delimiter.join([*row, '', ''])}\r\n" for row in cells)
    await imported(sqlite_town, text.encode(encoding))
    ((_, sitting, items),) = await sessions(sqlite_town)
    assert sitting.starts.date() == date(2026, 2, 5)
    assert (items[0].number, items[0].title) == ("1", "Été ; à l’œuvre, enfin")


async def test_a_file_without_days_is_for_the_day_that_is_given(town: Store) -> None:
    await imported(town, "titre\nBudget\nEmprunts\n", body="Anfa", day=date(2026, 2, 5))
    ((session, sitting, items),) = await sessions(town)
    assert (session.body_key, sitting.starts.date()) == ("arr:anfa", date(2026, 2, 5))
    assert [item.number for item in items] == ["1", "2"]


async def test_an_unknown_layout_names_the_columns_found_and_needed(sqlite_town: Store) -> None:
    with pytest.raises(Refused) as refused:
        await imported(sqlite_town, "couleur;taille\nrouge;3\n")
    assert refused.value.facts == {"found": ["couleur", "taille"], "needed": ["date", "title"]}


async def convened(town: Store) -> int:
    await imported(town, HEADER + BUDGET)
    ((session, _, _),) = await sessions(town)
    async with town.unit() as unit:
        await unit.sessions.change(
            replace(
                session,
                state=SessionState.CONVENED,
                convened_at=datetime(2026, 1, 20, tzinfo=UTC),
            )
        )
    return session.id
