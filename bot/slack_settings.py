"""What the operator decides about Slack."""

from enum import StrEnum
from typing import Any

from pydantic import Field, SecretStr, ValidationInfo, field_validator

from bot.sections import Section, needed

URL = "^https?://[^/]"
PUBLIC = r"^(https://[^/]|http://127\.0\.0\.1[:/])"  # an emulator of this machine needs no TLS


class SlackMode(StrEnum):
    HTTP = "http"
    SOCKET = "socket"


class Slack(Section):
    """One workspace by a token of its own, or several that let the app in by its OAuth pages."""

    mode: SlackMode = Field(default=SlackMode.HTTP, description=f"one of {', '.join(SlackMode)}")
    app_token: SecretStr | None = Field(default=None, description="the app-level token, xapp-…")
    token: SecretStr | None = Field(default=None, description="the bot's token, xoxb-…")
    client_id: str | None = Field(default=None, min_length=1, description="the app's client id")
    client_secret: SecretStr | None = Field(default=None, description="the app's client secret")
    signing_secret: SecretStr | None = Field(
        default=None, min_length=1, description="the app's signing secret"
    )
    keys: SecretStr | None = Field(
        default=None, description="32 random bytes in URL-safe base64; older ones after a comma"
    )
    public_url: str | None = Field(
        default=None, pattern=PUBLIC, description="https://HOST, where people reach the pages"
    )
    teams: str = Field(
        default="",
        pattern=r"^([A-Z0-9]+[, ]*)*$",
        description="ids of workspaces, T…, with commas between",
    )
    trusted_domains: str = Field(
        default="",
        pattern=r"^([\w.-]+\.\w+[, ]*)*$",
        description="domains of e-mail, as commune.ma, whose holders nobody has to confirm",
    )
    base_url: str = Field(
        default="https://slack.com/api/", pattern=URL, description="a Web API's address"
    )
    authorize_url: str = Field(
        default="https://slack.com/oauth/v2/authorize",
        pattern=URL,
        description="the address where workspaces let apps in",
    )

    @property
    def is_set_up(self) -> bool:
        return self.token is not None or self.client_id is not None

    @field_validator("app_token")
    @classmethod
    def _needed_by_a_socket(cls, value: Any, info: ValidationInfo) -> Any:
        return needed(value, info, "mode", when=SlackMode.SOCKET)

    @field_validator("client_secret", "keys", "public_url")
    @classmethod
    def _needed_with_a_client(cls, value: Any, info: ValidationInfo) -> Any:
        return needed(value, info, "client_id")

    @field_validator("signing_secret")
    @classmethod
    def _needed_by_a_door(cls, value: Any, info: ValidationInfo) -> Any:
        if info.data.get("mode") is SlackMode.HTTP:
            needed(value, info, "token")
            needed(value, info, "client_id")
        return value
