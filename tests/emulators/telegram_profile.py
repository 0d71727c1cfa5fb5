"""What an emulated bot shows of itself: its commands, by whom they are for, and what it is for.

Facts: Bot API, setMyCommands, BotCommandScope ("Determining list of commands"), setMyDescription.
"""

import json
import re
from typing import Any

from lo_bot_api_emulator import ApiRefusal  # type: ignore[import-untyped]  # the package has no types

COMMAND = re.compile(r"[a-z0-9_]{1,32}")
LENGTHS = {"description": 512, "short_description": 120}
Commands = list[dict[str, str]]


class Profile:
    def __init__(self) -> None:
        self._commands: dict[tuple[str, str], Commands] = {}
        self._texts: dict[tuple[str, str], str] = {}

    def commands(self, chat_id: int, language: str = "") -> dict[str, str]:
        """Return the commands somebody's app shows in a chat: the narrowest scope that has any."""
        everybody = "all_private_chats" if chat_id > 0 else "all_group_chats"
        for scope in (f"chat {chat_id}", everybody, "default"):
            for spoken in (language, ""):
                if (scope, spoken) in self._commands:
                    shown = self._commands[scope, spoken]
                    return {one["command"]: one["description"] for one in shown}
        return {}

    def knows(self, method: str) -> bool:
        return method.endswith(("MyCommands", "MyDescription", "MyShortDescription"))

    def answer(self, method: str, fields: dict[str, Any]) -> Any:
        if method.endswith("Commands"):
            return self._answer_commands(method, fields)
        name = "short_description" if "Short" in method else "description"
        key = (name, str(fields.get("language_code", "")))
        if method.startswith("get"):
            return {name: self._texts.get(key, "")}
        if len(fields[name]) > LENGTHS[name]:
            raise ApiRefusal("Bad Request: the text is too long")
        self._texts[key] = fields[name]
        return True

    def _answer_commands(self, method: str, fields: dict[str, Any]) -> Any:
        scope = _decoded(fields.get("scope", {"type": "default"}))
        whose = " ".join(str(scope[name]) for name in ("type", "chat_id") if name in scope)
        key = (whose, str(fields.get("language_code", "")))
        if method.startswith("get"):
            return self._commands.get(key, [])
        if method.startswith("delete"):
            self._commands.pop(key, None)
            return True
        commands: Commands = _decoded(fields["commands"])
        if len(commands) > 100 or not all(map(_is_right, commands)):
            raise ApiRefusal("Bad Request: BOT_COMMAND_INVALID")
        self._commands[key] = commands
        return True


def _is_right(command: dict[str, str]) -> bool:
    says = command["description"]
    return bool(COMMAND.fullmatch(command["command"])) and 1 <= len(says) <= 256


def _decoded(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value
