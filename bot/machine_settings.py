"""The settings of those who are told by machine: browsers, other systems, and a collector."""

import re
from typing import Annotated, Any

from pydantic import AfterValidator, Field, SecretStr, ValidationInfo, field_validator

from bot.sections import Section, needed, shaped
from domain.outgoing import networks

KEY_SHAPE = re.compile(r"[A-Za-z0-9_-]{43}")  # 32 bytes in base64url
NETWORKS = "private networks that may be called, as 10.20.0.0/16, with commas between"


def _are_networks(text: str) -> str:
    networks(text)
    return text


Networks = Annotated[str, AfterValidator(_are_networks)]


class Push(Section):
    """Web Push, with the key by which browsers and their push services know us."""

    private_key: SecretStr | None = Field(
        default=None, description="the private key that beffroi push keys printed"
    )
    contact: str | None = Field(
        default=None,
        pattern=r"^(mailto:[^@\s]+@[^@\s]+|https://[^/\s]\S*)$",
        description="mailto:ADDRESS or https://PAGE, where a push service reaches you",
    )
    networks: Networks = Field(default="", description=NETWORKS)

    @field_validator("private_key")
    @classmethod
    def _is_a_key(cls, value: SecretStr | None) -> SecretStr | None:
        return shaped(value, KEY_SHAPE)

    @field_validator("contact")
    @classmethod
    def _needed_with_a_key(cls, value: Any, info: ValidationInfo) -> Any:
        return needed(value, info, "private_key")


class Telemetry(Section):
    """Where spans of what is done are given; see bot/telemetry.py."""

    endpoint: str | None = Field(
        default=None,
        pattern=r"^https?://[^/\s]+(/\S*[^/\s])?$",
        description="the address of a collector that takes OTLP over HTTP, as http://HOST:4318",
    )


class Webhook(Section):
    """What other municipal systems are told needs no setting, unless they are within ours."""

    networks: Networks = Field(default="", description=NETWORKS)
