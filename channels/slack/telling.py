"""One delivery told in one place of Slack, step by step."""

from typing import Any

from channels.slack.capabilities import FILE_BYTES
from channels.slack.failures import NOT_HERE, UNEDITABLE, NotAsAsked
from channels.slack.places import Place
from channels.slack.render import Amend, Edit, Post, Step, Upload
from channels.slack.web_api import WebApi
from domain.channel import Files
from domain.errors import Uncertain, Undeliverable, Unreadable

EVENT_TYPE = "beffroi_delivery"  # the name under which a message carries our delivery's id
TRACED = 100  # messages of a talk that are looked through for one of ours


class Telling:
    """All its methods raise NotAsAsked or domain.errors.Failed.

    `talk` is the channel of the person's talk with our app, where what is meant for them goes.
    """

    def __init__(
        self, api: WebApi, token: str, place: Place, *, talk: str, delivery_id: int
    ) -> None:
        self._api = api
        self._token = token
        self._place = place
        self._talk = talk
        self._delivery_id = delivery_id

    async def tell(self, step: Step, part: int, files: Files) -> str:
        """Take one step and return the reference of what it made."""
        match step:
            case Post():
                return await self._post(step, part)
            case Edit():
                if not await self._is_edited(step):
                    return await self._post(step.post, part)
                return step.message_ref
            case Amend():
                await self._is_edited(step)
                return step.message_ref
            case Upload():
                return await self._upload(step, files)

    async def traced(self) -> dict[int, str]:
        """Return the references of the parts that are in the person's talk already."""
        answer = await self._api.ask_form(
            "conversations.history",
            token=self._token,
            channel=self._talk,
            limit=TRACED,
            include_all_metadata="true",
        )
        found: dict[int, str] = {}
        for message in answer.get("messages", []):
            payload = (message.get("metadata") or {}).get("event_payload") or {}
            if payload.get("delivery_id") == self._delivery_id:
                found[int(payload.get("part", 0))] = self._reference(self._talk, message["ts"])
        return found

    async def _post(self, post: Post, part: int) -> str:
        if self._place.is_alone:
            try:
                return await self._post_alone(post)
            except NotAsAsked as refused:
                if refused.word not in NOT_HERE:
                    raise
        thread = {"thread_ts": self._place.thread} if self._place.thread else {}
        answer = await self._ask(
            "chat.postMessage", self._talk, post, metadata=self._mark(part), **thread
        )
        return self._reference(answer.get("channel"), answer.get("ts"))

    async def _post_alone(self, post: Post) -> str:
        """Say it in a channel so that only this person sees it."""
        channel = self._place.channel or ""
        answer = await self._ask("chat.postEphemeral", channel, post, user=self._place.user)
        reference = self._reference(channel, answer.get("message_ts"))
        return f"{reference}:{self._place.user}"

    async def _is_edited(self, step: Edit | Amend) -> bool:
        """Edit a message and return True, or False where Slack will not: gone, or never ours.

        What one person alone was shown in a channel is nothing Slack would edit.
        """
        team, channel, ts, *alone = step.message_ref.split(":")
        if team != self._place.team or alone:
            return False
        try:
            await self._ask("chat.update", channel, step.post, ts=ts)
        except NotAsAsked as refused:
            if refused.word not in UNEDITABLE:
                raise
            return False
        return True

    async def _upload(self, step: Upload, files: Files) -> str:
        try:
            content = await files(step.sha256)
        except Unreadable as error:
            raise Undeliverable("file_unreadable") from error
        if len(content) > FILE_BYTES:
            raise Undeliverable("file_too_big")
        name = await self._api.upload(content, step.name, token=self._token, channel=self._talk)
        return self._reference(self._talk, name)

    async def _ask(self, method: str, channel: str, post: Post, **more: Any) -> dict[str, Any]:
        return await self._api.ask(
            method,
            token=self._token,
            channel=channel,
            text=post.text,
            blocks=list(post.blocks),
            **more,
        )

    def _mark(self, part: int) -> dict[str, Any]:
        payload = {"delivery_id": self._delivery_id, "part": part}
        return {"event_type": EVENT_TYPE, "event_payload": payload}

    def _reference(self, channel: Any, name: Any) -> str:
        if not isinstance(channel, str) or not isinstance(name, str):
            raise Uncertain("no_answer")
        return f"{self._place.team}:{channel}:{name}"
