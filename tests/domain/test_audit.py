from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from domain.audit import GENESIS, Entry, chained, first_broken

AT = datetime(2026, 1, 28, tzinfo=UTC)


def chain(length: int) -> list[Entry]:
    entries: list[Entry] = []
    for number in range(1, length + 1):
        entries.append(
            chained(
                number=number,
                at=AT,
                actor="clerk",
                act="convene",
                subject=f"session:{number}",
                facts={"n": number},
                previous=entries[-1].hash if entries else GENESIS,
            )
        )
    return entries


@given(st.integers(0, 20))
def test_a_chain_that_nobody_touched_is_whole(length: int) -> None:
    assert first_broken(chain(length)) is None


@pytest.mark.parametrize(
    "forged",
    [
        replace(chain(5)[4], actor="forger"),
        replace(chain(5)[4], act="cancel"),
        replace(chain(5)[4], subject="session:9"),
        replace(chain(5)[4], facts={}),
        replace(chain(5)[4], at=AT + timedelta(hours=1)),
        replace(chain(5)[4], previous=GENESIS),
        replace(chain(5)[4], hash=GENESIS),
    ],
)
def test_a_changed_entry_is_found(forged: Entry) -> None:
    assert first_broken([*chain(4), forged]) == 5


@given(st.integers(0, 8))
def test_a_missing_entry_is_found(index: int) -> None:
    entries = chain(10)
    del entries[index]
    assert first_broken(entries) == index + 1


def test_an_entry_forged_with_its_own_hash_breaks_the_next() -> None:
    entries = chain(3)
    first = entries[0]
    entries[0] = chained(
        number=1,
        at=AT,
        actor="forger",
        act=first.act,
        subject=first.subject,
        facts={},
        previous=GENESIS,
    )
    assert first_broken(entries) == 2
