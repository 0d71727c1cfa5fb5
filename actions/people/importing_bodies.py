"""Taking a commune's bodies from a file: all of them, or none."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from actions.meetings import tenant
from actions.people.founding import check, keep
from actions.records.noting import note
from domain.actors import Actor
from domain.bodies import Body
from domain.errors import Refused
from domain.importing.body_drafts import rank
from domain.importing.body_files import COLUMNS, Entry, entries
from domain.importing.columns import table
from domain.importing.workbooks import records
from domain.rights import Act, require
from domain.spreadsheets import BadCell
from store.unit import Unit


@dataclass(frozen=True, slots=True)
class BodiesImported:
    """What became of a file. When anything is `bad`, nothing was changed."""

    added: int = 0
    changed: int = 0
    same: int = 0
    bad: tuple[BadCell, ...] = ()


async def import_bodies(
    unit: Unit, content: bytes, *, actor: Actor, is_dry_run: bool = False
) -> BodiesImported:
    """Add and change the bodies of a CSV file; the same file twice changes nothing.

    A body is known by its key; a cell that is empty leaves what stands. Raises Refused when the
    file is no table of bodies, or there is no commune.
    """
    require(actor, Act.FOUND)
    commune = await tenant(unit)
    read, bad = entries(table(records(content), COLUMNS))
    standing = {body.key: body for body in await unit.bodies.all()}
    told = _told(read, standing)
    bad += _homeless(read, standing, told)
    if bad:
        return BodiesImported(bad=tuple(sorted(bad, key=lambda cell: cell.line)))
    newcomers = sorted((body for body in told.values() if not body.id), key=rank)
    changes = [body for body in told.values() if body.id and body != standing[body.key]]
    outcome = BodiesImported(
        len(newcomers), len(changes), len(told) - len(newcomers) - len(changes)
    )
    if is_dry_run or not (newcomers or changes):
        return outcome
    for body in newcomers:
        await keep(unit, commune, body)
    for body in changes:
        await unit.bodies.change(body)
    await note(
        unit,
        actor,
        "bodies.imported",
        f"tenant:{commune.slug}",
        added=outcome.added,
        changed=outcome.changed,
        same=outcome.same,
    )
    return outcome


def _told(read: Sequence[Entry], standing: dict[str, Body]) -> dict[str, Body]:
    """Return each body of a file as it would be."""
    return {
        entry.draft.key: (
            entry.draft.corrected(standing[entry.draft.key])
            if entry.draft.key in standing
            else entry.draft.made()
        )
        for entry in read
    }


def _homeless(
    read: Sequence[Entry], standing: dict[str, Body], told: dict[str, Body]
) -> Iterator[BadCell]:
    """Tell which bodies have no name, or come from one that nobody knows."""
    everything = standing | told
    for entry in read:
        try:
            check(told[entry.draft.key], everything)
        except Refused as reason:
            yield BadCell(entry.line, "", reason)
