"""Deliveries: what became of each, told from the records."""

from sqlalchemy.ext.asyncio import AsyncConnection


class Deliveries:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
