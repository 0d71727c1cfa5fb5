"""Slack as the carrier of parcels, by its Web API."""

from collections.abc import Mapping
from typing import Any

from channels.slack.brought import fetched
from channels.slack.capabilities import FILE_BYTES, SLACK
from channels.slack.failures import TOO_LATE, NotAsAsked, failed
from channels.slack.places import Place
from channels.slack.render import Step, Upload, home, steps
from channels.slack.telling import Telling
from channels.slack.tokens import Tokens
from channels.slack.web_api import WebApi
from channels.slack.windows import window
from domain.addresses import Channel
from domain.channel import Files, Parcel
from domain.errors import Uncertain, Undeliverable, Unreachable
from domain.messages import Message

MOST_REMEMBERED = 1000  # talks whose channel is known, and deliveries told in part


class SlackProvider:
    """Carries parcels to people and channels; a provider's reference is `team:channel:ts`."""

    channel = Channel.SLACK
    capabilities = SLACK

    def __init__(self, api: WebApi, tokens: Tokens, *, files: Files) -> None:
        self.api = api
        self.tokens = tokens
        self._files = files
        self._talks: dict[str, str] = {}
        self._begun: dict[int, tuple[str, ...]] = {}

    async def deliver(self, parcel: Parcel) -> str:
        """Tell the whole message and return the reference of the part with its buttons.

        What was told of a delivery before a pause or a doubt is not told again.
        """
        if any(file.size > FILE_BYTES for file in parcel.message.attachments):
            raise Undeliverable("file_too_big")
        place = Place.read(parcel.address)
        token = await self.tokens.token(place.team)
        if place.is_home and parcel.message.amends:
            return parcel.message.amends  # made anew whenever it is opened
        try:
            if place.is_home:
                return await self._furnish(parcel, place, token)
            if opened := await self._opened(parcel.message, place, token):
                return opened
            return await self._tell(parcel, place, token, steps(parcel.message))
        except NotAsAsked as refused:
            raise failed(refused.word) from None

    async def trace(self, parcel: Parcel) -> str | None:
        """Return the reference of a parcel that is in the person's talk, whole; else None.

        What is there of one that is not whole is remembered, and `deliver` goes on after it.
        """
        place = Place.read(parcel.address)
        if place.is_home or place.channel:
            return (
                None  # once more shows the same; and what is said in channels is not ours to read
            )
        token = await self.tokens.token(place.team)
        try:
            telling = await self._telling(parcel, place, token)
            found = await telling.traced()
        except NotAsAsked as refused:
            raise failed(refused.word) from None
        planned = steps(parcel.message)
        told = _beginning(found, len(planned))
        if len(told) == len(planned):
            return _answerable(planned, told)
        self._remember(parcel.delivery_id, told)
        return None

    async def fetch(self, ref: str, *, most: int) -> bytes:
        """Return the bytes of a file that somebody brought; see domain.channel.Fetching."""
        return await fetched(self.api, self.tokens, ref, most=most)

    async def answer_for_itself(self) -> str:
        return await self.tokens.answer_for_themselves()

    async def close(self) -> None:
        await self.api.close()

    async def _tell(
        self, parcel: Parcel, place: Place, token: str, planned: tuple[Step, ...]
    ) -> str:
        told = self._begun.pop(parcel.delivery_id, ())
        try:
            telling = await self._telling(parcel, place, token)
            for part in range(len(told), len(planned)):
                told = (*told, await telling.tell(planned[part], part, self._files))
        except (Unreachable, Uncertain):
            self._remember(parcel.delivery_id, told)
            raise
        return _answerable(planned, told)

    async def _opened(self, message: Message, place: Place, token: str) -> str | None:
        """Show a form in a window and return its reference; None when there is no leave to."""
        if message.form is None or message.opens is None:
            return None
        try:
            answer = await self.api.ask(
                "views.open", token=token, trigger_id=message.opens, view=window(message.form)
            )
        except NotAsAsked as refused:
            if refused.word in TOO_LATE:
                return None
            raise
        return _view(answer, place)

    async def _furnish(self, parcel: Parcel, place: Place, token: str) -> str:
        """Show the message as the person's App Home; its files go to the talk."""
        view = home(parcel.message)
        answer = await self.api.ask("views.publish", token=token, user_id=place.user, view=view)
        uploads = tuple(step for step in steps(parcel.message) if isinstance(step, Upload))
        if uploads:
            await self._tell(parcel, Place(place.team, user=place.user), token, uploads)
        return _view(answer, place)

    async def _telling(self, parcel: Parcel, place: Place, token: str) -> Telling:
        talk = await self._talk(place, token)
        return Telling(self.api, token, place, talk=talk, delivery_id=parcel.delivery_id)

    async def _talk(self, place: Place, token: str) -> str:
        """Return the channel itself, or that of the person's talk with us."""
        if place.user is None:
            return place.channel or ""
        key = f"{place.team}:{place.user}"
        if key not in self._talks:
            answer = await self.api.ask("conversations.open", token=token, users=place.user)
            channel = answer.get("channel")
            if not isinstance(channel, Mapping) or not isinstance(channel.get("id"), str):
                raise Unreachable("no_answer")
            self._talks[key] = channel["id"]
            _forget_first(self._talks)
        return self._talks[key]

    def _remember(self, delivery_id: int, told: tuple[str, ...]) -> None:
        if told:
            self._begun[delivery_id] = told
            _forget_first(self._begun)


def _view(answer: Mapping[str, Any], place: Place) -> str:
    """Return the reference of a view that Slack has taken."""
    shown = answer.get("view")
    if not isinstance(shown, Mapping):
        raise Unreachable("no_answer")
    return f"{place.team}:{shown.get('id')}:{shown.get('hash')}"


def _beginning(found: Mapping[int, str], parts: int) -> tuple[str, ...]:
    """Return the references of the parts that are there, up to the first that is not."""
    told: list[str] = []
    for part in range(parts):
        if part not in found:
            break
        told.append(found[part])
    return tuple(told)


def _answerable(planned: tuple[Step, ...], told: tuple[str, ...]) -> str:
    """Return the reference of the last text, which has the buttons, or of the last file."""
    texts = [ref for step, ref in zip(planned, told, strict=True) if not isinstance(step, Upload)]
    return (texts or told)[-1]


def _forget_first(remembered: dict[Any, Any]) -> None:
    if len(remembered) > MOST_REMEMBERED:
        del remembered[next(iter(remembered))]
