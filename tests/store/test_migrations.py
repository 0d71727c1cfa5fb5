import pytest

from store.connecting import Store
from store.migrating import differences


# An index on an expression cannot be read back from SQLite; PostgreSQL's run compares it.
@pytest.mark.filterwarnings(
    "ignore:autogenerate skipping:UserWarning",
    "ignore:Skipped unsupported reflection:sqlalchemy.exc.SAWarning",
)
async def test_the_migrations_make_exactly_the_tables_of_the_program(store: Store) -> None:
    async with store.unit() as unit:
        assert await unit.connection.run_sync(differences) == []


async def test_migrating_again_changes_nothing(store: Store) -> None:
    first = await store.migrate()
    assert await store.migrate() == first
    assert await store.is_migrated()
