"""What a delivery says: its own message, or its notice in the person's language."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence

from domain.messages import Message
from domain.notices import Content, in_language
from store.deliveries import Waiting
from store.unit import Unit

MOST_KEPT = 64  # notices


class Contents:
    """Keeps the content of the notices that are being sent; it never changes once published."""

    def __init__(self, fallback: str) -> None:
        self._fallback = fallback
        self._kept: OrderedDict[int, Content] = OrderedDict()

    async def of(self, unit: Unit, due: Sequence[Waiting]) -> list[tuple[Message, str | None]]:
        """Return each delivery's message, and a key that all with the same content share."""
        wanted = {waiting.notice_id for waiting in due if waiting.notice_id is not None}
        contents = {notice_id: await self._content(unit, notice_id) for notice_id in wanted}
        return [self._message(waiting, contents) for waiting in due]

    async def _content(self, unit: Unit, notice_id: int) -> Content:
        if notice_id in self._kept:
            self._kept.move_to_end(notice_id)
            return self._kept[notice_id]
        notice = await unit.notices.by_id(notice_id)
        if notice is None:
            raise LookupError(f"notice {notice_id} has deliveries and does not exist")
        self._kept[notice_id] = notice.content
        if len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        return notice.content

    def _message(
        self, waiting: Waiting, contents: Mapping[int, Content]
    ) -> tuple[Message, str | None]:
        if waiting.notice_id is None:
            return Message.from_json(waiting.message or {}), None
        message = in_language(contents[waiting.notice_id], waiting.language, self._fallback)
        return message, f"n{waiting.notice_id}.{message.language}"
