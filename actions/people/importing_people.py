"""Taking a council's people from a file: all of them, or nobody."""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from actions.meetings import tenant, today
from actions.records.noting import note
from domain.actors import Actor
from domain.importing.body_names import BodyNames
from domain.importing.columns import table
from domain.importing.people_files import COLUMNS, entries
from domain.importing.people_plans import Plan, plan
from domain.importing.workbooks import records
from domain.register import Change, Newcomer, Registered
from domain.rights import Act, require
from domain.spreadsheets import BadCell
from store.bodies import Tenant
from store.unit import Unit

BATCH = 500  # people written at once
# The country of telephone numbers written without one, by rule pack.
REGIONS = {"ma": "MA", "fr": "FR"}

Item = TypeVar("Item")
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class PeopleImported:
    """What became of a file, or would. When anything is `bad`, nothing was changed.

    `newcomers` and `changes` say of each person what it is; a change stands beside what was.
    """

    added: int
    changed: int
    same: int
    bad: tuple[BadCell, ...] = ()
    newcomers: tuple[Newcomer, ...] = ()
    changes: tuple[tuple[Registered, Change], ...] = ()


Agreed = Callable[[PeopleImported], None]


async def import_people(
    unit: Unit,
    content: bytes,
    *,
    actor: Actor,
    body: str | None = None,
    language: str = "fr",
    is_dry_run: bool = False,
    agreed: Agreed = lambda _planned: None,
    progress: Progress = lambda _done, _all: None,
) -> PeopleImported:
    """Add and change the people of a CSV file; the same file twice changes nothing.

    `body` is where people sit whom the file gives no body, `language` that of newcomers who name
    none; `agreed` is asked before anything is changed, and raises Refused when it should not be;
    `progress` is told how many of how many are written. Raises Refused when the file is no table
    of people.
    """
    require(actor, Act.IMPORT_PEOPLE)
    commune = await tenant(unit)
    planned, known = await _planned(unit, commune, content, body=body, language=language)
    outcome = _outcome(planned, known)
    if is_dry_run:
        return outcome
    agreed(outcome)
    if outcome.newcomers or outcome.changes:
        await _carry_out(unit, commune.id, planned, progress)
        await note(
            unit,
            actor,
            "people.imported",
            f"tenant:{commune.slug}",
            added=outcome.added,
            changed=outcome.changed,
            same=outcome.same,
        )
    return outcome


async def _planned(
    unit: Unit, commune: Tenant, content: bytes, *, body: str | None, language: str
) -> tuple[Plan, Mapping[int, Registered]]:
    """Return what is to become of the register, and how it is, by person.

    What takes a while for thousands of people is done in a thread: others are answered meanwhile.
    """
    now = unit.clock.now()
    names = BodyNames(await unit.bodies.all())
    register = await unit.register.everybody(on=today(unit.clock, commune))

    def thought_out() -> Plan:
        read, bad = entries(
            table(records(content), COLUMNS),
            names,
            body=names.named(body).key if body else None,
            region=REGIONS.get(commune.rule_pack, "MA"),
            now=now,
        )
        planned = plan(read, register, language=language)
        everything = sorted([*bad, *planned.bad], key=lambda cell: cell.line)
        return replace(planned, bad=tuple(everything))

    return await asyncio.to_thread(thought_out), {one.id: one for one in register}


def _outcome(planned: Plan, known: Mapping[int, Registered]) -> PeopleImported:
    if planned.bad:
        return PeopleImported(0, 0, 0, tuple(planned.bad))
    return PeopleImported(
        len(planned.newcomers),
        len(planned.changes),
        planned.same,
        newcomers=tuple(planned.newcomers),
        changes=tuple((known[one.person_id], one) for one in planned.changes),
    )


async def _carry_out(unit: Unit, tenant_id: int, planned: Plan, progress: Progress) -> None:
    total = len(planned.newcomers) + len(planned.changes)
    done = 0
    for batch in _batches(planned.newcomers):
        await unit.register.add(tenant_id, batch)
        done += len(batch)
        progress(done, total)
    for changes in _batches(planned.changes):
        await unit.register.change(changes)
        done += len(changes)
        progress(done, total)


def _batches(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]
