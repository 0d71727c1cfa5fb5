"""Fetching what people send: before their turn, outside any transaction, and only what is asked."""

from collections.abc import Mapping

import structlog

from domain.addresses import Channel
from domain.carrying import TOO_BIG, carried
from domain.channel import Fetching, Provider
from domain.errors import Failed, Unreachable
from domain.files import MOST_BYTES, Carried
from domain.forms import Fault
from domain.messages import Brought, Incoming
from handlers.forms.questions import FILES
from store.connecting import Store

SAID_TOO_BIG = "file_too_big"  # the code of a provider's Undeliverable

log = structlog.get_logger()


class Fetchers:
    """Brings the file that answers an open question; any other is left where it is."""

    def __init__(self, store: Store, providers: Mapping[Channel, Provider]) -> None:
        self._store = store
        self._networks = {
            channel: one for channel, one in providers.items() if isinstance(one, Fetching)
        }

    async def file(self, incoming: Incoming) -> Carried | Fault | None:
        """Return the file somebody sent, or why it cannot be taken; None where none is wanted.

        Of several, the first.
        """
        if not incoming.files or not await self._is_wanted(incoming):
            return None
        network = self._networks.get(incoming.channel)
        if network is None:
            return Fault("form.no_files_here")
        return await _fetched(network, incoming.files[0])

    async def _is_wanted(self, incoming: Incoming) -> bool:
        async with self._store.reading() as unit:
            conversation = await unit.conversations.seen(incoming.channel, incoming.place)
        return bool(conversation.facts.get(FILES))


async def _fetched(network: Fetching, brought: Brought) -> Carried | Fault:
    if brought.size > MOST_BYTES:
        return TOO_BIG
    try:
        content = await network.fetch(brought.ref, most=MOST_BYTES)
    except Failed as failed:
        log.warning("file_not_fetched", code=failed.code)
        if failed.code == SAID_TOO_BIG:
            return TOO_BIG
        return Fault("form.file_later" if isinstance(failed, Unreachable) else "form.file_gone")
    return carried(brought.name, content)
