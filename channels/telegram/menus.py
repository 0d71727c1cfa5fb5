"""Commands in the menu of Telegram's app: what is shown, and to whom."""

from collections.abc import Iterable, Mapping
from typing import Any

NAME_LENGTH = 32  # telegram.constants.BotCommandLimit
DESCRIPTION_LENGTH = 256

Commands = Mapping[str, str]  # a command without its slash, and what it does
Scope = Mapping[str, str]  # Bot API, BotCommandScope: whose menu it is

EVERYWHERE: Scope = {"type": "default"}
PRIVATE_CHATS: Scope = {"type": "all_private_chats"}
GROUPS: Scope = {"type": "all_group_chats"}


def one_chat(chat: str) -> Scope:
    return {"type": "chat", "chat_id": chat}


def menu(commands: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
    """Return commands, and what each does, as Telegram takes them."""
    return [
        {"command": name[:NAME_LENGTH], "description": description[:DESCRIPTION_LENGTH]}
        for name, description in commands
    ]
