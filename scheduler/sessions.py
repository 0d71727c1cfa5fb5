"""What the clock sees to in the council, as a table: newcomers, changes, duties, petitions."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from actions.agenda.listing_questions import list_questions
from actions.duties.reminding import remind_of_duties
from actions.petitions.deciding import mind_petitions
from actions.sessions.catching_up import catch_up
from actions.sessions.deciding import lapse
from actions.sessions.forecasting import warn
from actions.sessions.telling_changes import tell_settled
from store.connecting import Store
from store.unit import Unit

Seen = Callable[[], Awaitable[int]]

CHORES: tuple[tuple[str, timedelta, Callable[[Unit], Awaitable[int]]], ...] = (
    ("newcomers", timedelta(minutes=1), catch_up),
    ("changed_agendas", timedelta(minutes=1), tell_settled),
    ("questions", timedelta(minutes=5), list_questions),
    ("duties", timedelta(minutes=10), remind_of_duties),
    ("quorums", timedelta(minutes=30), warn),
    ("decisions", timedelta(minutes=30), lapse),
    ("petitions", timedelta(minutes=5), mind_petitions),
)


def chores(store: Store) -> list[tuple[str, timedelta, Seen]]:
    """Return each chore with a transaction of its own."""
    return [(name, every, _in_a_unit(store, chore)) for name, every, chore in CHORES]


def _in_a_unit(store: Store, chore: Callable[[Unit], Awaitable[int]]) -> Seen:
    async def seen_to() -> int:
        async with store.unit() as unit:
            return await chore(unit)

    return seen_to
